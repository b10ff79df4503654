"""Tagged tables laid over the page: the structure tree's grid, as far as the words bear it out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.tag_cells import Draft, drafts, extent, words_by_mcid
from extractors.proposals.tag_columns import TOUCH, bands_as_told, place_columns
from extractors.proposals.tag_rows import header_rows, place_rows, split_value_rows
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
    tagged = [(table, drafts(page, table, by_mcid)) for table in page.tags]
    told = [(table, cells) for table, cells in tagged if cells and not _is_layout(cells)]
    laid = [_lay(page, table, cells) for table, cells in _join_blocks(page, told)]
    return [proposal for proposal in laid if proposal is not None]


def _join_blocks(page: Page, told: Sequence[tuple[TagTable, list[Draft]]]) -> list[tuple[TagTable, list[Draft]]]:
    """Tables without headings that stand close below another, in its columns, are more of its rows.

    Word users set totals apart as frames with a gap between: each is a Table element.
    """
    joined: list[tuple[TagTable, list[Draft]]] = []
    for table, cells in told:
        if joined and _is_next_block(page, joined[-1][1], cells):
            above = joined[-1][1]
            shift = max(cell.last_row for cell in above) + 1
            for cell in cells:
                cell.row += shift
            above += cells
        else:
            joined.append((table, cells))
    return joined


def _is_next_block(page: Page, above: Sequence[Draft], below: Sequence[Draft]) -> bool:
    upper, lower = (extent(page.words[i] for cell in part for i in cell.words) for part in (above, below))
    line = min(cell.box.bottom - cell.box.top for cell in below)
    if not -2 <= lower.top - upper.bottom <= 2.5 * line:
        return False
    if any(
        upper.bottom < (word.top + word.bottom) / 2 < lower.top and lower.x0 < (word.x0 + word.x1) / 2 < lower.x1
        for word in page.words
    ):
        return False
    widths = [max(cell.last_col for cell in part) for part in (above, below)]
    if widths[0] < widths[1] or bands_as_told(above) is None or header_rows(page, below):
        return False
    return bands_as_told([*above, *below]) is not None


def _lay(page: Page, table: TagTable, cells: list[Draft]) -> Proposal | None:
    if len(cells) < 2:
        return None
    columns = place_columns(page, cells)
    if columns is None or len(columns) < 3:
        return None
    if table.first_row > 0 and _add_repeated_headings(page, cells, columns):
        columns = place_columns(page, cells)
        assert columns is not None
    split_value_rows(page, cells)
    rows = place_rows(page, cells)
    if rows is None or (len(rows) == 2 and len(columns) == 3):
        return None
    if not _take_in_strangers(page, cells, columns, rows):
        return None
    return _proposal(page, cells, columns, rows, table)


def _is_layout(cells: Sequence[Draft]) -> bool:
    """One cell with most of a page in it is a frame, not a table."""
    largest = max(len(cell.words) for cell in cells)
    return largest > 60 and largest > 0.8 * sum(len(cell.words) for cell in cells)


def _add_repeated_headings(page: Page, cells: list[Draft], columns: Sequence[float]) -> bool:
    """On a continuation page, untagged lines that stand on the table in its columns become its first row.

    Word and its exporters print repeated heading rows as artifacts: they are in no structure element. False
    where there are none, or where they do not fit the columns.
    """
    top = min(cell.box.top for cell in cells)
    found: list[int] = []
    candidates = sorted(
        (
            index
            for index, word in enumerate(page.words)
            if word.mcid < 0 and word.bottom <= top + 2 and columns[0] < word.x1 and word.x0 < columns[-1]
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
    bands = bands_as_told(cells) or [None]
    for index in sorted(found):
        word = page.words[index]
        over = [col for col, band in enumerate(bands) if band and min(word.x1, band[1]) - max(word.x0, band[0]) > TOUCH]
        col = over[0] if over else _slot(columns, (word.x0 + word.x1) / 2)
        by_column.setdefault(col, []).append(index)
    headings = [
        Draft(-1, col, 1, 1, True, words, extent(page.words[index] for index in words))
        for col, words in by_column.items()
    ]
    if len(headings) < 2 or bands_as_told([*cells, *headings]) is None:
        return False
    cells += headings
    for cell in cells:
        cell.row += 1
    return True


def _slot(edges: Sequence[float], at: float) -> int:
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _take_in_strangers(page: Page, cells: list[Draft], columns: Sequence[float], rows: Sequence[float]) -> bool:
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
    page: Page,
    cells: Sequence[Draft],
    columns: Sequence[float],
    rows: Sequence[float],
    table: TagTable,
) -> Proposal | None:
    n_rows, n_cols = len(rows) - 1, len(columns) - 1
    covered: set[tuple[int, int]] = set()
    grid: list[GridCell] = []
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.col)):
        last_row, last_col = min(cell.last_row, n_rows - 1), min(cell.last_col, n_cols - 1)
        places = {(row, col) for row in range(cell.row, last_row + 1) for col in range(cell.col, last_col + 1)}
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
        header_rows=header_rows(page, cells),
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
