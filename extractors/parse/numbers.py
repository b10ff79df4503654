"""Numbers of performance tables: counts, percentages, times, ratios, thresholds, and the signs for no
value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractors.parse.folding import key, plain
from extractors.parse.money import LONGEST, Money, parse_money
from extractors.parse.problem import Problem

Unit = Literal["percent", "number", "seconds", "ratio", "gbp"]
MissingReason = Literal["not_reported", "no_patients", "not_available", "suppressed"]
Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Number:
    """93.78% is 93.78 percent; 6:05 is 365 seconds; "1:8" in a ratio's column is 8 (to one)."""

    value: Decimal
    unit: Unit
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no value, and the text says why."""

    reason: MissingReason


@dataclass(frozen=True, slots=True)
class Threshold:
    """A target: `value` and, where a sign says so, which side of it is good."""

    value: Decimal
    unit: Unit
    better: Better | None
    last: Decimal | None = None
    """The upper end where the target is a range."""


_MISSING: tuple[tuple[MissingReason, re.Pattern[str]], ...] = (
    (
        "no_patients",
        re.compile(r"np|no patients?|no (?:cases|activity|referrals|data subjects)|nil return", re.IGNORECASE),
    ),
    (
        "not_reported",
        re.compile(
            r"not (?:yet )?(?:reporting|reported|submitted|received)|nr|no return|no submission|dnr"
            r"|did not (?:report|submit)"
            r"|suspended|collection suspended|paused|awaiting data|awaited|data awaited|pending",
            re.IGNORECASE,
        ),
    ),
    ("suppressed", re.compile(r"\*+|<\s?\d{1,2}|suppressed|\[c\]|\[s\]|small numbers?", re.IGNORECASE)),
    (
        "not_available",
        re.compile(
            r"#?n/?\.?a\.?[!?]?|#[a-z0-9/]+[!?]|not (?:available|applicable|known|yet available|collected"
            r"|measured)|no data(?: available)?"
            r"|data not available|unavailable|nd|-+|\.{1,3}|tb[cda]|to be (?:confirmed|determined|agreed)"
            r"|unknown|none|x|\[x\]|\[z\]|nan|null|\?+",
            re.IGNORECASE,
        ),
    ),
)
_MARK = re.compile(r"(?: ?(?:[*†‡§#^]|\[\d{1,2}\]|\([pr]\)|[¹²³⁰⁴-⁹]))+$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?P<open>\()?\ ?(?P<sign>[-+])?\ ?(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\ \d{3})+"
    r"|\d+)?(?P<fraction>\.\d+)?"
    r"\ ?(?P<inner>%|pp|ppts?|per ?cent)?\ ?(?P<close>\))?\ ?(?P<unit>%|pp|ppts?|per ?cent)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^(?P<sign>-)?(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>[0-5]\d)(?:\.\d+)?(?: ?(?:mins?|hrs?|hours?))?$",
    re.IGNORECASE,
)
_SPOKEN_TIME = re.compile(
    r"^(?:(?P<h>\d{1,4}) ?(?:h|hrs?|hours?)\b ?)?(?:(?P<m>\d{1,4}(?:\.\d+)?) ?(?:m|mins?"
    r"|minutes?)\b ?)?(?:(?P<s>\d{1,5}(?:\.\d+)?) ?(?:s|secs?|seconds?)\b)?$",
    re.IGNORECASE,
)
_RATIO = re.compile(r"^(?P<a>\d{1,4}(?:\.\d+)?) ?(?::|in|to) ?(?P<b>\d{1,6}(?:\.\d+)?)$", re.IGNORECASE)
_WORDED = re.compile(
    r"^(?P<n>[-+]?[\d,. ]*\d) ?(?P<w>days?|weeks?|months?|years?|patients?|cases?|people|beds?|fte|wte|k)$",
    re.IGNORECASE,
)

_SIDE: tuple[tuple[Better, re.Pattern[str]], ...] = (
    (
        "lower",
        re.compile(
            r"^(?:<=?|≤|=<|less than(?: or equal to)?|no more than|not more than|at most"
            r"|max(?:imum)?(?: of)?|below|under|up to|fewer than|within|(?:lower|less) is better:?) ?",
            re.IGNORECASE,
        ),
    ),
    (
        "higher",
        re.compile(
            r"^(?:>=?|≥|=>|(?:more|greater) than(?: or equal to)?|no less than|not less than|at least"
            r"|min(?:imum)?(?: of)?|above|over|exceeds?|(?:higher|more) is better:?) ?",
            re.IGNORECASE,
        ),
    ),
)
_SIDE_AFTER: tuple[tuple[Better, re.Pattern[str]], ...] = (
    ("lower", re.compile(r" ?(?:or (?:less|below|fewer|under|lower)|max(?:imum)?|▼|↓)$", re.IGNORECASE)),
    (
        "higher",
        re.compile(r" ?(?:or (?:more|above|over|higher|greater)|min(?:imum)?|\+|▲|↑)$", re.IGNORECASE),
    ),
)
_TARGET_WORDS = re.compile(
    r"^(?:target|threshold|standard|goal|trajectory|plan|ambition|limit|floor)s?[ :=]+", re.IGNORECASE
)
_BETWEEN = re.compile(r"^(?:between )?(?P<a>[\d.,]+ ?%?) ?(?:-|to|and) ?(?P<b>[\d.,]+ ?%?)$", re.IGNORECASE)


_HIGHER = "higher high bigger up increase increasing maximise more above h ↑ ▲ +"
_LOWER = "lower low smaller down decrease decreasing minimise less fewer below l ↓ ▼ -"
_POLARITIES: dict[str, Better] = {
    **dict.fromkeys(_HIGHER.split(), "higher"),
    **dict.fromkeys(_LOWER.split(), "lower"),
}
_FILLING = re.compile(r"\b(?:is|to|be|good|better|best|the|aim|for|a|number|values?|figure|performance)\b")


def parse_number(text: str, *, ratio: bool = False) -> Number | Missing | Problem:
    """The number that all of a text is.

    `ratio`: the column holds ratios, so that "1:30" is one to thirty and not ninety seconds. Problems:
    `blank`,
    `not_a_number`, `several_numbers`.
    """
    text = plain(text)
    if not text:
        return Problem("blank", "the cell is blank")
    if len(text) > LONGEST:
        return Problem("not_a_number", f"“{text[:80]}...” is too long for a number")
    if reason := missing_reason(text):
        return Missing(reason)
    mark_match = _MARK.search(text)
    mark = mark_match.group().strip() if mark_match else ""
    bare = text[: mark_match.start()] if mark_match else text
    for found in (
        _plain_number(bare),
        _ratio(bare) if ratio else None,
        _time(bare),
        _ratio(bare),
        _amount(bare),
    ):
        if found is not None:
            return Number(found.value, found.unit, mark)
    if match := _WORDED.match(bare):
        inner = _plain_number(match["n"])
        if inner is not None:
            scale = 1000 if match["w"].lower() == "k" else 1
            return Number(inner.value * scale, "number", mark)
    if len(re.findall(r"\d[\d,.]*", text)) > 1:
        return Problem("several_numbers", f"“{text[:80]}” holds several numbers")
    return Problem("not_a_number", f"“{text[:80]}” is no number")


def missing_reason(text: str) -> MissingReason | None:
    """Why there is no value, where all of a text is a sign for that: NP, #N/A, -, *, <5, "Not Reporting",
    "no data".
    """
    bare = plain(text)
    return next((reason for reason, pattern in _MISSING if pattern.fullmatch(bare)), None)


def parse_threshold(text: str) -> Threshold | Missing | Problem:
    """The target that all of a text is: "<1%", "≥ 92%", "95% or more", "0", "7 minutes", "80-90%".

    Problems: `blank`, `no_threshold` ("CCG Specific", "National average").
    """
    text = plain(text)
    if not text:
        return Problem("blank", "the cell is blank")
    if len(text) > LONGEST:
        return Problem("no_threshold", f"“{text[:80]}...” is too long for a target")
    bare = _TARGET_WORDS.sub("", text)
    better: Better | None = None
    for side, pattern in (*_SIDE, *_SIDE_AFTER):
        stripped = pattern.sub("", bare, count=1)
        if stripped != bare and stripped:
            better, bare = side, stripped
            break
    if match := _BETWEEN.match(bare):
        return _range(text, match, better)
    number = parse_number(bare)
    if isinstance(number, Missing):
        return number if better is None else Problem("no_threshold", f"“{text[:80]}” states no number")
    if isinstance(number, Problem):
        return Problem("no_threshold", f"“{text[:80]}” states no single number")
    return Threshold(number.value, number.unit, better)


def polarity(text: str) -> Better | None:
    """Which side is good, of a cell that says nothing else: "Higher", "Low is good", "Bigger is better", "↓"."""
    words = _FILLING.sub(" ", key(text))
    return _POLARITIES.get(" ".join(words.split()) or plain(text))


def _range(text: str, match: re.Match[str], better: Better | None) -> Threshold | Problem:
    first, last = parse_number(match["a"]), parse_number(match["b"])
    if not isinstance(first, Number) or not isinstance(last, Number) or first.value > last.value:
        return Problem("no_threshold", f"“{text[:80]}” states no single number")
    unit: Unit = "percent" if "percent" in (first.unit, last.unit) else first.unit
    return Threshold(first.value, unit, better, last.value)


def _plain_number(text: str) -> Number | None:
    match = _NUMBER.match(text)
    if match is None or not (match["digits"] or match["fraction"]):
        return None
    if bool(match["open"]) != bool(match["close"]):
        return None
    value = Decimal((match["digits"] or "0").replace(",", "").replace(" ", "") + (match["fraction"] or ""))
    if match["open"] or match["sign"] == "-":
        value = -value
    return Number(value, "percent" if match["inner"] or match["unit"] else "number")


def _time(text: str) -> Number | None:
    if match := _CLOCK.match(text):
        seconds = int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"])
        return Number(Decimal(-seconds if match["sign"] else seconds), "seconds")
    match = _SPOKEN_TIME.match(text) if text else None
    if match and any(match.groups()):
        total = Decimal(match["h"] or 0) * 3600 + Decimal(match["m"] or 0) * 60 + Decimal(match["s"] or 0)
        return Number(total, "seconds")
    return None


def _ratio(text: str) -> Number | None:
    match = _RATIO.match(text)
    if match is None or not Decimal(match["a"]):
        return None
    return Number(Decimal(match["b"]) / Decimal(match["a"]), "ratio")


def _amount(text: str) -> Number | None:
    if "£" not in text:
        return None
    money = parse_money(text)
    return Number(money.gbp, "gbp") if isinstance(money, Money) and money.gbp is not None else None
