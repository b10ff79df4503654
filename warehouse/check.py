"""Whether a warehouse still holds what was loaded.

DuckDB opens a database whose write-ahead log was zeroed, or an older copy put back, without a word. The ledger inside
and the journal outside notice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse import kpi_history, ledger
from warehouse.connect import plainly, reading
from warehouse.desk import publication
from warehouse.migrate import is_current
from warehouse.workplace import Workplace, read_json


def check(path: Path) -> tuple[str, ...]:
    """What is wrong, each as a sentence; nothing where all is as it was loaded. Raises `WarehouseError`."""
    problems: list[str] = []
    with reading(path) as connection, plainly(path):
        problems += ledger.differences(connection, digests=True)
        entries = ledger.written(connection)
        number = publication(connection)
        if not problems and is_current(connection):
            problems += kpi_history.differences(connection)
        unbalanced = connection.execute(
            "SELECT pack_id, table_no FROM balance WHERE NOT balanced ORDER BY ALL"
        ).fetchall()
    problems += [f"table {number} of pack {pack[:12]} has rows without one fate" for pack, number in unbalanced]
    problems += _gone_back(read_json(Workplace.of(path).journal), number, ledger.summary(entries))
    return tuple(problems)


def _gone_back(journal: dict[str, Any], number: int, digest: str) -> list[str]:
    """A file that is older than the publication that the journal knows of, or of another content under its number."""
    told = [entry for entry in (journal.get("published"), journal.get("publishing")) if entry]
    if not told or any(entry["number"] == number and entry["digest"] == digest for entry in told):
        return []
    last = told[0]
    if number > max(entry["number"] for entry in told):
        return []
    return [
        f"the file is not the one that was published last (publication {last['number']} of {last['at']}, with"
        f" {last['packs']} packs; this is publication {number}): an older copy was put back, or the file was damaged"
    ]
