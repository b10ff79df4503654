"""A warehouse in memory for tests of the cross-pack checks: packs and rows of fact tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb

from warehouse.cross_pack import CrossPackFinding, cross_pack_findings
from warehouse.migrate import migrate

BODY = {"organisation": "Exampleshire Council", "board": "Cabinet"}


def empty() -> duckdb.DuckDBPyConnection:
    """A database of the right shape that holds nothing."""
    connection = duckdb.connect()
    migrate(connection)
    return connection


def insert(connection: duckdb.DuckDBPyConnection, table: str, **columns: Any) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(columns.values())).fetchall()


def pack(connection: duckdb.DuckDBPyConnection, pack_id: str, meeting_date: str | None, **columns: Any) -> None:
    insert(
        connection,
        "raw.packs",
        **{
            "pack_id": pack_id,
            "file_name": f"{pack_id}.pdf",
            "meeting_date": meeting_date,
            "first_ingested_at": "2025-01-01",
            "ingested_at": "2025-01-01",
            "outcome": "loaded",
            **BODY,
            **columns,
        },
    )


def action(connection: duckdb.DuckDBPyConnection, pack_id: str, ref: str | None, **columns: Any) -> None:
    row = connection.execute("SELECT count(*) FROM facts.actions WHERE pack_id = ?", [pack_id]).fetchall()[0][0] + 1
    given = {"action": f"Report on matter {ref}", "status": "open", "status_text": "Open", **columns}
    insert(connection, "facts.actions", pack_id=pack_id, table_no=1, row=row, page=4, ref=ref, **given)


def kpi(connection: duckdb.DuckDBPyConnection, pack_id: str, month: str, value: float | None, **columns: Any) -> None:
    row = connection.execute("SELECT count(*) FROM facts.kpis WHERE pack_id = ?", [pack_id]).fetchall()[0][0] + 1
    start = date.fromisoformat(f"{month}-01")
    end = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    given = {
        "measure": "Answered in time",
        "organisation_text": "North Trust",
        "series": "actual",
        "period_text": f"{start:%b-%y}",
        "period_start": start,
        "period_end": end,
        "value": value,
        "value_text": "n/a" if value is None else f"{value:.2f}%",
        "unit": "percent",
        **columns,
    }
    insert(
        connection,
        "facts.kpis",
        **{"pack_id": pack_id, "table_no": 2, "row": row, "page": 7, "value_col": 3, **given},
    )


def scheme(connection: duckdb.DuckDBPyConnection, pack_id: str, name: str, **columns: Any) -> None:
    row = (
        connection.execute("SELECT count(*) FROM facts.capital_schemes WHERE pack_id = ?", [pack_id]).fetchall()[0][0]
        + 1
    )
    given = {"table_no": 3, "value_gbp": 1_500_000, "value_text": "1,500", "completion": "scheduled", **columns}
    insert(
        connection,
        "facts.capital_schemes",
        pack_id=pack_id,
        row=row,
        page=9,
        scheme=name,
        **given,
    )


def found(connection: duckdb.DuckDBPyConnection, pack_id: str) -> list[CrossPackFinding]:
    return cross_pack_findings(connection, pack_id)


def checks(connection: duckdb.DuckDBPyConnection, pack_id: str) -> list[str]:
    return [finding.check for finding in found(connection, pack_id)]
