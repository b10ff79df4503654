"""Questions from strangers: what `boardpack query` refuses, stops and cuts short."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.warehouse.packs import action, kpi, load_all, result
from warehouse import query as queries
from warehouse.errors import QueryRefused
from warehouse.query import query


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sql") / "w.duckdb"
    load_all(path, result(actions=[action("1")], kpis=[kpi("2024-12", 41.0)]))
    return path


@pytest.mark.parametrize(
    "sql",
    [
        "FROM sniff_csv('{secret}')",
        "FROM read_blob('{secret}')",
        "FROM read_text('{secret}')",
        "FROM read_json('{secret}')",
        "FROM read_csv('{secret}')",
        "FROM parquet_metadata('{secret}')",
        "FROM '{secret}'",
        "DESCRIBE SELECT * FROM read_csv('{secret}')",
        "SUMMARIZE SELECT * FROM read_csv('{secret}')",
        "FROM glob('{folder}/*')",
        "SELECT * FROM query('FROM read_text(''{secret}'')')",
        "SELECT * FROM query('COPY actions TO ''{folder}/x.csv''')",
        "SELECT * FROM query('DELETE FROM facts.actions')",
        "COPY actions TO '{folder}/x.csv'",
        "COPY (FROM read_text('{secret}')) TO '{folder}/x.csv'",
        "EXPORT DATABASE '{folder}/x'",
        "ATTACH '{folder}/x.duckdb'",
        "ATTACH ':memory:' AS x",
        "FROM 'http://127.0.0.1:{port}/x.csv'",
        "FROM read_parquet('http://127.0.0.1:{port}/x')",
        "FROM 's3://bucket/x.parquet'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{secret}'",
        "FROM duckdb_extensions()",
        "FROM duckdb_secrets()",
        "CREATE SECRET x (TYPE S3)",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET memory_limit",
        "PRAGMA enable_profiling",
        "SELECT * FROM enable_logging()",
        "SELECT * FROM force_checkpoint('boardpack')",
        "SELECT 1; COPY actions TO '{folder}/x.csv'",
        "BEGIN; DROP VIEW actions; COMMIT",
        "EXPLAIN ANALYZE COPY actions TO '{folder}/x.csv'",
        "CREATE MACRO f() AS TABLE FROM read_text('{secret}')",
        "WITH x AS (DELETE FROM facts.actions RETURNING *) FROM x",
        "UPDATE facts.actions SET action = 'nothing'",
        "PREPARE p AS DELETE FROM facts.actions",
    ],
)
def test_files_network_extensions_settings_and_writing_are_refused(held: Path, tmp_path: Path, sql: str) -> None:
    import socket

    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\ntoken-7319,2\n")
    before = held.read_bytes()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.01)
        with pytest.raises(QueryRefused) as caught:
            query(held, sql.format(secret=secret, folder=tmp_path, port=listening.getsockname()[1]))
        with pytest.raises(TimeoutError):
            listening.accept()
    assert "token-7319" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert held.read_bytes() == before
    assert os.listdir(tmp_path) == ["secret.csv"]  # noqa: PTH208


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE t AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM t) SELECT count(*) FROM t",
        "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = 7",
        "SELECT max(length(repeat('x', 100000) || r)) FROM range(100000000) t(r)",
    ],
)
def test_a_query_without_end_is_interrupted(held: Path, sql: str) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryRefused, match="was stopped"):
        query(held, sql, timeout=0.3)
    assert time.monotonic() - begun < 10


IN_TIME = """
import sys
from warehouse import query
query.TIMEOUT = -9.0
from flows.exit_status import main
sys.exit(main(["query", "--warehouse", sys.argv[1], sys.argv[2]]))
"""


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT levenshtein(repeat('a', 300000), repeat('b', 300000))",
        "SELECT 1" + " UNION ALL SELECT 1" * 6000,
    ],
    ids=["one-call", "planning"],
)
def test_what_cannot_be_interrupted_ends_with_its_process(held: Path, sql: str) -> None:
    """The command's guard rings ten seconds after the query's own timer: here one second after the start."""
    done = subprocess.run(
        [sys.executable, "-c", IN_TIME, str(held), sql], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "and was stopped" in done.stderr
    assert done.stdout == ""


def test_a_large_answer_is_cut_by_its_weight(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MAX_CHARACTERS", 1_000_000)
    answer = query(held, "SELECT repeat('x', 10000) FROM range(5000)")
    assert answer.truncated
    assert len(answer.rows) == 100
    answer = query(held, "SELECT repeat('x', 3000000)")
    assert (len(answer.rows), answer.truncated) == (1, False)
    answer = query(held, "SELECT range(100000) FROM range(100)")
    assert answer.truncated
    assert len(answer.rows) == 1


IN_LITTLE = """
import sys
from flows import guard
guard.MEMORY_BYTES = 1 << 30
from flows.exit_status import main
sys.exit(main(["query", "--warehouse", sys.argv[1], sys.argv[2]]))
"""


def test_an_answer_of_two_hundred_gigabytes_does_not_fill_the_machine(held: Path) -> None:
    sql = "SELECT repeat('x', 100000000) FROM range(2048)"
    done = subprocess.run(
        [sys.executable, "-c", IN_LITTLE, str(held), sql], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done
    assert done.stderr == "the query needs more memory than it may have; ask for fewer rows or shorter texts\n"


def test_a_slow_query_draws_nothing_into_its_answer(held: Path) -> None:
    """DuckDB draws a bar on standard output after two seconds, in a pipe too."""
    assert query(held, "SELECT current_setting('enable_progress_bar')").rows == ((False,),)
