"""Questions that can only read, and answers as text."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse.packs import action, kpi, load_all, result, scheme
from warehouse.answers import format_answer
from warehouse.connect import plainly
from warehouse.errors import QueryRefused, WarehouseError
from warehouse.query import Answer, query


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "w.duckdb"
    load_all(path, result(actions=[action("1")], kpis=[kpi("2024-12", 41.0)], capital_schemes=[scheme("Pier", 1.5)]))
    return path


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT ref FROM actions",
        "from actions select ref",
        "WITH a AS (SELECT ref FROM actions) SELECT * FROM a;",
        "-- the first\nSELECT ref FROM actions",
        "/* all */ SELECT ref FROM actions",
    ],
)
def test_reading_statements_are_answered(held: Path, sql: str) -> None:
    answer = query(held, sql)
    assert (answer.columns, answer.types, answer.rows) == (("ref",), ("VARCHAR",), (("1",),))


@pytest.mark.parametrize(
    "sql", ["describe actions", "summarize kpis", "show tables", "explain from actions", "explain analyze from kpis"]
)
def test_looking_at_the_shape_is_reading(held: Path, sql: str) -> None:
    assert query(held, sql).rows


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM facts.actions", "DELETE"),
        ("UPDATE facts.actions SET ref = '2'", "UPDATE"),
        ("INSERT INTO facts.actions SELECT * FROM facts.actions", "INSERT"),
        ("DROP VIEW actions", "DROP"),
        ("CREATE TABLE t (i INTEGER)", "CREATE"),
        ("CREATE TEMP TABLE t AS SELECT 1", "CREATE"),
        ("ALTER TABLE facts.actions DROP ref", "ALTER"),
        ("COPY actions TO '/tmp/stolen.csv'", "COPY"),
        ("EXPORT DATABASE '/tmp/stolen'", "EXPORT"),
        ("ATTACH '/tmp/other.duckdb'", "ATTACH"),
        ("DETACH boardpack", "DETACH"),
        ("INSTALL httpfs", "LOAD"),
        ("LOAD icu", "LOAD"),
        ("SET enable_external_access = true", "SET"),
        ("RESET memory_limit", "SET"),
        ("PRAGMA database_list", "PRAGMA"),
        ("CALL pragma_version()", "CALL"),
        ("CHECKPOINT", "CALL"),
        ("VACUUM", "VACUUM"),
        ("BEGIN", "TRANSACTION"),
        ("PREPARE p AS SELECT 1", "PREPARE"),
        ("USE memory", "SET"),
        ("EXPLAIN ANALYZE DELETE FROM facts.actions", "DELETE"),
        ("EXPLAIN ANALYZE CREATE TABLE t (i INTEGER)", "CREATE"),
        ("explain /* quietly */ analyze delete from facts.actions", ""),
        ("SELECT 1; SELECT 2", "2 statements"),
        ("SELECT 1; DROP VIEW actions", "2 statements"),
        ("", "no statement"),
        ("-- nothing", "no statement"),
        ("SELEC ref FROM actions", "not SQL"),
        ("SELECT reff FROM actions", 'column "reff" not found'),
        ("FROM read_text('/etc/passwd')", "Cannot access"),
        ("FROM read_csv('/etc/passwd')", "Cannot access"),
        ("FROM '/etc/passwd'", "does not exist"),
        ("FROM read_parquet('http://127.0.0.1/x.parquet')", "Cannot access"),
        ("FROM glob('/*')", "Cannot access"),
        ("SELECT getenv('HOME')", "does not exist"),
        ("FROM connection", "does not exist"),
        ("WITH d AS (DELETE FROM facts.actions RETURNING 1) FROM d", ""),
    ],
)
def test_anything_else_is_refused_in_one_line(held: Path, sql: str, said: str) -> None:
    before = held.read_bytes()
    with pytest.raises(QueryRefused) as caught:
        query(held, sql)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert held.read_bytes() == before


def test_a_query_without_end_is_stopped(held: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryRefused, match=r"longer than 0\.3 seconds"):
        query(
            held, "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 3", timeout=0.3
        )
    assert time.monotonic() - begun < 5


def test_a_large_answer_is_cut_and_says_so(held: Path) -> None:
    answer = query(held, "SELECT * FROM range(1000)", max_rows=10)
    assert len(answer.rows) == 10
    assert answer.truncated
    assert not query(held, "SELECT * FROM range(10)", max_rows=10).truncated


def test_a_query_that_wants_all_memory_is_refused(held: Path) -> None:
    with pytest.raises(QueryRefused):
        query(held, "SELECT length(string_agg(repeat('x', 1000000), '')) FROM range(100000)", timeout=20)


def test_where_there_is_no_warehouse(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="there is no warehouse here"):
        query(tmp_path / "none.duckdb", "SELECT 1")


def test_errors_of_the_system_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=r"No such|does not exist"), plainly(tmp_path):
        (tmp_path / "none").read_bytes()


ODD = Answer(
    ("id", "id", "text", "day", "amount", "list"),
    ("BIGINT", "BIGINT", "VARCHAR", "DATE", "DECIMAL(18,2)", "VARCHAR[]"),
    (
        (1, None, '=HYPERLINK("http://x")', date(2025, 1, 15), Decimal("9000000.00"), ["a", "b"]),
        (2, 3, "a|b\n<script>\x1b[31m\u202e", None, Decimal("0.5"), None),
    ),
)


def test_json_is_exact() -> None:
    assert json.loads(format_answer(ODD, "json")) == [
        {
            "id": 1,
            "id_2": None,
            "text": '=HYPERLINK("http://x")',
            "day": "2025-01-15",
            "amount": 9000000,
            "list": ["a", "b"],
        },
        {"id": 2, "id_2": 3, "text": "a|b\n<script>\x1b[31m\u202e", "day": None, "amount": 0.5, "list": None},
    ]
    answer = Answer(("x", "at"), ("DOUBLE", "TIMESTAMP"), ((float("nan"), datetime(2025, 1, 15, 9, 30)),))
    assert json.loads(format_answer(answer, "json")) == [{"x": None, "at": "2025-01-15T09:30:00"}]
    assert json.loads(format_answer(Answer(("x",), ("DOUBLE",), ()), "json")) == []


@pytest.mark.parametrize("live", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", " =1+1", "- see minutes"])
def test_csv_never_holds_a_live_formula(live: str) -> None:
    text = format_answer(Answer(("x",), ("VARCHAR",), ((live,),)), "csv")
    assert list(csv.reader(io.StringIO(text)))[1] == ["'" + live]


@pytest.mark.parametrize("number", ["-5.2", "+3", "-5.2%", "-£1,200", "+0.3pp", "(1,200)", "93.78%"])
def test_csv_leaves_numbers_as_they_are(number: str) -> None:
    text = format_answer(Answer(("x", "y"), ("VARCHAR", "DOUBLE"), ((number, -5.25),)), "csv")
    assert list(csv.reader(io.StringIO(text)))[1] == [number, "-5.25"]


def test_csv_has_nothing_for_null() -> None:
    assert list(csv.reader(io.StringIO(format_answer(ODD, "csv"))))[1][:2] == ["1", ""]


def test_a_table_shows_nulls_and_obeys_no_document() -> None:
    text = format_answer(ODD, "table")
    assert "NULL" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "(2 rows)" in text
    assert len(text.splitlines()) == 5


def test_a_table_too_wide_for_the_terminal_is_a_block_a_row() -> None:
    wide = Answer(tuple(f"column_{n}" for n in range(40)), ("VARCHAR",) * 40, (("x" * 30,) * 40,))
    lines = format_answer(wide, "table").splitlines()
    assert lines[0].startswith("column_0")
    assert lines[39].startswith("column_39")
    assert max(map(len, lines)) < 80


def test_markdown_is_a_table_whatever_the_text() -> None:
    lines = format_answer(ODD, "markdown").splitlines()
    assert len(lines) == 4
    assert lines[1] == "| --- | --- | --- | --- | --- | --- |"
    assert "a\\|b &lt;script>" in lines[3]
