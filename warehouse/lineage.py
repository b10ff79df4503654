"""From a row of a view to the cells where it was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from warehouse.choose import chosen_pack
from warehouse.connect import plainly, reading
from warehouse.errors import WarehouseError

NAMES = ("ref", "measure", "scheme", "action", "item", "title", "organisation_text", "check", "message", "reason")
"""Columns by which people name a row, where a view has them."""
PERIODS = ("period_text", "heading")
MOST = 200
KEY = re.compile(r"([0-9a-f]{12})-(\d+)(?:-(\d+))?(?:-(\d+))?")

PLACES = """
    WITH wanted AS (
        SELECT unnest($1::INTEGER[]) AS n, unnest($2::VARCHAR[]) AS pack, unnest($3::INTEGER[]) AS page,
            unnest($4::INTEGER[]) AS table_no, unnest($5::INTEGER[]) AS "row", unnest($6::INTEGER[]) AS col
    )
    SELECT w.n, p.pack_id, p.file_name, p.meeting_date, x.page, w.table_no, w."row", w.col,
        min(x.x0), min(x.top), max(x.x1), max(x.bottom),
        string_agg(nullif(trim(x.text), ''), ' | ' ORDER BY x."row", x.col), any_value(t.method),
        any_value(t.confidence)
    FROM wanted w
    JOIN raw.packs p ON starts_with(p.pack_id, w.pack)
    JOIN raw.tables t ON t.pack_id = p.pack_id AND t.table_no = w.table_no
    JOIN raw.cells x ON x.pack_id = p.pack_id AND x.table_no = w.table_no
        AND (w."row" IS NULL OR w."row" BETWEEN x."row" AND x."row" + x.row_span - 1)
        AND (w.col IS NULL OR w.col BETWEEN x.col AND x.col + x.col_span - 1)
    GROUP BY w.n, w.page, p.pack_id, p.file_name, p.meeting_date, x.page, w.table_no, w."row", w.col
    -- A row that a merged cell joins to the page before stands on its own page.
    QUALIFY row_number() OVER (PARTITION BY w.n ORDER BY x.page IS DISTINCT FROM w.page, x.page) = 1
    ORDER BY p.meeting_date DESC NULLS LAST, p.file_name, w.table_no, w."row", w.col
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value was printed: the box round its cell, or round its row or table where it is not of one cell."""

    pack_id: str
    file_name: str
    meeting_date: date | None
    page: int
    table_no: int
    row: int | None
    col: int | None
    bbox: tuple[float, float, float, float]
    text: str | None
    method: str | None
    confidence: float | None
    values: dict[str, Any] = field(default_factory=dict)
    """The view's row: column -> value."""


def find(path: Path, view: str, key: str, *, period: str | None = None, pack: str | None = None) -> tuple[Origin, ...]:
    """The places of the rows that `key` names: the row's own `key`, or its ref, measure, scheme or title as printed.

    Exact names before parts of names, newest meeting first, no more than `MOST`. Raises `WarehouseError`.
    """
    with reading(path) as connection, plainly(path):
        columns = _columns(connection, view)
        where, values = ["TRUE"], [key]
        if pack is not None:
            values.append(chosen_pack(connection, pack)[0])
            where.append(f"v.pack_id = ${len(values)}")
        if period is not None:
            named = [name for name in PERIODS if name in columns]
            if not named:
                raise WarehouseError(f"{view} has no periods")
            values.append(period)
            where.append(f"lower(v.{named[0]}) = lower(${len(values)})")
        names = [name for name in NAMES if name in columns]
        exact = " OR ".join(f'lower(v."{name}") = lower($1)' for name in names)
        part = " OR ".join(f'contains(lower(v."{name}"), lower($1))' for name in names)
        for test in filter(None, ("v.key = $1", exact, part)):
            cursor = connection.execute(
                f'SELECT * FROM "{view}" v WHERE ({test}) AND {" AND ".join(where)} LIMIT {MOST}',  # noqa: S608
                values,
            )
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            if rows:
                return _places(connection, rows)
    return ()


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    """The view's columns, in order. The name is one of ours from here on."""
    found: dict[str, list[str]] = {}
    for name, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
        " AND database_name = current_database() ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(name, []).append(column)
    if "key" not in found.get(view, ()):
        shown = ", ".join(name for name, columns in found.items() if "key" in columns and not name.endswith("_all"))
        raise WarehouseError(f"{view!r} is no view with places on pages; there are {shown}")
    return found[view]


def _places(connection: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, Any]]) -> tuple[Origin, ...]:
    """Where the rows stand. A finding about a whole pack or page stands in no table and has no place."""
    wanted: list[tuple[Any, ...]] = []
    for n, row in enumerate(rows):
        match = KEY.fullmatch(row["key"] or "")
        if match:
            numbers = [int(part) if part else None for part in match.groups()[1:]]
            wanted.append((n, match[1], row.get("page"), *numbers))
    if not wanted:
        return ()
    found = connection.execute(PLACES, [list(column) for column in zip(*wanted, strict=True)]).fetchall()
    return tuple(_origin(place, rows[place[0]]) for place in found)


def _origin(place: tuple[Any, ...], values: dict[str, Any]) -> Origin:
    _, pack_id, file_name, meeting_date, page, table_no, row, col, x0, top, x1, bottom, text, method, confidence = place
    box = (x0, top, x1, bottom)
    return Origin(pack_id, file_name, meeting_date, page, table_no, row, col, box, text, method, confidence, values)
