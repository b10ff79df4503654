"""Tables of which nothing is drawn, as statistical reports set them: what belongs to them, which lines are a row."""

from __future__ import annotations

from collections.abc import Sequence

from tests.page.handmade import centred, right, text
from tests.proposals.test_blocks import tables_of

PITCH = 11.5


def set_out(rows: Sequence[Sequence[str]], ends: Sequence[float], top: float = 700, pitch: float = PITCH) -> list[str]:
    """Labels to the left, the other columns to the right of `ends`."""
    return [
        text(70, top - pitch * n, said) if col == 0 else right(ends[col - 1], top - pitch * n, said)
        for n, row in enumerate(rows)
        for col, said in enumerate(row)
        if said
    ]


BEDS = [["Ward", "2023", "2024"], ["Alder", "24", "22"], ["Beech", "18", "18"], ["Cedar", "30", "31"]]


def test_a_caption_with_a_gap_in_it_is_no_row() -> None:
    caption = [text(70, 735, "Table 6:"), text(140, 735, "Beds that were open on the first of"), text(70, 723.5, "May")]

    assert tables_of(*caption, *set_out(BEDS, (330, 400), top=712)) == [BEDS]


def test_a_list_of_tables_keeps_its_first_line() -> None:
    listed = [[f"Table {n}", f"{n}0.1", str(10 * n)] for n in range(1, 5)]

    assert tables_of(*set_out(listed, (330, 400))) == [listed]


def test_notes_below_are_no_rows() -> None:
    low = 700 - PITCH * len(BEDS)
    notes = [text(70, low, "(*)"), text(110, low, "Forecast"), text(70, low - PITCH, "NB:"),
             text(110, low - PITCH, "Day beds are counted in halves")]  # fmt: skip

    assert tables_of(*set_out(BEDS, (330, 400)), *notes) == [BEDS]


def test_a_last_row_with_a_mark_and_figures_stays() -> None:
    marked = [*BEDS, ["* Elm, since June", "9", "12"]]

    assert tables_of(*set_out(marked, (330, 400))) == [marked]


def test_figures_half_way_down_a_label_of_two_lines_are_its_own() -> None:
    """Close rows: the label's first line must not run on from the row above, nor its figures."""
    page = [
        *set_out(BEDS[:2], (330, 400)),
        text(70, 677, "Beech, with the beds of the"), right(330, 671.5, "18"), right(400, 671.5, "19"),
        text(70, 666, "day unit"),
        *set_out([["Cedar", "30", "31"], ["Damson", "12", "12"]], (330, 400), top=654.5),
    ]  # fmt: skip

    assert tables_of(*page) == [
        [
            *BEDS[:2],
            ["Beech, with the beds of the\nday unit", "18", "19"],
            ["Cedar", "30", "31"],
            ["Damson", "12", "12"],
        ]
    ]


def test_a_column_close_to_labels_that_wrap_is_told_by_where_lines_begin() -> None:
    names = ["Allergy of some kind", "Anxiety", "Back pain that stays on", "Broken bone", "Diabetes"]
    page = [centred(300, 712, "Seen"), centred(380, 712, "Treated")]
    for n, name in enumerate(names):
        high = 700 - 2 * PITCH * n
        page += [text(70, high, name), text(170, high, "Count"), right(310, high, f"{90 - n}"), right(390, high, "7")]
        page += [text(170, high - PITCH, "Percentage"), right(310, high - PITCH, f"{9 + n}.1%"),
                 right(390, high - PITCH, "0.4%")]  # fmt: skip
    expected = [["", "", "Seen", "Treated"]]
    for n, name in enumerate(names):
        expected += [[name, "Count", f"{90 - n}", "7"], ["", "Percentage", f"{9 + n}.1%", "0.4%"]]

    assert tables_of(*page) == [expected]


def test_the_title_of_the_next_table_is_no_row_of_the_one_before() -> None:
    other = [["Ward", "2023", "2024"], ["Elm", "9", "12"], ["Fig", "16", "15"], ["Gorse", "21", "20"]]
    low = 700 - PITCH * len(BEDS)
    page = [*set_out(BEDS, (330, 400)), centred(240, low, "Wards of the community hospitals")]

    assert tables_of(*page, *set_out(other, (330, 400), top=low - PITCH)) == [BEDS, other]


def test_a_list_sorted_by_its_only_figures_is_a_table() -> None:
    league = [
        ["Trust", "Share"],
        ["Northgate", "28%"],
        ["Southfield", "25%"],
        ["Westmere", "23%"],
        ["Eastleigh", "10%"],
    ]

    assert tables_of(*set_out(league, (330,))) == [league]


def test_a_scale_beside_a_legend_is_none() -> None:
    chart = [["Beds open", "80"], ["Beds closed", "60"], ["Beds funded", "40"], ["", "20"]]

    assert tables_of(*set_out(chart, (330,))) == []
