"""Sideways words in grids: row labels set upwards, headings of narrow columns.

A grid that was proposed from the level words gets the sideways ones where they stand, and a column or a row of their
own where they stand beside or over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.proposals.base import GridCell, Proposal
from extractors.sideways import anchor
from schemas.document import BBox
from schemas.page import Page

MOST_HEADING_ROWS = 3
BESIDE = 2.5
"""Labels stand no farther beside or above their table than this many of their own heights."""


def with_sideways(page: Page, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The grids with the page's sideways words in them that stand in, beside or over them."""
    words = [number for number, word in enumerate(page.words) if word.angle]
    if not words:
        return list(proposals)
    return [_with(page, proposal, words) for proposal in proposals]


def _with(page: Page, proposal: Proposal, words: Sequence[int]) -> Proposal:
    held = {number for cell in proposal.cells for number in cell.words}
    free = [number for number in words if number not in held]
    inside = {number: cell for number in free if (cell := _cell_at(proposal, *anchor(page.words[number])))}
    if inside:
        added: dict[GridCell, list[int]] = {}
        for number, cell in inside.items():
            added.setdefault(cell, []).append(number)
        cells = tuple(replace(c, words=(*c.words, *added[c])) if c in added else c for c in proposal.cells)
        proposal = replace(proposal, cells=cells)
    outside = [number for number in free if number not in inside]
    return _with_labels(page, _with_headings(page, proposal, outside), outside)


def _cell_at(proposal: Proposal, x: float, y: float) -> GridCell | None:
    for cell in proposal.cells:
        if cell.bbox.x0 <= x <= cell.bbox.x1 and cell.bbox.top <= y <= cell.bbox.bottom:
            return cell
    return None


def _with_headings(page: Page, proposal: Proposal, free: Sequence[int]) -> Proposal:
    """A first row of the sideways words that stand over two columns or more, each over its own."""
    box = proposal.bbox
    over: dict[int, list[int]] = {}
    for number in free:
        word = page.words[number]
        x, _ = anchor(word)
        gap = box.top - word.bottom
        if -0.5 * word.size < gap < BESIDE * word.size:
            column = next((c for c in proposal.cells if c.col_span == 1 and c.bbox.x0 <= x <= c.bbox.x1), None)
            if column is not None:
                over.setdefault(column.col, []).append(number)
    if len(over) < 2 or proposal.group is not None:
        return proposal
    top = min(page.words[number].top for numbers in over.values() for number in numbers) - 1
    edges = _column_edges(proposal)
    first = tuple(
        GridCell(0, col, 1, 1, BBox(edges[col], top, edges[col + 1], box.top), tuple(over.get(col, ())), True)
        for col in range(proposal.n_cols)
    )
    return replace(
        proposal,
        bbox=box._replace(top=top),
        n_rows=proposal.n_rows + 1,
        header_rows=proposal.header_rows + 1,
        cells=(*first, *(replace(cell, row=cell.row + 1) for cell in proposal.cells)),
    )


def _column_edges(proposal: Proposal) -> list[float]:
    edges = [proposal.bbox.x0] * proposal.n_cols + [proposal.bbox.x1]
    for cell in sorted(proposal.cells, key=lambda c: -c.col_span):
        edges[cell.col] = cell.bbox.x0
    return sorted(edges)


def _with_labels(page: Page, proposal: Proposal, free: Sequence[int]) -> Proposal:
    """A first column of the sideways words that stand left of the grid, each beside the rows that it spans."""
    box = proposal.bbox
    beside = [
        number
        for number in free
        if abs(page.words[number].angle) == 90
        and -0.5 * page.words[number].size < box.x0 - page.words[number].x1 < BESIDE * page.words[number].size
        and box.top <= anchor(page.words[number])[1] <= box.bottom
    ]
    if not beside or proposal.group is not None:
        return proposal
    left = min(page.words[number].x0 for number in beside) - 1
    bands = _row_bands(proposal)
    labels = _labels(page, beside)
    owner = _owners(bands, [_extent(page, numbers) for numbers in labels])
    cells: list[GridCell] = []
    row = 0
    while row < proposal.n_rows:
        span = 1
        while owner[row] is not None and row + span < proposal.n_rows and owner[row + span] == owner[row]:
            span += 1
        label = owner[row]
        held = labels[label] if label is not None and label not in owner[:row] else []
        cells.append(GridCell(row, 0, span, 1, BBox(left, bands[row][0], box.x0, bands[row + span - 1][1]), (*held,)))
        row += span
    moved = [replace(cell, col=cell.col + 1) for cell in proposal.cells]
    ordered = sorted([*cells, *moved], key=lambda cell: (cell.row, cell.col))
    return replace(proposal, bbox=box._replace(x0=left), n_cols=proposal.n_cols + 1, cells=tuple(ordered))


def _extent(page: Page, numbers: Sequence[int]) -> tuple[float, float]:
    return min(page.words[n].top for n in numbers), max(page.words[n].bottom for n in numbers)


def _owners(bands: Sequence[tuple[float, float]], labels: Sequence[tuple[float, float]]) -> list[int | None]:
    """Which label each row belongs to. A label stands in the middle of its rows: from where the first begins follows
    where it ends, and the next begins; the last must end with the grid. Else a label has the rows that it touches.
    """
    pitch = (bands[-1][1] - bands[0][0]) / len(bands)
    for first in range(min(MOST_HEADING_ROWS + 1, len(bands))):
        edges = [bands[first][0]]
        for top, bottom in labels:
            edges.append(top + bottom - edges[-1])
        inside = all(edges[n] <= top + 1 and bottom - 1 <= edges[n + 1] for n, (top, bottom) in enumerate(labels))
        if inside and abs(edges[-1] - bands[-1][1]) < 0.6 * pitch:
            middles = [(top + bottom) / 2 for top, bottom in bands]
            return [
                None if row < first else next((n for n in range(len(labels)) if middle < edges[n + 1]), len(labels) - 1)
                for row, middle in enumerate(middles)
            ]
    owner: list[int | None] = [None] * len(bands)
    for number, (top, bottom) in enumerate(labels):
        middle = (top + bottom) / 2
        for row, (start, end) in enumerate(bands):
            if owner[row] is None and (top < (start + end) / 2 < bottom or start <= middle < end):
                owner[row] = number
    return owner


def _row_bands(proposal: Proposal) -> list[tuple[float, float]]:
    """Top and bottom of each row; rows that only a merged cell has share its height."""
    bands = [(proposal.bbox.top, proposal.bbox.bottom)] * proposal.n_rows
    for cell in sorted(proposal.cells, key=lambda c: -c.row_span):
        share = (cell.bbox.bottom - cell.bbox.top) / cell.row_span
        for down in range(cell.row_span):
            bands[cell.row + down] = (cell.bbox.top + down * share, cell.bbox.top + (down + 1) * share)
    return bands


def _labels(page: Page, numbers: Sequence[int]) -> list[list[int]]:
    """Words that follow each other as one label: side by side, or in line with no more than a space between."""
    labels: list[list[int]] = []
    for number in sorted(numbers, key=lambda n: page.words[n].top):
        word = page.words[number]
        last = labels[-1] if labels else []
        if last and word.top - max(page.words[n].bottom for n in last) < 0.6 * word.size:
            last.append(number)
        else:
            labels.append([number])
    return labels
