from __future__ import annotations

from tests.cross_pack.store import action, checks, empty, found, pack


def test_an_open_action_that_is_in_no_log_has_vanished_and_a_closed_one_has_not() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    action(db, "may", "11", action="Bring the estates plan back")
    action(db, "may", "12", status="closed", status_text="Closed")
    action(db, "may", "13")
    action(db, "june", "13")
    (finding,) = found(db, "june")
    assert finding.check == "action_vanished"
    assert finding.severity == "warning"
    assert finding.expected == "11"
    assert (finding.page, finding.table_no) == (4, 1)
    assert finding.message == (
        "Action 11 (“Bring the estates plan back”) was open in the log of 2025-05-01 (page 4) and is in "
        "no log of this "
        "meeting: nothing says that it was closed."
    )


def test_a_meeting_without_any_log_says_nothing_of_actions() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    action(db, "may", "11")
    assert checks(db, "june") == []


def test_an_action_in_another_paper_of_the_same_meeting_has_not_vanished() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june-a", "2025-06-01")
    pack(db, "june-b", "2025-06-01")
    action(db, "may", "11")
    action(db, "june-a", "12")
    action(db, "june-b", "11")
    assert checks(db, "june-a") == checks(db, "june-b") == []


def test_a_due_date_that_moved_says_from_when_to_when() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    action(db, "may", "11", due_on="2025-06-30", due_text="Jun-25")
    action(db, "june", "11", due_on="2025-09-30", due_text="Sep-25")
    action(db, "may", "12", due_on="2025-06-30", due_text="Jun-25")
    action(db, "june", "12", due_on="2025-06-30", due_text="June 2025")
    (finding,) = found(db, "june")
    assert (finding.check, finding.found, finding.expected) == ("action_due_moved", "Sep-25", "Jun-25")
    assert finding.row == 1
    assert "was due Jun-25 at the meeting of 2025-05-01 and is now due Sep-25" in finding.message


def test_a_reference_given_to_another_action_is_no_moved_date() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    action(db, "may", "1", action="Write to the minister about buses", due_on="2025-05-30")
    action(db, "june", "1", action="Publish ten new data sets", due_on="2025-08-30")
    assert checks(db, "june") == ["action_reference_reused"]


def test_a_closed_action_that_is_open_again() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    action(db, "may", "11", status="closed", status_text="Complete")
    action(db, "june", "11")
    action(db, "may", "12")
    action(db, "june", "12", status="closed", status_text="Closed")
    assert [(f.check, f.found, f.expected) for f in found(db, "june")] == [("action_reopened", "Open", "Complete")]
