"""Dates that can be and yet seem wrong: out of order, of a meeting a year too early, in two styles in one log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from extractors.checks.dates import one_date_style
from extractors.checks.evidence import Evidence
from extractors.parse.finding_dates import find_stretches
from extractors.parse.folding import fold, plain
from schemas.document import Cell, RawTable
from schemas.finding import Finding

_MEETING = re.compile(r"\b(?:meeting|board|committee|cabinet|panel|governing body)\b", re.IGNORECASE)
_NEAR = 60
"""Characters between a meeting's name and its date."""
_YEAR = re.compile(r"\d\d(?!\d)")
_LONG = 6
"""Dates of a column that show its order."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("letters", re.compile(r"\b\d{1,2}[- ][A-Za-z]{3}[- ]\d\d(?:\d\d)?\b")),
    ("words", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS}),? \d{{4}}\b")),
    ("slashes", re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b")),
    ("stops", re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d\d(?:\d\d)?(?![\d.]*\d)")),
    ("iso", re.compile(r"\b\d{4}-\d\d-\d\d\b")),
)


def logs_in_one_date_style(evidence: Evidence) -> Iterator[Finding]:
    """An action log writes whole dates, comments included, in one style; logs whose columns differ are told already."""
    told = {finding.table_no for finding in one_date_style(evidence)}
    for table in evidence.document.tables:
        if evidence.kind_of.get(table.table_no) != "actions" or table.table_no in told:
            continue
        found = {name: m.group() for name, p in _STYLES if (m := _first(p, table)) is not None}
        if len(found) > 1:
            shown = ", ".join(f"“{text}”" for text in found.values())
            yield Finding(
                "info",
                "table",
                "mixed_date_styles",
                f"The action log on page {table.page} writes whole dates in {len(found)} styles: {shown}.",
                page=table.page,
                table_no=table.table_no,
                found=shown,
            )


def dates_are_in_order(evidence: Evidence) -> Iterator[Finding]:
    """In a table of no kind, a column of dates that rises rises everywhere: one that steps back is told."""
    for table in evidence.document.tables:
        if evidence.kind_of.get(table.table_no) is not None:
            continue
        for col in range(table.n_cols):
            days = [(cell, day) for cell in table.cells if cell.col == col and (day := _day(cell.text))]
            days.sort(key=lambda item: item[0].row)
            back = [i for i in range(1, len(days)) if days[i][1] < days[i - 1][1]]
            if len(days) >= _LONG and len(back) == 1 and len({day for _, day in days}) >= _LONG - 1:
                yield _out_of_order(table, days[back[0]][0], days[back[0] - 1][0])


def meetings_are_in_their_year(evidence: Evidence) -> Iterator[Finding]:
    """A date of a meeting is not the day of another of the pack's meetings, a year too early."""
    places: dict[date, list[tuple[int, str]]] = defaultdict(list)
    for page, text in _texts(evidence):
        for stretch in find_stretches(text) if _YEAR.search(text) else ():
            around = text[max(0, stretch.start - _NEAR) : stretch.end + 20]
            whole = stretch.precision == "day" and not stretch.problem
            if whole and stretch.days and _MEETING.search(around):
                places[stretch.days.first].append((page, text[stretch.start : stretch.end]))
    for day, found in places.items():
        later = _a_year_on(day)
        month_end = (day + timedelta(days=1)).month != day.month
        if later not in places or len(found) > 1 or day.day == 1 or month_end:
            continue
        page, printed = found[0]
        other_page, other = places[later][0]
        yield Finding(
            "info",
            "page",
            "meeting_a_year_early",
            f"On page {page}, a meeting is dated {printed}; on page {other_page} the pack speaks of one on {other}: "
            "the year may be wrong.",
            page=page,
            found=printed,
            expected=other,
        )


def _first(pattern: re.Pattern[str], table: RawTable) -> re.Match[str] | None:
    return next((match for cell in table.cells if (match := pattern.search(plain(cell.text)))), None)


def _day(text: str) -> date | None:
    """The day that all of a cell is."""
    bare = plain(text)
    stretches = [s for s in find_stretches(bare) if s.precision == "day" and s.days and not s.problem]
    if len(stretches) != 1 or len(bare) > 30 or stretches[0].end - stretches[0].start < 0.6 * len(bare):
        return None
    return stretches[0].days.first if stretches[0].days else None


def _out_of_order(table: RawTable, cell: Cell, above: Cell) -> Finding:
    return Finding(
        "info",
        "row",
        "dates_out_of_order",
        f"On page {cell.page}, the dates of a table rise but for one: {fold(cell.text)} stands under "
        f"{fold(above.text)}.",
        page=cell.page,
        table_no=table.table_no,
        row=cell.row,
        col=cell.col,
        found=fold(cell.text),
        expected=f"on or after {fold(above.text)}",
    )


def _texts(evidence: Evidence) -> Iterator[tuple[int, str]]:
    for table in evidence.document.tables:
        for cell in table.cells:
            yield cell.page, plain(cell.text)
    for page in evidence.document.pages:
        for line in page.lines:
            if not line.in_table:
                yield page.number, plain(line.text)


def _a_year_on(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day.replace(year=day.year + 1, day=28)
