"""The cells of one tagged table with the words that the page prints in them: a draft of a grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.document import BBox
from schemas.page import Page, TagCell, TagTable, Word


@dataclass(slots=True)
class Draft:
    """A cell while its place is still argued about. `words` are indexes into `Page.words`; never empty."""

    row: int
    col: int
    row_span: int
    col_span: int
    header: bool
    words: list[int]
    box: BBox

    @property
    def last_row(self) -> int:
        """The last row that the cell covers."""
        return self.row + self.row_span - 1

    @property
    def last_col(self) -> int:
        """The last column that the cell covers."""
        return self.col + self.col_span - 1


def extent(words: Iterable[Word]) -> BBox:
    """The smallest box round some words (at least one)."""
    boxes = list(words)
    return BBox(
        min(word.x0 for word in boxes),
        min(word.top for word in boxes),
        max(word.x1 for word in boxes),
        max(word.bottom for word in boxes),
    )


def words_by_mcid(page: Page) -> dict[int, list[int]]:
    """Marked-content id -> the words that carry it, in the page's order."""
    found: dict[int, list[int]] = {}
    for index, word in enumerate(page.words):
        if word.mcid >= 0:
            found.setdefault(word.mcid, []).append(index)
    return found


def drafts(page: Page, table: TagTable, by_mcid: dict[int, list[int]]) -> list[Draft]:
    """The table's cells that have words on the page.

    Rows in which nothing is printed are closed up, and so are columns in which no cell of the others begins.
    """
    printed: list[tuple[TagCell, list[int]]] = []
    for cell in table.cells:
        words = sorted({index for mcid in cell.mcids for index in by_mcid.get(mcid, ())})
        if words:
            printed.append((cell, words))
    rows = sorted({cell.row for cell, _ in printed})
    cols = sorted({cell.col for cell in table.cells if cell.row in rows})
    found = []
    for cell, words in printed:
        row, col = bisect_left(rows, cell.row), bisect_left(cols, cell.col)
        row_span = bisect_left(rows, cell.row + cell.row_span) - row
        col_span = bisect_left(cols, cell.col + cell.col_span) - col
        box = extent(page.words[index] for index in words)
        found.append(Draft(row, col, row_span, col_span, cell.header, words, box))
    return found


def rows_of(cells: Sequence[Draft]) -> list[list[Draft]]:
    """The cells by their first row, each row from left to right."""
    rows: list[list[Draft]] = [[] for _ in range(max((cell.row for cell in cells), default=-1) + 1)]
    for cell in cells:
        rows[cell.row].append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.box.x0)
    return rows
