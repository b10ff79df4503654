from __future__ import annotations

import duckdb

from tests.cross_pack.store import action, checks, empty, found, insert, kpi, pack, scheme


def two_meetings() -> duckdb.DuckDBPyConnection:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    return db


def test_a_schemes_value_and_completion_moved() -> None:
    db = two_meetings()
    scheme(db, "may", "New library", completion_text="2025/26", completion_by="2026-03-31")
    scheme(db, "june", "New Library", value_gbp=1_750_000, completion_text="2026/27", completion_by="2027-03-31")
    scheme(db, "may", "Bridge")
    scheme(db, "june", "Bridge")
    completion, value = sorted(found(db, "june"), key=lambda finding: finding.check)
    assert value.check == "scheme_value_moved"
    assert value.message == (
        "“New Library” was £1,500,000 at the meeting of 2025-05-01 (page 9) and is now £1,750,000."
    )
    assert (completion.check, completion.found, completion.expected) == (
        "scheme_completion_moved",
        "2026/27",
        "2025/26",
    )


def test_a_scheme_that_is_gone_unless_it_was_complete() -> None:
    db = two_meetings()
    scheme(db, "may", "New library")
    scheme(db, "may", "Bridge", completion="complete")
    scheme(db, "may", "Depot")
    scheme(db, "june", "Depot")
    assert [(f.check, f.expected) for f in found(db, "june")] == [("scheme_vanished", "New library")]


def test_a_table_that_was_there_last_time() -> None:
    db = two_meetings()
    for pack_id, table_no, title in (
        ("may", 1, "Waiting times, March 2025"),
        ("may", 2, "Staffing by ward"),
        ("june", 1, "Waiting times, April 2025"),
    ):
        insert(db, "raw.tables", pack_id=pack_id, table_no=table_no, kind="kpis", title=title, page=5)
    (finding,) = found(db, "june")
    assert finding.severity == "info"
    assert finding.message == (
        "The table “Staffing by ward” (kpis) was in the pack of 2025-05-01 on page 5 and is in no pack of this meeting."
    )


def test_tables_without_a_kind_are_not_followed() -> None:
    db = two_meetings()
    insert(db, "raw.tables", pack_id="may", table_no=1, title="Agenda", page=1)
    insert(db, "raw.tables", pack_id="june", table_no=1, kind="kpis", title="Waiting times", page=1)
    assert checks(db, "june") == []


def test_a_table_under_another_title_is_there_by_what_it_holds() -> None:
    db = two_meetings()
    for pack_id, title in (("may", "Schemes in progress"), ("june", "where the cost is an estimate until tenders")):
        insert(db, "raw.tables", pack_id=pack_id, table_no=3, kind="capital", title=title, page=9)
        scheme(db, pack_id, "New library")
    assert checks(db, "june") == []


def test_a_log_whose_actions_are_all_new_has_not_vanished() -> None:
    db = two_meetings()
    for pack_id, title, ref in (("may", "Action log", "7"), ("june", "Matters arising", "8")):
        insert(db, "raw.tables", pack_id=pack_id, table_no=1, kind="actions", title=title, page=4)
        action(db, pack_id, ref, status="closed")
    assert checks(db, "june") == []


def test_a_table_without_a_title_vanishes_by_what_it_held() -> None:
    db = two_meetings()
    insert(db, "raw.tables", pack_id="may", table_no=2, kind="kpis", page=5)
    kpi(db, "may", "2025-03", 93.0)
    insert(db, "raw.tables", pack_id="june", table_no=2, kind="kpis", page=5)
    kpi(db, "june", "2025-03", 12.0, measure="Beds closed")
    (finding,) = found(db, "june")
    assert finding.message == (
        "The table (kpis) was in the pack of 2025-05-01 on page 5 and is in no pack of this meeting."
    )


def test_a_list_of_which_most_is_gone_is_another_list() -> None:
    db = two_meetings()
    for name in ("Library", "Bridge", "Depot", "Quay"):
        scheme(db, "may", name)
    scheme(db, "june", "Quay")
    scheme(db, "june", "Lighthouse")
    (finding,) = found(db, "june")
    assert (finding.severity, finding.check, finding.expected, finding.page) == (
        "info",
        "schemes_vanished",
        "Library; Bridge; Depot",
        9,
    )
    assert finding.message == (
        "Of the 4 unfinished schemes listed on page 9 of the pack of 2025-05-01, 3 are on no list of this meeting, "
        "among them “Library”."
    )


def test_a_whole_list_that_is_gone_is_told_once() -> None:
    db = two_meetings()
    for pack_id, title, name in (
        ("may", "Bridges", "Old bridge"),
        ("may", "Roads", "Ring road"),
        ("june", "Roads", "Ring road"),
    ):
        table_no = 3 if title == "Roads" else 4
        insert(db, "raw.tables", pack_id=pack_id, table_no=table_no, kind="capital", title=title, page=9)
        scheme(db, pack_id, name, table_no=table_no)
    assert checks(db, "june") == ["schemes_vanished"]
