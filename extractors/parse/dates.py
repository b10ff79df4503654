"""Dates and deadlines: text to the first and last day that it allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractors.parse.finding_dates import Precision, Stretch, consecutive, find_stretches
from extractors.parse.folding import plain
from extractors.parse.problem import Problem
from extractors.parse.stretches import Days, a_day, a_month, financial_year, part

Word = Literal["complete", "started", "ongoing", "to_be_confirmed", "immediate", "next_meeting", "not_applicable"]


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of time: a stretch of days, a word ("Complete", "Ongoing", "TBC"), or both.

    `first <= last`, both None together. `last` is the last day that the text allows.
    """

    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    word: Word | None = None
    assumption: str = ""
    """In words, what the text did not say and was taken as usual; to be reported beside the value."""


_PATTERNS: tuple[tuple[Word, str], ...] = (
    (
        "to_be_confirmed",
        r"\b(?:t\.?b\.?[cda]\.?(?![a-z])|to be (?:confirmed|agreed|determined|advised|decided))",
    ),
    (
        "complete",
        r"(?<!be )(?<!not )(?<!not yet )(?<!in)\b(?:completed?|closed|done|delivered|finished)\b",
    ),
    ("started", r"\b(?:commenced|started|began|underway|under way)\b"),
    ("ongoing", r"\b(?:on-? ?going|continuous|continuing|business as usual|bau|recurrent|throughout)\b"),
    ("immediate", r"\b(?:immediate(?:ly)?|asap|as soon as possible|with immediate effect)\b"),
    ("next_meeting", r"\bnext (?:[a-z]+ )?meeting\b"),
    ("not_applicable", r"^(?:n/?a|not applicable|none|-+)$|\bn/a\b"),
)
_WORDS = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in _PATTERNS)

_PART = re.compile(
    r"(?:\b(?P<end>(?:by )?(?:the )?end)|\b(?P<start>start|beginning)|\b(?P<early>early)"
    r"|\b(?P<mid>mid(?:dle)?)|\b(?P<late>late))"
    r"(?: of| in|-)?(?: the)? ?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to|ahead of)(?: the)? ?$", re.IGNORECASE)
_WEEK_FROM = re.compile(r"\b(?:w/c|week commencing|week beginning|w/b)[ :]*$", re.IGNORECASE)
_WEEK_TO = re.compile(r"\b(?:w/e|week ending|week end)[ :]*$", re.IGNORECASE)
_RANGE = re.compile(r"^ ?(?:-+|to|until|till|through(?: to)?|up to|and) ?(?:the )?(?:end of )?$", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:by|from|due|the|of|on|at|in|until|till|no later than|target|revised|expected|estimated"
    r"|anticipated|"
    r"forecast|planned|date|circa|approx(?:imately)?|c|between|to|end|start|beginning|early|mid|late"
    r"|middle|before|"
    r"prior|ahead|week|w/c|w/e|commencing|ending|beginning|w/b|and|for|review|reviewed|since|onwards|fy|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[a-z0-9]{2,}|[a-z]", re.IGNORECASE)
_TWO_YEARS = re.compile(r"(\d\d) ?[/-] ?(\d\d)")


def parse_date(text: str, near: date | None = None) -> When | Problem:
    """The stretch of days, or the word, that is all a text says.

    `near` (the meeting's date) settles a year that is not printed, and `assumption` then says so. Problems:
    `blank`,
    `no_date`, `impossible_date` (31 Feb), `ambiguous_date`, `no_year`, `several_dates`, `words_beside_date`.
    """
    text = plain(text)
    if not text:
        return Problem("blank", "the cell is blank")
    if two := _TWO_YEARS.fullmatch(text):
        return _two_years(text, two)
    stretches = _qualified(text, near)
    for stretch in stretches:
        if stretch.problem:
            return _problem(text, stretch)
    word = word_of(text)
    rest = _rest(text, stretches)
    if not stretches:
        if word and not _LETTERS.search(rest):
            return When(word=word)
        return Problem("no_date", f"“{text[:80]}” is no date")
    if len(stretches) > 1:
        return Problem("several_dates", f"“{text[:80]}” holds {len(stretches)} dates")
    if _LETTERS.search(rest):
        return Problem("words_beside_date", f"“{text[:80]}” holds more than a date")
    return _when(stretches[0], word)


def find_dates(text: str, near: date | None = None) -> tuple[When, ...]:
    """Every date that a text holds and that can be, from left to right, whatever stands between them."""
    return tuple(_when(s, None) for s in _qualified(plain(text), near) if s.days and not s.problem)


def word_of(text: str) -> Word | None:
    """What a text says instead of a date, or beside it."""
    text = plain(text)
    return next((word for word, pattern in _WORDS if pattern.search(text)), None)


def _two_years(text: str, two: re.Match[str]) -> When | Problem:
    """24-25 is a financial year; 11/12 may be one, or the eleventh of December."""
    start = consecutive(two[1], two[2])
    if start is None:
        return Problem("ambiguous_date", f"“{text}” has no year, or is no financial year")
    if int(two[1]) <= 12:
        return Problem("ambiguous_date", f"“{text}” may be a day and month or a financial year")
    days = financial_year(start)
    return When(days.first, days.last, "financial_year")


def _qualified(text: str, near: date | None) -> list[Stretch]:
    """The stretches with what stands before them taken in ("end of", "before", "w/c"), and ranges joined."""
    found: list[Stretch] = []
    for stretch in find_stretches(text, near):
        before = text[found[-1].end if found else 0 : stretch.start]
        if found and _RANGE.match(before) and _joins(text, before, found[-1]):
            found[-1] = _joined(found[-1], _with_part(stretch, before))
        else:
            found.append(_with_part(stretch, before))
    return found


def _joins(text: str, gap: str, earlier: Stretch) -> bool:
    return "and" not in gap.lower() or bool(re.search(r"\bbetween ?$", text[: earlier.start], re.IGNORECASE))


def _joined(a: Stretch, b: Stretch) -> Stretch:
    first, last = a.days, b.days
    if a.day_month and last and (first is None or a.assumption):
        first = _same_year_or_before(a.day_month, last)
    if first and last and first.first <= last.last:
        return Stretch(a.start, b.end, Days(first.first, last.last), "range", "", b.assumption)
    problem = next((s.problem for s in (a, b) if s.problem and s.problem != "no_year"), "")
    return Stretch(
        a.start,
        b.end,
        None,
        "range",
        problem or ("no_year" if last is None else "impossible_date"),
        b.assumption,
    )


def _same_year_or_before(day_month: tuple[int | None, int], last: Days) -> Days | None:
    day, month = day_month
    year = last.last.year - (month > last.last.month)
    return a_day(year, month, day) if day else a_month(year, month)


def _with_part(stretch: Stretch, before: str) -> Stretch:
    days = stretch.days
    if days is None:
        return stretch
    if (match := _PART.search(before)) and stretch.precision != "day":
        name = next(name for name, value in match.groupdict().items() if value)
        return replace(stretch, days=part(days, name), precision="day" if name in ("end", "start") else "part")
    if _BEFORE.search(before):
        eve = days.first - timedelta(days=1)
        return replace(stretch, days=Days(eve, eve), precision="day")
    if stretch.precision == "day" and _WEEK_FROM.search(before):
        return replace(stretch, days=Days(days.first, days.first + timedelta(days=6)), precision="range")
    if stretch.precision == "day" and _WEEK_TO.search(before):
        return replace(stretch, days=Days(days.last - timedelta(days=6), days.last), precision="range")
    return stretch


def _rest(text: str, stretches: list[Stretch]) -> str:
    """What is left of a text without its dates, its words of time and the words that go with dates."""
    kept, at = [], 0
    for stretch in stretches:
        kept.append(text[at : stretch.start])
        at = stretch.end
    rest = " ".join([*kept, text[at:]])
    for _word, pattern in _WORDS:
        rest = pattern.sub(" ", rest)
    return _SAID.sub(" ", rest)


def _when(stretch: Stretch, word: Word | None) -> When:
    assert stretch.days is not None
    return When(stretch.days.first, stretch.days.last, stretch.precision, word, stretch.assumption)


def _problem(text: str, stretch: Stretch) -> Problem:
    printed = text[stretch.start : stretch.end]
    if stretch.problem == "no_year":
        return Problem("no_year", f"“{printed}” has no year")
    return Problem(stretch.problem, f"“{printed}” is no date that can be")
