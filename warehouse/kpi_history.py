"""The KPI history kept ready: what the views `kpi_series`, `kpi_latest`, `kpi_restatements` and `kpi_spc` are made of.

Worked out over all packs at each question, they took a second at 600,000 values. Here a load notes which values it
touches (measure, organisation and last day of the period), and before a publication their rows are made anew: the cost
follows the pack, not the warehouse.
"""

from __future__ import annotations

from functools import cache

import duckdb

from warehouse.migrate import SQL

TABLES = ("kpi_series", "kpi_restatements")
NO_DAY = "DATE '0001-01-01'"
"""Stands for a period whose days are not known."""
STATED = f"""
    SELECT DISTINCT coalesce(n.measure_key, lower(k.measure), '') AS measure_key,
        coalesce(k.organisation, k.organisation_text, p.organisation, p.pack_id) AS organisation_key,
        coalesce(k.period_end, {NO_DAY}) AS period_end
    FROM facts.kpis k
    JOIN raw.packs p USING (pack_id)
    LEFT JOIN dimensions.measure_names n ON n.printed = k.measure
"""  # noqa: S608 - own words


@cache
def _definition(table: str) -> str:
    return (SQL / "history" / f"{table}.sql").read_text(encoding="utf-8")


def touch(connection: duckdb.DuckDBPyConnection, pack_id: str) -> None:
    """What the pack states, and what the packs state that it replaces, is made anew before the next publication."""
    connection.execute(
        f"INSERT INTO house.touched_values {STATED}"  # noqa: S608 - own words
        " WHERE k.pack_id IN (SELECT pack_id FROM raw.packs WHERE pack_id = $1 OR superseded_by = $1)",
        [pack_id],
    ).fetchall()


def touch_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Everything is made anew before the next publication: the names under which measures are followed have changed."""
    for table in TABLES:
        connection.execute(f"DELETE FROM house.{table}").fetchall()  # noqa: S608 - own names
    connection.execute(f"INSERT INTO house.touched_values {STATED}").fetchall()


def refresh(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables say what the packs say. Within the caller's transaction."""
    if not connection.execute("SELECT 1 FROM house.touched_values LIMIT 1").fetchall():
        return
    for table in TABLES:
        connection.execute(
            f"DELETE FROM house.{table} WHERE (measure_key, organisation_key, coalesce(period_end, {NO_DAY}))"  # noqa: S608
            " IN (SELECT (measure_key, organisation_key, period_end) FROM house.touched_values)"
        ).fetchall()
        connection.execute(f"INSERT INTO house.{table} BY NAME {_definition(table)}").fetchall()
    connection.execute("DELETE FROM house.touched_values").fetchall()


def differences(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Where the tables are not what the packs say, each as a sentence."""
    problems = []
    for table in TABLES:
        anew = _definition(table).replace("house.touched_values", f"({STATED})")
        ((wrong,),) = connection.execute(
            f"WITH anew AS ({anew}), held AS (SELECT * FROM house.{table})"  # noqa: S608
            " SELECT count(*) FROM ((FROM anew EXCEPT ALL FROM held) UNION ALL (FROM held EXCEPT ALL FROM anew))"
        ).fetchall()
        if wrong:
            problems.append(
                f"{table} is not what the packs say in {wrong:,} rows: the file was changed by hand or damaged; restore"
                " a copy, or move it away and ingest the packs again"
            )
    return tuple(problems)
