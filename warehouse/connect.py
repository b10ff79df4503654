"""Connections to a warehouse file. Each is a database instance of its own with the file attached to it.

(`duckdb.connect(path)` hands out the instance that the process already has for that path, which after a publication
is the old file.)
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError

NAME = "boardpack"
STORAGE_VERSION = "v1.5.0"
"""The file format: tools with DuckDB 1.5 can open the warehouse."""
BLOCK_SIZE = 16384
"""Bytes. With DuckDB's own 256 KB a warehouse of one small pack takes 3.6 MB, and each publication copies them."""
FORMAT = f"STORAGE_VERSION '{STORAGE_VERSION}', BLOCK_SIZE {BLOCK_SIZE}"
"""Of a new file; one that exists keeps its own."""


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def attach(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection whose current database is the file at `path`. Raises `duckdb.Error`."""
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute("SET TimeZone = 'UTC'").fetchall()
        fresh = not path.exists() or path.stat().st_size == 0
        options = "READ_ONLY" if read_only else FORMAT if fresh else "READ_WRITE"
        connection.execute(f"ATTACH {_literal(path)} AS {NAME} ({options})").fetchall()
        connection.execute(f"USE {NAME}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the warehouse at `path`. Raises `WarehouseError` in one line."""
    path = path.expanduser()
    with plainly(path):
        if not path.is_file():
            raise WarehouseError(f"{path}: there is no warehouse here; `boardpack ingest` makes one")
        connection = attach(path, read_only=True)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """What the system or the database has to say, as a `WarehouseError` of one line."""
    try:
        yield
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: {_plain_database(error)}") from error
    except OSError as error:
        raise WarehouseError(f"{path}: {_plain_system(error)}") from error


def first_line(error: BaseException) -> str:
    """The error's first line, without the name of its class."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return text.partition("Error: ")[2] or text


def _plain_system(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full; the warehouse is as it was before; free some space and ingest again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"its folder cannot be written to ({error.strerror}); check its permissions or choose another --warehouse"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return "its folder does not exist; make it first or choose another --warehouse"
    return f"{error.strerror or error}"


def _plain_database(error: duckdb.Error) -> str:
    text = str(error)
    if "No space left" in text or "File too large" in text or "disk quota" in text.lower():
        return "the disk is full; the warehouse is as it was before; free some space and ingest again"
    if "Could not set lock" in text or "Conflicting lock" in text:
        return "another program has the file open for writing; close it there or open it read-only"
    if "not a valid DuckDB database" in text:
        return "this is not a DuckDB file; choose another --warehouse path"
    if isinstance(error, duckdb.IOException | duckdb.InternalException | duckdb.FatalException) or (
        "Corrupt" in text or "checksum" in text
    ):
        return f"the file is damaged ({first_line(error)}); restore a copy, or move it away and ingest the packs again"
    return first_line(error)
