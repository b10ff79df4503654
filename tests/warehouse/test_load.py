"""One pack, loaded: what stands in the views, what is refused, what a second reading does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.failure import FailureCode
from schemas.finding import Finding
from schemas.outcome import RowFate
from tests.warehouse.packs import NOW, action, ask, kpi, load, load_all, result, scheme, with_version
from warehouse.check import check
from warehouse.errors import LawBroken, WarehouseError
from warehouse.store import open_for_loading


def test_a_pack_stands_in_the_views_with_its_types(path: Path) -> None:
    pack = result(
        actions=[action("7", due="2025-02-28")],
        kpis=[kpi("2024-12", 93.78, unit="percent", rag="green"), kpi("2025-01", None)],
        capital_schemes=[scheme("Sea wall", 9_000_000.0, "2026-03-31")],
        quarantined=[{"measure": "Tides", "value": "140%"}],
        plain_rows=[["a", "b"], ["line one\nline two", ""]],
        findings=[Finding("warning", "row", "due_is_past", "The due date is past.", table_no=1, row=1, page=1)],
    )
    (report,) = load_all(path, pack)
    assert report.outcome == "loaded_with_findings"
    assert report.loaded == {"actions": 1, "kpis": 2, "capital_schemes": 1}
    assert (report.rows_loaded, report.rows_quarantined, report.tables, report.findings) == (4, 1, 5, 1)
    assert ask(path, "SELECT ref, due_on, status, page FROM actions") == [("7", date(2025, 2, 28), "open", 1)]
    assert ask(path, "SELECT value, unit, rag, missing FROM kpis ORDER BY period_start") == [
        (93.78, "percent", "green", None),
        (None, "number", None, "not_reported"),
    ]
    assert ask(path, "SELECT value_gbp, completion_by FROM capital_schemes") == [
        (Decimal("9000000.00"), date(2026, 3, 31))
    ]
    ((content,),) = ask(path, "SELECT content FROM quarantine")
    assert json.loads(content) == {"measure": "Tides", "value": "140%"}
    assert ask(path, 'SELECT text FROM cells WHERE table_no = 5 AND "row" = 1 AND col = 0') == [("line one\nline two",)]
    assert ask(path, 'SELECT "check", severity FROM findings') == [("due_is_past", "warning")]
    assert ask(path, "SELECT outcome, rows_loaded, rows_quarantined, tables, seconds FROM runs") == [
        ("loaded_with_findings", 4, 1, 5, 1.5)
    ]
    assert ask(path, "SELECT organisation, meeting_date, pages, outcome FROM packs") == [
        ("Saltmarsh Council", date(2025, 1, 15), 5, "loaded_with_findings")
    ]


def test_a_typed_value_reaches_its_cell_by_one_join(path: Path) -> None:
    load_all(path, result(kpis=[kpi("2024-12", 41.0), kpi("2025-01", 43.0)]))
    assert ask(
        path,
        "SELECT k.value, c.text, c.x0, c.top FROM kpis k JOIN cells c"
        ' ON (c.pack_id, c.table_no, c."row", c.col) = (k.pack_id, k.table_no, k."row", k.value_col) ORDER BY 1',
    ) == [(41.0, "41.0", 520.0, 72.0), (43.0, "43.0", 520.0, 84.0)]


def test_the_law_balances_for_every_table_with_a_kind(path: Path) -> None:
    pack = result(actions=[action("1"), action("2")], quarantined=[{"measure": "x"}], plain_rows=[["?"]])
    load_all(path, pack)
    assert ask(
        path,
        "SELECT table_no, n_rows, header_rows, loaded_rows, quarantined_rows, ignored_rows, balanced FROM balance"
        " ORDER BY table_no",
    ) == [(1, 3, 1, 2, 0, 0, True), (2, 2, 1, 0, 1, 0, True)]


@pytest.mark.parametrize(
    ("fates", "said"),
    [
        ((RowFate(1, 0, "header"),), "row 1 of table 1 has no fate"),
        ((RowFate(1, 0, "header"), RowFate(1, 1, "loaded"), RowFate(1, 1, "ignored")), "is both loaded and ignored"),
        ((RowFate(1, 0, "header"), RowFate(1, 1, "ignored", "total")), "is ignored and has 1 records"),
        ((RowFate(1, 0, "loaded"), RowFate(1, 1, "loaded")), "is loaded and has 0 records"),
        ((RowFate(1, 0, "header"), RowFate(1, 1, "loaded"), RowFate(1, 2, "ignored")), "does not exist"),
        ((RowFate(1, 0, "quarantined"), RowFate(1, 1, "loaded")), "is it in quarantine? False"),
    ],
)
def test_a_row_without_exactly_one_fate_stops_the_pack(path: Path, fates: tuple[RowFate, ...], said: str) -> None:
    pack = replace(result(actions=[action("1")]), fates=fates)
    with open_for_loading(path) as loading, pytest.raises(LawBroken, match=said.replace("?", r"\?")):
        load(loading, pack)
    assert ask(path, "SELECT count(*) FROM packs_all") == [(0,)]


def test_a_column_that_no_migration_made_stops_the_pack_and_leaves_nothing(path: Path) -> None:
    good, bad = result(actions=[action("1")]), result(actions=[action("2", colour="mauve")], file_name="b.pdf")
    with open_for_loading(path) as loading:
        load(loading, good)
        with pytest.raises(WarehouseError, match=r"b\.pdf: facts\.actions has no column colour"):
            load(loading, bad)
    assert ask(path, "SELECT ref FROM actions_all") == [("1",)]
    assert ask(path, "SELECT count(*) FROM raw.cells") == ask(path, "SELECT count(*) FROM cells")
    assert check(path) == ()


def test_a_pack_is_held_as_the_code_read_it(path: Path) -> None:
    pack = result(actions=[action("1")])
    (first,) = load_all(path, pack)
    assert first.replaced is None
    with open_for_loading(path) as loading:
        assert loading.already_loaded(pack.document.pack_id, "code-1")
        assert not loading.already_loaded(pack.document.pack_id, "code-2")
        assert loading.loaded_version("0" * 64) is None
        report = load(loading, with_version(pack, "code-2"))
        assert report.replaced == "code-1"
        assert loading.already_loaded(pack.document.pack_id, "code-2")
    assert ask(path, "SELECT count(*), max(code_version) FROM packs_all") == [(1, "code-2")]
    assert ask(path, "SELECT count(*) FROM runs") == [(2,)]
    assert ask(path, "SELECT count(*) FROM actions_all") == [(1,)]


def test_without_force_a_pack_that_is_held_is_not_stored_again(path: Path) -> None:
    pack = result(actions=[action("1")])
    load_all(path, pack)
    before = path.stat().st_ino
    load_all(path, pack)
    assert path.stat().st_ino == before
    with open_for_loading(path) as loading:
        load(loading, pack, force=True)
    assert path.stat().st_ino != before
    assert ask(path, "SELECT count(*) FROM runs") == [(2,)]
    assert ask(path, "SELECT count(*) FROM actions_all") == [(1,)]


def test_hostile_text_is_stored_as_text(path: Path) -> None:
    text = "'); DROP TABLE raw.packs; -- \x00 \ud800 \u202e <b>x</b>"
    load_all(path, result(actions=[action("1", owner=text)], file_name="a\nb'\".pdf"))
    ((owner, name),) = ask(path, "SELECT owner, file_name FROM actions JOIN packs USING (pack_id)")
    assert owner == "'); DROP TABLE raw.packs; -- � � \u202e <b>x</b>"
    assert name == "a\nb'\".pdf"


def test_failures_are_runs_and_packs_with_a_reason(path: Path) -> None:
    good = result(actions=[action("1")])
    with open_for_loading(path) as loading:
        load(loading, good)
        for pack_id in ("f" * 64, None, good.document.pack_id):
            loading.record_failure(
                file_name="scan.pdf", source_uri="/inbox/scan.pdf", pack_id=pack_id, code=FailureCode.NO_TEXT,
                reason="no page has any text", started_at=NOW,
            )  # fmt: skip
        assert not loading.already_loaded("f" * 64, "")
    assert ask(path, "SELECT pack_id, reason FROM packs WHERE outcome = 'failed'") == [
        ("f" * 64, "no page has any text")
    ]
    assert ask(path, "SELECT count(*), min(code) FROM runs WHERE outcome = 'failed'") == [(3, "no_text")]
    # What an earlier run loaded of the same bytes stays.
    assert ask(path, "SELECT count(*) FROM actions") == [(1,)]
    assert check(path) == ()


def test_a_pack_that_failed_once_can_be_loaded(path: Path) -> None:
    pack = result(actions=[action("1")])
    with open_for_loading(path) as loading:
        loading.record_failure(
            file_name="a.pdf", source_uri="a", pack_id=pack.document.pack_id, code=FailureCode.TIMED_OUT,
            reason="slow", started_at=NOW,
        )  # fmt: skip
        report = load(loading, pack)
    assert report.replaced is None
    assert ask(path, "SELECT outcome, reason FROM packs") == [("loaded", None)]
    assert check(path) == ()
