"""A grid while it is being made: cells as spans with their words, before boxes are given to them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.lines import Item, make_lines
from schemas.document import BBox


@dataclass(slots=True)
class DraftCell:
    """A span of grid positions, both ends included."""

    row: int
    col: int
    last_row: int
    last_col: int
    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, line by line."""
        return " ".join(item.text for line in make_lines(self.items) for item in sorted(line.items, key=lambda w: w.x0))


LEAST_WIDTH, LEAST_HEIGHT = 8.0, 5.0
"""An empty column or row narrower than this (points) is the space between the lines of a double rule."""


def compact(
    cells: Sequence[DraftCell], ys: Sequence[float], xs: Sequence[float], *, keep_empty: bool
) -> tuple[list[DraftCell], list[float], list[float]]:
    """The same cells without grid rows and columns in which nothing begins; edges to match.

    With `keep_empty`, empty cells count as beginning where they are large enough to be cells.
    """
    started = [c for c in cells if c.items]
    rows = {c.row for c in started}
    cols = {c.col for c in started}
    if keep_empty:
        rows |= {c.row for c in cells if ys[c.row + 1] - ys[c.row] >= LEAST_HEIGHT}
        cols |= {c.col for c in cells if xs[c.col + 1] - xs[c.col] >= LEAST_WIDTH}
    row_order, col_order = sorted(rows), sorted(cols)
    kept = [
        DraftCell(
            bisect_left(row_order, c.row),
            bisect_left(col_order, c.col),
            bisect_right(row_order, c.last_row) - 1,
            bisect_right(col_order, c.last_col) - 1,
            c.items,
        )
        for c in cells
    ]
    return (
        [c for c in kept if c.last_row >= c.row and c.last_col >= c.col],
        [*(ys[r] for r in row_order), ys[-1]],
        [*(xs[c] for c in col_order), xs[-1]],
    )


def to_proposal(
    method: str, cells: Sequence[DraftCell], ys: Sequence[float], xs: Sequence[float], header_rows: int = 0
) -> Proposal | None:
    """The cells over the edges `ys` and `xs` (one more than rows and columns), uncovered positions filled with
    empty cells. None where two cells claim one position.
    """
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], int] = {}
    for number, cell in enumerate(cells):
        for row in range(cell.row, cell.last_row + 1):
            for col in range(cell.col, cell.last_col + 1):
                if (row, col) in owner or row >= n_rows or col >= n_cols:
                    return None
                owner[row, col] = number
    whole = list(cells)
    whole += [
        DraftCell(row, col, row, col) for row in range(n_rows) for col in range(n_cols) if (row, col) not in owner
    ]
    whole.sort(key=lambda c: (c.row, c.col))
    made = tuple(
        GridCell(
            c.row,
            c.col,
            c.last_row - c.row + 1,
            c.last_col - c.col + 1,
            BBox(xs[c.col], ys[c.row], xs[c.last_col + 1], ys[c.last_row + 1]),
            tuple(item.number for line in make_lines(c.items) for item in sorted(line.items, key=lambda w: w.x0)),
            c.last_row < header_rows,
        )
        for c in whole
    )
    return Proposal(method, BBox(xs[0], ys[0], xs[-1], ys[-1]), n_rows, n_cols, made, header_rows)
