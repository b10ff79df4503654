"""Which rows of a table are records: what stands in them is what their columns hold, as headings are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.proposals.lines import is_number
from extractors.proposals.row import Row

DATE = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?[ ./-])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ./-]\d{2,4}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}",
    re.IGNORECASE,
)
LEAST_ROWS, SHORT = 4, 20
MOST = 0.5
"""The share of a column's cells that are figures, or dates, in a column of these."""


def is_date(text: str) -> bool:
    """Whether the text is a date, or a month of a year."""
    return DATE.fullmatch(text.strip()) is not None


def like_their_columns(rows: Sequence[Row]) -> list[bool]:
    """For each row whether half of its cells beside the label are what their columns hold: figures where most are
    figures, dates where most are dates, a word that stands in the column once more.
    """
    columns: dict[int, Counter[str]] = {}
    for row in rows:
        for col, kind in _kinds(row):
            columns.setdefault(col, Counter())[kind] += 1
    usual = {
        (col, kind)
        for col, counts in columns.items()
        for kind, count in counts.items()
        if count >= (max(2, MOST * counts.total()) if kind in ("#", "@") else 2)
    }
    found = []
    for row in rows:
        kinds = _kinds(row)
        found.append(bool(kinds) and 2 * sum(one in usual for one in kinds) >= len(kinds))
    return found


def values_among(rows: Sequence[Row]) -> int:
    """How many cells hold figures, dates, or a word of a column of few words ("Green", "Amber")."""
    columns: dict[int, list[str]] = {}
    for row in rows:
        for cell in row.cells:
            columns.setdefault(cell.first, []).append(cell.text)
    count = 0
    for col, texts in columns.items():
        again = Counter(text.lower() for text in texts)
        few = col > 0 and len(texts) >= LEAST_ROWS and len(again) - 1 <= len(texts) / LEAST_ROWS
        count += sum(is_number(t) or is_date(t) or (few and again[t.lower()] > 1 and len(t) <= SHORT) for t in texts)
    return count


def _kinds(row: Row) -> list[tuple[int, str]]:
    """(column, `#` for a figure, `@` for a date, else the text) of each cell beside the label."""
    return [
        (cell.first, "#" if is_number(cell.text) else "@" if is_date(cell.text) else cell.text.lower())
        for cell in row.cells
        if cell.first == cell.last > 0
    ]
