"""Crossing edges to grids, grids to cells: what a ruled table shows on its face."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.proposals.draft import DraftCell
from extractors.proposals.edges import Edge, Edges, Groups, distinct
from extractors.proposals.lines import Item, Segment, cut_segments, make_lines

TOUCH = 3.0
"""Edges that miss each other by no more than this (points) were meant to cross."""
COVER = 0.6
"""The share of a cell's side that must be drawn for the side to be a border."""


@dataclass(slots=True)
class Lattice:
    """Edges that hang together, and the lines that they draw."""

    xs: list[float]
    ys: list[float]
    level: list[Edge]
    upright: list[Edge]

    @property
    def area(self) -> float:
        """Square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, item: Item) -> bool:
        """Whether the word's middle lies within."""
        return self.xs[0] - 1 <= item.centre <= self.xs[-1] + 1 and self.ys[0] - 1 <= item.middle <= self.ys[-1] + 1


def find_lattices(edges: Edges) -> list[Lattice]:
    """Connected edges with at least two level and one upright, the largest first. Open sides are closed."""
    level, upright = edges.level, edges.upright
    groups = Groups(len(level) + len(upright))
    for i, (y, left, right, _) in enumerate(level):
        for j, (x, top, bottom, _) in enumerate(upright):
            if left - TOUCH <= x <= right + TOUCH and top - TOUCH <= y <= bottom + TOUCH:
                groups.join(i, len(level) + j)
    found = []
    for group in groups.members():
        across = [level[k] for k in group if k < len(level)]
        down = [upright[k - len(level)] for k in group if k >= len(level)]
        if len(across) >= 2 and down:
            found.append(_closed(across, down))
    return sorted((f for f in found if f is not None), key=lambda f: -f.area)


def _closed(across: list[Edge], down: list[Edge]) -> Lattice | None:
    ys, xs = distinct(e.pos for e in across), distinct(e.pos for e in down)
    left, right = min(e.start for e in across), max(e.end for e in across)
    top, bottom = min(e.start for e in down), max(e.end for e in down)
    if left < xs[0] - 8:
        xs.insert(0, left)
    if right > xs[-1] + 8:
        xs.append(right)
    if top < ys[0] - 8:
        ys.insert(0, top)
    if bottom > ys[-1] + 8:
        ys.append(bottom)
    return Lattice(xs, ys, across, down) if len(ys) >= 2 and len(xs) >= 2 else None


def _is_drawn(edges: Sequence[Edge], pos: float, start: float, end: float) -> bool:
    covered = sum(max(0.0, min(e.end, end + 1) - max(e.start, start - 1)) for e in edges if abs(e.pos - pos) <= TOUCH)
    return covered >= COVER * (end - start)


def lattice_cells(grid: Lattice) -> list[DraftCell]:
    """The grid's positions, joined where no border is drawn between them. A joined area that is no rectangle is
    cut into its rows.
    """
    n_rows, n_cols = len(grid.ys) - 1, len(grid.xs) - 1
    groups = Groups(n_rows * n_cols)
    for row in range(n_rows):
        for col in range(n_cols):
            top, bottom, left, right = grid.ys[row], grid.ys[row + 1], grid.xs[col], grid.xs[col + 1]
            if col + 1 < n_cols and not _is_drawn(grid.upright, right, top, bottom):
                groups.join(row * n_cols + col, row * n_cols + col + 1)
            if row + 1 < n_rows and not _is_drawn(grid.level, bottom, left, right):
                groups.join(row * n_cols + col, (row + 1) * n_cols + col)
    cells: list[DraftCell] = []
    for group in groups.members():
        spots = [divmod(k, n_cols) for k in group]
        rows, cols = [r for r, _ in spots], [c for _, c in spots]
        if len(spots) == (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1):
            cells.append(DraftCell(min(rows), min(cols), max(rows), max(cols)))
        else:
            cells += _by_rows(spots)
    return cells


def _by_rows(spots: Sequence[tuple[int, int]]) -> list[DraftCell]:
    cells = []
    for row in sorted({r for r, _ in spots}):
        cols = sorted(c for r, c in spots if r == row)
        start = previous = cols[0]
        for col in [*cols[1:], -1]:
            if col != previous + 1:
                cells.append(DraftCell(row, start, row, previous))
                start = col
            previous = col
    return cells


def fill_cells(grid: Lattice, cells: list[DraftCell], inside: Sequence[Item]) -> list[DraftCell]:
    """The cells with the words that stand in them; a merged cell whose words keep to its columns is taken apart."""
    n_rows, n_cols = len(grid.ys) - 1, len(grid.xs) - 1
    owner = {
        (row, col): cell
        for cell in cells
        for row in range(cell.row, cell.last_row + 1)
        for col in range(cell.col, cell.last_col + 1)
    }
    for item in inside:
        row = min(max(bisect_right(grid.ys, item.middle) - 1, 0), n_rows - 1)
        col = min(max(bisect_right(grid.xs, item.centre) - 1, 0), n_cols - 1)
        owner[row, col].items.append(item)
    whole: list[DraftCell] = []
    for cell in cells:
        whole += _taken_apart(cell, grid.xs) or [cell]
    return whole


def _taken_apart(cell: DraftCell, xs: Sequence[float]) -> list[DraftCell] | None:
    """A cell over several columns without a border between them, by columns; None where its text runs across."""
    if cell.last_col == cell.col or not cell.items:
        return None
    segments: list[Segment] = [s for line in make_lines(cell.items) for s in cut_segments(line.items, gap=0.5)]
    inner = xs[cell.col + 1 : cell.last_col + 1]
    if len(segments) < 2 or any(s.x0 + 2 < x < s.x1 - 2 for s in segments for x in inner):
        return None
    parts: dict[int, list[Item]] = {}
    for segment in segments:
        col = min(max(bisect_right(xs, segment.centre) - 1, cell.col), cell.last_col)
        parts.setdefault(col, []).extend(segment.items)
    if len(parts) < 2:
        return None
    return [
        DraftCell(cell.row, col, cell.last_row, col, parts.get(col, [])) for col in range(cell.col, cell.last_col + 1)
    ]
