"""What web addresses sent last, beside the warehouse: so that nothing is fetched twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flows.fetch_http import Got, Known
from warehouse.workplace import Workplace

ADDRESSES = """
CREATE TABLE IF NOT EXISTS addresses (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    body BLOB,
    fetched_at TEXT NOT NULL,
    checked_at TEXT NOT NULL
)
"""


def place(warehouse: Path) -> Path:
    """The record's file, in the warehouse's own hidden folder."""
    return Workplace.of(warehouse).folder / "arrivals.sqlite"


def now() -> str:
    """The moment in UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@contextmanager
def opened(warehouse: Path) -> Iterator[sqlite3.Connection]:
    """The record as a connection whose block is one transaction. Several processes may have it open."""
    path = place(warehouse)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        # SQLite's own rollback journal: to change to another kind it does not wait for those who have the file open.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(ADDRESSES)
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.close()


class Address(NamedTuple):
    """An address as it was when it was fetched last."""

    known: Known
    sha256: str
    size: int
    file_name: str
    body: bytes
    checked_at: datetime


def recall(warehouse: Path, url: str) -> Address | None:
    """What is known of the address."""
    with opened(warehouse) as connection:
        row = connection.execute("SELECT * FROM addresses WHERE url = ?", [url]).fetchone()
    if row is None:
        return None
    return Address(
        Known(row["etag"], row["last_modified"]),
        row["sha256"],
        row["size"],
        row["file_name"],
        row["body"] or b"",
        datetime.fromisoformat(row["checked_at"]),
    )


def remember(warehouse: Path, url: str, got: Got) -> None:
    """What the address sent, or that it is as it was."""
    moment = now()
    with opened(warehouse) as connection:
        if got.unchanged:
            connection.execute("UPDATE addresses SET checked_at = ? WHERE url = ?", [moment, url])
        else:
            connection.execute(
                "INSERT OR REPLACE INTO addresses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    url,
                    got.etag,
                    got.last_modified,
                    got.sha256,
                    got.size,
                    got.file_name,
                    got.body or None,
                    moment,
                    moment,
                ],
            )
