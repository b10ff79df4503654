"""The typed columns of an action: the day it was raised, the last day that its deadline
allows, its status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from extractors.action_columns import Columns
from extractors.parse.dates import When, find_dates, parse_date, word_of
from extractors.parse.folding import key, plain
from extractors.parse.problem import Problem
from extractors.parse.rag import Rag, parse_rag, rag_of_dot, rag_of_fill
from extractors.vocabulary import Status, status_of, status_of_colour
from schemas.finding import Severity


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed value, and what is to be said of it: `check` is empty where nothing is."""

    value: str | None = None
    check: str = ""
    message: str = ""
    severity: Severity = "warning"
    expected: str | None = None
    status: Status | None = None
    """What a deadline's text says of the action besides: "Complete"."""


_DURATION = re.compile(r"(?:within )?\d{1,2}(?: ?(?:-|to|–) ?\d{1,2})? (?:days?|weeks?|months?|years?)", re.IGNORECASE)
"""A deadline that counts from a day that is not printed."""
_BAD_DATES = ("impossible_date", "ambiguous_date")


def read_raised(text: str | None, near: date | None) -> Reading:
    """The day on which it was raised; None where the text names no single day."""
    when = parse_date(text or "", near)
    if isinstance(when, Problem):
        found = find_dates(text or "", near)
        days = [one.first for one in found if one.precision == "day" and one.first]
        if len(set(days)) == 1 and when.code == "words_beside_date":
            return Reading(days[0].isoformat())
        if when.code in _BAD_DATES:
            return Reading(None, when.code, when.message, expected="a date")
        return Reading()
    if when.first is None or when.first != when.last:
        return Reading()
    return Reading(when.first.isoformat(), *_assumed(when))


def read_due(text: str | None, near: date | None) -> Reading:
    """The last day that the text allows; of several dates the latest."""
    if not text:
        return Reading()
    when = parse_date(text, near)
    if isinstance(when, When):
        status: Status | None = "closed" if when.word == "complete" else None
        if when.last is None or when.word == "started":
            return Reading(status=status)
        return Reading(when.last.isoformat(), *_assumed(when), status=status)
    days = [(one.last, one) for one in find_dates(text, near) if one.last]
    if when.code in _BAD_DATES:
        return Reading(None, when.code, when.message, expected="a date that can be")
    if days:
        last, one = max(days, key=lambda found: found[0])
        if len(days) > 1:
            return Reading(
                last.isoformat(), "several_dates", f"{when.message}; the latest is taken", "info", "one date"
            )
        return Reading(last.isoformat(), *_assumed(one))
    if when.code == "no_year":
        return Reading(None, "no_year", when.message, "info", "a date with its year")
    if word_of(text) or when.code == "blank" or not re.search(r"\d", text) or _DURATION.fullmatch(text):
        return Reading()
    return Reading(None, "due_not_read", when.message, "info", "a date")


def read_status(columns: Columns, row: int, legend: Mapping[Rag, Status], section: Status | None) -> Reading:
    """By the status cell's words, else by its colour and the page's legend, else by the
    section it stands in."""
    col = columns.column("status")
    if col is None:
        return Reading(section)
    cell, text = columns.sheet.cell(row, col), columns.text(row, "status")
    rag = parse_rag(text)
    if cell is not None and (dot := rag_of_dot(text, cell.text_colour)) is not None:
        rag = dot
    if isinstance(rag, Problem) and text:
        status = status_of(text)
        if status or section:
            return Reading(status or section)
        if rag_of_fill(text) or not re.search(r"[A-Za-z]", plain(text)):
            return Reading()
        return Reading(
            None,
            "unknown_status",
            f"“{text[:80]}” is no status that boardpack knows; add it to statuses.toml",
            expected="open, in progress, overdue, closing or closed, in any words",
        )
    colour = rag if not isinstance(rag, Problem) else rag_of_fill(cell.fill if cell else None)
    if colour is None:
        return Reading(section)
    return Reading(legend.get(colour) or section or (status_of(text) if text else None) or status_of_colour(colour))


def section_status(text: str) -> Status | None:
    """What a heading across the table says of the actions below it: "Open actions", "Closed
    since the last meeting"."""
    words = re.sub(r"\b(?:actions?|items?|log|list|section|issues?|decisions?)\b", " ", key(text))
    words = " ".join(words.split())
    return status_of(words) if words else None


def _assumed(when: When) -> tuple[str, str, Severity, str | None]:
    if not when.assumption:
        return "", "", "warning", None
    return "assumed_date", when.assumption, "info", None
