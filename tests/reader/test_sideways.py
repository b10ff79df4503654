"""Words that run up, down or slanting: in cells, beside a grid without rules, over its columns, across a page."""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from extractors.celltext import cell_text
from extractors.surroundings import describe, page_text
from extractors.tables import Painter, make_table
from extractors.verdict import judge
from schemas.page import Page
from tests.reader.drawn import page


def shown(x: float, y: float, text: str, degrees: float = 0, size: float = 8) -> str:
    """A text that begins at a point and runs this way, counter-clockwise."""
    right, up = cos(radians(degrees)), sin(radians(degrees))
    return f"BT /F1 {size} Tf {right:.4f} {up:.4f} {-up:.4f} {right:.4f} {x} {y} Tm ({text}) Tj ET "


def grids(read: Page) -> list[list[list[str]]]:
    painter = Painter(read)
    return [make_table(read, one, painter).grid() for one in judge(read)]


LEVEL = "".join(shown(20, 180 - 10 * n, "some words that are read across the page", size=6) for n in range(3))


@pytest.mark.parametrize("degrees", [90, -90, 45, 60, 30, -45])
def test_a_sideways_word_is_one_word_with_its_angle(degrees: int) -> None:
    read = page(LEVEL + shown(150, 80, "Effective care", degrees))

    assert [(word.text, word.angle) for word in read.words if word.angle] == [("Effective", degrees), ("care", degrees)]


def test_level_words_have_no_angle_on_a_page_that_is_wholly_sideways() -> None:
    turned = "".join(shown(100 + 12 * n, 20, "a line that runs up the page", 90) for n in range(6))
    read = page(turned + shown(20, 20, "across", 0))

    assert {word.angle for word in read.words if word.text != "across"} == {0}
    assert [word.angle for word in read.words if word.text == "across"] == [-90]


def test_a_watermark_is_no_word_of_the_page() -> None:
    read = page(LEVEL + shown(60, 30, "DRAFT", 45, 60))

    assert "DRAFT" not in {word.text for word in read.words}


@pytest.mark.parametrize("degrees", [90, -90])
def test_lines_of_a_sideways_label_are_read_in_its_own_order(degrees: int) -> None:
    first, second = ((140, 60), (150, 60)) if degrees == 90 else ((150, 130), (140, 130))
    read = page(LEVEL + shown(*first, "Quality and", degrees) + shown(*second, "safety", degrees))

    assert cell_text([word for word in read.words if word.angle]) == "Quality and\nsafety"


ROWS = [("Falls with harm", "4", "6", "12"), ("Pressure ulcers", "11", "9", "10"), ("Complaints", "31", "28", "25"),
        ("Friends and family", "90", "91", "94")]  # fmt: skip
BODY = "".join(
    shown(60, 120 - 16 * n, row[0]) + "".join(shown(160 + 40 * c, 120 - 16 * n, v) for c, v in enumerate(row[1:]))
    for n, row in enumerate(ROWS)
)


def test_labels_beside_rows_without_rules_are_a_column() -> None:
    labels = shown(52, 107, "Safe", 90) + shown(52, 74, "Care", 90)

    assert grids(page(BODY + labels)) == [
        [["Safe", *ROWS[0]], ["", *ROWS[1]], ["Care", *ROWS[2]], ["", *ROWS[3]]],
    ]


@pytest.mark.parametrize("degrees", [90, 45, 60])
def test_headings_over_columns_without_rules_are_a_row(degrees: int) -> None:
    heads = "".join(shown(166 + 40 * c, 132, text, degrees) for c, text in enumerate(("Apr", "May", "Jun")))

    assert grids(page(BODY + heads)) == [[["", "Apr", "May", "Jun"], *map(list, ROWS)]]


@pytest.mark.parametrize("degrees", [90, -90, 50])
def test_headings_in_ruled_cells(degrees: int) -> None:
    xs, ys = [55, 150, 190, 230, 270], [180, 132, 116, 100, 84, 68]
    rules = "".join(f"{x} {ys[-1]} m {x} {ys[0]} l S " for x in xs)
    rules += "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S " for y in ys)
    start = 136 if degrees > 0 else 172
    heads = "".join(shown(160 + 40 * c, start, text, degrees) for c, text in enumerate(("Apr 24", "May 24", "Jun 24")))

    assert grids(page("0.5 w " + rules + BODY + heads)) == [[["", "Apr 24", "May 24", "Jun 24"], *map(list, ROWS)]]


def test_sideways_words_outside_tables_are_lines_of_the_page_and_no_titles() -> None:
    read = page(LEVEL + BODY + shown(30, 60, "Attendances", 90))
    tables = [make_table(read, one, Painter(read)) for one in judge(read)]
    text = page_text(read, tables)

    assert [line.text for line in text.lines if not line.in_table][-1] == "Attendances"
    assert [describe(table, text, tables).title for table in tables] == [None]
