"""The database's shape: numbered migrations, once each and in order; views and comments whenever they differ."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb

from warehouse.columns import forget_shape
from warehouse.errors import WarehouseError

SQL = files("warehouse") / "sql"


class Migration(NamedTuple):
    """One step in the database's shape. `version` counts from 1 without a gap."""

    version: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """All migrations, in order."""
    found = []
    for entry in (SQL / "migrations").iterdir():
        match = re.fullmatch(r"(\d{4})_(\w+)\.sql", entry.name)
        if match:
            found.append(Migration(int(match[1]), match[2], entry.read_text(encoding="utf-8")))
    found.sort()
    assert [m.version for m in found] == list(range(1, len(found) + 1)), "migrations are numbered without a gap"
    return tuple(found)


@cache
def views() -> tuple[str, ...]:
    """The SQL of all views, in the order in which they build on each other."""
    entries = sorted((SQL / "views").iterdir(), key=lambda entry: entry.name)
    return tuple(entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(".sql"))


@cache
def _comments_source() -> str:
    return (SQL / "comments.toml").read_text(encoding="utf-8")


@cache
def shape_digest() -> str:
    """A digest of everything that makes the views and comments what they are."""
    parts = [m.sql for m in migrations()] + list(views()) + [_comments_source()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The last migration applied; 0 where the database is empty. Raises where it is somebody else's."""
    tables = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = current_database()"
    ).fetchall()
    if not tables:
        return 0
    if ("house.migrations",) not in tables:
        raise WarehouseError("this DuckDB file was not made by boardpack; choose another --warehouse path")
    (found,) = connection.execute("SELECT coalesce(max(version), 0) FROM house.migrations").fetchall()
    return int(found[0])


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether shape, views and comments are those of this code."""
    if schema_version(connection) != len(migrations()):
        return False
    return _setting(connection, "shape") == shape_digest()


def _setting(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    found = connection.execute("SELECT value FROM house.settings WHERE name = ?", [name]).fetchall()
    return found[0][0] if found else None


def migrate(connection: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """The database has the shape of this code; the versions applied now. One transaction: all of it, or none.

    Raises `WarehouseError` where the database is newer than this code.
    """
    have = schema_version(connection)
    wanted = migrations()
    if have > len(wanted):
        raise WarehouseError(
            f"the warehouse has the shape of a newer boardpack (version {have}, this one knows {len(wanted)}); upgrade"
        )
    todo = wanted[have:]
    if not todo and _setting(connection, "shape") == shape_digest():
        return ()
    connection.execute("BEGIN").fetchall()
    try:
        for migration in todo:
            _run(connection, migration.sql)
            connection.execute(
                "INSERT INTO house.migrations VALUES (?, ?, now()::TIMESTAMP)",
                [migration.version, migration.name],
            ).fetchall()
        for sql in views():
            _run(connection, sql)
        _comment(connection)
        connection.execute("DELETE FROM house.settings WHERE name = 'shape'").fetchall()
        connection.execute("INSERT INTO house.settings VALUES ('shape', ?)", [shape_digest()]).fetchall()
        connection.execute("COMMIT").fetchall()
    except BaseException:
        # Where the disk was full at the commit there is no transaction left to roll back.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK").fetchall()
        raise
    finally:
        forget_shape(connection)
    return tuple(migration.version for migration in todo)


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty database has the tables, without views and comments: enough to write rows on."""
    for migration in migrations():
        _run(connection, migration.sql)
    forget_shape(connection)


def _run(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    for statement in connection.extract_statements(sql):
        connection.execute(statement).fetchall()


class Commented(NamedTuple):
    """A table or view with its comment and its columns: (name, type, comment)."""

    schema: str
    name: str
    kind: str
    comment: str | None
    columns: tuple[tuple[str, str, str | None], ...]

    @property
    def label(self) -> str:
        """`kpis` for a view of the main schema, `raw.cells` otherwise."""
        return self.name if self.schema == "main" else f"{self.schema}.{self.name}"


def catalogue(connection: duckdb.DuckDBPyConnection) -> tuple[Commented, ...]:
    """Every table and view of the warehouse as the database describes it, views first."""
    objects = connection.execute(
        """
        SELECT schema_name, view_name, 'view', comment FROM duckdb_views()
        WHERE NOT internal AND database_name = current_database()
        UNION ALL
        SELECT schema_name, table_name, 'table', comment FROM duckdb_tables()
        WHERE database_name = current_database()
        ORDER BY 3 DESC, 1, 2
        """
    ).fetchall()
    columns: dict[tuple[str, str], list[tuple[str, str, str | None]]] = {}
    for schema, table, name, data_type, comment in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns()"
        " WHERE NOT internal AND database_name = current_database() ORDER BY column_index"
    ).fetchall():
        columns.setdefault((schema, table), []).append((name, data_type, comment))
    return tuple(
        Commented(schema, name, kind, comment, tuple(columns.get((schema, name), ())))
        for schema, name, kind, comment in objects
    )


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def _comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table, view and column says what it is.

    A column's comment is looked for in its own section of comments.toml, then in those that its section names in
    `like`, then (for a view of a fact) on the fact table itself, then in `[columns]`.
    """
    source: dict[str, Any] = tomllib.loads(_comments_source())
    common: Mapping[str, str] = source["columns"]
    objects = catalogue(connection)
    on_tables = {(o.label, name): comment for o in objects for name, _, comment in o.columns if comment}
    for item in objects:
        section = source.get(item.label, {})
        base = item.name.removesuffix("_all")
        likes = [*section.get("like", []), base, f"facts.{base}", f"raw.{base}", f"quality.{base}"]
        about = section.get("about") or item.comment or _about_all(source, item.name)
        if about and about != item.comment:
            target = f'{item.kind.upper()} "{item.schema}"."{item.name}"'
            connection.execute(f"COMMENT ON {target} IS {_quoted(about)}").fetchall()
        for name, _, present in item.columns:
            text = section.get(name)
            for like in likes:
                text = text or source.get(like, {}).get(name) or on_tables.get((like, name))
            text = text or present or common.get(name)
            if text and text != present:
                column = f'"{item.schema}"."{item.name}"."{name}"'
                connection.execute(f"COMMENT ON COLUMN {column} IS {_quoted(text)}").fetchall()


def _about_all(source: Mapping[str, Any], name: str) -> str | None:
    """`kpis_all` is what `kpis` is, of every publication."""
    base = source.get(name.removesuffix("_all"), {}).get("about")
    if not name.endswith("_all") or not base:
        return None
    return f"As `{name.removesuffix('_all')}`, with publications that a newer one of the same paper replaces. {base}"
