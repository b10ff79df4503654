"""Organisations and measures as the vocabulary knows them, and which printed name means which measure."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from schemas.reference import Measure, Organisation
from warehouse.columns import insert


def store_dimensions(
    connection: duckdb.DuckDBPyConnection, organisations: Sequence[Organisation], measures: Sequence[Measure]
) -> None:
    """The tables hold these and no others. Within the caller's transaction."""
    for table in ("dimensions.organisations", "dimensions.measures", "dimensions.measure_names"):
        connection.execute(f"DELETE FROM {table}").fetchall()  # noqa: S608 - own names
    insert(
        connection,
        "dimensions.organisations",
        ("name", "ods_code", "kind", "valid_from", "valid_to", "successors", "aliases"),
        [
            (o.name, o.ods_code, o.kind, o.valid_from, o.valid_to, list(o.successors), list(o.aliases))
            for o in organisations
        ],
    )
    insert(
        connection,
        "dimensions.measures",
        ("name", "unit", "better", "domain", "source", "aliases"),
        [(m.name, m.unit, m.better, m.domain, m.source, list(m.aliases)) for m in measures],
    )
    names = {spelling: m.name.lower() for m in measures for spelling in (m.name, *m.aliases)}
    insert(connection, "dimensions.measure_names", ("printed", "measure_key"), list(names.items()))
