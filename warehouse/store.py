"""The one door through which packs enter a warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from schemas.failure import FailureCode
from schemas.outcome import PackResult
from schemas.reference import Measure, Organisation

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


class Loading:
    """A warehouse open for loading. One at a time, whoever asks; readers are never disturbed."""

    def already_loaded(self, pack_id: str, code_version: str) -> bool:
        """Whether the pack is held as this code read it. Cheap: nothing is copied."""
        raise NotImplementedError

    def loaded_version(self, pack_id: str) -> str | None:
        """The code version that read the pack as it is held now; None where it is not held."""
        raise NotImplementedError

    def dimensions(
        self, *, organisations: Iterable[Organisation] = (), measures: Iterable[Measure] = ()
    ) -> None:
        """The reference rows, replacing those of the same names. Nothing is written where nothing changed."""
        raise NotImplementedError

    def load(
        self, result: PackResult, *, source_uri: str, started_at: datetime, force: bool = False
    ) -> LoadReport:
        """The pack stored whole, with its run, in one transaction; then published when it is cheap to.

        Raises `LawBroken` or `WarehouseError`, in which case nothing of the pack is stored.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def publish(self) -> None:
        """All that was loaded is now in the analysts' file. Called at the end of itself."""
        raise NotImplementedError


@contextmanager
def open_for_loading(path: Path, *, wait: float = DEFAULT_WAIT) -> Iterator[Loading]:
    """The warehouse at `path` (made where there is none), held by this process alone until the block ends.

    Raises `WarehouseBusy` when another holds it for longer than `wait` seconds, `WarehouseError` where the
    folder cannot be written, the disk is full or the file is damaged.
    """
    raise NotImplementedError
    yield Loading()
