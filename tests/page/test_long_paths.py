"""A whole grid drawn as one path, as some programs do, and a drawing of as many lines."""

from __future__ import annotations

from math import cos, sin

from extractors.opening import open_pdf
from extractors.page import read_page
from extractors.tables import Painter, make_table
from extractors.verdict import judge
from schemas.page import Page
from tests.page.handmade import pdf, text

ROWS, COLUMNS, HIGH, WIDE = 60, 5, 12, 90


def page_of(content: str) -> Page:
    with open_pdf(pdf([content], 595, 842)) as document:
        return read_page(document, 1, tagged=False)


def cells() -> str:
    return "\n".join(
        text(45 + WIDE * col, 803 - HIGH * row, f"{row}.{col}", size=7) for row in range(ROWS) for col in range(COLUMNS)
    )


def test_a_grid_of_one_path_is_a_grid() -> None:
    boxes = " ".join(
        f"{40 + WIDE * col} {800 - HIGH * row} {WIDE} {HIGH} re" for row in range(ROWS) for col in range(COLUMNS)
    )
    page = page_of(f"0.5 w {boxes} S {cells()}")
    (judged,) = judge(page)
    table = make_table(page, judged, Painter(page))

    assert table.n_rows == ROWS
    assert table.n_cols == COLUMNS
    assert [cell.text for cell in table.cells if cell.row == ROWS - 1] == [
        f"{ROWS - 1}.{col}" for col in range(COLUMNS)
    ]
    assert "rules" in judged.method


def test_a_drawing_of_many_lines_gives_no_rules() -> None:
    points = [(300 + 0.2 * n * cos(n / 9), 400 + 0.2 * n * sin(n / 9)) for n in range(900)]
    path = " ".join(f"{x:.2f} {y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
    page = page_of(f"0.5 w {path} S {text(50, 50, 'A spiral')}")

    assert page.h_rules == ()
    assert page.v_rules == ()
