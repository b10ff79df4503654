"""The analysts' views as files: Parquet for programs, CSV and a workbook for people."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.answers import defused, plain
from warehouse.connect import plainly, reading
from warehouse.migrate import catalogue

VIEWS = (
    "packs", "actions", "open_actions", "overdue_actions", "action_history", "kpis", "kpi_latest", "kpi_restatements",
    "kpi_spc", "capital_schemes", "capital_profile", "capital_changes", "findings", "quarantine", "tables",
    "balance", "runs",
)  # fmt: skip
PARTITION_FROM = 500_000
"""Rows from which a Parquet view is a folder of one file a meeting."""
BATCH = 10_000
SHEET_ROWS = 1_048_575
WIDEST = 60
ILLEGAL = dict.fromkeys((*range(0, 9), 11, 12, *range(14, 32), 65534, 65535), "�")
"""Characters that no XML, and so no workbook, may hold."""


def export(path: Path, out: Path, form: str) -> list[Path]:
    """The files that were written below `out`, which is made: `form` is parquet, csv or xlsx.

    CSV and workbook texts that a spreadsheet would run as a formula get a leading apostrophe; Parquet is exact.
    Raises `WarehouseError`.
    """
    writers: dict[str, Callable[[duckdb.DuckDBPyConnection, Path], Iterator[Path]]] = {
        "parquet": _parquet,
        "csv": _csv,
        "xlsx": _workbook,
    }
    with reading(path) as connection, plainly(out):
        out.mkdir(parents=True, exist_ok=True)
        return list(writers[form](connection, out))


def _select(view: str) -> str:
    """A view's rows in an order that does not change from export to export."""
    return f'SELECT * FROM "{view}" ORDER BY ALL'  # noqa: S608 - names of our own


def _batches(connection: duckdb.DuckDBPyConnection, view: str) -> Iterator[list[tuple[Any, ...]]]:
    cursor = connection.execute(_select(view))
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    # DESCRIBE "tables" lists the database's tables.
    cursor = connection.execute(f'SELECT * FROM "{view}" LIMIT 0')  # noqa: S608 - names of our own
    names = [str(column[0]) for column in cursor.description or []]
    cursor.fetchall()
    return names


def _parquet(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    for view in VIEWS:
        (count,) = connection.execute(f'SELECT count(*) FROM "{view}"').fetchone() or (0,)  # noqa: S608
        if count >= PARTITION_FROM and "pack_id" in _columns(connection, view):
            target = out / view
            source = f'SELECT v.*, p.meeting_date AS meeting FROM "{view}" v JOIN packs_all p USING (pack_id)'  # noqa: S608
            options = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (meeting), OVERWRITE_OR_IGNORE"
        else:
            target = out / f"{view}.parquet"
            source, options = _select(view), "FORMAT parquet, COMPRESSION zstd"
        name = str(target).replace("'", "''")
        connection.execute(f"COPY ({source}) TO '{name}' ({options})").fetchall()
        yield target


def _csv(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    for view in VIEWS:
        target = out / f"{view}.csv"
        with target.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(_columns(connection, view))
            for rows in _batches(connection, view):
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


def _workbook(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _explain(connection, book)
    for view in VIEWS:
        _sheet(connection, book, view)
    target = out / "boardpack.xlsx"
    book.save(target)
    yield target


def _header(sheet: Any, names: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    cells = []
    for name in names:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="003087")
        cells.append(cell)
    sheet.append(cells)


def _explain(connection: duckdb.DuckDBPyConnection, book: Any) -> None:
    """The first sheet: what each sheet and column is, from the database's own comments."""
    sheet = book.create_sheet("About")
    _header(sheet, ("sheet", "column", "what it is"), (22, 24, 110))
    told = {thing.label: thing for thing in catalogue(connection)}
    for view in VIEWS:
        thing = told[view]
        sheet.append((view, None, thing.comment))
        for name, _, comment in thing.columns:
            sheet.append((view, name, comment))


def _sheet(connection: duckdb.DuckDBPyConnection, book: Any, view: str) -> None:
    from openpyxl.utils import get_column_letter

    names = _columns(connection, view)
    sheet = book.create_sheet(view)
    sample = connection.execute(f'SELECT * FROM "{view}" LIMIT 200').fetchall()  # noqa: S608 - names of our own
    widths = [
        min(WIDEST, max([len(name), *(len(str(row[i])) for row in sample if row[i] is not None)]) + 2)
        for i, name in enumerate(names)
    ]
    _header(sheet, names, widths)
    written = 0
    for rows in _batches(connection, view):
        for row in rows[: max(0, SHEET_ROWS - written)]:
            sheet.append([_typed(v) for v in row])
        written += len(rows)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{max(1, min(written, SHEET_ROWS) + 1)}"


def _typed(value: Any) -> Any:
    """A value as a workbook's cell has it: numbers and dates typed, texts never formulas."""
    if isinstance(value, str):
        return defused(value.translate(ILLEGAL))[:32_000]
    if isinstance(value, (list, tuple)):
        return defused("; ".join(map(str, value)).translate(ILLEGAL))[:32_000]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) and value.tzinfo:
        return value.replace(tzinfo=None)
    return value
