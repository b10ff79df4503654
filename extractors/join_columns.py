"""Tables whose columns go on on another page: the same rows again, with further columns beside them.

A wide sheet prints years 1 to 4 on one page and years 5 to 10 of the same rows on the next, its first columns
again on each. The joined table is a view for reading: every cell keeps its page and box, and knows the table
and place that it was printed in, so that what is read from it leads back to the stored cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import NamedTuple

from extractors.continuation import folded
from schemas.document import Cell, RawTable

MIN_ROWS = 3
"""Fewer rows than this may be alike by chance."""


class Source(NamedTuple):
    """Where a joined cell was printed."""

    table_no: int
    row: int
    col: int


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """A table with the columns of all its pages."""

    table: RawTable
    """Its number and rows are those of the first part, and so are its first columns."""
    parts: tuple[int, ...]
    """The `table_no` of each part, in reading order."""
    sources: dict[tuple[int, int], Source]
    """(row, col) of the joined table -> where the cell was printed."""


def join_columns(tables: Sequence[RawTable]) -> list[JoinedTable]:
    """The tables, those that go on sideways joined with their continuation, in reading order.

    A table goes on sideways on the pages right after it where its leading columns (one at least, headings
    included) are printed again with the same text in the same rows and the columns after them have other
    headings. A part with a row that the first part does not have is left alone: nothing is dropped.
    """
    joined: list[JoinedTable] = []
    for table in tables:
        wider = _widen(joined[-1], table) if joined else None
        if wider is not None:
            joined[-1] = wider
        else:
            sources = {(cell.row, cell.col): Source(table.table_no, cell.row, cell.col) for cell in table.cells}
            joined.append(JoinedTable(table, (table.table_no,), sources))
    return joined


def _widen(left: JoinedTable, right: RawTable) -> JoinedTable | None:
    wide = left.table
    if right.page <= wide.last_page or right.page > wide.last_page + 1 + (wide.last_page - wide.page):
        return None
    for shared in range(_shared_columns(wide, right), 0, -1):
        places = _matching_rows(wide, right, shared)
        if places is not None:
            return _beside(left, right, shared, places)
    return None


def _beside(left: JoinedTable, right: RawTable, shared: int, places: Sequence[int]) -> JoinedTable | None:
    wide = left.table
    new = [cell for cell in right.cells if cell.col >= shared]
    if not all(_stays_together(cell, places) for cell in new):
        return None
    cells = list(wide.cells)
    sources = dict(left.sources)
    shift = wide.n_cols - shared
    for cell in new:
        row, col = places[cell.row], cell.col + shift
        cells.append(replace(cell, row=row, col=col))
        sources[row, col] = Source(right.table_no, cell.row, cell.col)
    table = replace(
        wide,
        last_page=max(wide.last_page, right.last_page),
        n_cols=wide.n_cols + right.n_cols - shared,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        header_rows=max(wide.header_rows, right.header_rows),
        confidence=min(wide.confidence, right.confidence),
        notes=tuple(dict.fromkeys((*wide.notes, *right.notes))),
        reason=f"{wide.reason}; " * bool(wide.reason) + f"columns go on on page {right.page}",
    )
    return JoinedTable(_filled(table), (*left.parts, right.table_no), sources)


def _shared_columns(wide: RawTable, right: RawTable) -> int:
    """How many leading columns both print alike in most rows; 0 where one has no others."""
    one, other = wide.grid(), right.grid()
    shared = 0
    for col in range(min(wide.n_cols, right.n_cols)):
        mine = [folded(row[col]) for row in one]
        again = [folded(row[col]) for row in other]
        alike = SequenceMatcher(None, mine, again, autojunk=False).ratio()
        if alike < 0.8:
            break
        shared += 1
    if shared == min(wide.n_cols, right.n_cols):
        return 0
    return shared


def _matching_rows(wide: RawTable, right: RawTable, shared: int) -> list[int] | None:
    """For each row of `right` the row of `wide` with the same leading texts; None where one has none."""
    one = [tuple(folded(text) for text in row[:shared]) for row in wide.grid()]
    other = [tuple(folded(text) for text in row[:shared]) for row in right.grid()]
    places: list[int | None] = [None] * len(other)
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            places[block.b + step] = block.a + step
    found = [place for place in places if place is not None]
    told = {texts for texts in other if any(texts)}
    if len(found) != len(other) or len(told) < MIN_ROWS:
        return None
    return found


def _stays_together(cell: Cell, places: Sequence[int]) -> bool:
    rows = places[cell.row : cell.row + cell.row_span]
    return list(rows) == list(range(rows[0], rows[0] + len(rows)))


def _filled(table: RawTable) -> RawTable:
    """The table with an empty cell wherever a part has no row: no place without a cell."""
    covered = {
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }
    by_row = {cell.row: cell for cell in reversed(table.cells)}
    missing = [
        replace(by_row[row], col=col, row=row, row_span=1, col_span=1, text="", fill=None, symbol=None)
        for row in range(table.n_rows)
        for col in range(table.n_cols)
        if (row, col) not in covered and row in by_row
    ]
    return replace(table, cells=tuple(sorted((*table.cells, *missing), key=lambda cell: (cell.row, cell.col))))
