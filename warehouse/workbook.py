"""The analysts' views as one workbook: typed cells, filters, frozen headings, and a first sheet that explains them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.export import batches, columns_of, exported_views
from warehouse.migrate import catalogue

SHEET_ROWS = 1_048_575
"""Rows of a sheet below its heading; what is more goes on in a second sheet."""
LONGEST = 32_767
"""Characters that a cell can hold."""
WIDEST = 60
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML, and so no workbook, may hold."""
WIDE = frozenset({"action", "comments", "message", "measure", "scheme", "text", "item", "content", "reason"})


def write_workbook(connection: duckdb.DuckDBPyConnection, out: Path) -> Iterator[Path]:
    """`boardpack.xlsx` in `out`. No text in it is a formula, whatever it begins with."""
    from openpyxl import Workbook

    target = out / "boardpack.xlsx"
    fresh = out / ".boardpack.xlsx.new"
    # Opened first: a folder that cannot be written is noticed before anything is made.
    with fresh.open("wb") as stream:
        book = Workbook(write_only=True)
        try:
            views = exported_views(connection)
            _explain(connection, book, views)
            for view in views:
                _write_view(connection, book, view)
            book.save(stream)
        except BaseException:
            fresh.unlink(missing_ok=True)
            # Sheets that are left open complain to standard error when they are collected.
            for sheet in book.worksheets:
                with suppress(Exception):
                    sheet.close()
            raise
    fresh.replace(target)
    yield target


def _new_sheet(book: Any, title: str, names: Sequence[str], widths: Sequence[int], n_rows: int) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{n_rows + 1}"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    cells = []
    for name in names:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="003087")
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _explain(connection: duckdb.DuckDBPyConnection, book: Any, views: Sequence[str]) -> None:
    """The first sheet: what each sheet and column is, from the database's own comments."""
    told = {thing.label: thing for thing in catalogue(connection)}
    rows: list[tuple[str, str | None, str | None]] = []
    for view in views:
        rows.append((view, None, told[view].comment))
        rows += [(view, name, comment) for name, _, comment in told[view].columns]
    sheet = _new_sheet(book, "About", ("sheet", "column", "what it is"), (22, 24, 120), len(rows))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _write_view(connection: duckdb.DuckDBPyConnection, book: Any, view: str) -> None:
    columns = columns_of(connection, view)
    names = [name for name, _ in columns]
    ((count,),) = connection.execute(f'SELECT count(*) FROM "{view}"').fetchall()  # noqa: S608
    widths = [WIDEST if name in WIDE else max(12, min(30, len(name) + 4)) for name in names]
    sheet: Any = None
    number = left = 0
    for rows in batches(connection, view):
        for row in rows:
            if left == 0:
                rest = min(SHEET_ROWS, count - number * SHEET_ROWS)
                number, left = number + 1, SHEET_ROWS
                title = view if number == 1 else f"{view[:26]} ({number})"
                sheet = _new_sheet(book, title, names, widths, rest)
            sheet.append([_cell(sheet, value) for value in row])
            left -= 1
    if sheet is None:
        _new_sheet(book, view, names, widths, 0)


def _cell(sheet: Any, value: Any) -> Any:
    """A value as a workbook's cell has it: numbers and dates typed, texts as texts."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or isinstance(value, (bool, int, float, date, datetime)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    text = ILLEGAL.sub("�", str(value))
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    # openpyxl takes a text that begins with "=" for a formula.
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
