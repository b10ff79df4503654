"""Cells drawn by fills alone, as Word draws them: each shaded once, and the lines of its paragraphs once more."""

from __future__ import annotations

from extractors.proposals.edges import Edge
from extractors.proposals.fills_shown import fills_shown
from extractors.proposals.lines import Item
from extractors.proposals.row import Row, RowCell
from extractors.proposals.wrapping import join_wrapped
from schemas.page import Fill
from tests.page.handmade import text
from tests.proposals.test_blocks import tables_of

ROWS = [["Data sets", "Launch", "One year"], ["Total data sets available", "47", "272,768"],
        ["Applications developed by\nthe public and\ngovernment", "0", "237"], ["Data set downloads", "0", "652,412"],
        ["Nations with open data\nsites", "0", "6"]]  # fmt: skip
COLUMNS = [(70.0, 230.0, "0.09 0.21 0.36"), (231.0, 330.0, "0.78 0.85 0.94"), (331.0, 430.0, "0.56 0.7 0.89")]
LINE = 14.0


def box(x0: float, x1: float, top: float, bottom: float, colour: str) -> str:
    """An area, counted from the foot of the page."""
    return f"{colour} rg {x0} {bottom} {x1 - x0} {top - bottom} re f"


def test_the_lines_of_a_shaded_cell_are_no_rows() -> None:
    areas, words, top = [], [], 700.0
    for number, row in enumerate(ROWS):
        high = LINE * max(cell.count("\n") + 1 for cell in row) + 6
        for (x0, x1, colour), cell in zip(COLUMNS, row, strict=True):
            areas.append(box(x0, x1, top, top - high, colour))
            for line, said in enumerate(cell.split("\n")):
                areas.append(box(x0 + 5, x1 - 5, top - LINE * line, top - LINE * (line + 1), colour))
                words.append(text(x0 + 8, top - LINE * line - 10, said))
        # White shows between the rows, more of it under the headings.
        top -= high + (3 if number == 0 else 1)

    assert tables_of(*areas, "0 g", *words) == [ROWS]


def test_an_area_in_one_of_its_own_colour_is_not_seen_unless_another_lies_between() -> None:
    cell, line = Fill(0, 0, 100, 50, "#112233"), Fill(5, 5, 95, 20, "#112233")
    white = Fill(0, 0, 100, 30, "#FFFFFF")
    other = line._replace(colour="#445566")

    assert fills_shown([cell, line, other]) == [cell, other]
    assert fills_shown([line, cell]) == [line, cell]
    assert fills_shown([cell, white, line]) == [cell, white, line]


def test_stripes_under_one_column_join_no_rows() -> None:
    """A strip of its own under nearly each cell of the last column, and nothing under the others."""
    said = [["Maker", "RR2Y", f"{56 - n}.4"] for n in range(10)]
    rows, strips = [], []
    for number, row in enumerate(said):
        top = 100 + 12.0 * number
        items = [Item(x, top, x + 30, top + 9, text_, number) for x, text_ in zip((70, 200, 390), row, strict=True)]
        rows.append(Row(top, top + 9, [RowCell(col, col, [item]) for col, item in enumerate(items)]))
        if number not in (4, 5):
            strips += [Edge(top - 1, 376, 430, False), Edge(top + 10, 376, 430, False)]

    joined, header_rows = join_wrapped(rows, [66, 180, 370, 430], [], strips)

    assert [[cell.text for cell in row.cells] for row in joined] == said
    assert header_rows == 0
