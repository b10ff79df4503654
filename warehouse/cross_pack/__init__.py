"""Checks between meetings: each pack against those of the meeting before it, as SQL over what is stored."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import duckdb

from warehouse import ledger

_FOLDER = files("warehouse.cross_pack")
_MEETINGS = "00_meetings.sql"
_INSERT = """
INSERT INTO quality.findings
    (pack_id, severity, scope, "check", message, page, table_no, "row", col, column_name, found, expected)
VALUES (?, ?, 'cross_pack', ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_OUTCOME = """
WITH told AS (
    SELECT CASE WHEN count(*) > 0 THEN 'loaded_with_findings' ELSE 'loaded' END AS outcome
    FROM quality.findings WHERE pack_id = $pack_id AND severity <> 'info'
)
UPDATE raw.packs SET outcome = told.outcome FROM told
WHERE pack_id = $pack_id AND raw.packs.outcome NOT IN ('failed', told.outcome)
RETURNING pack_id
"""


class CrossPackFinding(NamedTuple):
    """One row for `quality.findings`, scope `cross_pack`, of the pack that was asked about."""

    severity: str
    check: str
    message: str
    page: int | None
    table_no: int | None
    row: int | None
    col: int | None
    column_name: str | None
    found: str | None
    """As this pack prints it; None where it prints nothing."""
    expected: str | None
    """As the last meeting's pack printed it."""


@cache
def checks() -> tuple[tuple[str, str], ...]:
    """(file name, whole statement) of each check; all take the one parameter `$pack_id`."""
    meetings = (_FOLDER / _MEETINGS).read_text(encoding="utf-8")
    names = sorted(entry.name for entry in _FOLDER.iterdir() if entry.name.endswith(".sql"))
    return tuple(
        (name, f"WITH {meetings}\n{(_FOLDER / name).read_text(encoding='utf-8')}")
        for name in names
        if name != _MEETINGS
    )


def cross_pack_findings(connection: duckdb.DuckDBPyConnection, pack_id: str) -> list[CrossPackFinding]:
    """What the pack says otherwise than those of the meeting before; empty where there is none."""
    found: list[CrossPackFinding] = []
    for _, statement in checks():
        rows = connection.execute(statement, {"pack_id": pack_id}).fetchall()
        found += sorted((CrossPackFinding(*row) for row in rows), key=_place)
    return found


def affected_packs(connection: duckdb.DuckDBPyConnection, pack_id: str) -> tuple[str, ...]:
    """The packs whose cross-pack findings may change when this pack is stored, replaced or superseded.

    Its own meeting's, the next meeting's, and whatever of the same board still holds findings from before.
    """
    rows = connection.execute(
        """
        WITH changed AS (SELECT organisation, board, meeting_date FROM raw.packs WHERE pack_id = $pack_id)
        , same_board AS (
            SELECT p.pack_id, p.meeting_date, c.meeting_date AS changed_on
            FROM raw.packs p
            JOIN changed c ON p.organisation = c.organisation AND p.board IS NOT DISTINCT FROM c.board
            WHERE p.meeting_date IS NOT NULL AND c.meeting_date IS NOT NULL
        )
        SELECT pack_id FROM same_board
        WHERE meeting_date = changed_on
           OR meeting_date = (SELECT min(meeting_date) FROM same_board WHERE meeting_date > changed_on)
        ORDER BY meeting_date, pack_id
        """,
        {"pack_id": pack_id},
    ).fetchall()
    return tuple(row[0] for row in rows) or (pack_id,)


def refresh_cross_pack(connection: duckdb.DuckDBPyConnection, pack_id: str) -> int:
    """The cross-pack findings and the outcome of every affected pack are those of what is stored now; how many stand.

    Called inside the load's transaction, after the pack's rows are in. Packs may arrive in any order: one of an
    earlier meeting changes what the next meeting's pack is held against, and its findings are made anew.
    """
    standing = 0
    for affected in affected_packs(connection, pack_id):
        connection.execute(
            "DELETE FROM quality.findings WHERE pack_id = ? AND scope = 'cross_pack'", [affected]
        ).fetchall()
        found = cross_pack_findings(connection, affected)
        standing += len(found)
        if found:
            connection.executemany(
                _INSERT,
                [[affected, *finding] for finding in found],
            )
        if connection.execute(_OUTCOME, {"pack_id": affected}).fetchall():
            ledger.write(connection, affected)
    return standing


def _place(finding: CrossPackFinding) -> tuple[int, int, int, str]:
    return finding.table_no or 0, finding.row or 0, finding.col or 0, finding.message
