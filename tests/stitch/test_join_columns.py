from __future__ import annotations

from extractors.join_columns import Source, join_columns
from tests.stitch.parts import part

LEFT = [
    ["Ref", "Scheme", "2024/25", "2025/26"],
    ["", "", "£000", "£000"],
    ["1", "Roof", "10", "20"],
    ["2", "Boilers", "30", "40"],
    ["", "Total", "40", "60"],
]
RIGHT = [
    ["Ref", "Scheme", "2026/27"],
    ["", "", "£000"],
    ["1", "Roof", "50"],
    ["2", "Boilers", "60"],
    ["", "Total", "110"],
]


def test_the_years_of_the_next_page_stand_beside_those_of_the_first() -> None:
    left = part(LEFT, page=1, table_no=1, header_rows=2)
    right = part(RIGHT, page=2, table_no=2, header_rows=2)

    (joined,) = join_columns([left, right])

    assert joined.table.grid() == [[*row, right[2]] for row, right in zip(LEFT, RIGHT, strict=True)]
    assert joined.parts == (1, 2)
    assert joined.sources[2, 2] == Source(1, 2, 2)
    assert joined.sources[2, 4] == Source(2, 2, 2)
    assert [cell.page for cell in joined.table.cells if cell.row == 2] == [1, 1, 1, 1, 2]
    assert joined.table.header_rows == 2
    assert "columns go on on page 2" in joined.table.reason


def test_a_third_page_goes_on_as_well() -> None:
    further = [[row[0], row[1], f"{row[2]}x"] for row in RIGHT]
    parts = [part(rows, page=page, table_no=page, header_rows=2) for page, rows in enumerate([LEFT, RIGHT, further], 1)]

    (joined,) = join_columns(parts)

    assert joined.parts == (1, 2, 3)
    assert joined.table.grid()[2] == ["1", "Roof", "10", "20", "50", "50x"]


def test_a_row_left_out_on_the_second_page_is_blank_there() -> None:
    right = [row for row in RIGHT if row[1] != "Boilers"]

    (joined,) = join_columns([part(LEFT, page=1, table_no=1), part(right, page=2, table_no=2)])

    assert joined.table.grid()[3] == ["2", "Boilers", "30", "40", ""]
    assert (3, 4) not in joined.sources


def test_a_row_that_the_first_page_lacks_keeps_the_tables_apart() -> None:
    right = [*RIGHT, ["3", "Lifts", "70"]]

    joined = join_columns([part(LEFT, page=1, table_no=1), part(right, page=2, table_no=2)])

    assert [found.parts for found in joined] == [(1,), (2,)]


def test_the_same_table_again_is_not_joined() -> None:
    joined = join_columns([part(LEFT, page=1, table_no=1), part(LEFT, page=2, table_no=2)])

    assert [found.table.grid() for found in joined] == [LEFT, LEFT]


def test_pages_apart_or_the_same_page_are_not_joined() -> None:
    for page in (1, 3):
        joined = join_columns([part(LEFT, page=1, table_no=1), part(RIGHT, page=page, table_no=2)])
        assert len(joined) == 2


def test_a_label_over_the_whole_width_is_printed_once() -> None:
    left = [*LEFT[:2], ["Schools", "", "", ""], *LEFT[2:]]
    right = [*RIGHT[:2], ["Schools", "", ""], *RIGHT[2:]]

    (joined,) = join_columns(
        [
            part(left, page=1, table_no=1, spans={(2, 0): (1, 4)}),
            part(right, page=2, table_no=2, spans={(2, 0): (1, 3)}),
        ]
    )

    assert joined.table.grid()[2] == ["Schools", "", "", "", ""]
