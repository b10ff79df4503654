"""Questions to a warehouse: SQL that can only read."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connect import attach, first_line, plainly
from warehouse.errors import QueryRefused, WarehouseError

TIMEOUT = 60.0
MAX_ROWS = 100_000
MAX_CHARACTERS = 100_000_000
"""Of an answer's texts: a hundred thousand rows may each hold a megabyte."""
AT_ONCE = 256
"""Rows taken from the database before they are weighed."""
MEMORY = "2GB"
NO_MEMORY = "the query needs more memory than it may have; ask for fewer rows or shorter texts"
EXPLAIN = re.compile(r"\s*explain(\s+analyze)?(\s*\([^()]*\))?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A result: column names, their database types, rows. `truncated`: there were more rows than are given."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


def query(path: Path, sql: str, *, timeout: float = TIMEOUT, max_rows: int = MAX_ROWS) -> Answer:
    """The answer to one SELECT over the views. Nothing can be written, no file or address read, no extension loaded.

    Raises `QueryRefused` (not a reading statement, too long, or wrong SQL: one line) or `WarehouseError`.
    """
    path = path.expanduser()
    with plainly(path):
        if not path.is_file():
            raise WarehouseError(f"{path}: there is no warehouse here; `boardpack ingest` makes one")
        connection = attach(path, read_only=True)
    try:
        _lock_down(connection)
        _refuse_writing(connection, sql)
        with _timer(connection, timeout) as ran_out:
            return _run(connection, sql, max_rows, ran_out, timeout)
    finally:
        connection.close()


def _lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on the connection sees its own database and nothing else, and cannot be told otherwise."""
    for setting in (
        f"SET memory_limit = '{MEMORY}'",
        "SET temp_directory = ''",
        "SET python_enable_replacements = false",
        "SET enable_progress_bar = false",
        "SET autoload_known_extensions = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting).fetchall()


def _refuse_writing(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryRefused(f"this is not SQL that DuckDB understands: {first_line(error)}") from None
    if len(statements) != 1:
        count = "no statement" if not statements else f"{len(statements)} statements"
        raise QueryRefused(f"one statement at a time, please; this is {count}")
    kind = statements[0].type.name
    explained = EXPLAIN.match(sql) if kind == "EXPLAIN" else None
    if explained:
        # EXPLAIN ANALYZE runs what it explains.
        _refuse_writing(connection, sql[explained.end() :])
        return
    # What DuckDB calls SELECT includes `from kpis`, `describe` and `summarize`.
    if kind != "SELECT":
        raise QueryRefused(f"only reading is allowed, such as SELECT; this is {kind.replace('_', ' ')}")


@contextmanager
def _timer(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[threading.Event]:
    ran_out = threading.Event()

    def stop() -> None:
        ran_out.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield ran_out
    finally:
        timer.cancel()


def _run(
    connection: duckdb.DuckDBPyConnection, sql: str, max_rows: int, ran_out: threading.Event, timeout: float
) -> Answer:
    try:
        cursor = connection.execute(sql)
        described = cursor.description or []
        rows, more = _take(cursor, max_rows)
    except duckdb.InterruptException:
        raise QueryRefused(f"the query took longer than {timeout:g} seconds and was stopped") from None
    except (duckdb.OutOfMemoryException, MemoryError):
        raise QueryRefused(NO_MEMORY) from None
    except duckdb.Error as error:
        if ran_out.is_set():
            raise QueryRefused(f"the query took longer than {timeout:g} seconds and was stopped") from None
        raise QueryRefused(NO_MEMORY if "llocation" in str(error) else _plain(error)) from None
    return Answer(
        tuple(str(column[0]) for column in described),
        tuple(str(column[1]) for column in described),
        tuple(rows),
        more,
    )


def _take(cursor: duckdb.DuckDBPyConnection, max_rows: int) -> tuple[list[tuple[Any, ...]], bool]:
    """At most that many rows, fewer where their texts are long; whether there are more."""
    rows: list[tuple[Any, ...]] = []
    characters = 0
    while True:
        batch = cursor.fetchmany(AT_ONCE)
        if not batch:
            return rows, False
        for row in batch:
            characters += sum(len(value) if isinstance(value, str | bytes) else len(repr(value)) for value in row)
            if len(rows) == max_rows or (rows and characters > MAX_CHARACTERS):
                return rows, True
            rows.append(tuple(row))


def _plain(error: duckdb.Error) -> str:
    """The database's own words on one line, its hints kept, its drawing of the statement left out."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith("LINE ") and set(line) - {"^", " "}]
    text = " ".join(kept).partition("Error: ")[2] or " ".join(kept)
    return text[:400]
