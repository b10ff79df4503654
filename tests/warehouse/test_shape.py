"""The database's shape: migrations in order, comments on everything, a format that others can open, the dictionary."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from schemas.reference import Organisation
from tests.warehouse.packs import action, ask, kpi, load, load_all, result
from warehouse import migrate as shape
from warehouse.check import check
from warehouse.dictionary import dictionary
from warehouse.errors import WarehouseError
from warehouse.migrate import Migration, catalogue, migrate, migrations
from warehouse.store import open_for_loading

HERE = Path(__file__).parent
FIRST = HERE / "first_version.duckdb"

CONTRACT = {
    "packs": "pack_id file_name source_uri organisation board meeting_date pages ingested_at outcome reason",
    "tables": "pack_id table_no kind kind_reason title page last_page n_rows n_cols method",
    "cells": "pack_id table_no row col row_span col_span text fill page x0 top x1 bottom",
    "actions": "pack_id table_no row page ref raised_text raised_on item action owner due_text due_on status_text"
    " status comments",
    "kpis": "pack_id table_no row page measure organisation_text organisation ods_code breakdown series period_text"
    " period_start period_end value_text value unit missing threshold_text threshold better rag trend",
    "capital_schemes": "pack_id table_no row page section scheme lead_organisation funding_source value_text value_gbp"
    " value_qualifier completion_text completion_from completion_by completion rag",
    "capital_profile": "pack_id table_no row page scheme heading financial_year amount_gbp amount_text",
    "findings": "pack_id table_no row page severity scope check column_name found expected message",
    "quarantine": "pack_id table_no row page kind content reason",
    "runs": "started_at finished_at outcome reason seconds pages tables rows_loaded rows_quarantined code_version",
}


HISTORY = "action_history open_actions overdue_actions kpi_latest kpi_restatements kpi_spc capital_changes"


@pytest.fixture
def fresh() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    migrate(connection)
    return connection


def test_the_contracts_views_have_its_columns(fresh: duckdb.DuckDBPyConnection) -> None:
    held = {thing.label: [name for name, _, _ in thing.columns] for thing in catalogue(fresh)}
    for view, columns in CONTRACT.items():
        assert set(columns.split()) <= set(held[view]), view
        assert held[view + "_all"] == held[view], view
    for view in HISTORY.split():
        assert {"pack_id", "table_no", "row", "page", "key"} <= set(held[view])


def test_columns_added_to_facts_do_not_make_joins_with_packs_or_cells_ambiguous(
    fresh: duckdb.DuckDBPyConnection,
) -> None:
    held = {thing.label: {name for name, _, _ in thing.columns} for thing in catalogue(fresh)}
    for view in ("actions", "kpis", "capital_schemes", "capital_profile"):
        own = set(CONTRACT[view].split())
        assert (held[view] - own) & (held["packs"] | set(CONTRACT["cells"].split())) == set(), view


def test_everything_has_a_comment(fresh: duckdb.DuckDBPyConnection) -> None:
    things = catalogue(fresh)
    assert len(things) > 50
    missing = [thing.label for thing in things if not thing.comment]
    missing += [f"{thing.label}.{name}" for thing in things for name, _, comment in thing.columns if not comment]
    assert missing == []


def test_the_dictionary_is_current() -> None:
    kept = (HERE.parent.parent / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert kept == dictionary(), "make it anew: python -m warehouse.dictionary docs/data-dictionary.md"


def test_periods_have_nhs_years_and_quarters(fresh: duckdb.DuckDBPyConnection) -> None:
    found = fresh.execute(
        "SELECT label, financial_year, financial_quarter, financial_month FROM periods"
        " WHERE DATE '2021-03-15' BETWEEN period_start AND period_end ORDER BY period_start DESC"
    ).fetchall()
    assert found == [
        ("Mar-21", "2020/21", "Q4", 12),
        ("Q4 2020/21", "2020/21", "Q4", None),
        ("2020/21", "2020/21", None, None),
    ]


def test_tools_with_duckdb_1_5_can_open_the_file(path: Path) -> None:
    load_all(path, result(actions=[action("1")]))
    load_all(path, result(actions=[action("2")], file_name="b.pdf"))
    ((tags,),) = ask(path, "SELECT tags FROM duckdb_databases() WHERE database_name = 'w'")
    assert tags["storage_version"].startswith("v1.5.0")


def test_a_file_of_any_name_opens_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "it's a name.duckdb"
    load_all(path, result(actions=[action("1")]))
    assert ask(path, "SELECT ref FROM open_actions") == [("1",)]


def test_the_first_versions_file_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    shutil.copy(FIRST, path)
    before = ask(path, "SELECT ref, status FROM facts.actions ORDER BY 1")
    assert before == [("1", "open"), ("2", "closed")]
    load_all(path, result(kpis=[kpi("2024-12", 5.0)], file_name="later.pdf"))
    assert ask(path, "SELECT ref, status FROM actions ORDER BY 1") == before
    assert ask(path, "SELECT value FROM kpis ORDER BY 1") == [(5.0,), (41.0,)]
    assert ask(path, "SELECT list(version ORDER BY version) FROM house.migrations") == [
        ([m.version for m in migrations()],)
    ]
    assert check(path) == ()


def test_a_migration_that_fails_leaves_the_old_shape(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_all(path, result(actions=[action("1")]))
    last = migrations()[-1].version
    broken = Migration(last + 1, "broken", "CREATE TABLE facts.risks (pack_id VARCHAR); SELECT 1 / 'x';")
    monkeypatch.setattr(shape, "migrations", lambda: (*migrations_before, broken))
    migrations_before = migrations()
    with pytest.raises(WarehouseError), open_for_loading(path) as loading:
        load(loading, result(actions=[action("2")], file_name="b.pdf"))
    assert ask(path, "SELECT max(version) FROM house.migrations") == [(last,)]
    assert ask(path, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'risks'") == [(0,)]
    assert ask(path, "SELECT ref FROM actions") == [("1",)]


def test_a_new_kind_is_one_migration_with_its_view(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_all(path, result(actions=[action("1")]))
    known = migrations()
    risks = Migration(
        known[-1].version + 1,
        "risks",
        """
        CREATE TABLE facts.risks (pack_id VARCHAR NOT NULL, table_no INTEGER NOT NULL, "row" INTEGER NOT NULL,
            page INTEGER NOT NULL, value_col INTEGER, confidence DOUBLE, risk VARCHAR, score INTEGER);
        COMMENT ON TABLE facts.risks IS 'Risks of every pack.';
        COMMENT ON COLUMN facts.risks.risk IS 'The risk, as printed.';
        COMMENT ON COLUMN facts.risks.score IS 'Likelihood times impact.';
        CREATE VIEW risks_all AS SELECT * FROM facts.risks;
        CREATE VIEW risks AS SELECT * FROM risks_all WHERE pack_id IN (SELECT pack_id FROM packs);
        COMMENT ON VIEW risks IS 'One row a risk.';
        COMMENT ON VIEW risks_all IS 'One row a risk, of every publication.';
        """,
    )
    monkeypatch.setattr(shape, "migrations", lambda: (*known, risks))
    load_all(path, result(risks=[{"risk": "The quay cracks", "score": 12}], file_name="b.pdf"))
    assert ask(path, "SELECT risk, score FROM risks") == [("The quay cracks", 12)]
    missing = ask(
        path, "SELECT table_name, column_name FROM duckdb_columns() WHERE table_name LIKE 'risks%' AND comment IS NULL"
    )
    assert missing == []
    assert check(path) == ()


def test_a_newer_warehouse_is_refused(path: Path) -> None:
    load_all(path, result(actions=[action("1")]))
    connection = duckdb.connect(str(path))
    connection.execute("INSERT INTO house.migrations VALUES (9999, 'future', now()::TIMESTAMP)").fetchall()
    connection.close()
    with pytest.raises(WarehouseError, match="newer boardpack"), open_for_loading(path) as loading:
        load(loading, result(actions=[action("2")], file_name="b.pdf"))


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    connection = duckdb.connect(str(path))
    connection.execute("CREATE TABLE sales (i INTEGER)").fetchall()
    connection.close()
    with pytest.raises(WarehouseError, match="not made by boardpack"), open_for_loading(path) as loading:
        load(loading, result(actions=[action("1")]))
    assert ask(path, "SELECT count(*) FROM sales") == [(0,)]
    path.write_bytes(b"%PDF-1.4 no database")
    with pytest.raises(WarehouseError, match="not a DuckDB file"), open_for_loading(path) as loading:
        load(loading, result(actions=[action("1")]))


def test_every_day_has_one_month_quarter_and_year(fresh: duckdb.DuckDBPyConnection) -> None:
    wrong = fresh.execute(
        "SELECT d.day FROM (SELECT unnest(generate_series(DATE '2019-01-01', DATE '2026-12-31', INTERVAL 1 DAY))::DATE"
        " AS day) d LEFT JOIN periods p ON d.day BETWEEN p.period_start AND p.period_end"
        " GROUP BY d.day HAVING list_sort(list(p.kind)) <> ['financial_year', 'month', 'quarter']"
        " OR count(DISTINCT p.financial_year) <> 1"
    ).fetchall()
    assert wrong == []
    assert fresh.execute(
        "SELECT period_start, period_end, label FROM periods WHERE kind <> 'month' AND financial_year = '2023/24'"
        " ORDER BY kind, 1"
    ).fetchall() == [
        (date(2023, 4, 1), date(2024, 3, 31), "2023/24"),
        (date(2023, 4, 1), date(2023, 6, 30), "Q1 2023/24"),
        (date(2023, 7, 1), date(2023, 9, 30), "Q2 2023/24"),
        (date(2023, 10, 1), date(2023, 12, 31), "Q3 2023/24"),
        (date(2024, 1, 1), date(2024, 3, 31), "Q4 2023/24"),
    ]
    assert fresh.execute(
        "SELECT label FROM periods WHERE kind = 'financial_year' AND label LIKE '1999%'"
    ).fetchall() == [("1999/00",)]


def test_organisations_have_validity_and_successors(path: Path) -> None:
    with open_for_loading(path) as loading:
        loading.dimensions(
            organisations=[
                Organisation("Saltmarsh CCG", "09X", valid_to="2022-06-30", successors=("Coast ICB", "Dunes ICB")),
                Organisation("Coast ICB", "QX9", valid_from="2022-07-01"),
            ]
        )
    assert ask(path, "SELECT name, valid_from, valid_to FROM organisations ORDER BY name") == [
        ("Coast ICB", date(2022, 7, 1), None),
        ("Saltmarsh CCG", None, date(2022, 6, 30)),
    ]
    # Who answers today for what a predecessor printed.
    assert ask(
        path,
        "SELECT s.name FROM organisations o, unnest(o.successors) AS u(name) JOIN organisations s ON s.name = u.name"
        " WHERE o.name = 'Saltmarsh CCG'",
    ) == [("Coast ICB",)]
