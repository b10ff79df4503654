"""The analysts' views as files: Parquet for programs, CSV and a workbook for people."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.answers import defused, plain
from warehouse.connect import reading
from warehouse.errors import WarehouseError

NOT_EXPORTED = frozenset({"cells", "lines", "pages", "row_fates", "kpi_statements", "measure_names", "runs_all"})
"""The raw material: `boardpack query` reads it."""
PARTITION_FROM = 500_000
"""Rows from which a Parquet view is a folder of one folder a meeting."""
BATCH = 10_000


def exported_views(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """All views for analysts, those of kinds that were added later among them; the newest publications only."""
    found = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'"
        " AND database_name = current_database() ORDER BY view_name"
    ).fetchall()
    return tuple(name for (name,) in found if name not in NOT_EXPORTED and not name.endswith("_all"))


def export(path: Path, out: Path, form: str) -> list[Path]:
    """The files that were written below `out`, which is made: `form` is parquet, csv or xlsx.

    CSV texts that a spreadsheet would run as a formula get a leading apostrophe; in the workbook they are typed as
    text; Parquet is exact. Raises `WarehouseError`.
    """
    from warehouse.workbook import write_workbook

    writers: dict[str, Callable[[duckdb.DuckDBPyConnection, Path], Iterator[Path]]] = {
        "parquet": _parquet,
        "csv": _csv,
        "xlsx": write_workbook,
    }
    with reading(path) as connection, _writing(out):
        out.mkdir(parents=True, exist_ok=True)
        return list(writers[form](connection, out))


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """What goes wrong with the files that are written, as a `WarehouseError` of one line."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        text = str(error)
        if any(sign in text for sign in ("No space left", "File too large", "quota")):
            raise WarehouseError(f"{out}: the disk is full; free some space and export again") from error
        if any(sign in text for sign in ("Permission denied", "Read-only", "not permitted")):
            raise WarehouseError(f"{out}: it cannot be written to; check its permissions") from error
        if isinstance(error, OSError):
            raise WarehouseError(f"{out}: {error.strerror or error}; name another folder") from error
        raise


def batches(connection: duckdb.DuckDBPyConnection, view: str) -> Iterator[list[tuple[Any, ...]]]:
    """A view's rows, some thousands at a time, in an order that does not change from export to export."""
    cursor = connection.execute(f'SELECT * FROM "{view}" ORDER BY ALL')  # noqa: S608 - names of our own
    while rows := cursor.fetchmany(BATCH):
        yield rows


def columns_of(connection: duckdb.DuckDBPyConnection, view: str) -> list[tuple[str, str]]:
    """A view's columns: (name, type)."""
    # DESCRIBE "tables" would list the database's tables.
    cursor = connection.execute(f'SELECT * FROM "{view}" LIMIT 0')  # noqa: S608 - names of our own
    columns = [(str(column[0]), str(column[1])) for column in cursor.description or []]
    cursor.fetchall()
    return columns


def _parquet(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    for view in exported_views(connection):
        folder, file = out / view, out / f"{view}.parquet"
        ((count,),) = connection.execute(f'SELECT count(*) FROM "{view}"').fetchall()  # noqa: S608
        large = count >= PARTITION_FROM and "pack_id" in dict(columns_of(connection, view))
        if large:
            source = f'SELECT v.*, p.meeting_date AS meeting FROM "{view}" v JOIN packs_all p USING (pack_id)'  # noqa: S608
            options = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (meeting)"
        else:
            source = f'SELECT * FROM "{view}" ORDER BY ALL'  # noqa: S608
            options = "FORMAT parquet, COMPRESSION zstd"
        # An earlier export's file of the same view would be read beside this one.
        if folder.is_dir():
            shutil.rmtree(folder)
        file.unlink(missing_ok=True)
        target = folder if large else file
        name = str(target).replace("'", "''")
        connection.execute(f"COPY ({source}) TO '{name}' ({options})").fetchall()
        yield target


def _csv(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    for view in exported_views(connection):
        target = out / f"{view}.csv"
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(name for name, _ in columns_of(connection, view))
            for rows in batches(connection, view):
                writer.writerows([_csv_value(v) for v in row] for row in rows)
        yield target


def _csv_value(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, (list, tuple)):
        return defused("; ".join(map(str, value)))
    return value if isinstance(value, (int, float, Decimal)) else plain(value)
