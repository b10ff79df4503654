"""Headings that stand beside their column, not over it: set to the left over figures that are set to the right.

Between two columns of figures such a heading has white on both sides, and looks like a column of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.row import Row, RowCell

BESIDE = 1.2
"""Heights of a line between a heading and what it is the heading of, at most."""
MOST_LINES = 3


def lone_headings(rows: Sequence[Row], n_cols: int) -> list[int]:
    """The separators (by their index) between a column of which only the first lines hold anything, and a neighbour
    of which only the lines below do, close beside it.
    """
    columns: list[list[tuple[int, RowCell]]] = [[] for _ in range(n_cols)]
    for number, row in enumerate(rows):
        for cell in row.cells:
            for col in range(cell.first, cell.last + 1):
                columns[col].append((number, cell))
    found = []
    for col, (left, right) in enumerate(pairwise(columns)):
        if left and right and (_heads(left, right) or _heads(right, left)):
            found.append(col)
    return [col for number, col in enumerate(found) if number == 0 or found[number - 1] != col - 1]


def _heads(heading: Sequence[tuple[int, RowCell]], body: Sequence[tuple[int, RowCell]]) -> bool:
    if len(heading) > MOST_LINES or len(body) < 2 or heading[-1][0] >= body[0][0] or heading[0][0] > 0:
        return False
    if any(cell.first != cell.last for _, cell in (*heading, *body)):
        return False
    (x0, x1), (start, end) = _extent(heading), _extent(body)
    height = min(item.bottom - item.top for _, cell in heading for item in cell.items)
    return max(start - x1, x0 - end) <= BESIDE * height


def _extent(cells: Sequence[tuple[int, RowCell]]) -> tuple[float, float]:
    items = [item for _, cell in cells for item in cell.items]
    return min(i.x0 for i in items), max(i.x1 for i in items)
