"""The agenda against the papers' front sheets, and its own times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.checks.evidence import Evidence
from extractors.parse.folding import fold, key
from schemas.document import RawTable
from schemas.finding import Finding

_NUMBER = re.compile(r"^agenda item(?: ?(?:no|number|ref)\.?)?\s*[:.]?\s*(?P<item>\d{1,2} ?[a-z]?)$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:report|paper|document)?\s*(?:title|subject)(?: of (?:report|paper))?\s*:?$", re.IGNORECASE)
_TIME = re.compile(r"^\d{1,2}(?P<mark>[.:])\d\d ?(?:am|pm)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """An item or sub-item of an agenda: `6b`, and what it is about."""

    number: str
    subject: str


def front_sheets_agree(evidence: Evidence) -> Iterator[Finding]:
    """A paper's front sheet gives it the number that the agenda gives it."""
    items = [item for table in evidence.document.tables if _is_agenda(table) for item in agenda_items(table)]
    for table in evidence.document.tables:
        title, number = _front_sheet(table)
        if not title or not number:
            continue
        same = [item for item in items if _is_about(title, item.subject)]
        if len({item.number for item in same}) != 1 or number in (same[0].number, same[0].number.rstrip("abcdefgh")):
            continue
        yield Finding(
            "warning",
            "table",
            "agenda_number_disagrees",
            f"The front sheet on page {table.page} says that “{title}” is agenda item {number}; the agenda has it as "
            f"item {same[0].number}.",
            page=table.page,
            table_no=table.table_no,
            found=number,
            expected=same[0].number,
        )


def one_time_style(evidence: Evidence) -> Iterator[Finding]:
    """The times of an agenda are written in one style."""
    for table in evidence.document.tables:
        times = [fold(cell.text) for cell in table.cells if _TIME.match(fold(cell.text))]
        marks = {time: match["mark"] for time in times if (match := _TIME.match(time))}
        if not _is_agenda(table) or len(set(marks.values())) < 2:
            continue
        usual = max(".:", key=list(marks.values()).count)
        odd = [time for time, mark in marks.items() if mark != usual]
        other = next(time for time, mark in marks.items() if mark == usual)
        yield Finding(
            "info",
            "table",
            "mixed_time_styles",
            f"The agenda on page {table.page} writes {', '.join(odd)} among times such as {other}.",
            page=table.page,
            table_no=table.table_no,
            found=", ".join(odd),
            expected=other,
        )


def agenda_items(table: RawTable) -> Iterator[Item]:
    """Items numbered in the first column, alone or before their words; `a.`, `b.` under them are items of their own."""
    for row in table.grid()[1:]:
        lines = [fold(line) for line in row[0].splitlines() if fold(line)]
        head = re.match(r"^(\d{1,2})[.)]?\s*(.*)$", lines[0]) if lines else None
        if head is None:
            continue
        number, first = head.groups()
        if not first and len(row) > 1:
            yield Item(number, fold(row[1]))
            continue
        letters = [m for line in (first, *lines[1:]) if (m := re.match(r"^([a-h])[.)]\s*(.+)$", line))]
        if letters:
            yield from (Item(number + m[1], m[2]) for m in letters)
        else:
            yield Item(number, fold(" ".join([first, *lines[1:]])))


def _is_agenda(table: RawTable) -> bool:
    heads = [key(text) for text in table.grid()[0]] if table.n_rows else []
    return any(re.match(r"(?:agenda )?item", head) for head in heads) and any(
        re.match(r"tim(?:e|ing)|lead|presenter|presented", head) for head in heads
    )


def _front_sheet(table: RawTable) -> tuple[str, str]:
    title = number = ""
    for row in table.grid():
        texts = [fold(text) for text in row]
        for col, text in enumerate(texts):
            if _TITLE.match(text) and col + 1 < len(texts) and not title:
                title = texts[col + 1]
            if match := _NUMBER.match(" ".join(part for part in texts[col : col + 2] if part)) or _NUMBER.match(text):
                number = match["item"].replace(" ", "").lower()
    return title, number


def _is_about(title: str, subject: str) -> bool:
    one, other = key(title), key(subject)
    return len(one.split()) >= 2 and len(other.split()) >= 2 and (one in other or other in one)
