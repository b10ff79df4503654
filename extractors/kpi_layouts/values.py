"""One value cell: what it says, what it is worth, and which way it points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.parse.folding import fold, plain
from extractors.parse.money import money_unit
from extractors.parse.numbers import Missing, MissingReason, Number, parse_number
from extractors.parse.rag import Rag, parse_rag, parse_trend, rag_of_dot
from schemas.document import Cell, Trend

_ARROWS = re.compile(r"[↑⇑▲△⬆⇧🡅↗⬈▴↓⇓▼▽⬇⇩🡇↘⬊▾→⇒►▶⬌↔⇔➔➡▬⮕↕▸]+")
_RATED = re.compile(
    r" ?[(\[](red|amber|green|blue|grey|yellow|[ragb])[)\]]$| (red|amber|green)$| (?-i:([RAG]))$", re.IGNORECASE
)
DRAWN_DOT = "●"
"""What stands for a dot that is drawn and no character."""
_WITH_DETAIL = re.compile(r"^(?P<main>[^()]*\d[^()]*?) ?\((?P<detail>[^()]*\d[^()]*)\)$")
_WITH_INTERVAL = re.compile(
    r"^(?P<main>\d+(?:\.\d+)?)(?P<sign>%?) ?[(\[](?:95% ?)?(?:ci:? ?)?"
    r"(?P<low>\d+(?:\.\d+)?)%? ?(?:-|to|,) ?(?P<high>\d+(?:\.\d+)?)%?[)\]]$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(latest|previous|current|actual|value|target|floor|result|ytd)\b ?[:=-]? ?(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A printed value. At most one of `value` and `missing`; neither where the text is a word or unread."""

    text: str
    value: float | None = None
    unit: str | None = None
    missing: MissingReason | None = None
    rag: Rag | None = None
    trend: Trend | None = None

    @property
    def is_read(self) -> bool:
        """A number, a rating, a direction, or a sign that there is none."""
        return not (self.value is None and self.missing is None and self.rag is None and self.trend is None)


def read_cell(cell: Cell | None) -> Value | None:
    """The cell's value; None where nothing is printed in it."""
    if cell is None:
        return None
    text = fold(cell.text)
    if not text:
        return None
    if (rag := dot_rating(cell)) is not None:
        return Value(text, rag=rag, trend=cell.symbol)
    read = read_value(text)
    if cell.symbol is not None and read.trend is None:
        return Value(read.text, read.value, read.unit, read.missing, read.rag, cell.symbol)
    return read


def dot_rating(cell: Cell) -> Rag | None:
    """What the colour of a dot says, be it a character or drawn."""
    return rag_of_dot(cell.text, cell.text_colour)


@lru_cache(maxsize=20000)
def read_value(text: str) -> Value:
    """A text's value: "93.78%", "6:05", "97% (Green)", "12 ▲", "Latest: 97%", "NP", "GREEN"."""
    bare = plain(text)
    trend: Trend | None = None
    if arrows := _ARROWS.search(bare):
        found = parse_trend(arrows.group()[:1])
        trend = found if isinstance(found, str) else None
        bare = _ARROWS.sub(" ", bare).strip()
        if not bare:
            return Value(text, trend=trend)
    word = parse_rag(bare)
    if isinstance(word, str):
        return Value(text, rag=word, trend=trend)
    rag: Rag | None = None
    if rated := _RATED.search(bare):
        inner = parse_rag(rated[1] or rated[2] or rated[3])
        if isinstance(inner, str):
            rag, bare = inner, bare[: rated.start()].strip()
    for attempt in dict.fromkeys((bare, _LABEL.sub("", bare, count=1), _without_detail(bare))):
        number = parse_number(attempt)
        if isinstance(number, Number):
            unit = "number" if number.unit == "ratio" else number.unit
            return Value(text, float(number.value), unit, None, rag, trend)
        if isinstance(number, Missing):
            return Value(text, None, None, number.reason, rag, trend)
    return Value(text, rag=rag, trend=trend)


def _without_detail(text: str) -> str:
    """A share before its count, or a count before its share: "93.8% (1,234/1,315)", "12 (3%)" are 93.8% and 12.

    A value before the interval that it lies in: "1.02 (0.96-1.08)" is 1.02.
    """
    if within := _WITH_INTERVAL.match(text):
        main, low, high = (float(within[name]) for name in ("main", "low", "high"))
        return within["main"] + within["sign"] if low <= main <= high else text
    match = _WITH_DETAIL.match(text)
    if match is None or ("%" in match["main"]) == ("%" in match["detail"]):
        return text
    return match["main"]


@lru_cache(maxsize=4000)
def stated_unit(*texts: str) -> tuple[str | None, int]:
    """The unit that headings state for bare numbers, nearest first, and what pounds must be multiplied by."""
    for text in texts:
        if not text:
            continue
        multiplier = money_unit(text)
        if multiplier is not None:
            return "gbp", multiplier
        if "%" in text or re.search(r"\b(?:per ?cent|percentage|proportion)\b", text, re.IGNORECASE):
            return "percent", 1
        if re.search(r"\((?:mm:ss|hh:mm:ss|mins?|minutes)\)|\bmm:ss\b", text, re.IGNORECASE):
            return "seconds", 60 if "min" in text.lower() else 1
        if re.search(r"\b(?:number|no\.?|count) of\b", text, re.IGNORECASE):
            return "number", 1
    return None, 1
