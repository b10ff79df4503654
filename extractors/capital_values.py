"""The typed columns of a capital scheme: its value in pounds, its completion, the money of one column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.parse.dates import When, find_dates, parse_date, word_of
from extractors.parse.money import Money, Qualifier, parse_money
from extractors.parse.problem import Problem
from schemas.finding import Severity

_MOVED = re.compile(r"0|[-+]? ?\d{1,3} (?:days?|weeks?|months?|years?)", re.IGNORECASE)
"""What a table of moved milestones prints: by how much, and no date."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said of a cell: `check` is empty where nothing is."""

    check: str = ""
    message: str = ""
    severity: Severity = "warning"
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Pounds, and how sure."""

    gbp: float | None
    qualifier: Qualifier
    said: Said = Said()


@dataclass(frozen=True, slots=True)
class Completion:
    """When a scheme completes. `state` as in `capital_schemes.completion`."""

    state: str
    first: str | None = None
    last: str | None = None
    said: Said = Said()


def read_amount(text: str, multiplier: int | None) -> Amount:
    """The amount that a cell holds, in pounds."""
    if not text:
        return Amount(None, "not_stated")
    money = parse_money(text, multiplier)
    if isinstance(money, Money):
        return Amount(float(money.gbp) if money.gbp is not None else None, money.qualifier)
    if word_of(text) and not re.search(r"\d", text):
        return Amount(None, "not_stated")
    return Amount(None, "not_stated", Said("amount_not_read", money.message, expected="an amount of money"))


def read_completion(text: str, near: date | None) -> Completion:
    """The stretch of days in which a scheme completes; "Complete" needs none."""
    if not text:
        return Completion("not_stated")
    when = parse_date(text, near)
    if isinstance(when, When):
        first = when.first.isoformat() if when.first else None
        last = when.last.isoformat() if when.last else None
        said = Said("assumed_date", when.assumption, "info") if when.assumption else Said()
        if when.word == "complete":
            return Completion("complete", first, last, said)
        if last and when.word != "started":
            return Completion("scheduled", first, last, said)
        return Completion("to_be_confirmed" if when.word == "to_be_confirmed" else "not_stated")
    return _unread(text, when, near)


def _unread(text: str, problem: Problem, near: date | None) -> Completion:
    word = word_of(text)
    if problem.code in ("impossible_date", "ambiguous_date"):
        return Completion("not_stated", said=Said(problem.code, problem.message, expected="a date that can be"))
    days = [one for one in find_dates(text, near) if one.first and one.last]
    if days:
        last = max(one.last for one in days if one.last)
        first = min(one.first for one in days if one.first)
        said = Said()
        if len(days) > 1:
            said = Said("several_dates", f"{problem.message}; the latest is taken", "info", "one date")
        return Completion("complete" if word == "complete" else "scheduled", first.isoformat(), last.isoformat(), said)
    if word == "complete":
        return Completion("complete")
    if word == "to_be_confirmed":
        return Completion("to_be_confirmed")
    if not re.search(r"\d", text) or _MOVED.fullmatch(text):
        return Completion("not_stated")
    return Completion("not_stated", said=Said("completion_not_read", problem.message, "info", "a date"))
