"""Which pack a pack is held against, in whatever order they come."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.cross_pack.store import action, checks, empty, found, pack
from warehouse.cross_pack import affected_packs, refresh_cross_pack

DUE = {"may": "2025-06-30", "june": "2025-07-31", "july": "2025-08-31"}
DAY = {"may": "2025-05-01", "june": "2025-06-01", "july": "2025-07-01"}


def stored(db, where: str) -> list[tuple[str, str, str]]:  # type: ignore[no-untyped-def]
    return db.execute(
        f'SELECT pack_id, "check", expected FROM quality.findings WHERE {where} ORDER BY pack_id, expected'
    ).fetchall()


@pytest.mark.parametrize("order", list(permutations(DAY)))
def test_findings_do_not_depend_on_the_order_of_arrival(order: tuple[str, ...]) -> None:
    db = empty()
    for pack_id in order:
        pack(db, pack_id, DAY[pack_id])
        action(db, pack_id, "7", due_on=DUE[pack_id], due_text=DUE[pack_id])
        refresh_cross_pack(db, pack_id)
    assert stored(db, "scope = 'cross_pack'") == [
        ("july", "action_due_moved", "2025-07-31"),
        ("june", "action_due_moved", "2025-06-30"),
    ]


def test_refreshing_twice_changes_nothing_and_leaves_other_findings() -> None:
    db = empty()
    for pack_id in ("may", "june"):
        pack(db, pack_id, DAY[pack_id])
        action(db, pack_id, "7", due_on=DUE[pack_id], due_text=DUE[pack_id])
    db.execute(
        "INSERT INTO quality.findings (pack_id, severity, scope, \"check\") VALUES ('june', 'info', 'pack', 'x')"
    )
    assert refresh_cross_pack(db, "june") == refresh_cross_pack(db, "june") == 1
    assert len(stored(db, "TRUE")) == 2


def test_the_meeting_before_is_the_nearest_of_the_same_board() -> None:
    db = empty()
    pack(db, "april", "2025-04-01")
    pack(db, "may", "2025-05-01")
    pack(db, "other-board", "2025-05-20", board="Scrutiny Committee")
    pack(db, "other-body", "2025-05-20", organisation="Other Council")
    pack(db, "june", "2025-06-01")
    for pack_id, due in (("april", 1), ("may", 2), ("other-board", 3), ("other-body", 4), ("june", 5)):
        action(db, pack_id, "7", due_on=f"2025-09-{due:02d}", due_text=f"{due} Sept")
    assert [f.expected for f in found(db, "june")] == ["2 Sept"]
    assert affected_packs(db, "april") == ("april", "may")
    assert affected_packs(db, "june") == ("june",)


def test_packs_without_a_date_or_an_organisation_have_no_history() -> None:
    db = empty()
    pack(db, "may", "2025-05-01", organisation=None)
    pack(db, "undated", None)
    pack(db, "june", "2025-06-01", organisation=None)
    for pack_id in ("may", "undated", "june"):
        action(db, pack_id, pack_id)
    assert checks(db, "june") == checks(db, "undated") == []


def test_a_superseded_pack_is_not_held_against() -> None:
    db = empty()
    pack(db, "may-old", "2025-05-01", superseded_by="may")
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    action(db, "may-old", "7", due_on="2025-09-01", due_text="1 Sept")
    action(db, "may", "7", due_on="2025-09-02", due_text="2 Sept")
    action(db, "june", "7", due_on="2025-09-02", due_text="2 Sept")
    assert checks(db, "june") == []
    assert checks(db, "may-old") == []
