"""The numbers of a table as it prints them, with labels and headings: what sums and orders are checked on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.checks.evidence import Evidence, Printed, printed_number
from extractors.parse.folding import fold
from schemas.document import RawTable

_ROUNDED = re.compile(r"£|\b(?:thousands?|millions?|rounded|rounding)\b|['’‘]?\b000s?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/-]\s?(?:20)?\d\d)?")


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers of a table's body."""

    table: RawTable
    texts: list[list[str]]
    numbers: list[list[Printed | None]]
    first: int
    labels: list[str]
    headings: list[str]

    def rounded(self, col: int, row: int) -> bool:
        """The figures are money, thousands or millions: rounded, so that parts may miss their total by roundings."""
        about = (self.headings[col], self.labels[row], self.table.title, self.table.heading, *self.table.notes)
        return bool(_ROUNDED.search(" ".join(text for text in about if text))) or any(
            "£" in texts[col] for texts in self.texts
        )

    def page_of(self, row: int) -> int:
        """The page on which a row stands."""
        return next((cell.page for cell in self.table.cells if cell.row == row), self.table.page)


def grid_of(evidence: Evidence, table: RawTable) -> Grid:
    """A table's numbers, read once for all checks."""
    return evidence.once(("grid", table.table_no), lambda: read_grid(table))


def read_grid(table: RawTable) -> Grid:
    """The table's texts and numbers; the label of a row is its first text that is no number."""
    texts = [[fold(text) for text in row] for row in table.grid()]
    first = _first_row(texts, max(table.header_rows, 1))
    numbers = [[printed_number(text) if r >= first else None for text in row] for r, row in enumerate(texts)]
    labels = [
        next((t for c, t in enumerate(row) if t and numbers[r][c] is None and any(x.isalpha() for x in t)), "")
        for r, row in enumerate(texts)
    ]
    headings = [fold(" ".join(dict.fromkeys(texts[r][c] for r in range(first)))) for c in range(table.n_cols)]
    for cell in table.cells:
        if cell.row < first and cell.col_span > 1:
            for col in range(cell.col + 1, min(cell.col + cell.col_span, table.n_cols)):
                headings[col] = fold(f"{fold(cell.text)} {headings[col]}")
    return Grid(table, texts, numbers, first, labels, headings)


def _first_row(texts: list[list[str]], after_headings: int) -> int:
    """The first row of figures: a table cut off from its headings has figures where headings would be."""
    first = after_headings
    while first and first <= len(texts):
        under_label = [text for text in texts[first - 1][1:] if text]
        figures = [text for text in under_label if printed_number(text) and not _YEAR.fullmatch(text)]
        if not under_label or len(figures) < len(under_label) or not any(c.isalpha() for c in texts[first - 1][0]):
            break
        first -= 1
    return first
