"""What became of each file: packs that are held, and files that gave none."""

from __future__ import annotations

from pathlib import Path

from warehouse.connect import plainly, reading
from warehouse.query import Answer

STATUS = """
    SELECT date_trunc('second', r.finished_at) AS at, r.outcome, r.file_name, p.organisation, p.meeting_date, p.pages,
        r.rows_loaded, r.rows_quarantined,
        (SELECT count(*) FROM findings_all f WHERE f.pack_id = p.pack_id AND f.severity = 'error') AS errors,
        (SELECT count(*) FROM findings_all f WHERE f.pack_id = p.pack_id AND f.severity = 'warning') AS warnings,
        CASE WHEN p.superseded_by IS NOT NULL THEN 'superseded by a later publication' ELSE r.reason END AS reason,
        left(r.pack_id, 12) AS pack
    FROM runs r LEFT JOIN packs_all p ON p.pack_id = r.pack_id
    QUALIFY row_number() OVER (PARTITION BY coalesce(r.pack_id, r.source_uri) ORDER BY r.finished_at DESC) = 1
    ORDER BY r.finished_at DESC, r.file_name
"""


def status(path: Path) -> Answer:
    """One row a file that was ever given, with its last run, newest first. Raises `WarehouseError`."""
    with reading(path) as connection, plainly(path):
        cursor = connection.execute(STATUS)
        described = cursor.description or []
        rows = cursor.fetchall()
    return Answer(tuple(str(c[0]) for c in described), tuple(str(c[1]) for c in described), tuple(rows))
