"""The one door through which packs enter a warehouse."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from schemas.failure import FailureCode
from schemas.outcome import PackResult
from schemas.reference import Measure, Organisation
from warehouse import dimensions, files, ledger, pack_rows
from warehouse.arrival import Arrival, of_result, outcome_of, serious, store, write_run
from warehouse.connect import plainly, reading
from warehouse.cross_pack import affected_packs, refresh_cross_pack
from warehouse.desk import Desk
from warehouse.errors import WarehouseError
from warehouse.lock import writing
from warehouse.meetings import settle_meeting
from warehouse.migrate import is_current, schema_version
from warehouse.workplace import Workplace

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
    """Errors and warnings, those against the meeting before included."""
    by_severity: dict[str, int] = field(default_factory=dict)
    """Severity -> findings of the pack, as `findings` holds them after this load; empty where nothing was stored."""
    loaded: dict[str, int] = field(default_factory=dict)
    """Fact table -> records."""
    replaced: str | None = None
    """The code version whose reading this one replaced; None where the pack is new."""
    supersedes: tuple[str, ...] = ()
    """File names of earlier publications of the same paper, now only in the `*_all` views."""


SHARE = 10.0
"""Publishing between packs takes at most one part in this many of the time that passes."""


class Loading:
    """A warehouse open for loading. One at a time, whoever asks; readers are never disturbed.

    The analysts' file is copied when the first pack is to be stored, not before: packs that are held already cost
    one look. What is stored is published whole, by putting a finished copy in the place of the file: after each pack
    while that is quick, less often when it is not, and at the end.
    """

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.desk = Desk(place)
        self.held: dict[str, str] | None = None
        self.published_at = time.monotonic()
        self.cost = 0.0
        self.waiting: list[str] = []

    def already_loaded(self, pack_id: str, code_version: str) -> bool:
        """Whether the pack is held as this code read it. Cheap: nothing is copied."""
        return self.loaded_version(pack_id) == code_version

    def loaded_version(self, pack_id: str) -> str | None:
        """The code version that read the pack as it is held now; None where it is not held."""
        return self._held().get(pack_id)

    def _held(self) -> dict[str, str]:
        if self.held is None:
            self.held = {}
            if _holds_something(self.place.path):
                with reading(self.place.path) as connection:
                    if schema_version(connection):
                        self.held = dict(connection.execute(HELD).fetchall())
        return self.held

    @contextmanager
    def _transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._told(), plainly(self.place.path), self.desk.transaction() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Where the loader's copy had to be given up, the error names the packs that went with it."""
        try:
            yield
        except WarehouseError as error:
            lost, self.waiting = self.waiting, []
            if self.desk.connection is None:
                self.held = None
                if lost:
                    raise WarehouseError(f"{error} (not stored: {', '.join(lost)})") from error
            else:
                self.waiting = lost
            raise

    def dimensions(self, *, organisations: Iterable[Organisation] = (), measures: Iterable[Measure] = ()) -> None:
        """The reference rows, replacing those there were. Nothing is written where nothing changed."""
        bodies, listed = tuple(organisations), tuple(measures)
        digest = dimensions.digest(bodies, listed)
        if self._known_dimensions() == digest:
            return
        with self._transaction() as connection:
            dimensions.store_dimensions(connection, bodies, listed)
            connection.execute("DELETE FROM house.settings WHERE name = 'dimensions'").fetchall()
            connection.execute("INSERT INTO house.settings VALUES ('dimensions', ?)", [digest]).fetchall()

    def _known_dimensions(self) -> str | None:
        asked = "SELECT value FROM house.settings WHERE name = 'dimensions'"
        if self.desk.connection is not None:
            found = self.desk.connection.execute(asked).fetchall()
        elif _holds_something(self.place.path):
            with reading(self.place.path) as connection:
                found = connection.execute(asked).fetchall() if is_current(connection) else []
        else:
            return None
        return found[0][0] if found else None

    def load(self, result: PackResult, *, source_uri: str, started_at: datetime, force: bool = False) -> LoadReport:
        """The pack stored whole, with its run, in one transaction; then published when it is cheap to.

        With the pack held as this code read it already, nothing is stored unless `force`. Raises `LawBroken` or
        `WarehouseError`, in which case nothing of the pack is stored; where the disk is full, the error also names
        packs that waited to be published and are lost with it.
        """
        return self.admit(of_result(result, source_uri, started_at), force=force)

    def admit(self, arrival: Arrival, *, force: bool = False) -> LoadReport:
        """As `load`, for a pack that another process has read and spooled."""
        before = self.loaded_version(arrival.pack_id)
        findings = arrival.findings
        by_severity: dict[str, int] = {}
        superseded: tuple[str, ...] = ()
        if force or before != arrival.code_version:
            with self._transaction() as connection:
                by_severity, superseded = store(connection, arrival)
            findings = serious(by_severity)
            self._held()[arrival.pack_id] = arrival.code_version
            self.waiting.append(arrival.file_name)
            self._publish_when_cheap()
        return LoadReport(
            pack_id=arrival.pack_id,
            outcome=outcome_of(findings),
            tables=arrival.tables,
            rows_loaded=sum(arrival.loaded.values()),
            rows_quarantined=arrival.quarantined,
            findings=findings,
            by_severity=by_severity,
            loaded=dict(arrival.loaded),
            replaced=before if before != arrival.code_version else None,
            supersedes=superseded,
        )

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
        with self._transaction() as connection:
            write_run(
                connection,
                started_at,
                seconds,
                pack_id=pack_id,
                file_name=file_name,
                source_uri=source_uri,
                outcome="failed",
                code=code.value,
                reason=reason,
                code_version=code_version,
            )
            if pack_id and self.loaded_version(pack_id) is None:
                pack_rows.store_failed(connection, pack_id, file_name, source_uri, reason, code_version)
                ledger.write(connection, pack_id)
        self._publish_when_cheap()

    def forget(self, pack_id: str) -> None:
        """Nothing of the pack is left but its runs; an earlier publication of the same paper stands again."""
        with self._transaction() as connection:
            ((file_name, source_uri, *meeting),) = connection.execute(
                "SELECT file_name, source_uri, organisation, board, meeting_date FROM raw.packs WHERE pack_id = ?",
                [pack_id],
            ).fetchall()
            affected = [other for other in affected_packs(connection, pack_id) if other != pack_id]
            pack_rows.remove(connection, pack_id)
            connection.execute(
                "UPDATE raw.packs SET superseded_by = NULL WHERE superseded_by = ?", [pack_id]
            ).fetchall()
            settle_meeting(connection, *meeting)
            for other in affected:
                refresh_cross_pack(connection, other)
            write_run(
                connection,
                datetime.now(UTC),
                0.0,
                pack_id=pack_id,
                file_name=file_name,
                source_uri=source_uri,
                outcome="forgotten",
                reason="taken out of the warehouse by hand",
            )
        self._held().pop(pack_id, None)

    def publish(self) -> None:
        """All that was loaded is now in the analysts' file. Called at the end of itself."""
        self._publish(final=False)

    def _publish(self, *, final: bool) -> None:
        begun = time.monotonic()
        with self._told(), plainly(self.place.path):
            if self.desk.publish(final=final):
                self.published_at = time.monotonic()
                self.cost = self.published_at - begun
                self.waiting.clear()

    def _publish_when_cheap(self) -> None:
        if time.monotonic() - self.published_at >= SHARE * self.cost:
            self.publish()

    def close(self) -> None:
        """Published, and nothing of the loader's own is left."""
        try:
            self._publish(final=True)
        finally:
            with suppress(OSError):
                self.desk.clear()


HELD = "SELECT pack_id, coalesce(code_version, '') FROM raw.packs WHERE outcome <> 'failed'"


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def open_for_loading(
    path: Path, *, wait: float = DEFAULT_WAIT, told: Callable[[str], None] = lambda _: None
) -> Iterator[Loading]:
    """The warehouse at `path` (made where there is none), held by this process alone until the block ends.

    What was stored is published at the end, also where the block raises. Raises `WarehouseBusy` when another holds it
    for longer than `wait` seconds (`told` hears one line as it begins), `WarehouseError` where the folder cannot
    be written, the disk is full or the file is damaged.
    """
    place = Workplace.of(path)
    with ExitStack() as stack:
        with plainly(place.path):
            stack.enter_context(writing(place, wait, told))
            place.clear()
            files.sweep(place.path)
        loading = Loading(place)
        try:
            yield loading
        except BaseException:
            with suppress(WarehouseError):
                loading.close()
            raise
        loading.close()
