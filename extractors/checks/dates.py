"""Days that cannot be: impossible dates, wrong weekdays, quarters of fifteen months, deadlines before the
action was raised.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from extractors.checks.evidence import Evidence, as_date, as_text
from extractors.parse.finding_dates import Stretch, find_stretches
from extractors.parse.folding import fold, plain
from extractors.parse.stretches import full_year, month_number
from schemas.finding import Finding

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_DAYS)})[, ]+(?:the )?$", re.IGNORECASE)
_MONTHS = r"jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_QUARTER = re.compile(
    rf"\bq(?:uarter )?\s?(?P<n>[1-4])\b[\s(:,-]*(?P<m1>{_MONTHS})[a-z]*\.?\s?['’]?(?P<y1>20\d\d"
    rf"|\d\d)\s*(?:/|-|to)\s*(?P<m2>{_MONTHS})[a-z]*\.?\s?['’]?(?P<y2>20\d\d|\d\d)\b",
    re.IGNORECASE,
)
_VERSION = re.compile(r"^(?:v(?:ersion)?\.? ?)?(\d{1,2}(?:\.\d{1,2})?)$", re.IGNORECASE)
_MAY = re.compile(r"\d[- ]may[- ]\d|^may[- ]", re.IGNORECASE)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("07-Apr-21", re.compile(r"^\d{1,2}[- ][a-z]{3}[- ]\d\d$", re.IGNORECASE)),
    ("07-Apr-2021", re.compile(r"^\d{1,2}[- ][a-z]{3}[- ]\d{4}$", re.IGNORECASE)),
    ("7 April 2021", re.compile(r"^\d{1,2}(?:st|nd|rd|th)? [a-z]{4,9},? \d{4}$", re.IGNORECASE)),
    ("07/04/2021", re.compile(r"^\d{1,2}/\d{1,2}/\d{2,4}$")),
    ("07.04.21", re.compile(r"^\d{1,2}\.\d{1,2}\.\d{2,4}$")),
    ("2021-04-07", re.compile(r"^\d{4}-\d\d-\d\d$")),
    ("Apr-21", re.compile(r"^[a-z]{3,9}[- ']{1,2}\d\d$", re.IGNORECASE)),
    ("April 2021", re.compile(r"^[a-z]{3,9}[- ]\d{4}$", re.IGNORECASE)),
    ("2023/24", re.compile(r"^\d{4}/\d{2,4}$")),
    ("Q2 2024/25", re.compile(r"^q\d .*\d$", re.IGNORECASE)),
)


def dates_can_be(evidence: Evidence) -> Iterator[Finding]:
    """No date anywhere in the pack names a day that its month has not, and a weekday printed before a date is
    the right one.
    """
    seen: set[tuple[int, str]] = set()
    for page, table_no, row, col, text in _texts(evidence):
        if not any(c.isdigit() for c in text):
            continue
        for stretch in find_stretches(text):
            printed = text[stretch.start : stretch.end]
            if stretch.problem == "impossible_date" and _day_of_no_month(text, stretch):
                message = f"On page {page}, “{printed}” is no date that can be."
                check, expected = "impossible_date", None
            elif stretch.precision == "day" and stretch.days and (said := _WEEKDAY.search(text[: stretch.start])):
                day = stretch.days.first
                right = _DAYS[day.weekday()].capitalize()
                if said[1].capitalize() == right or not re.search(r"\d{4}|\d\d$", printed):
                    continue
                printed = f"{said[1].capitalize()} {printed}"
                message = f"On page {page}, “{printed}” cannot be: that day was a {right}."
                check, expected = "weekday_disagrees", right
            else:
                continue
            if (page, printed) not in seen:
                seen.add((page, printed))
                yield Finding(
                    "warning",
                    "cell",
                    check,
                    message,
                    page,
                    table_no,
                    row,
                    col,
                    found=printed,
                    expected=expected,
                )


def quarters_are_three_months(evidence: Evidence) -> Iterator[Finding]:
    """A quarter printed with its first and last month spans three months."""
    seen: set[tuple[int, str]] = set()
    for page, table_no, row, col, text in _texts(evidence):
        for match in _QUARTER.finditer(text):
            year1, year2 = full_year(match["y1"]), full_year(match["y2"])
            if year1 is None or year2 is None:
                continue
            first, last = month_number(match["m1"]), month_number(match["m2"])
            span = (year2 - year1) * 12 + last - first + 1
            printed = match.group()
            if span == 3 or (page, printed) in seen:
                continue
            seen.add((page, printed))
            what = f"spans {span} months" if span > 0 else "ends before it begins"
            yield Finding(
                "warning",
                "cell",
                "quarter_not_three_months",
                f"On page {page}, the quarter “{printed}” {what}; a year in it seems to be wrong.",
                page,
                table_no,
                row,
                col,
                found=printed,
                expected="3 months",
            )


def action_dates_agree(evidence: Evidence) -> Iterator[Finding]:
    """An action is raised before it is due and not after the meeting

    an open one past its date is said to be overdue.
    """
    meeting = evidence.meeting_date
    for record in evidence.records:
        if record.into != "actions":
            continue
        raised, due = as_date(record.values.get("raised_on")), as_date(record.values.get("due_on"))
        ref = as_text(record.values.get("ref"))
        name = f"action {ref}" if ref else f"the action “{as_text(record.values.get('action'))[:60]}”"
        if raised and due and due < raised:
            yield _action(
                "warning",
                "due_before_raised",
                f"On page {record.page}, {name} was due on {due} but raised only on {raised}.",
                record.page,
                record.table_no,
                record.row,
                "due_on",
                as_text(record.values.get("due_text")),
                f"on or after {raised}",
            )
        if raised and meeting and raised > meeting:
            yield _action(
                "warning",
                "raised_after_meeting",
                f"On page {record.page}, {name} is dated {raised}, after the meeting of {meeting}.",
                record.page,
                record.table_no,
                record.row,
                "raised_on",
                as_text(record.values.get("raised_text")),
                f"on or before {meeting}",
            )
        if (
            due
            and meeting
            and due < meeting
            and as_text(record.values.get("status")) in ("open", "in_progress", "overdue")
        ):
            yield _action(
                "info",
                "action_overdue",
                f"On page {record.page}, {name} was due by {due} and is still open at the meeting of {meeting}.",
                record.page,
                record.table_no,
                record.row,
                "due_on",
                as_text(record.values.get("due_text")),
                None,
            )


def versions_follow_each_other(evidence: Evidence) -> Iterator[Finding]:
    """In a table of a document's versions, a later version does not have an earlier date."""
    for table in evidence.document.tables:
        rows = [[fold(text) for text in row] for row in table.grid()]
        if not rows or not any("version" in text.lower() for text in rows[0]):
            continue
        before: tuple[str, date] | None = None
        for r, row in enumerate(rows[1:], start=1):
            if not (match := _VERSION.match(row[0])):
                continue
            days = [
                s.days.last
                for text in row[1:]
                for s in find_stretches(plain(text))
                if s.days and not s.problem and s.precision in ("day", "month")
            ]
            if not days:
                continue
            if before and max(days) < before[1]:
                page = next((cell.page for cell in table.cells if cell.row == r), table.page)
                yield Finding(
                    "warning",
                    "row",
                    "version_dated_before_earlier_one",
                    f"On page {page}, version {match[1]} is dated {max(days)}, before version {before[0]} "
                    f"of {before[1]}.",
                    page=page,
                    table_no=table.table_no,
                    row=r,
                    found=str(max(days)),
                    expected=f"after {before[1]}",
                )
            before = (match[1], max(days))


def one_date_style(evidence: Evidence) -> Iterator[Finding]:
    """The dates of one column are written in one style."""
    columns: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for record in evidence.records:
        for column in ("raised_text", "due_text", "completion_text"):
            if text := as_text(record.values.get(column)):
                columns[record.table_no, column].append((record.page, text))
    for (table_no, column), texts in columns.items():
        shapes: Counter[str] = Counter()
        example: dict[str, str] = {}
        for _, text in texts:
            shape = next((name for name, pattern in _SHAPES if pattern.match(text)), None)
            # "14 May 2024" is written in full and is abbreviated: it tells of no style.
            if shape and not _MAY.search(text):
                shapes[shape] += 1
                example.setdefault(shape, text)
        if len(shapes) < 2:
            continue
        shown = ", ".join(f"“{example[name]}”" for name, _ in shapes.most_common())
        yield Finding(
            "info",
            "table",
            "mixed_date_styles",
            f"The table on page {texts[0][0]} writes its dates in {len(shapes)} styles: {shown}.",
            page=texts[0][0],
            table_no=table_no,
            column_name=column,
            found=shown,
        )


def _action(
    severity: str,
    check: str,
    message: str,
    page: int,
    table_no: int,
    row: int,
    column: str,
    found: str,
    expected: str | None,
) -> Finding:
    return Finding(
        "warning" if severity == "warning" else "info",
        "row",
        check,
        message,
        page=page,
        table_no=table_no,
        row=row,
        column_name=column,
        found=found,
        expected=expected,
    )


def _texts(evidence: Evidence) -> Iterator[tuple[int, int | None, int | None, int | None, str]]:
    """Every text of the pack once: cells with their place, then lines outside tables."""
    for table in evidence.document.tables:
        for cell in table.cells:
            if cell.text.strip():
                yield cell.page, table.table_no, cell.row, cell.col, plain(cell.text)
    for page in evidence.document.pages:
        for line in page.lines:
            if not line.in_table and line.text.strip():
                yield page.number, None, None, None, plain(line.text)


def _day_of_no_month(text: str, stretch: Stretch) -> bool:
    """31 June is a date that cannot be; 45/13/20 may be a reference, and "92.00 Mar-21" two columns."""
    printed = text[stretch.start : stretch.end]
    named = re.search(rf"(?:{_MONTHS})", printed, re.IGNORECASE)
    day = re.search(r"(?<!\d)(?:29|3\d)(?!\d)", printed)
    alone = not re.search(r"[\d.,%£/-]$", text[: stretch.start])
    return bool(stretch.precision == "day" and named and day and alone)
