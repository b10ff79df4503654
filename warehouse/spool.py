"""Many readers, one loader: a reader leaves a pack as Parquet files in a folder, the loader merges what it finds there.

A spooled pack is a folder `<pack id>-<digest of the code version>` with one Parquet file a table and `pack.json`, put
under that name when it is whole. Readers need no lock and no warehouse, only the folder: a shared file system, or one
that a bucket is mounted as.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas.outcome import PackResult
from warehouse import pack_rows
from warehouse.arrival import Arrival, of_result
from warehouse.connect import plainly
from warehouse.ledger import pack_tables
from warehouse.migrate import make_tables
from warehouse.store import DEFAULT_WAIT, LoadReport, open_for_loading
from warehouse.workplace import read_json, write_json

MANIFEST = "pack.json"
UNFINISHED = "."


def spool(folder: Path, result: PackResult, *, source_uri: str, started_at: datetime) -> Path:
    """The pack's own folder in `folder`, whole. Raises `LawBroken`, `WarehouseError`."""
    arrival = of_result(result, source_uri, started_at)
    version = hashlib.sha256(arrival.code_version.encode()).hexdigest()[:12]
    target = folder / f"{arrival.pack_id}-{version}"
    fresh = folder / f"{UNFINISHED}{target.name}.{os.getpid()}"
    with plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        try:
            _write_tables(fresh, arrival)
            write_json(fresh / MANIFEST, _manifest(arrival))
            if target.exists():
                shutil.rmtree(target)
            fresh.rename(target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return target


def _write_tables(folder: Path, arrival: Arrival) -> None:
    connection = duckdb.connect(":memory:")
    try:
        make_tables(connection)
        arrival.put(connection, None)
        for table in pack_tables(connection):
            name = str(folder / f"{table}.parquet").replace("'", "''")
            connection.execute(f"COPY {table} TO '{name}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
    finally:
        connection.close()


def _manifest(arrival: Arrival) -> dict[str, object]:
    told = {name: getattr(arrival, name) for name in Arrival.__slots__ if name != "put"}
    return told | {"started_at": arrival.started_at.isoformat()}


def waiting(folder: Path) -> Iterator[tuple[Path, Arrival]]:
    """The spooled packs that are whole, in the order of their names."""
    for entry in sorted(folder.iterdir()):
        told = read_json(entry / MANIFEST) if entry.is_dir() and not entry.name.startswith(UNFINISHED) else {}
        if told:
            told["started_at"] = datetime.fromisoformat(told["started_at"])
            yield entry, Arrival(**told, put=_Putter(entry, told["pack_id"]))


class _Putter:
    """Makes a spooled pack's rows stand in the tables."""

    def __init__(self, entry: Path, pack_id: str) -> None:
        self.entry = entry
        self.pack_id = pack_id

    def __call__(self, connection: duckdb.DuckDBPyConnection, first_seen: datetime | None) -> None:
        for table in pack_tables(connection):
            file = self.entry / f"{table}.parquet"
            if file.exists():
                connection.execute(
                    f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet($1)",  # noqa: S608 - names of our own
                    [str(file)],
                ).fetchall()
        now = pack_rows.utc(datetime.now(UTC))
        connection.execute(
            "UPDATE raw.packs SET ingested_at = $2, first_ingested_at = $3 WHERE pack_id = $1",
            [self.pack_id, now, first_seen or now],
        ).fetchall()


def merge(path: Path, folder: Path, *, wait: float = DEFAULT_WAIT) -> list[LoadReport]:
    """All packs that wait in `folder` are in the warehouse at `path` and published, and gone from the folder.

    Ended at any moment, it can be begun again: a pack leaves the folder only after it was published, and one that is
    held as its reader's code read it is not stored twice.
    """
    reports, done = [], []
    with open_for_loading(path, wait=wait) as loading, plainly(folder):
        for entry, arrival in waiting(folder):
            reports.append(loading.admit(arrival))
            done.append(entry)
    clear(done)
    return reports


def clear(loaded: Iterable[Path]) -> None:
    """The folders of packs that are published are gone, and what a reader that was killed left of the same packs."""
    for entry in loaded:
        for left in (entry, *entry.parent.glob(f"{UNFINISHED}{entry.name}.*")):
            shutil.rmtree(left, ignore_errors=True)
