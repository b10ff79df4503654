"""Counts and digests of what each pack left in each table, written with it and counted again by `check`."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import duckdb

from warehouse.columns import column_types, insert, shape

HOLDING = ("raw.", "facts.", "quality.")
_APART = {"raw.packs": ("superseded_by",)}
"""A later publication changes this column of an earlier pack's row."""
_WHERE = {"quality.findings": " AND scope <> 'cross_pack'"}
"""Findings across packs are made again whenever one of the packs changes."""


class Entry(NamedTuple):
    """How many rows one table holds of one pack, and the sum of their MD5 numbers."""

    pack_id: str
    table: str
    n_rows: int
    digest: int


def pack_tables(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """All tables that hold a pack's rows, but for `quality.runs`, which outlives them."""
    return tuple(
        table
        for table, columns in shape(connection).items()
        if "pack_id" in columns and table.startswith(HOLDING) and table != "quality.runs"
    )


def count(connection: duckdb.DuckDBPyConnection, pack_id: str | None = None) -> tuple[Entry, ...]:
    """The entries as the tables are now, of one pack or of all. Tables that hold nothing of a pack give none."""
    entries: list[Entry] = []
    for table in pack_tables(connection):
        columns = [name for name in column_types(connection, table) if name not in _APART.get(table, ())]
        content = ", ".join(f't."{name}"::VARCHAR' for name in columns)
        where = ("pack_id = $1" if pack_id else "TRUE") + _WHERE.get(table, "")
        found = connection.execute(
            f"SELECT pack_id, count(*), sum(md5_number_lower([{content}]::VARCHAR))::HUGEINT"  # noqa: S608
            f" FROM {table} t WHERE {where} GROUP BY pack_id",
            [pack_id] if pack_id else [],
        ).fetchall()
        entries.extend(Entry(pack, table, n, int(digest)) for pack, n, digest in found)
    return tuple(sorted(entries))


def write(connection: duckdb.DuckDBPyConnection, pack_id: str | None = None) -> None:
    """The ledger says what the tables hold now, for one pack or for all. Within the caller's transaction."""
    if pack_id is None:
        connection.execute("DELETE FROM house.ledger").fetchall()
    else:
        connection.execute("DELETE FROM house.ledger WHERE pack_id = ?", [pack_id]).fetchall()
    insert(connection, "house.ledger", ("pack_id", "table_name", "n_rows", "digest"), count(connection, pack_id))


def written(connection: duckdb.DuckDBPyConnection) -> tuple[Entry, ...]:
    """The ledger's entries."""
    found = connection.execute("SELECT pack_id, table_name, n_rows, digest FROM house.ledger").fetchall()
    return tuple(sorted(Entry(pack, table, n, int(digest)) for pack, table, n, digest in found))


def summary(entries: tuple[Entry, ...]) -> str:
    """One digest of all entries."""
    return hashlib.sha256(repr([tuple(entry) for entry in entries]).encode()).hexdigest()


def differences(connection: duckdb.DuckDBPyConnection, *, digests: bool) -> tuple[str, ...]:
    """Where the tables are not what the ledger says, each as a sentence. Without `digests` only rows are counted."""
    told = {(e.pack_id, e.table): e for e in written(connection)}
    if digests:
        held = {(e.pack_id, e.table): e for e in count(connection)}
    else:
        held = {}
        for table in pack_tables(connection):
            where = _WHERE.get(table, "").replace(" AND", "WHERE", 1)
            for pack, n in connection.execute(
                f"SELECT pack_id, count(*) FROM {table} {where} GROUP BY pack_id"  # noqa: S608
            ).fetchall():
                held[pack, table] = Entry(pack, table, n, 0)
    problems = []
    for pack, table in sorted(told.keys() | held.keys()):
        expected, found = told.get((pack, table)), held.get((pack, table))
        if (expected.n_rows if expected else 0) != (found.n_rows if found else 0):
            problems.append(
                f"{table} holds {found.n_rows if found else 0} rows of pack {pack[:12]} where"
                f" {expected.n_rows if expected else 0} were loaded"
            )
        elif digests and expected and found and expected.digest != found.digest:
            problems.append(f"{table} holds rows of pack {pack[:12]} that are not those that were loaded")
    return tuple(problems)
