"""The one door through which packs enter a warehouse."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from schemas.failure import FailureCode
from schemas.outcome import PackResult
from schemas.reference import Measure, Organisation
from warehouse import ledger, pack_rows
from warehouse.columns import insert
from warehouse.connect import attach, plainly, reading
from warehouse.cross_pack import affected_packs, refresh_cross_pack
from warehouse.dimensions import store_dimensions
from warehouse.lock import writing
from warehouse.migrate import is_current, migrate
from warehouse.pack_rows import assert_law
from warehouse.workplace import Workplace, copy_file, replace, write_json

DEFAULT_WAIT = 600.0
"""Seconds that a second ingest waits for its turn."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one pack became in the warehouse."""

    pack_id: str
    outcome: str
    """`loaded` or `loaded_with_findings`."""
    tables: int
    rows_loaded: int
    """Records stored, over all fact tables."""
    rows_quarantined: int
    findings: int
    """Errors and warnings."""
    loaded: dict[str, int] = field(default_factory=dict)
    """Fact table -> records."""
    replaced: str | None = None
    """The code version whose reading this one replaced; None where the pack is new."""
    supersedes: tuple[str, ...] = ()
    """File names of earlier publications of the same paper, now only in the `*_all` views."""


PUBLISH_AT_ONCE = 64 << 20
"""Bytes: a warehouse no larger is published after every pack; a larger one every `PUBLISH_EVERY` seconds."""
PUBLISH_EVERY = 30.0


class Loading:
    """A warehouse open for loading. One at a time, whoever asks; readers are never disturbed.

    The analysts' file is copied when the first pack is to be stored, not before: packs that are held already cost
    one look. What is stored is published whole, by putting a finished copy in the place of the file.
    """

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.connection: duckdb.DuckDBPyConnection | None = None
        self.unpublished = False
        self.published_at = time.monotonic()
        self.held: dict[str, str | None] | None = None

    def already_loaded(self, pack_id: str, code_version: str) -> bool:
        """Whether the pack is held as this code read it. Cheap: nothing is copied."""
        return self.loaded_version(pack_id) == code_version

    def loaded_version(self, pack_id: str) -> str | None:
        """The code version that read the pack as it is held now; None where it is not held."""
        if self.held is None:
            self.held = self._look()
        return self.held.get(pack_id)

    def _look(self) -> dict[str, str | None]:
        if not self.place.path.exists():
            return {}
        with reading(self.place.path) as connection:
            if not is_current(connection):
                return {}
            return dict(connection.execute("SELECT pack_id, code_version FROM raw.packs").fetchall())

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self.connection is None:
            if not self.place.loading.exists() and self.place.path.exists():
                copy_file(self.place.path, self.place.loading)
            self.connection = attach(self.place.loading, read_only=False)
            migrate(self.connection)
        return self.connection

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with plainly(self.place.path):
            connection = self._open()
            connection.execute("BEGIN").fetchall()
            try:
                yield connection
                connection.execute("COMMIT").fetchall()
            except BaseException:
                with suppress(duckdb.Error):
                    connection.execute("ROLLBACK").fetchall()
                raise
            self.unpublished = True

    def dimensions(self, *, organisations: Iterable[Organisation] = (), measures: Iterable[Measure] = ()) -> None:
        """The reference rows, replacing those there were. Nothing is written where nothing changed."""
        people, listed = list(organisations), list(measures)
        digest = hashlib.sha256(repr((people, listed)).encode()).hexdigest()
        with plainly(self.place.path):
            connection = self._open()
            found = connection.execute("SELECT value FROM house.settings WHERE name = 'dimensions'").fetchall()
        if found == [(digest,)]:
            return
        with self._transaction() as connection:
            store_dimensions(connection, people, listed)
            connection.execute("DELETE FROM house.settings WHERE name = 'dimensions'").fetchall()
            connection.execute("INSERT INTO house.settings VALUES ('dimensions', ?)", [digest]).fetchall()

    def load(
        self, result: PackResult, *, source_uri: str, started_at: datetime, force: bool = False
    ) -> LoadReport:
        """The pack stored whole, with its run, in one transaction; then published when it is cheap to.

        With the pack held as this code read it already, nothing is stored unless `force`. Raises `LawBroken` or
        `WarehouseError`, in which case nothing of the pack is stored.
        """
        assert_law(result)
        document = result.document
        before = self.loaded_version(document.pack_id)
        weighty = sum(f.severity != "info" for f in result.findings)
        outcome = "loaded_with_findings" if weighty or result.quarantine else "loaded"
        with self._transaction() as connection:
            if before == result.code_version and not force:
                return _report(result, outcome, weighty, _held_counts(result), None, ())
            seen = connection.execute(
                "SELECT first_ingested_at FROM raw.packs WHERE pack_id = ?", [document.pack_id]
            ).fetchall()
            pack_rows.remove(connection, document.pack_id)
            loaded = pack_rows.store(connection, result, source_uri, outcome, seen[0][0] if seen else None)
            superseded = pack_rows.supersede(connection, document.pack_id)
            refresh_cross_pack(connection, document.pack_id)
            _write_run(
                connection, document.pack_id, document.file_name, source_uri, started_at, outcome, None, None,
                document.n_pages, len(document.tables), sum(loaded.values()), len(result.quarantine),
                result.code_version,
            )  # fmt: skip
            ledger.write(connection, document.pack_id)
            for affected in affected_packs(connection, document.pack_id):
                ledger.write(connection, affected)
        assert self.held is not None
        self.held[document.pack_id] = result.code_version
        self._publish_if_cheap()
        replaced = before if before != result.code_version else None
        return _report(result, outcome, weighty, loaded, replaced, superseded)

    def record_failure(
        self,
        *,
        file_name: str,
        source_uri: str,
        pack_id: str | None,
        code: FailureCode,
        reason: str,
        started_at: datetime,
        seconds: float | None = None,
        code_version: str = "",
    ) -> None:
        """A run that gave no pack. What an earlier run loaded of the same bytes stays."""
        del seconds
        with self._transaction() as connection:
            _write_run(
                connection, pack_id, file_name, source_uri, started_at, "failed", code.value, reason, None, 0, 0, 0,
                code_version,
            )  # fmt: skip

    def forget(self, pack_id: str) -> None:
        """Nothing of the pack is left but its runs; an earlier publication of the same paper stands again."""
        with self._transaction() as connection:
            affected = affected_packs(connection, pack_id)
            connection.execute(
                "UPDATE raw.packs SET superseded_by = NULL WHERE superseded_by = ?", [pack_id]
            ).fetchall()
            others = connection.execute(
                "SELECT p.pack_id FROM raw.packs p JOIN raw.packs gone USING (organisation, meeting_date)"
                " WHERE gone.pack_id = ? AND p.pack_id <> ?",
                [pack_id, pack_id],
            ).fetchall()
            pack_rows.remove(connection, pack_id)
            for (other,) in others:
                pack_rows.supersede(connection, other)
            for other in affected:
                if other != pack_id:
                    refresh_cross_pack(connection, other)
                    ledger.write(connection, other)
        if self.held is not None:
            self.held.pop(pack_id, None)

    def _publish_if_cheap(self) -> None:
        small = self.place.loading.stat().st_size <= PUBLISH_AT_ONCE
        if small or time.monotonic() - self.published_at > PUBLISH_EVERY:
            self.publish()

    def publish(self) -> None:
        """All that was loaded is now in the analysts' file. Called at the end of itself."""
        if not self.unpublished:
            return
        with plainly(self.place.path):
            self._close()
            copy_file(self.place.loading, self.place.copying)
            self._note(self.place.copying)
            replace(self.place.copying, self.place.path)
        self.unpublished = False
        self.published_at = time.monotonic()

    def _note(self, database: Path) -> None:
        """The journal says what is about to be published, so that a file gone back in time is noticed."""
        connection = attach(database, read_only=True)
        try:
            entries = ledger.written(connection)
        finally:
            connection.close()
        write_json(self.place.journal, {"digest": ledger.summary(entries), "packs": len({e.pack_id for e in entries})})

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.execute("CHECKPOINT").fetchall()
            self.connection.close()
            self.connection = None

    def abandon(self) -> None:
        """Closes without publishing."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


@contextmanager
def open_for_loading(path: Path, *, wait: float = DEFAULT_WAIT) -> Iterator[Loading]:
    """The warehouse at `path` (made where there is none), held by this process alone until the block ends.

    Raises `WarehouseBusy` when another holds it for longer than `wait` seconds, `WarehouseError` where the
    folder cannot be written, the disk is full or the file is damaged.
    """
    with plainly(path):
        place = Workplace.of(path)
        with writing(place, wait):
            place.clear()
            loading = Loading(place)
            try:
                yield loading
                loading.publish()
            finally:
                loading.abandon()
                place.clear()


def _report(
    result: PackResult,
    outcome: str,
    findings: int,
    loaded: dict[str, int],
    replaced: str | None,
    superseded: tuple[str, ...],
) -> LoadReport:
    return LoadReport(
        result.document.pack_id,
        outcome,
        len(result.document.tables),
        sum(loaded.values()),
        len(result.quarantine),
        findings,
        loaded,
        replaced,
        superseded,
    )


def _held_counts(result: PackResult) -> dict[str, int]:
    return dict(Counter(record.into for record in result.records))


def _write_run(connection: duckdb.DuckDBPyConnection, *values: Any) -> None:
    pack_id, file_name, source_uri, started_at, outcome, code, reason, *counts, version = values
    started, finished = pack_rows.utc(started_at), pack_rows.utc(datetime.now().astimezone())
    insert(
        connection,
        "quality.runs",
        ("pack_id", "file_name", "source_uri", "started_at", "finished_at", "outcome", "code", "reason", "seconds",
         "pages", "tables", "rows_loaded", "rows_quarantined", "code_version"),
        [(pack_id, file_name, source_uri, started, finished, outcome, code, reason,
          max(0.0, (finished - started).total_seconds()), *counts, version)],
    )  # fmt: skip
