"""Blocks of words side by side that do not stand level, tables of two rows, and labels with a line in brackets."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.opening import open_pdf
from extractors.page import read_page
from extractors.tables import Painter, make_table
from extractors.triage import may_hold_tables
from extractors.verdict import judge
from tests.page.handmade import pdf, right, text

WARDS = [("Ward", "Beds"), ("Alder", "24"), ("Beech ward and day unit", "18"), ("Cedar", "30"), ("Damson", "12"),
         ("Elm", "28"), ("All wards", "112")]  # fmt: skip
SITES = [("Site", "Staff"), ("Northgate", "310"), ("Southfield", "275"), ("Westmere", "1,042"), ("Eastleigh", "96"),
         ("Riverside", "118")]  # fmt: skip
AXIS = ["Alder", "Beech", "Cedar", "Damson", "Elm"]


def tables_of(*parts: str) -> list[list[list[str]]]:
    return tables_of_file(pdf(["\n".join(parts)]))


def tables_of_file(data: bytes) -> list[list[list[str]]]:
    """The rows of each table on the first page; none where it cannot hold one."""
    with open_pdf(data) as document:
        page = read_page(document, 1, tagged=False, coarse=True)
    found = []
    for judged in judge(page) if may_hold_tables(page) else ():
        table = make_table(page, judged, Painter(page))
        grid = [["" for _ in range(table.n_cols)] for _ in range(table.n_rows)]
        for cell in table.cells:
            grid[cell.row][cell.col] = cell.text
        found.append(grid)
    return found


def listed(x: float, end: float, rows: Sequence[tuple[str, str]], pitch: float, top: float = 700) -> list[str]:
    return [
        part
        for number, (label, figure) in enumerate(rows)
        for part in (text(x, top - pitch * number, label), right(end, top - pitch * number, figure))
    ]


@pytest.mark.parametrize(("pitch", "shift"), [(13.0, 5.0), (15.5, 4.0), (17.0, 6.0)])
def test_a_table_beside_the_labels_of_a_chart(pitch: float, shift: float) -> None:
    labels = [text(420, 700 - shift - pitch * number, label) for number, label in enumerate(AXIS)]

    assert tables_of(*listed(70, 330, WARDS, 12), *labels) == [[list(row) for row in WARDS]]


def test_two_tables_beside_each_other(tmp_path: object) -> None:
    found = tables_of(*listed(50, 270, WARDS, 12), *listed(330, 540, SITES, 14.5, top=694))

    assert found == [[list(row) for row in WARDS], [list(row) for row in SITES]]


def test_figures_half_way_down_labels_that_wrap_stay_with_them() -> None:
    """No line of theirs is level with one of the label, and yet they are no block of their own."""
    labels = [text(70, 700 - 11 * n, f"{word} beds that were closed") for n, word in enumerate("ABCDEFGH")]
    figures = [right(400, 694.5 - 22 * n, str(24 + n)) for n in range(4)]

    assert all(len(row) > 1 for table in tables_of(*labels, *figures) for row in table)


def test_two_rows_of_headings_and_figures_are_a_table() -> None:
    years = [right(300 + 60 * n, 700, str(2019 + n)) for n in range(4)]
    figures = [right(300 + 60 * n, 688, f"{n}.27") for n in range(4)]
    page = [text(70, 700, "Year"), *years, text(70, 688, "Spending on coffee"), *figures]

    assert tables_of(*page) == [
        [["Year", "2019", "2020", "2021", "2022"], ["Spending on coffee", "0.27", "1.27", "2.27", "3.27"]]
    ]


def test_two_lines_that_say_where_and_when_are_none() -> None:
    lines = [("Date:", "5 June 2024", "Time:", "10.00 am"), ("Venue:", "Committee Room 1", "Chair:", "Dr A Patel")]
    page = [text(70 + 120 * c, 700 - 12 * r, part) for r, line in enumerate(lines) for c, part in enumerate(line)]

    assert tables_of(*page) == []


def test_a_line_in_brackets_belongs_to_the_label_above_it() -> None:
    rows = [("Northgate", "14.9"), ("(with the annexe)", ""), ("Southfield", "17.0"), ("(leased)", ""),
            ("Westmere", "14.2"), ("Eastleigh", "7.0")]  # fmt: skip
    page = [part for n, (label, figure) in enumerate(rows) for part in (
        text(70, 700 - 11 * n, label), *([right(330, 700 - 11 * n, figure)] if figure else []))]  # fmt: skip

    assert tables_of(*page) == [
        [["Northgate\n(with the annexe)", "14.9"], ["Southfield\n(leased)", "17.0"], ["Westmere", "14.2"],
         ["Eastleigh", "7.0"]]
    ]  # fmt: skip
