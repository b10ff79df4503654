"""From a row of a view to the cell where it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.choose import chosen_pack
from warehouse.connect import plainly, reading
from warehouse.errors import WarehouseError

NAMED_BY = {
    "actions": ("ref", "action", "item"),
    "kpis": ("measure", "organisation_text"),
    "capital_schemes": ("scheme",),
    "capital_profile": ("scheme",),
    "findings": ('"check"', "message"),
    "tables": ("title",),
    "quarantine": ("reason",),
}
"""View -> the columns by which people name its rows."""
PERIODS = {"kpis": "period_text", "capital_profile": "heading"}
MOST = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value was printed."""

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


def find(path: Path, view: str, key: str, *, period: str | None = None, pack: str | None = None) -> tuple[Origin, ...]:
    """The places of the rows that `key` names: the row's own `key`, or its ref, measure, scheme or title as printed.

    Exact names before parts of names, newest meeting first. Raises `WarehouseError`.
    """
    if view not in NAMED_BY:
        raise WarehouseError(f"{view!r} is no view with places on pages; there are {', '.join(NAMED_BY)}")
    with reading(path) as connection, plainly(path):
        where, values = "TRUE", [key]
        if pack is not None:
            where += " AND v.pack_id = $2"
            values.append(chosen_pack(connection, pack)[0])
        if period is not None:
            if view not in PERIODS:
                raise WarehouseError(f"{view} has no periods")
            where += f" AND lower(v.{PERIODS[view]}) = lower(${len(values) + 1})"
            values.append(period)
        columns = NAMED_BY[view]
        col = {"findings": "v.col", "tables": "NULL", "quarantine": "NULL"}.get(view, "v.value_col")
        row = "NULL" if view == "tables" else 'v."row"'
        for test in ("lower(v.{c}) = lower($1)", "contains(lower(v.{c}), lower($1))"):
            named = " OR ".join(test.format(c=c) for c in columns)
            if view != "tables" or test.startswith("lower"):
                named += " OR v.key = $1"
            found = connection.execute(
                f"""
                WITH chosen AS (
                    SELECT v.pack_id, v.page, v.table_no, {row} AS "row", {col} AS col FROM "{view}" v
                    WHERE ({named}) AND {where} LIMIT {MOST}
                )
                SELECT c.pack_id, p.file_name, p.meeting_date, min(x.page), c.table_no, c."row", c.col,
                    min(x.x0), min(x.top), max(x.x1), max(x.bottom),
                    string_agg(nullif(trim(x.text), ''), ' | ' ORDER BY x.col), any_value(t.method),
                    any_value(t.confidence)
                FROM chosen c
                JOIN packs_all p ON p.pack_id = c.pack_id
                JOIN tables_all t ON t.pack_id = c.pack_id AND t.table_no = c.table_no
                JOIN cells_all x ON x.pack_id = c.pack_id AND x.table_no = c.table_no
                    AND x.page = coalesce(c.page, t.page)
                    AND (c."row" IS NULL OR x."row" = c."row") AND (c.col IS NULL OR x.col = c.col)
                GROUP BY ALL
                ORDER BY p.meeting_date DESC NULLS LAST, p.file_name, c.table_no, c."row", c.col
                """,  # noqa: S608 - names of our own; what the person said is bound
                values,
            ).fetchall()
            if found:
                return tuple(_origin(r) for r in found)
    return ()


def _origin(r: tuple[Any, ...]) -> Origin:
    return Origin(r[0], r[1], r[2], r[3], r[4], r[5], r[6], (r[7], r[8], r[9], r[10]), r[11], r[12], r[13])
