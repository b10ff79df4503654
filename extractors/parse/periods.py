"""Reporting periods: "Mar-21", "Q4 2020/21", "2020/21 YTD", "12 months to Mar-24", "M6 2024/25", "Latest"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors.parse.dates import When, parse_date
from extractors.parse.finding_dates import YEAR_ASSUMED, consecutive
from extractors.parse.folding import plain
from extractors.parse.problem import Problem
from extractors.parse.stretches import (
    Days,
    a_month,
    financial_year,
    financial_year_of,
    months,
)

PeriodKind = Literal["day", "week", "month", "quarter", "half", "financial_year", "year", "range", "ytd", "rolling"]
RelativeWord = Literal["latest", "previous", "ytd", "same_period_last_year"]


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included.

    A year to date runs from 1 April to the end of the month, quarter or day that it names; where it names
    only the year
    ("2020/21 YTD"), `end` is the last day of that year: the text allows no better.
    """

    start: date
    end: date
    kind: PeriodKind
    assumption: str = ""

    @property
    def is_ytd(self) -> bool:
        """Cumulative from April."""
        return self.kind == "ytd"


@dataclass(frozen=True, slots=True)
class Relative:
    """A word that is a period only beside another: "Latest", "Previous", "YTD" alone."""

    word: RelativeWord


_YTD = re.compile(r"\b(?:y\.?t\.?d\.?|year[ -]to[ -]date|cumulative(?: to date)?)(?![a-z])", re.IGNORECASE)
_ROLLING = re.compile(
    r"\b(?:(?P<n>\d{1,2}|twelve|three|six|four)[ -]?(?:months?|mths?|m)|(?P<y>year))"
    r"(?: rolling)?[ -]+(?:to|ending|ended|up to|rolling to)\b(?: the)?",
    re.IGNORECASE,
)
_MONTH_NO = re.compile(
    r"^(?:m|mth|month|period"
    r"|p) ?(?P<m>\d{1,2})(?: ?[,(-]? ?(?:of )?(?:fy ?)?'?(?P<y>(?:19|20)?\d\d) ?[/-] ?(?P<y2>(?:19"
    r"|20)?\d\d)\)?)?$",
    re.IGNORECASE,
)
_RELATIVE: tuple[tuple[RelativeWord, re.Pattern[str]], ...] = (
    (
        "same_period_last_year",
        re.compile(
            r"^(?:same (?:period|month|quarter|time) (?:last|previous|prior) year|last year|prior year|ly)$",
            re.IGNORECASE,
        ),
    ),
    (
        "latest",
        re.compile(
            r"^(?:latest|current|most recent|this)(?: (?:period|month|quarter|data|value|performance"
            r"|position|actual|result|year))?$",
            re.IGNORECASE,
        ),
    ),
    (
        "previous",
        re.compile(
            r"^(?:previous|prior|last|preceding)(?: (?:period|month|quarter|data|value|performance"
            r"|position|actual|result))?$",
            re.IGNORECASE,
        ),
    ),
)
_TAIL = re.compile(
    r" ?[(\[]?\b(?:provisional|unvalidated|validated|final|actuals?|to date|p|r|revised|data|only|latest"
    r"|published)[)\]]?$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^(?:as at|as of|position at|at|data for|period|month of|for|week)[ :]+(?=\S)", re.IGNORECASE)
_NO_PERIOD = re.compile(
    r"\b(?:target|forecast|planned|expected|estimated|anticipated|due|review|by|before|since|onwards"
    r"|until|till)\b",
    re.IGNORECASE,
)
"""Words that go with deadlines, or say that a column holds no actual values."""
_WEEK = re.compile(r"\b(?:w/e|w/c|w/b|week (?:ending|commencing|beginning))\b", re.IGNORECASE)
_WORD_NUMBERS = {"twelve": 12, "three": 3, "six": 6, "four": 4}


def parse_period(text: str, near: date | None = None) -> Period | Relative | Problem:
    """The period that all of a text names, or the word that stands for one beside others.

    `near` (the meeting's or the page's date) settles bare months, quarters and month numbers; `assumption`
    then says so.
    Problems: as `dates.parse_date`, and `no_period`.
    """
    text = plain(text).strip(" :;*")
    if not text:
        return Problem("blank", "the cell is blank")
    for word, pattern in _RELATIVE:
        if pattern.match(text):
            return Relative(word)
    if _YTD.search(text):
        return _year_to_date(text, near)
    if match := _MONTH_NO.match(text):
        return _numbered_month(text, match, near)
    if match := _ROLLING.search(text):
        return _rolling(text, match, near)
    return _plain_period(text, near)


def _plain_period(text: str, near: date | None) -> Period | Problem:
    kind_is_week = bool(_WEEK.search(text))
    stripped = _HEAD.sub("", _TAIL.sub("", text)).strip() or text
    if _NO_PERIOD.search(stripped):
        return Problem("words_beside_date", f"“{text[:80]}” holds more than a period")
    when = parse_date(text if kind_is_week else stripped, near)
    if isinstance(when, Problem):
        return when
    if when.first is None or when.last is None or when.word:
        return Problem("no_period", f"“{text[:80]}” is no period")
    return Period(when.first, when.last, "week" if kind_is_week else _kind(when), when.assumption)


def _kind(when: When) -> PeriodKind:
    match when.precision:
        case "day" | "month" | "quarter" | "half" | "financial_year" | "year":
            return when.precision
        case _:
            return "range"


def _year_to_date(text: str, near: date | None) -> Period | Relative | Problem:
    rest = _YTD.sub(" ", text).strip(" -:()[]/,")
    rest = re.sub(r"^(?:at|to|as at|for|the)\b ?", "", rest, flags=re.IGNORECASE)
    if not rest or re.fullmatch(r"(?:actual|performance|position|total|value|\W)*", rest, re.IGNORECASE):
        return Relative("ytd")
    inner = parse_period(rest, near)
    if not isinstance(inner, Period):
        return inner if isinstance(inner, Problem) else Relative("ytd")
    begin = financial_year(financial_year_of(inner.end)).first if inner.kind != "range" else inner.start
    return Period(begin, inner.end, "ytd", inner.assumption)


def _numbered_month(text: str, match: re.Match[str], near: date | None) -> Period | Problem:
    number = int(match["m"])
    if not 1 <= number <= 12:
        return Problem("impossible_date", f"“{text}” is no month of a financial year")
    assumption = ""
    start: int | None
    if match["y"]:
        start = consecutive(match["y"], match["y2"])
    elif near is not None and near.year > 1:
        start, assumption = financial_year_of(near), YEAR_ASSUMED
        start -= number > (near.month - 4) % 12 + 1
    else:
        return Problem("no_year", f"“{text}” has no year")
    if start is None:
        return Problem("impossible_date", f"“{text}” names no financial year")
    days = months(start, 4, number)
    return Period(a_month(days.last.year, days.last.month).first, days.last, "month", assumption)


def _rolling(text: str, match: re.Match[str], near: date | None) -> Period | Problem:
    number = (match["n"] or "12").lower()
    count = _WORD_NUMBERS.get(number) or int(number)
    when = parse_date(text[match.end() :], near)
    if isinstance(when, Problem):
        return when
    if when.last is None or not 1 <= count <= 36:
        return Problem("no_period", f"“{text[:80]}” is no period")
    back = when.last.year * 12 + when.last.month - count
    days: Days = months(back // 12, back % 12 + 1, count)
    return Period(days.first, when.last, "rolling", when.assumption)
