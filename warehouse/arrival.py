"""A pack on its way in: what the run says of it, and how its rows come to stand in the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from schemas.outcome import PackResult
from warehouse import dimensions, ledger, pack_rows
from warehouse.columns import insert
from warehouse.cross_pack import affected_packs, refresh_cross_pack
from warehouse.law import uphold
from warehouse.meetings import settle


@dataclass(frozen=True, slots=True)
class Arrival:
    """One pack, read. Its rows have been held to the law."""

    pack_id: str
    file_name: str
    source_uri: str
    code_version: str
    started_at: datetime
    seconds: float | None
    pages: int
    tables: int
    loaded: dict[str, int]
    """Fact table -> records."""
    quarantined: int
    findings: int
    """Errors and warnings of the reader and of the pack's own checks."""
    put: Callable[[duckdb.DuckDBPyConnection, datetime | None], None]
    """Makes the pack's rows stand in the tables; the moment is that of its first ingest, where there was one."""


def of_result(result: PackResult, source_uri: str, started_at: datetime) -> Arrival:
    """What a reader gave. Raises `LawBroken`."""
    uphold(result)

    def put(connection: duckdb.DuckDBPyConnection, first_seen: datetime | None) -> None:
        pack_rows.store(connection, result, source_uri, first_seen)

    return Arrival(
        pack_id=result.document.pack_id,
        file_name=result.document.file_name,
        source_uri=source_uri,
        code_version=result.code_version,
        started_at=started_at,
        seconds=result.seconds or None,
        pages=result.document.n_pages,
        tables=len(result.document.tables),
        loaded=dict(Counter(record.into for record in result.records)),
        quarantined=len(result.quarantine),
        findings=sum(f.severity != "info" for f in pack_rows.all_findings(result)),
        put=put,
    )


def serious(findings: Mapping[str, int]) -> int:
    """Errors and warnings among findings counted by severity."""
    return sum(count for severity, count in findings.items() if severity != "info")


def outcome_of(findings: int) -> str:
    """What `packs.outcome` says of a pack with so many errors and warnings."""
    return "loaded_with_findings" if findings else "loaded"


def store(connection: duckdb.DuckDBPyConnection, arrival: Arrival) -> tuple[dict[str, int], tuple[str, ...]]:
    """The pack, its findings against other packs, its run and its ledger. Findings by severity, and what it replaces.

    Within the caller's transaction. Whatever was held of the pack is gone.
    """
    pack_id = arrival.pack_id
    seen = connection.execute("SELECT first_ingested_at FROM raw.packs WHERE pack_id = ?", [pack_id]).fetchall()
    # A pack that changes its meeting leaves packs behind that were held against it.
    left = affected_packs(connection, pack_id) if seen else ()
    pack_rows.remove(connection, pack_id)
    arrival.put(connection, seen[0][0] if seen else None)
    dimensions.name_measures(connection, pack_id)
    superseded = settle(connection, pack_id)
    refresh_cross_pack(connection, pack_id)
    for other in set(left) - set(affected_packs(connection, pack_id)):
        refresh_cross_pack(connection, other)
    findings = dict(
        connection.execute(
            "SELECT severity, count(*) FROM quality.findings WHERE pack_id = ? GROUP BY severity", [pack_id]
        ).fetchall()
    )
    outcome = outcome_of(serious(findings))
    write_run(
        connection,
        arrival.started_at,
        arrival.seconds,
        pack_id=pack_id,
        file_name=arrival.file_name,
        source_uri=arrival.source_uri,
        outcome=outcome,
        pages=arrival.pages,
        tables=arrival.tables,
        rows_loaded=sum(arrival.loaded.values()),
        rows_quarantined=arrival.quarantined,
        code_version=arrival.code_version,
    )
    ledger.write(connection, pack_id)
    return findings, superseded


def write_run(
    connection: duckdb.DuckDBPyConnection, started_at: datetime, seconds: float | None, **values: Any
) -> None:
    """One more row of `quality.runs`, finished now. A clock that was set back gives no negative duration."""
    started, finished = pack_rows.utc(started_at), pack_rows.utc(datetime.now(UTC))
    took = seconds if seconds is not None else max(0.0, (finished - started).total_seconds())
    values |= {"started_at": started, "finished_at": finished, "seconds": took}
    insert(connection, "quality.runs", tuple(values), [tuple(values.values())])
