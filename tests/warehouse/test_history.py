"""Views with history: actions and schemes followed from meeting to meeting, values restated, papers published again."""

from __future__ import annotations

import itertools
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.outcome import PackResult
from schemas.reference import Measure, Organisation
from tests.warehouse.packs import action, ask, kpi, load, load_all, result, scheme
from warehouse.check import check
from warehouse.forget import forget
from warehouse.store import open_for_loading

JANUARY = result(
    meeting="2025-01-15",
    file_name="jan.pdf",
    actions=[
        action("1", due="2024-12-31"),
        action("2", due="2025-01-31"),
        action("3", "closing", due="2024-11-30"),
        action("4", "overdue"),
        action("5", "closed", due="2024-11-30"),
    ],
    kpis=[kpi("2024-11", 40.0), kpi("2024-12", 41.0)],
    capital_schemes=[scheme("Sea Wall – phase 2", 9_000_000.0, "2026-03-31"), scheme("Slipway", None)],
)
MARCH = result(
    meeting="2025-03-12",
    file_name="mar.pdf",
    actions=[action("1", "closed", due="2024-12-31"), action("2", due="2025-02-28"), action("6", due="2025-03-31")],
    kpis=[kpi("2024-11", 40.0), kpi("2024-12", 43.5), kpi("2025-01", None)],
    capital_schemes=[scheme("Sea wall - Phase 2", 9_400_000.0, "2026-09-30"), scheme("Slipway", None)],
)
ORDERS = list(itertools.permutations((JANUARY, MARCH)))


@pytest.mark.parametrize("packs", ORDERS)
def test_actions_are_followed_whatever_the_order_of_arrival(path: Path, packs: tuple[PackResult, ...]) -> None:
    load_all(path, *packs)
    assert ask(
        path,
        "SELECT meeting_date, state_no, change, previous_status, previous_due_on, is_latest FROM action_history"
        " WHERE ref = '2' ORDER BY 1",
    ) == [
        (date(2025, 1, 15), 1, "new", None, None, False),
        (date(2025, 3, 12), 2, "due date", "open", date(2025, 1, 31), True),
    ]
    assert ask(path, "SELECT ref, meeting_date, in_latest_log FROM open_actions ORDER BY ref") == [
        ("2", date(2025, 3, 12), True),
        ("4", date(2025, 1, 15), False),
        ("6", date(2025, 3, 12), True),
    ]


def test_overdue_is_open_past_the_due_date_at_the_meetings_date(path: Path) -> None:
    load_all(path, JANUARY)
    assert ask(path, "SELECT ref, days_overdue FROM overdue_actions ORDER BY ref") == [("1", 15), ("4", None)]
    load_all(path, MARCH)
    assert ask(path, "SELECT ref, days_overdue, meeting_date FROM overdue_actions ORDER BY ref") == [
        ("2", 12, date(2025, 3, 12)),
        ("4", None, date(2025, 1, 15)),
    ]
    assert ask(path, "SELECT ref FROM action_history WHERE overdue AND meeting_date = '2025-01-15' ORDER BY 1") == [
        ("1",),
        ("4",),
    ]


def test_an_action_due_on_the_day_of_the_meeting_is_not_overdue(path: Path) -> None:
    load_all(path, result(actions=[action("1", due="2025-01-15"), action("2", due="2025-01-14")]))
    assert ask(path, "SELECT ref FROM overdue_actions") == [("2",)]


def test_boards_and_organisations_are_not_mixed(path: Path) -> None:
    load_all(
        path,
        result(actions=[action("1")], meeting="2025-01-15"),
        result(actions=[action("1", "closed")], meeting="2025-02-15", board="Tide Committee"),
        result(actions=[action("1", "closed")], meeting="2025-02-15", organisation="Dunes Council"),
        result(actions=[action("1", "closed")], meeting="2025-02-15", organisation=None, board=None),
    )
    assert ask(path, "SELECT ref, organisation, board FROM open_actions") == [
        ("1", "Saltmarsh Council", "Harbour Board")
    ]


@pytest.mark.parametrize("packs", ORDERS)
def test_a_value_that_a_later_pack_prints_differently_is_a_restatement(
    path: Path, packs: tuple[PackResult, ...]
) -> None:
    load_all(path, *packs)
    assert ask(
        path,
        "SELECT period_text, earlier_value, value, change, rounding_only, earlier_meeting_date, meeting_date"
        " FROM kpi_restatements",
    ) == [("2024-12", 41.0, 43.5, 2.5, False, date(2025, 1, 15), date(2025, 3, 12))]
    assert ask(path, "SELECT period_text, value, missing FROM kpi_latest") == [("2025-01", None, "not_reported")]
    assert ask(path, "SELECT period_text, value FROM kpi_series ORDER BY 1") == [
        ("2024-11", 40.0),
        ("2024-12", 43.5),
        ("2025-01", None),
    ]


def test_rounding_and_markers_are_told_apart_from_restated_values(path: Path) -> None:
    load_all(
        path,
        result(
            meeting="2025-01-15",
            kpis=[
                kpi("2024-10", 93.78, value_text="93.78%"),
                kpi("2024-11", None),
                kpi("2024-12", 5.0),
                kpi("2024-12", 50.0, series="ytd"),
            ],
        ),
        result(
            meeting="2025-02-12",
            kpis=[
                kpi("2024-10", 93.8, value_text="93.8%"),
                kpi("2024-11", 7.0),
                kpi("2024-12", 5.0, "LIFEBOATS  ready"),
                kpi("2024-12", 60.0, series="ytd"),
            ],
        ),
    )
    assert ask(
        path,
        "SELECT period_text, earlier_value_text, value_text, rounding_only FROM kpi_restatements ORDER BY 1",
    ) == [("2024-10", "93.78%", "93.8%", True), ("2024-11", "NP", "7", False)]


def test_a_measure_is_followed_under_its_canonical_name(path: Path) -> None:
    with open_for_loading(path) as loading:
        load(loading, result(meeting="2025-01-15", kpis=[kpi("2024-12", 5.0, "Boats: ready")]))
        loading.dimensions(
            organisations=[Organisation("Saltmarsh NHS Trust", "RX9", successors=("Dunes NHS Trust",))],
            measures=[Measure("Lifeboats ready", aliases=("Boats – ready", "Ready boats"), better="higher")],
        )
        load(loading, result(meeting="2025-02-12", kpis=[kpi("2024-12", 6.0, "Ready boats")]))
    assert ask(path, "SELECT measure_key, earlier_value, value FROM kpi_restatements") == [
        ("Lifeboats ready", 5.0, 6.0)
    ]
    assert ask(path, "SELECT ods_code, successors FROM organisations") == [("RX9", ["Dunes NHS Trust"])]
    assert ask(path, "SELECT printed, measure_key FROM measure_names ORDER BY 1") == [
        ("Boats: ready", "Lifeboats ready"),
        ("Ready boats", "Lifeboats ready"),
    ]


def test_dimensions_that_did_not_change_write_nothing(path: Path) -> None:
    known = [Organisation("Saltmarsh NHS Trust")]
    with open_for_loading(path) as loading:
        loading.dimensions(organisations=known)
    before = path.stat().st_ino
    with open_for_loading(path) as loading:
        loading.dimensions(organisations=known)
    assert path.stat().st_ino == before


@pytest.mark.parametrize("packs", ORDERS)
def test_schemes_whose_value_or_completion_moved(path: Path, packs: tuple[PackResult, ...]) -> None:
    load_all(path, *packs)
    assert ask(
        path,
        "SELECT scheme, change, earlier_value_gbp, value_gbp, change_gbp, slip_days FROM capital_changes",
    ) == [
        (
            "Sea wall - Phase 2",
            "value and completion",
            Decimal("9000000.00"),
            Decimal("9400000.00"),
            Decimal("400000.00"),
            183,
        )
    ]


def test_a_scheme_that_drops_out_is_seen(path: Path) -> None:
    load_all(
        path,
        result(meeting="2025-01-15", capital_schemes=[scheme("Pier", 1.0), scheme("Groyne", 2.0)]),
        result(meeting="2025-03-12", capital_schemes=[scheme("Pier", 1.0)]),
    )
    assert ask(path, "SELECT scheme FROM capital_history WHERE is_latest AND NOT in_latest_list") == [("Groyne",)]
    assert ask(path, "SELECT count(*) FROM capital_changes") == [(0,)]


LINES = [f"The harbour master said sentence number {n} of the minutes." for n in range(10)]
FIRST = result(lines=LINES, actions=[action("1"), action("2")], file_name="board.pdf")
CORRECTED = result(lines=LINES, actions=[action("1"), action("2", "closed")], file_name="board-corrected.pdf")


def test_a_corrected_pack_replaces_the_earlier_one_in_the_views(path: Path) -> None:
    reports = load_all(path, FIRST, CORRECTED)
    assert [report.supersedes for report in reports] == [(), ("board.pdf",)]
    assert ask(path, "SELECT file_name FROM packs") == [("board-corrected.pdf",)]
    assert ask(path, "SELECT ref, status FROM actions ORDER BY 1") == [("1", "open"), ("2", "closed")]
    assert ask(path, "SELECT count(*) FROM actions_all") == [(4,)]
    assert ask(path, "SELECT count(*) FROM packs_all") == [(2,)]
    assert check(path) == ()


def test_the_publishers_own_date_decides_which_is_newer(path: Path) -> None:
    old = result(lines=LINES, actions=[action("1")], changed="D:20250110090000+00'00'")
    new = result(lines=LINES, actions=[action("1", "closed")], changed="D:20250112090000Z")
    load_all(path, new, old)
    assert ask(path, "SELECT status FROM actions") == [("closed",)]


def test_another_paper_of_the_same_meeting_hides_nothing(path: Path) -> None:
    risk = result(
        file_name="risk.pdf", lines=[f"Risk {n}: the quay may crack." for n in range(9)], kpis=[kpi("2024-12", 1.0)]
    )
    load_all(path, FIRST, risk)
    assert ask(path, "SELECT count(*) FROM packs") == [(2,)]
    assert ask(path, "SELECT (SELECT count(*) FROM actions), (SELECT count(*) FROM kpis)") == [(2, 1)]


def test_a_supplement_that_repeats_a_page_does_not_hide_the_pack(path: Path) -> None:
    supplement = result(file_name="supplement.pdf", lines=LINES[:2], kpis=[kpi("2024-12", 1.0)])
    load_all(path, FIRST, supplement)
    assert ask(path, "SELECT count(*) FROM packs") == [(2,)]


def test_packs_without_a_meeting_date_are_each_their_own(path: Path) -> None:
    load_all(
        path,
        result(lines=LINES, actions=[action("1")], meeting=None),
        result(lines=LINES, actions=[action("1"), action("2")], meeting=None),
    )
    assert ask(path, "SELECT count(*) FROM packs") == [(2,)]


def test_forgetting_a_correction_brings_the_earlier_pack_back(path: Path) -> None:
    load_all(path, FIRST, CORRECTED, MARCH)
    assert "board-corrected.pdf" in forget(path, "board-corrected.pdf")
    assert ask(path, "SELECT file_name FROM packs ORDER BY 1") == [("board.pdf",), ("mar.pdf",)]
    gone = CORRECTED.document.pack_id
    for (table,) in ask(
        path, "SELECT DISTINCT table_name FROM duckdb_columns() WHERE column_name = 'pack_id' AND schema_name = 'main'"
    ):
        if not table.startswith("runs"):
            assert ask(path, f'SELECT count(*) FROM "{table}" WHERE pack_id = ?', gone) == [(0,)], table
    assert ask(path, "SELECT outcome FROM runs WHERE pack_id = ? ORDER BY finished_at", gone) == [
        ("loaded",),
        ("forgotten",),
    ]
    assert check(path) == ()
    with open_for_loading(path) as loading:
        assert not loading.already_loaded(gone, "code-1")


VALUES = st.lists(
    st.tuples(
        st.integers(0, 2),  # the meeting
        st.sampled_from(["Lifeboats ready", "Boats – ready", "Gulls"]),
        st.sampled_from(["2024-11", "2024-12", None]),
        st.sampled_from([1.0, 1.04, 2.0, None]),
        st.sampled_from(["actual", "ytd"]),
    ),
    min_size=1,
    max_size=12,
)
STEPS = st.lists(st.sampled_from(["load", "again", "forget", "names"]), min_size=1, max_size=3)


@settings(max_examples=5, deadline=None)
@given(values=VALUES, steps=STEPS, order=st.permutations([0, 1, 2]))
def test_the_history_kept_ready_is_what_the_packs_say(
    blank: Path, tmp_path_factory: pytest.TempPathFactory, values: list[Any], steps: list[str], order: list[int]
) -> None:
    """Whatever is loaded, read again, taken out or renamed, in any order: as if it had been worked out anew."""
    path = tmp_path_factory.mktemp("ready") / "w.duckdb"
    shutil.copy(blank, path)
    packs = [
        result(
            meeting=f"2025-0{1 + n // 2}-15",  # the second is the first, published again
            lines=[f"A sentence that both printings share, number {i}." for i in range(30)] if n < 2 else (),
            changed=f"D:2025010{n + 1}",
            kpis=[
                kpi(period or "2024-01", value, measure, series=series)
                | ({} if period else {"period_start": None, "period_end": None})
                for meeting, measure, period, value, series in values
                if meeting == n
            ],
        )
        for n in range(3)
    ]
    load_all(path, *(packs[n] for n in order[:2]))
    for step in steps:
        with open_for_loading(path) as loading:
            if step == "load":
                load(loading, packs[order[2]])
            elif step == "again":
                load(loading, packs[order[0]], force=True)
            elif step == "forget" and loading.loaded_version(packs[order[1]].document.pack_id):
                loading.forget(packs[order[1]].document.pack_id)
            elif step == "names":
                loading.dimensions(measures=[Measure("Lifeboats ready", aliases=("Boats – ready",))])
        assert check(path) == ()
    assert ask(path, "SELECT count(*) FROM house.touched_values") == [(0,)]


def test_a_history_that_was_changed_by_hand_is_noticed(path: Path) -> None:
    load_all(path, result(kpis=[kpi("2024-12", 5.0)]))
    connection = duckdb.connect(str(path))
    connection.execute("UPDATE house.kpi_series SET value = 6").fetchall()
    connection.close()
    assert [problem.split(" in ")[0] for problem in check(path)] == ["kpi_series is not what the packs say"]
