"""Tables closed in by rules, or by the sides of fills."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.base import Proposal
from extractors.proposals.draft import DraftCell, compact, to_proposal
from extractors.proposals.edges import Edges
from extractors.proposals.frames import join_frames
from extractors.proposals.headings_above import with_headings_above
from extractors.proposals.lattice import Lattice, fill_cells, find_lattices, lattice_cells
from extractors.proposals.lines import Item, make_lines
from extractors.proposals.refine import looks_divided, refine
from extractors.proposals.stream import segment_lines, stream


def propose(items: Sequence[Item], edges: Edges) -> list[Proposal]:
    """A proposal for each lattice that is a table and lies in no other's."""
    proposals: list[Proposal] = []
    grids = find_lattices(edges)
    for grid in grids:
        if any(_within(grid, other) for other in proposals) or _is_frame(grid, grids):
            continue
        inside = [item for item in items if grid.holds(item)]
        proposal = _read(grid, inside) if len(inside) >= 2 else None
        if proposal is not None:
            proposals.append(with_headings_above(proposal, items))
    return join_frames(proposals, items)


def _is_frame(grid: Lattice, others: Sequence[Lattice]) -> bool:
    """One row of boxes, in one of which a table of two rows and columns or more is drawn, unconnected: a layout."""
    return len(grid.ys) == 2 and any(
        other is not grid
        and len(other.xs) >= 3
        and len(other.ys) >= 3
        and grid.ys[0] <= other.ys[0]
        and other.ys[-1] <= grid.ys[-1]
        and any(left <= other.xs[0] and other.xs[-1] <= right for left, right in pairwise(grid.xs))
        for other in others
    )


def _within(grid: Lattice, other: Proposal) -> bool:
    x0, top, x1, bottom = other.bbox
    return x0 - 2 <= grid.xs[0] and grid.xs[-1] <= x1 + 2 and top - 2 <= grid.ys[0] and grid.ys[-1] <= bottom + 2


def _read(grid: Lattice, inside: list[Item]) -> Proposal | None:
    if len(grid.xs) == 2 and len(grid.ys) == 2:
        return None
    cells = fill_cells(grid, lattice_cells(grid), inside)
    if sum(bool(c.items) for c in cells) < 2:
        return None
    cells, ys, xs, was_split = refine(cells, grid.ys, grid.xs)
    method = "rules" if all(e.drawn for e in (*grid.level, *grid.upright)) else "fills"
    if looks_divided(cells, len(grid.xs) - 1, was_split=was_split):
        found = _from_words(grid, inside, method)
        if found is not None:
            return found
        if len(grid.xs) == 2:
            return None
    filled = [c for c in cells if c.items]
    if len(xs) < 3 or len(filled) < 2 or _is_layout(filled, inside):
        return None
    cells, ys, xs = compact(cells, ys, xs, keep_empty=True)
    return _checked(method, cells, ys, xs)


def _is_layout(filled: Sequence[DraftCell], inside: Sequence[Item]) -> bool:
    """One cell with most of the words of a page is a frame round prose."""
    return len(inside) > 60 and max(len(c.items) for c in filled) > 0.8 * len(inside)


def _checked(method: str, cells: list[DraftCell], ys: list[float], xs: list[float]) -> Proposal | None:
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    if n_cols < 2 or n_rows < 1 or (n_rows < 2 and n_cols < 3):
        return None
    filled = [c for c in cells if c.items]
    area = sum((c.last_row - c.row + 1) * (c.last_col - c.col + 1) for c in filled)
    whole = n_rows * n_cols
    if whole >= 12 and len(filled) < 0.3 * whole and area < 0.4 * whole:
        return None
    return to_proposal(method, cells, ys, xs)


def _from_words(grid: Lattice, inside: list[Item], method: str) -> Proposal | None:
    uprights = [(e.pos, e.start, e.end) for e in grid.upright]
    lines = segment_lines(make_lines(inside), uprights)
    found = stream(lines, grid.level, grid.xs[1:-1], ())
    if found is None or not found.is_table(ruled=True):
        return None
    return to_proposal(f"{method}+words", found.cells, found.ys, found.xs, found.header_rows)
