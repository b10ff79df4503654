"""Tables with level rules only, one below the other: where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from tests.page.handmade import centred, right, rule, text
from tests.proposals.test_blocks import tables_of

BEDS = [["Ward", "2023", "2024"], ["Alder", "24", "22"], ["Beech", "18", "18"], ["Cedar", "30", "31"]]
STAFF = [["Site", "Nurses", "Doctors"], ["Northgate", "310", "62"], ["Southfield", "275", "48"]]
PITCH = 14.0


def ruled(rows: Sequence[Sequence[str]], top: float) -> list[str]:
    """A rule above, below and between the rows; the first stands at `top`."""
    said = [rule(66, top - PITCH * n, 404, top - PITCH * n) for n in range(len(rows) + 1)]
    for n, row in enumerate(rows):
        low = top - PITCH * n - 10
        said += [
            text(70, low, row[0]),
            *(right(300 + 100 * col, low, part) for col, part in enumerate(row[1:]) if part),
        ]
    return said


def test_a_title_between_tables_of_one_width_parts_them() -> None:
    low = 700 - PITCH * len(BEDS)
    page = [*ruled(BEDS, 700), centred(235, low - 26, "Staff of the community hospitals"), *ruled(STAFF, low - 38)]

    assert tables_of(*page) == [BEDS, STAFF]


def test_a_note_and_a_title_between_tables_part_them() -> None:
    low = 700 - PITCH * len(BEDS)
    between = [text(70, low - 10, "Open on the first of May"), text(70, low - 36, "Staff", bold=True)]

    assert tables_of(*ruled(BEDS, 700), *between, *ruled(STAFF, low - 48)) == [BEDS, STAFF]


def test_the_name_of_a_section_is_a_row_of_its_table() -> None:
    whole = [*BEDS, ["Community hospitals", "", ""], ["Elm", "9", "12"], ["Fig", "16", "15"]]

    assert tables_of(*ruled(whole, 700)) == [whole]


def test_headings_over_the_first_rule_belong_to_the_table() -> None:
    """The only rules stand under the headings and under the last row."""
    rows = [
        part
        for n, row in enumerate(BEDS)
        for part in (
            text(70, 700 - PITCH * n, row[0]),
            right(300, 700 - PITCH * n, row[1]),
            right(400, 700 - PITCH * n, row[2]),
        )
    ]
    below = 700 - PITCH * (len(BEDS) - 1) - 4

    assert tables_of(*rows, rule(66, 696, 404, 696), rule(66, below, 404, below)) == [BEDS]


def test_a_caption_between_a_page_s_rule_and_the_table_s_is_no_row() -> None:
    caption = [text(70, 716, "Table 3.1:"), text(150, 716, "Beds by ward")]

    assert tables_of(rule(66, 730, 404, 730), *caption, *ruled(BEDS, 700)) == [BEDS]
