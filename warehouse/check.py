"""Whether a warehouse still holds what was loaded.

DuckDB opens a database whose write-ahead log was zeroed, or an older copy put back, without a word. The ledger inside
and the journal outside notice.
"""

from __future__ import annotations

from pathlib import Path

from warehouse import ledger
from warehouse.connect import plainly, reading
from warehouse.workplace import Workplace, read_json


def check(path: Path) -> tuple[str, ...]:
    """What is wrong, each as a sentence; nothing where all is as it was loaded. Raises `WarehouseError`."""
    problems: list[str] = []
    with reading(path) as connection, plainly(path):
        problems += ledger.differences(connection, digests=True)
        entries = ledger.written(connection)
        unbalanced = connection.execute(
            "SELECT pack_id, table_no FROM balance WHERE NOT balanced ORDER BY ALL"
        ).fetchall()
    problems += [f"table {number} of pack {pack[:12]} has rows without one fate" for pack, number in unbalanced]
    journal = read_json(Workplace.of(path).journal)
    if journal and journal.get("digest") != ledger.summary(entries):
        problems.append(
            f"the file is not the one that was published last (that held {journal.get('packs')} packs): "
            "an older copy was put back, or the file was changed by another program"
        )
    return tuple(problems)
