"""What the watch has seen, fetched, loaded and failed on: kept beside the warehouse, so that a stop loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from flows.fetch_record import now, opened, place
from flows.watch_papers import Future, Paper, Sighting, State, Told

STEPS = (
    """
CREATE TABLE papers (
    source TEXT NOT NULL, uri TEXT NOT NULL, title TEXT NOT NULL, meeting TEXT NOT NULL, told TEXT NOT NULL,
    state TEXT NOT NULL, said TEXT NOT NULL, sha256 TEXT, file_name TEXT, path TEXT, mark TEXT,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, marked_at TEXT, asked_at TEXT, changed_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, read_by TEXT,
    PRIMARY KEY (source, uri)
);
CREATE TABLE looks (
    source TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL, said TEXT NOT NULL, seen INTEGER NOT NULL
);
CREATE INDEX looks_of ON looks (source, at);
CREATE TABLE meetings (
    source TEXT NOT NULL, meeting TEXT NOT NULL, organisation TEXT, board TEXT, day TEXT, title TEXT,
    PRIMARY KEY (source, meeting)
);
CREATE TABLE events (
    at TEXT NOT NULL, source TEXT NOT NULL, uri TEXT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL
);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)
""",
)
"""The record's shape, a step a change; how many were made is the database's `user_version`. Only ever added to."""


class Record:
    """The record of one warehouse. Each method is one transaction; several processes may use it."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with opened(self.warehouse) as connection:
            (made,) = connection.execute("PRAGMA user_version").fetchone()
            if made > len(STEPS):
                raise ValueError(f"{place(self.warehouse)} was made by a later boardpack; install that one")
            for step in STEPS[made:]:
                for statement in step.split(";"):
                    connection.execute(statement)
            if made < len(STEPS):
                connection.execute(f"PRAGMA user_version = {len(STEPS)}")
            yield connection

    def set(self, name: str, value: str) -> None:
        """A note that stands until it is set again."""
        with self._open() as connection:
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, value])

    def read(self, name: str) -> str | None:
        """What was set. None also where nothing was ever watched for this warehouse; then no record is made."""
        if not place(self.warehouse).is_file():
            return None
        with self._open() as connection:
            row = connection.execute("SELECT value FROM notes WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def is_first_today(self, name: str) -> bool:
        """Whether this was not asked before today (UTC)."""
        with self._open() as connection:
            row = connection.execute("SELECT value FROM notes WHERE name = ?", [name]).fetchone()
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, now()[:10]])
            connection.execute("DELETE FROM notes WHERE name LIKE '% %' AND value < date('now', '-30 days')")
        return row is None or row[0] != now()[:10]

    def note(self, seen: Iterable[Sighting]) -> None:
        """Papers that a source shows. New ones are `seen`; what is known of the others stays."""
        moment = now()
        with self._open() as connection:
            for one in seen:
                known = connection.execute(
                    "SELECT 1 FROM papers WHERE source = ? AND uri = ?", [one.source, one.uri]
                ).fetchone()
                if known:
                    connection.execute(
                        "UPDATE papers SET title = ?, meeting = ?, told = ?, last_seen = ?"
                        " WHERE source = ? AND uri = ?",
                        [one.title, one.meeting, one.told.as_json(), moment, one.source, one.uri],
                    )
                else:
                    connection.execute(
                        "INSERT INTO papers VALUES (?,?,?,?,?,'seen','',NULL,NULL,NULL,NULL,?,?,NULL,NULL,?,0,NULL)",
                        [one.source, one.uri, one.title, one.meeting, one.told.as_json(), moment, moment, moment],
                    )
                    _event(connection, one.source, one.uri, "seen", one.title)

    def get(self, source: str, uri: str) -> Paper | None:
        """The paper, where it is known."""
        with self._open() as connection:
            row = connection.execute("SELECT * FROM papers WHERE source = ? AND uri = ?", [source, uri]).fetchone()
        return _paper(row) if row else None

    def papers(self, *states: State, source: str | None = None) -> list[Paper]:
        """Papers in these states (none named: in any), in the order in which they were first seen."""
        with self._open() as connection:
            rows = connection.execute("SELECT * FROM papers ORDER BY first_seen, source, uri").fetchall()
        found = [_paper(row) for row in rows]
        return [p for p in found if (not states or p.state in states) and source in (None, p.source)]

    def mark(self, paper: Paper, mark: str) -> None:
        """The file was seen with this size and age now for the first time."""
        self._set(paper, {"mark": mark, "marked_at": now()})

    def asked(self, paper: Paper, said: str | None = None) -> None:
        """The paper's address was asked; it is as it was, or `said` is why nothing came this time."""
        self._set(paper, {"asked_at": now()} | ({"said": said} if said is not None else {}))

    def arrived(self, paper: Paper, sha256: str, file_name: str, path: Path | None) -> None:
        """The paper's file is here, with bytes that are new: it waits to be loaded."""
        values: dict[str, Any] = {"sha256": sha256, "file_name": file_name, "path": str(path) if path else None}
        self._set(paper, values | {"asked_at": now(), "tries": 0}, "waiting", "")

    def lost(self, paper: Paper) -> None:
        """The paper's file is no longer here: it is as if it had never been brought."""
        self._set(paper, {"sha256": None, "path": None, "mark": None, "asked_at": None}, "seen", "its file was removed")

    def settle(self, paper: Paper, state: State, said: str, read_by: str = "") -> None:
        """What became of the paper; the version of the code that read it, where it was read."""
        values = {"asked_at": now(), "tries": paper.tries + 1}
        self._set(paper, values | ({"read_by": read_by} if read_by else {}), state, said)

    def again(self, paper: Paper, said: str) -> None:
        """The paper waits once more, with the file that is here."""
        self._set(paper, {"tries": 0}, "waiting", said)

    def _set(self, paper: Paper, values: dict[str, Any], state: State | None = None, said: str = "") -> None:
        if state:
            values |= {"state": state, "said": said, "changed_at": now()}
        columns = ", ".join(f"{name} = ?" for name in values)
        with self._open() as connection:
            connection.execute(
                f"UPDATE papers SET {columns} WHERE source = ? AND uri = ?",  # noqa: S608 - names of our own
                [*values.values(), paper.source, paper.uri],
            )
            if state and (state, said) != (paper.state, paper.said):
                _event(connection, paper.source, paper.uri, state, said)

    def looked(self, source: str, outcome: Literal["ok", "failed"], said: str, seen: int) -> None:
        """How a look at a source ended. Looks of the last ninety days are kept."""
        with self._open() as connection:
            connection.execute("INSERT INTO looks VALUES (?, ?, ?, ?, ?)", [source, now(), outcome, said, seen])
            connection.execute("DELETE FROM looks WHERE at < strftime('%Y-%m-%dT%H:%M:%f', 'now', '-90 days')")

    def last_looks(self) -> dict[str, tuple[str, str, str, int]]:
        """source -> (moment, outcome, what was said, papers seen) of its last look."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT source, max(at), outcome, said, seen FROM looks GROUP BY source"
            ).fetchall()
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}

    def expect(self, meetings: Iterable[Future]) -> None:
        """Meetings that are known, replacing what was known of them."""
        with self._open() as connection:
            for one in meetings:
                day = one.told.day.isoformat() if one.told.day else None
                connection.execute(
                    "INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                    "organisation = coalesce(excluded.organisation, organisation), "
                    "board = coalesce(excluded.board, board), day = coalesce(excluded.day, day), "
                    "title = excluded.title",
                    [one.source, one.meeting, one.told.organisation, one.told.board, day, one.title],
                )

    def meetings(self) -> list[Future]:
        """Every meeting that is known, by day."""
        with self._open() as connection:
            rows = connection.execute("SELECT * FROM meetings ORDER BY day, source, meeting").fetchall()
        return [
            Future(
                row["source"],
                row["meeting"],
                Told(row["organisation"], row["board"], date.fromisoformat(row["day"]) if row["day"] else None),
                row["title"] or "",
            )
            for row in rows
        ]

    def events(self, since: str = "") -> list[tuple[str, str, str, str, str]]:
        """(moment, source, address, state, what was said) of each change, oldest first."""
        with self._open() as connection:
            rows = connection.execute("SELECT * FROM events WHERE at >= ? ORDER BY at", [since]).fetchall()
        return [tuple(row) for row in rows]


def _event(connection: sqlite3.Connection, source: str, uri: str, state: str, said: str) -> None:
    connection.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", [now(), source, uri, state, said])


def _paper(row: sqlite3.Row) -> Paper:
    return Paper(
        source=row["source"],
        uri=row["uri"],
        title=row["title"],
        meeting=row["meeting"],
        told=Told.of_json(row["told"]),
        state=row["state"],
        said=row["said"],
        sha256=row["sha256"],
        file_name=row["file_name"] or "",
        path=Path(row["path"]) if row["path"] else None,
        mark=row["mark"] or "",
        first_seen=row["first_seen"],
        marked_at=row["marked_at"] or "",
        asked_at=row["asked_at"] or "",
        changed_at=row["changed_at"],
        tries=row["tries"],
        read_by=row["read_by"] or "",
    )
