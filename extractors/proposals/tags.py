"""Tagged tables laid over the page: the structure tree's grid, as far as the words bear it out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.tag_cells import Draft, drafts, extent, words_by_mcid
from extractors.proposals.tag_columns import place_columns
from extractors.proposals.tag_rows import place_rows, split_value_rows
from schemas.document import BBox
from schemas.page import Page, TagTable

MAX_STRANGERS = 0.25
"""The share of a table's words that the tags may leave out of its cells; beyond it they are not believed."""


def propose(page: Page) -> list[Proposal]:
    """A proposal for each tagged table whose rows and columns stand in order on the page.

    Layout tables (one cell holds nearly everything), single columns, and tables whose told grid and printed
    words cannot be reconciled give none. Words inside the table that no tag claims are in the cell where they
    stand.
    """
    if not page.tags:
        return []
    by_mcid = words_by_mcid(page)
    proposals = []
    for table in page.tags:
        proposal = _lay(page, table, by_mcid)
        if proposal is not None:
            proposals.append(proposal)
    return proposals


def _lay(page: Page, table: TagTable, by_mcid: dict[int, list[int]]) -> Proposal | None:
    cells = drafts(page, table, by_mcid)
    if len(cells) < 2 or _is_layout(cells):
        return None
    columns = place_columns(page, cells)
    if columns is None or len(columns) < 3:
        return None
    if table.first_row > 0:
        _add_repeated_headings(page, cells, columns)
    split_value_rows(page, cells)
    rows = place_rows(page, cells)
    if rows is None or (len(rows) == 2 and len(columns) == 3):
        return None
    if not _take_in_strangers(page, cells, columns, rows):
        return None
    return _proposal(cells, columns, rows, table)


def _is_layout(cells: Sequence[Draft]) -> bool:
    """One cell with most of a page in it is a frame, not a table."""
    largest = max(len(cell.words) for cell in cells)
    return largest > 60 and largest > 0.8 * sum(len(cell.words) for cell in cells)


def _add_repeated_headings(page: Page, cells: list[Draft], columns: Sequence[float]) -> None:
    """On a continuation page, untagged lines that stand on the table in its columns become its first row.

    Word and its exporters print repeated heading rows as artifacts: they are in no structure element.
    """
    top = min(cell.box.top for cell in cells)
    found: list[int] = []
    candidates = sorted(
        (
            index
            for index, word in enumerate(page.words)
            if word.mcid < 0
            and word.bottom <= top + 2
            and columns[0] - 3 <= word.x0
            and word.x1 <= columns[-1] + 3
        ),
        key=lambda index: -page.words[index].bottom,
    )
    ceiling = top
    for index in candidates:
        word = page.words[index]
        if ceiling - word.bottom > 1.5 * (word.bottom - word.top):
            break
        found.append(index)
        ceiling = min(ceiling, word.top)
    by_column: dict[int, list[int]] = {}
    for index in sorted(found):
        word = page.words[index]
        if any(word.x0 + 2 < edge < word.x1 - 2 for edge in columns[1:-1]):
            return
        by_column.setdefault(_slot(columns, (word.x0 + word.x1) / 2), []).append(index)
    if len(by_column) < 2:
        return
    for cell in cells:
        cell.row += 1
    for col, words in by_column.items():
        box = extent(page.words[index] for index in words)
        cells.append(Draft(0, col, 1, 1, True, words, box))


def _slot(edges: Sequence[float], at: float) -> int:
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _take_in_strangers(
    page: Page, cells: list[Draft], columns: Sequence[float], rows: Sequence[float]
) -> bool:
    """Words among the table's that no cell has go where they stand. False where they are too many."""
    area = extent(page.words[index] for cell in cells for index in cell.words)
    known = {index for cell in cells for index in cell.words}
    owner = {
        (row, col): cell
        for cell in cells
        for row in range(cell.row, cell.last_row + 1)
        for col in range(cell.col, cell.last_col + 1)
    }
    strangers = [
        index
        for index, word in enumerate(page.words)
        if index not in known
        and area.x0 < (word.x0 + word.x1) / 2 < area.x1
        and area.top < (word.top + word.bottom) / 2 < area.bottom
    ]
    if len(strangers) > MAX_STRANGERS * len(known):
        return False
    for index in strangers:
        word = page.words[index]
        place = (
            _slot(rows, (word.top + word.bottom) / 2),
            _slot(columns, (word.x0 + word.x1) / 2),
        )
        if place not in owner:
            owner[place] = Draft(*place, 1, 1, False, [], extent([word]))
            cells.append(owner[place])
        owner[place].words.append(index)
    return True


def _proposal(
    cells: Sequence[Draft], columns: Sequence[float], rows: Sequence[float], table: TagTable
) -> Proposal | None:
    n_rows, n_cols = len(rows) - 1, len(columns) - 1
    covered: set[tuple[int, int]] = set()
    grid: list[GridCell] = []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        last_row, last_col = min(cell.last_row, n_rows - 1), min(cell.last_col, n_cols - 1)
        places = {
            (row, col) for row in range(cell.row, last_row + 1) for col in range(cell.col, last_col + 1)
        }
        if not places or covered & places:
            return None
        covered |= places
        grid.append(_grid_cell(cell.row, cell.col, last_row, last_col, columns, rows, cell))
    empty = {(row, col) for row in range(n_rows) for col in range(n_cols)} - covered
    grid += [_grid_cell(row, col, row, col, columns, rows, None) for row, col in empty]
    return Proposal(
        method="tags",
        bbox=BBox(columns[0], rows[0], columns[-1], rows[-1]),
        n_rows=n_rows,
        n_cols=n_cols,
        cells=tuple(sorted(grid, key=lambda cell: (cell.row, cell.col))),
        header_rows=_header_rows(cells, n_rows),
        group=table.element_id,
        group_rows=(table.first_row, table.last_row),
    )


def _grid_cell(
    row: int,
    col: int,
    last_row: int,
    last_col: int,
    columns: Sequence[float],
    rows: Sequence[float],
    cell: Draft | None,
) -> GridCell:
    return GridCell(
        row,
        col,
        last_row - row + 1,
        last_col - col + 1,
        BBox(columns[col], rows[row], columns[last_col + 1], rows[last_row + 1]),
        tuple(sorted(cell.words)) if cell else (),
        cell.header if cell else False,
    )


def _header_rows(cells: Sequence[Draft], n_rows: int) -> int:
    """How many leading rows are all header cells; 0 where every row would be (a tool marks them all)."""
    count = 0
    while count < n_rows:
        row = [cell for cell in cells if cell.row <= count <= cell.last_row]
        if not row or not all(cell.header for cell in row):
            break
        count = max(cell.last_row for cell in row) + 1
    return count if count < n_rows else 0
