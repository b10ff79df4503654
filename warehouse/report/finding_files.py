"""Findings as files for other tools: CSV for spreadsheets, Parquet for programs."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.answers import defused
from warehouse.report.queries import Row, ask

ALL = """
    select p.organisation, p.board, p.meeting_date, p.file_name, f.*
    from findings f join packs p using (pack_id)
    order by p.meeting_date desc nulls last, p.file_name, f.page, f.table_no, f.row, f."check"
"""
COLUMNS = (
    "organisation",
    "meeting_date",
    "file_name",
    "severity",
    "scope",
    "check",
    "page",
    "table_no",
    "row",
    "column_name",
    "found",
    "expected",
    "message",
    "key",
)


def write_csv(path: Path, findings: Sequence[Row]) -> None:
    """The findings for a spreadsheet: a text that it would run as a formula gets a leading apostrophe."""
    fresh = _beside(path)
    with fresh.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for f in findings:
            writer.writerow("" if f[n] is None else defused(str(f[n])) for n in COLUMNS)
    fresh.replace(path)


def write_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Every finding of every pack, exact."""
    fresh = _beside(path)
    name = str(fresh).replace("'", "''")
    connection.execute(f"COPY ({ALL}) TO '{name}' (FORMAT parquet, COMPRESSION zstd)").fetchall()
    fresh.replace(path)


def _beside(path: Path) -> Path:
    """Where this process writes the file before it takes its place: two reports can be made at once."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def all_findings(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every finding of every pack, with whose it is."""
    return ask(connection, ALL)
