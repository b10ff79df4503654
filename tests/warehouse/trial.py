"""Processes for the tests of publishing: `python -m tests.warehouse.trial load|read|hold|spool WAREHOUSE [SECONDS]`."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import duckdb

from tests.warehouse.packs import NOW, action, kpi, load, result, scheme
from warehouse.spool import spool
from warehouse.store import open_for_loading

PACKS = [
    result(
        meeting=f"2025-0{month}-15",
        file_name=f"harbour-{month}.pdf",
        lines=[f"In month {month} the harbour master said sentence {n}." for n in range(40)],
        actions=[action(str(n), due="2025-02-28") for n in range(5 + month)],
        kpis=[kpi("2024-12", float(n), f"Measure {n}") for n in range(100 * month)],
        capital_schemes=[scheme(f"Scheme {n}", 1000.0 * n) for n in range(3)],
        quarantined=[{"measure": "Tides", "value": "140%"}],
    )
    for month in (1, 2, 3)
]
TABLES = ("packs", "actions", "kpis", "capital_schemes", "quarantine", "cells", "tables", "row_fates")
COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)


def expected_rows(n: int) -> tuple[int, ...]:
    """The counts of `TABLES` when the first `n` packs are loaded."""
    packs = PACKS[:n]
    tables = [table for pack in packs for table in pack.document.tables]
    return (
        n,
        *(sum(r.into == into for p in packs for r in p.records) for into in ("actions", "kpis", "capital_schemes")),
        sum(len(pack.quarantine) for pack in packs),
        sum(len(table.cells) for table in tables),
        len(tables),
        sum(len(pack.fates) for pack in packs),
    )


def content_of(path: Path) -> tuple[tuple[int, ...], Any]:
    """Counts, and checksums of all that is the same whenever it is loaded."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"ATTACH '{path}' AS w (READ_ONLY)").fetchall()
        connection.execute("USE w").fetchall()
        (counts,) = connection.execute(COUNTS).fetchall()
        sums = [
            connection.execute(f"SELECT count(*), bit_xor(hash(t)) FROM {table}_all t").fetchall()
            for table in TABLES
            if table != "packs"
        ]
    finally:
        connection.close()
    return counts, sums


def _load(path: Path) -> None:
    print("begun", flush=True)
    with open_for_loading(path) as loading:
        for pack in PACKS:
            load(loading, pack)


def _hold(path: Path, seconds: float) -> None:
    with open_for_loading(path):
        print("held", flush=True)
        time.sleep(seconds)


def _read(path: Path) -> None:
    asked = {"stop": False}
    signal.signal(signal.SIGTERM, lambda *_: asked.update(stop=True))
    seen: set[tuple[int, ...]] = set()
    errors: list[str] = []
    reads = 0
    while not asked["stop"]:
        try:
            connection = duckdb.connect(str(path), read_only=True)
            seen.add(connection.execute(COUNTS).fetchall()[0])
            connection.close()
        except Exception as error:
            errors.append(str(error))
        reads += 1
    print(json.dumps({"reads": reads, "seen": sorted(seen), "errors": errors}))


def main() -> None:
    command, path, *more = sys.argv[1:]
    if command == "load":
        _load(Path(path))
    elif command == "spool":
        spool(Path(path), PACKS[int(more[0])], source_uri="/inbox", started_at=NOW)
    elif command == "hold":
        _hold(Path(path), float(more[0]))
    else:
        _read(Path(path))


if __name__ == "__main__":
    main()
