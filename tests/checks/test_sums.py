from __future__ import annotations

from extractors.checks.sums import columns_add_up, rows_add_up
from schemas.outcome import RowFate
from tests.checks.packs import named, pack, said
from tests.kinds.tables import table

HEAD = ["Provider", "Surgery", "Eyes", "Ears"]
ROWS = [["North", "1,203", "437", "130"], ["South", "137", "276", "307"], ["Others", "37", "67", "53"]]
TOTAL = ["Total", "1,377", "780", "490"]


def test_columns_that_add_up_say_nothing() -> None:
    assert said(columns_add_up, pack(table([HEAD, *ROWS, TOTAL]))) == []


def test_one_wrong_total_among_right_ones_is_found_at_its_cell() -> None:
    (finding,) = said(columns_add_up, pack(table([HEAD, *ROWS, ["Total", "1,377", "790", "490"]])))
    assert (finding.check, finding.row, finding.col) == ("total_disagrees", 4, 2)
    assert (finding.found, finding.expected) == ("790", "780")
    assert finding.message == (
        "On page 1, the total “Total” under “Eyes” is printed as 790, but its 3 rows add up to 780."
    )


def test_a_missing_row_makes_the_whole_total_row_wrong() -> None:
    (finding,) = said(columns_add_up, pack(table([HEAD, *ROWS[:2], TOTAL])))
    assert (finding.check, finding.scope, finding.row) == ("total_disagrees", "table", 3)


def test_a_list_with_one_money_column() -> None:
    rows = [["Scheme", "Value (£000)"], ["Library", "1,500"], ["Bridge", "2,250"], ["Depot", "700"]]
    assert said(columns_add_up, pack(table([*rows, ["Total", "4,450"]]))) == []
    (finding,) = said(columns_add_up, pack(table([*rows, ["Total", "4,540"]])))
    assert (finding.found, finding.expected) == ("4,540", "4,450")


def test_a_part_that_is_no_number_leaves_the_sum_open() -> None:
    rows = [["Scheme", "Value (£000)"], ["Library", "1,500"], ["Bridge", "TBC"], ["Total", "4,000"]]
    assert said(columns_add_up, pack(table(rows))) == []


def test_sub_totals_and_the_total_of_them() -> None:
    rows = [
        ["Scheme", "2025/26", "2026/27"],
        ["Library", "10", "20"],
        ["Bridge", "30", "40"],
        ["Total projects", "40", "60"],
        ["Depot", "5", "6"],
        ["Lorries", "7", "8"],
        ["Total rolling", "12", "14"],
        ["Grand total", "52", "74"],
    ]
    assert said(columns_add_up, pack(table(rows))) == []
    rows[7] = ["Grand total", "52", "75"]
    assert [f.col for f in said(columns_add_up, pack(table(rows)))] == [2]


def test_money_in_thousands_may_miss_its_total_by_roundings_and_people_may_not() -> None:
    money = [["Scheme", "£000", "£000"], ["A", "10", "1"], ["B", "20", "2"], ["Total", "31", "3"]]
    assert said(columns_add_up, pack(table(money))) == []
    people = [["Ward", "Beds", "Staff"], ["A", "10", "1"], ["B", "20", "2"], ["Total", "31", "3"]]
    assert named(columns_add_up, pack(table(people))) == ["total_disagrees"]


def test_percentages_and_averages_are_not_added_up() -> None:
    rows = [["Ward", "Rate", "Average stay"], ["A", "10%", "4"], ["B", "30%", "6"], ["Total", "22%", "5"]]
    assert said(columns_add_up, pack(table(rows))) == []


def test_a_row_that_the_kind_set_aside_as_a_total_is_one_whatever_its_name() -> None:
    rows = [["Team", "Calls", "Visits"], ["A", "1", "4"], ["B", "3", "6"], ["All teams", "4", "11"]]
    assert said(columns_add_up, pack(table(rows))) == []
    fates = [RowFate(1, 3, "ignored", "total")]
    assert [f.col for f in said(columns_add_up, pack(table(rows), fates=fates))] == [2]


def test_one_row_against_its_total_column() -> None:
    rows = [
        ["Month", "First", "Second", "Total"],
        ["Apr", "5", "6", "11"],
        ["May", "7", "8", "15"],
        ["Jun", "9", "1", "10"],
        ["Jul", "2", "2", "4"],
    ]
    assert said(rows_add_up, pack(table(rows))) == []
    rows[3] = ["Jun", "9", "1", "12"]
    (finding,) = said(rows_add_up, pack(table(rows)))
    assert (finding.check, finding.row, finding.col) == ("row_total_disagrees", 3, 3)
    assert (finding.found, finding.expected) == ("12", "10")


def test_a_total_column_that_covers_something_else_is_left_alone() -> None:
    rows = [
        ["Scheme", "Total cost", "2025/26", "2026/27"],
        ["A", "100", "20", "30"],
        ["B", "90", "10", "10"],
        ["C", "80", "40", "10"],
        ["D", "50", "20", "30"],
    ]
    assert said(rows_add_up, pack(table(rows))) == []


def test_a_sub_total_that_was_not_brought_up_to_date() -> None:
    rows = [
        ["Scheme", "Lead", "Value (£000)"],
        ["Schemes in progress", "", ""],
        ["Emergency department", "Trust", "13,900"],
        ["Diagnostic centre", "Trust", "c. 9,000."],
        ["Sub-total", "", "21,450"],
        ["Future schemes", "", ""],
        ["Surgical hub", "Trust", "38,000"],
        ["Health centre", "Council", "4,500"],
        ["Sub-total", "", "42,500"],
        ["Total", "", "63,950"],
    ]
    (finding,) = said(columns_add_up, pack(table(rows)))
    assert (finding.row, finding.col, finding.found, finding.expected) == (4, 2, "21,450", "22,900")
    rows[4][2], rows[9][2] = "22,900", "65,400"
    assert said(columns_add_up, pack(table(rows))) == []
    rows[3][2] = "TBC"
    rows[4][2] = "20,000"
    assert [f.row for f in said(columns_add_up, pack(table(rows)))] == [9]


def test_thousands_are_rounded_and_may_miss_their_total() -> None:
    rows = [["Service", "May", "June"], ["Roads", "16", "10"], ["Schools", "9", "20"], ["Libraries", "6", "30"]]

    def totals(label: str, june: str) -> list[str | None]:
        return [f.expected for f in said(columns_add_up, pack(table([*rows, [label, "31", june]])))]

    assert totals("Total calls (thousands)", "61") == []
    assert totals("Total calls", "61") == ["60"]
    assert totals("Total calls (thousands)", "71") == ["60"]


def test_figures_where_headings_would_be_are_rows() -> None:
    rows = [["Bridge", "80.0"], ["Road", "7.4"], ["Quay", "7.5"], ["Total", "94.9"]]
    assert said(columns_add_up, pack(table(rows, header_rows=0))) == []
    rows[3] = ["Total", "454.9"]
    (finding,) = said(columns_add_up, pack(table(rows, header_rows=0)))
    assert (finding.expected, "under “column 2”" in finding.message) == ("94.9", True)
    years = [["Scheme", "2024", "2025"], ["Road", "7", "8"], ["Quay", "7", "8"], ["Total", "14", "16"]]
    assert said(columns_add_up, pack(table(years))) == []
