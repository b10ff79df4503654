"""The faults that the sample packs hold are found, and what moved between the meetings is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.samples.comparing import MEETINGS, expected_json

Ask = Callable[[str], list[dict[str, Any]]]
HISTORY = expected_json("history.json")
FAULTS = [(meeting, fault) for meeting in MEETINGS for fault in expected_json(meeting, "faults.json")]


@pytest.mark.parametrize(
    ("meeting", "fault"), FAULTS, ids=lambda value: value["fault"] if isinstance(value, dict) else value
)
def test_each_fault_is_a_finding_that_names_it(ask: Ask, meeting: str, fault: dict[str, Any]) -> None:
    told = ask(
        "SELECT page, concat_ws(' ', message, found, expected) AS said FROM findings JOIN packs USING (pack_id) "
        f"WHERE meeting_date = DATE '{meeting}'"
    )
    on_page = [f["said"] for f in told if f["page"] == fault["page"]]
    assert any(word in said for said in on_page for word in fault["says"]), on_page


def test_few_findings_are_about_nothing(ask: Ask) -> None:
    """Each finding that no fault of ours explains wastes a reader's minute."""
    told = ask(
        "SELECT meeting_date::VARCHAR AS meeting, findings.* FROM findings JOIN packs USING (pack_id) "
        "WHERE severity IN ('error', 'warning') AND scope <> 'cross_pack'"
    )
    unexplained = [
        f
        for f in told
        if not any(
            f["meeting"] == meeting
            and any(word in f"{f['message']} {f['found']} {f['expected']}" for word in fault["says"])
            for meeting, fault in FAULTS
        )
    ]
    assert len(unexplained) <= 6, "\n".join(
        f"{f['meeting']} p{f['page']} {f['check']}: {f['message']}" for f in unexplained
    )


def test_open_actions_are_those_of_the_newest_log(ask: Ask) -> None:
    found = ask("SELECT ref FROM open_actions WHERE in_latest_log ORDER BY ref")
    assert [row["ref"] for row in found] == HISTORY["open"]


def test_an_action_that_vanished_stays_open_and_is_said_to_be_gone(ask: Ask) -> None:
    assert [r["ref"] for r in ask("SELECT ref FROM open_actions WHERE NOT in_latest_log")] == HISTORY["vanished"]


@pytest.mark.parametrize("meeting", MEETINGS)
def test_overdue_actions(ask: Ask, meeting: str) -> None:
    found = ask(
        f"SELECT DISTINCT ref FROM action_history WHERE overdue AND meeting_date = DATE '{meeting}' ORDER BY ref"
    )
    assert [row["ref"] for row in found] == HISTORY["overdue"][meeting]


def test_overdue_now(ask: Ask) -> None:
    found = ask("SELECT ref FROM overdue_actions WHERE in_latest_log ORDER BY ref")
    assert [row["ref"] for row in found] == HISTORY["overdue"][MEETINGS[-1]]


def test_a_due_date_that_moved(ask: Ask) -> None:
    found = ask(
        "SELECT ref, previous_due_on::VARCHAR AS was, due_on::VARCHAR AS now FROM action_history "
        f"WHERE meeting_date = DATE '{MEETINGS[-1]}' AND previous_due_on <> due_on ORDER BY ref"
    )
    assert [[r["ref"], r["was"], r["now"]] for r in found] == HISTORY["due_date_moved"]


def test_restated_values_and_no_others(ask: Ask) -> None:
    found = ask(
        "SELECT measure, organisation_text, period_text, earlier_value, value FROM kpi_restatements ORDER BY ALL"
    )
    assert [list(row.values()) for row in found] == HISTORY["restated"]


def test_what_moved_in_capital(ask: Ask) -> None:
    found = {row["scheme"]: row for row in ask("SELECT * FROM capital_changes")}
    for scheme, was, now, completion_was, completion_now in HISTORY["capital_changes"]:
        row = found[scheme]
        assert (row["earlier_value_gbp"], row["value_gbp"]) == (was, now)
        assert [None if d is None else str(d) for d in (row["earlier_completion_by"], row["completion_by"])] == [
            completion_was,
            completion_now,
        ]


@pytest.mark.parametrize("meeting", MEETINGS)
def test_rows_held_back_are_those_that_say_nothing(ask: Ask, meeting: str) -> None:
    found = ask(f"SELECT q.* FROM quarantine q JOIN packs USING (pack_id) WHERE meeting_date = DATE '{meeting}'")
    assert [[row["kind"], json.loads(row["content"])["Ref"]] for row in found] == HISTORY["quarantined"][meeting]


def test_a_year_to_date_that_goes_on_is_no_restatement(ask: Ask) -> None:
    assert ask("SELECT message FROM findings WHERE \"check\" = 'value_restated' AND message LIKE '%YTD%'") == []
