"""Rows whose figure stands so close to the label that no gap parts them, at either end of a list without rules."""

from __future__ import annotations

import pytest

from extractors.opening import open_pdf
from extractors.page import read_page
from extractors.tables import Painter, make_table
from extractors.verdict import judge
from tests.page.handmade import pdf, right, text, width

LONG = "Thirty million of the fund a year for the twelve years of the programme"
EDGE = 70 + width(LONG) + 4 + width("360.0")
SHORT = [("Grant of the cities", "80.0"), ("Succession to growth", "7.4"), ("Delivery against plan", "7.5")]


def rows_of(lines: list[tuple[str, str]], *around: str) -> list[list[str]]:
    said = [part for n, (label, figure) in enumerate(lines) for part in (
        text(70, 700 - 12 * n, label), right(EDGE, 700 - 12 * n, figure),
    )]  # fmt: skip
    with open_pdf(pdf(["\n".join([*around, *said])])) as document:
        page = read_page(document, 1, tagged=False)
    (judged,) = judge(page)
    table = make_table(page, judged, Painter(page))
    grid = [["" for _ in range(table.n_cols)] for _ in range(table.n_rows)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.text
    return grid


@pytest.mark.parametrize("place", [0, len(SHORT)])
def test_a_close_figure_at_either_end_is_a_row(place: int) -> None:
    lines = [*SHORT[:place], (LONG, "360.0"), *SHORT[place:]]

    assert rows_of(lines) == [list(line) for line in lines]


def test_a_line_of_prose_that_ends_with_a_figure_elsewhere_is_none() -> None:
    prose = text(70, 712, "The fund was extended in October to 2027")

    assert rows_of(SHORT, prose) == [list(line) for line in SHORT]
