"""Headings centred over figures set to the right: one cell each, and a doubt where they cannot be told apart."""

from __future__ import annotations

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.lines import Item, make_lines
from extractors.proposals.stream import segment_lines, stream
from extractors.verdict import fused_heading
from schemas.document import BBox
from schemas.page import Word

ROWS = [
    [(150, 182, "Scheme"), (315, 356, "Cost"), (398, 443, "Prior"), (488, 523, "Next"), (574, 608, "Later")],
    [
        (40, 174, "Emergency department"),
        (354, 377, "12.45"),
        (444, 462, "4.10"),
        (529, 547, "7.20"),
        (614, 632, "1.15"),
    ],
    [(40, 191, "Diagnostic centre"), (359, 377, "9.00"), (444, 462, "2.50"), (529, 547, "5.00"), (614, 632, "1.50")],
    [(40, 141, "Patient record"), (354, 377, "21.57"), (444, 462, "5.25"), (529, 547, "6.00"), (614, 632, "8.00")],
]


def test_each_heading_is_a_cell_over_its_own_column() -> None:
    items = [
        Item(x0, 70.0 + 20 * row, x1, 79.0 + 20 * row, text, 10 * row + col)
        for row, cells in enumerate(ROWS)
        for col, (x0, x1, text) in enumerate(cells)
    ]

    found = stream(segment_lines(make_lines(items), ()), (), (), ())

    assert found is not None
    head = sorted((c.col, c.last_col, c.text) for c in found.cells if c.row == 0)
    assert head == [(0, 0, "Scheme"), (1, 1, "Cost"), (2, 2, "Prior"), (3, 3, "Next"), (4, 4, "Later")]


def grid(heading: list[Word]) -> tuple[list[Word], Proposal]:
    figures = [Word(50.0 + 80 * col, 40.0, 80.0 + 80 * col, 50.0, "1.5", 9, False, None, -1) for col in range(4)]
    words = [*heading, *figures]
    head = GridCell(0, 0, 1, 4, BBox(0, 0, 400, 20), tuple(range(len(heading))))
    body = tuple(
        GridCell(1, col, 1, 1, BBox(100.0 * col, 30, 100.0 * col + 100, 60), (len(heading) + col,)) for col in range(4)
    )
    return words, Proposal("rules", BBox(0, 0, 400, 60), 2, 4, (head, *body))


def heading(*runs: tuple[float, float, str]) -> list[Word]:
    return [Word(x0, 5, x1, 15, text, 9, True, None, -1) for x0, x1, text in runs]


def test_headings_that_stand_apart_in_one_cell_are_doubted() -> None:
    words, proposal = grid(heading((40, 80, "Cost"), (120, 160, "Prior"), (200, 240, "Next"), (280, 320, "Later")))

    assert fused_heading(words, proposal) == proposal.cells[0]


def test_one_heading_over_several_columns_is_not() -> None:
    words, proposal = grid(heading((120, 150, "Full"), (153, 180, "year"), (183, 230, "forecast")))

    assert fused_heading(words, proposal) is None
