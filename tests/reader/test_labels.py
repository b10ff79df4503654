"""Whatever sideways words stand round a grid, each place of it stays covered once and no word is in it twice."""

from __future__ import annotations

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.labels import with_sideways
from schemas.document import BBox
from schemas.page import Page, Word

WIDE, HIGH, LEFT, TOP = 60.0, 15.0, 100.0, 100.0


def grid(n_rows: int, n_cols: int, merged: bool) -> Proposal:
    """An empty grid; `merged`: its first two places are one cell, downwards."""
    cells = []
    for row, col in product(range(n_rows), range(n_cols)):
        if merged and (row, col) == (1, 0):
            continue
        span = 2 if merged and (row, col) == (0, 0) else 1
        x, y = LEFT + WIDE * col, TOP + HIGH * row
        cells.append(GridCell(row, col, span, 1, BBox(x, y, x + WIDE, y + HIGH * span), ()))
    box = BBox(LEFT, TOP, LEFT + WIDE * n_cols, TOP + HIGH * n_rows)
    return Proposal("rules", box, n_rows, n_cols, tuple(cells))


def word(x: float, y: float, angle: int) -> Word:
    return Word(x, y, x + 8, y + 24, f"w{x:.1f},{y:.1f}", 8.0, False, None, -1, angle)


words = st.builds(word, st.floats(60, 420), st.floats(40, 220), st.sampled_from([90, -90, 45, 60]))


@given(st.integers(2, 6), st.integers(1, 5), st.booleans(), st.lists(words, max_size=8))
def test_a_grid_stays_a_grid(n_rows: int, n_cols: int, merged: bool, placed: list[Word]) -> None:
    page = Page(1, 595.0, 842.0, 0, tuple(placed), (), (), (), (), (), 100, 0, 0)

    (found,) = with_sideways(page, [grid(n_rows, n_cols, merged)])

    covered = Counter(
        (row, col)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    )
    assert covered == Counter(product(range(found.n_rows), range(found.n_cols)))
    held = [number for cell in found.cells for number in cell.words]
    assert len(held) == len(set(held))
    inside = [
        number
        for number, one in enumerate(placed)
        if one.angle in (90, -90)
        and LEFT < one.x0 + 4 < LEFT + WIDE * n_cols
        and TOP < one.top + 12 < TOP + HIGH * n_rows
    ]
    assert set(inside) <= set(held)


def test_labels_of_uneven_groups_stand_in_the_middle_of_their_rows() -> None:
    """Six rows under one label and two under another: nearness alone would give the second label four."""
    placed = [word(86, TOP + HIGH * 3 - 12, 90), word(86, TOP + HIGH * 7 - 12, 90)]
    page = Page(1, 595.0, 842.0, 0, tuple(placed), (), (), (), (), (), 100, 0, 0)

    (found,) = with_sideways(page, [grid(8, 2, False)])

    assert [(cell.row, cell.row_span, cell.words) for cell in found.cells if cell.col == 0] == [
        (0, 6, (0,)),
        (6, 2, (1,)),
    ]
