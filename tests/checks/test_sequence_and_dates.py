from __future__ import annotations

from extractors.checks.dates import (
    action_dates_agree,
    dates_can_be,
    one_date_style,
    quarters_are_three_months,
    versions_follow_each_other,
)
from extractors.checks.sequence import (
    action_references_are_unique,
    action_references_run_on,
    items_are_numbered_once,
)
from tests.checks.packs import action, named, pack, said, scheme
from tests.kinds.tables import table


def refs(*texts: str) -> list:  # type: ignore[type-arg]
    return [action(text, row=row, action=f"Do {row}") for row, text in enumerate(texts, start=1)]


def test_references_left_out() -> None:
    (finding,) = said(action_references_run_on, pack(records=refs("50", "53", "54", "56", "57", "55", "58")))
    assert (finding.check, finding.severity, finding.expected) == (
        "action_references_missing",
        "info",
        "51, 52",
    )
    assert finding.message == (
        "In the action log on page 1, 51 and 52 between 50 and 58 are not there: closed earlier, or lost."
    )
    (finding,) = said(action_references_run_on, pack(records=refs("AC/01", "AC/02", "AC/04")))
    assert finding.expected == "AC/03"


def test_whole_and_sparse_logs_have_no_gaps_to_tell() -> None:
    assert said(action_references_run_on, pack(records=refs("1", "2", "3"))) == []
    assert said(action_references_run_on, pack(records=refs("3", "40", "90"))) == []
    assert said(action_references_run_on, pack(records=refs("1.2", "1.9", "4.1", "5.3"))) == []


def test_a_reference_given_twice() -> None:
    (finding,) = said(action_references_are_unique, pack(records=refs("1", "2", "2")))
    assert (finding.check, finding.row, finding.found) == ("action_reference_repeated", 3, "2")
    assert said(action_references_are_unique, pack(records=refs("1", "2", "", "", "Board", "Board"))) == []


MINUTES = [["Item No.", "Discussion", "Action"]]


def test_items_numbered_twice_and_left_out() -> None:
    rows = [
        ["1.", "Apologies", ""],
        ["2.", "Interests", ""],
        ["", "Minutes", ""],
        ["4", "Questions", ""],
        ["4", "Any other", ""],
    ]
    found = said(items_are_numbered_once, pack(table(MINUTES + rows)))
    assert [(f.check, f.row, f.found or f.expected) for f in found] == [
        ("item_number_repeated", 5, "4"),
        ("item_numbers_missing", None, "3"),
    ]
    assert found[0].message == "On page 1, item number 4 is printed again, for “Any other”; it was “Questions”."


def test_items_over_several_pages_are_one_run() -> None:
    first = table([*MINUTES, ["1", "Apologies", ""], ["2", "Interests", ""]])
    second = table([["3", "Questions", ""], ["2", "Estates", ""]], header_rows=0, page=2)
    assert named(items_are_numbered_once, pack(first, second)) == ["item_number_repeated"]


def test_sub_items_share_their_number() -> None:
    rows = [
        ["1", "a", "Minutes"],
        ["1", "b", "Log"],
        ["2", "a", "Chair"],
        ["3", "b", "Plan"],
        ["4", "", "End"],
    ]
    assert said(items_are_numbered_once, pack(table([["Item", "Part", "Title"], *rows]))) == []


def test_owners_under_an_item_s_number_are_no_second_item() -> None:
    rows = [["5", "Update", "Action 53"], ["5", "Chair", ""], ["6", "Report", "Action 54"], ["6", "FC", "Action 55"]]
    rows += [["6", "JR/KD", ""], ["7", "Finance", ""], ["8", "AOB", ""]]
    assert said(items_are_numbered_once, pack(table([["Item No.", "Discussion", "Action"], *rows]))) == []


def test_days_that_no_month_has() -> None:
    evidence = pack(table([["Due"], ["31 June 2025"]]), lines=["Due on 30 February 2025.", "Due on 29 February 2024."])
    found = said(dates_can_be, evidence)
    assert [(f.check, f.found, f.row) for f in found] == [
        ("impossible_date", "31 June 2025", 1),
        ("impossible_date", "30 February 2025", None),
    ]


def test_two_columns_side_by_side_are_no_date() -> None:
    assert said(dates_can_be, pack(lines=["Seen in time 98.00% Mar-21 1.32 Apr 2025 £31 Nov 2025"])) == []


def test_weekdays() -> None:
    (finding,) = said(dates_can_be, pack(lines=["The Board met on Monday 11 June 2025.", "Wednesday, 11th June 2025"]))
    assert (finding.check, finding.found, finding.expected) == (
        "weekday_disagrees",
        "Monday 11 June 2025",
        "Wednesday",
    )


def test_quarters() -> None:
    (finding,) = said(
        quarters_are_three_months, pack(lines=["Q4 Jan 20/Mar 21", "Q1 Apr 25/Jun 25", "Q3 Oct 24 - Dec 24"])
    )
    assert (finding.check, finding.found) == ("quarter_not_three_months", "Q4 Jan 20/Mar 21")
    assert "spans 15 months" in finding.message


def test_deadlines() -> None:
    records = [
        action("1", row=1, raised_on="2025-05-07", due_on="2025-04-30", due_text="Apr-25"),
        action("2", row=2, raised_on="2025-07-01", due_on="2025-09-30"),
        action("3", row=3, raised_on="2025-05-07", due_on="2025-05-31", due_text="May-25"),
        action("4", row=4, raised_on="2025-05-07", due_on="2025-05-31", status="closed"),
        action("5", row=5, raised_on="2025-05-07", due_on="2025-06-30"),
    ]
    assert [(f.check, f.row, f.severity) for f in said(action_dates_agree, pack(records=records))] == [
        ("due_before_raised", 1, "warning"),
        ("action_overdue", 1, "info"),
        ("raised_after_meeting", 2, "warning"),
        ("action_overdue", 3, "info"),
    ]
    assert named(action_dates_agree, pack(records=records, meeting_date=None)) == ["due_before_raised"]


def test_versions() -> None:
    head = ["Version Number", "Comments"]
    rows = [
        ["0.1", "Draft of 19/12/24"],
        ["0.2", "Read by the Chair"],
        ["0.3", "After the Board of 5 May 2025"],
    ]
    assert said(versions_follow_each_other, pack(table([head, *rows]))) == []
    (finding,) = said(versions_follow_each_other, pack(table([head, *rows, ["0.4", "Agreed on 6 May 2024"]])))
    assert (finding.check, finding.row, finding.found) == (
        "version_dated_before_earlier_one",
        4,
        "2024-05-06",
    )


def test_styles() -> None:
    mixed = [
        scheme("A", completion_text="2025/26"),
        scheme("B", completion_text="Q2 2024/25"),
        scheme("C", completion_text="TBC"),
    ]
    (finding,) = said(one_date_style, pack(records=mixed))
    assert (finding.check, finding.found) == ("mixed_date_styles", "“2025/26”, “Q2 2024/25”")
    one = [
        scheme("A", completion_text="2025/26"),
        scheme("B", completion_text="2026/27"),
        scheme("C", completion_text="Complete"),
    ]
    assert said(one_date_style, pack(records=one)) == []
