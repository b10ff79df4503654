"""The stages of an ingest in order, as plain functions: find, read, load. No Prefect here.

Reading is done by worker processes, several at a time; loading by this one, a pack at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal

from flows.frames import OnPage
from flows.sandbox import Limits, Reader
from flows.sources import Missing, Source
from schemas.failure import FailureCode, PackFailure
from schemas.outcome import PackResult

if TYPE_CHECKING:
    from warehouse.store import Loading, LoadReport

End = Literal["loaded", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended. Each file has exactly one end."""

    name: str
    end: End
    said: str
    """One line for a person."""
    report: LoadReport | None = None
    code: FailureCode | None = None
    pack_id: str | None = None


@dataclass(slots=True)
class Watcher:
    """What wants to know of an ingest's progress. Every method may be called from any thread."""

    begun: Callable[[Source], None] = lambda _: None
    page: Callable[[Source, int, int], None] = lambda *_: None
    ended: Callable[[Ended], None] = lambda _: None
    waits: Callable[[str], None] = lambda _: None
    """Another process is loading: one line, before the wait for it begins."""


@dataclass(slots=True)
class ReadPack:
    """A file that was read: its result, or why there is none."""

    source: Source
    started_at: datetime
    pack_id: str | None = None
    result: PackResult | None = None
    failure: PackFailure | None = None


def hash_file(path: Path) -> str:
    """The pack id that the file would have. Raises PackFailure where it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise PackFailure(FailureCode.MISSING) from None
    except OSError as error:
        raise PackFailure(FailureCode.UNREADABLE, error.strerror or "") from None


class ReaderPool:
    """As many worker processes as there are slots, each begun on first use."""

    def __init__(self, slots: int, limits: Limits | None = None) -> None:
        self.stack = ExitStack()
        self.free: SimpleQueue[Reader] = SimpleQueue()
        for _ in range(slots):
            reader = Reader("result", limits)
            self.stack.callback(reader.close)
            self.free.put(reader)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def read(self, source: Source, on_page: OnPage | None = None) -> PackResult:
        """One file, in whichever worker is free. Raises PackFailure."""
        reader = self.free.get()
        try:
            return reader.read_result(source.path, hints=source.hints, file_name=source.file_name, on_page=on_page)
        finally:
            self.free.put(reader)


def ingest(
    found: Iterable[Source | Missing],
    warehouse: Path,
    *,
    workers: int = 2,
    force: bool = False,
    limits: Limits | None = None,
    watcher: Watcher | None = None,
) -> list[Ended]:
    """Every file read and loaded, or an end that says why not. One file's failure leaves the others alone.

    Raises WarehouseError where the warehouse itself cannot be written.
    """
    from warehouse.store import open_for_loading

    watch = watcher or Watcher()
    ends: list[Ended] = []

    def end(one: Ended) -> None:
        ends.append(one)
        watch.ended(one)

    listed = list(found)
    with open_for_loading(warehouse, told=watch.waits) as loading:
        waiting: list[tuple[Source, str]] = []
        first: dict[str, Source] = {}
        for item in listed:
            passed = look_up(item, loading, force, first)
            if isinstance(passed, Ended):
                end(passed)
            else:
                waiting.append(passed)
        if waiting:
            set_dimensions(loading)
            for read in _read_all(waiting, workers, limits, watch):
                end(load_pack(read, loading, warehouse, force))
    return ends


def look_up(
    item: Source | Missing, loading: Loading, force: bool, first: dict[str, Source]
) -> Ended | tuple[Source, str]:
    """What needs no reading: files that are not there, packs that are held as this code reads them.

    `first` remembers the first file of each content: a second of the same bytes is not read.
    """
    from extractors.version import code_version

    if isinstance(item, Missing):
        failure = PackFailure(item.code, item.detail)
        return _failed(item, failure, loading, None, datetime.now())
    try:
        pack_id = hash_file(item.path)
    except PackFailure as failure:
        return _failed(item, failure, loading, None, datetime.now())
    if first.setdefault(pack_id, item) is not item:
        return Ended(item.shown, "skipped", f"the same file as {first[pack_id].shown}", pack_id=pack_id)
    if not force and loading.already_loaded(pack_id, code_version()):
        return Ended(item.shown, "skipped", "already loaded", pack_id=pack_id)
    return item, pack_id


def set_dimensions(loading: Loading) -> None:
    """The warehouse knows the organisations and measures that the vocabulary knows."""
    from extractors.vocabulary import vocabulary

    known = vocabulary()
    loading.dimensions(organisations=known.listed_organisations, measures=known.listed_measures)


def _read_all(
    waiting: Sequence[tuple[Source, str]], workers: int, limits: Limits | None, watch: Watcher
) -> Iterator[ReadPack]:
    """Reads several at a time, yields each as it is done; at most `workers` results wait to be loaded."""

    slots = max(1, min(workers, len(waiting)))
    with ReaderPool(slots, limits) as pool, ThreadPoolExecutor(slots) as threads:
        queue = list(reversed(waiting))
        running: set[Future[ReadPack]] = set()
        while queue or running:
            while queue and len(running) < slots:
                source, pack_id = queue.pop()
                running.add(threads.submit(read_pack, source, pack_id, pool, watch))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def read_pack(source: Source, pack_id: str, pool: ReaderPool, watch: Watcher | None = None) -> ReadPack:
    """One file read in a worker process. Never raises: a file that gives no pack says why."""
    watch = watch or Watcher()
    done = ReadPack(source, datetime.now(), pack_id)
    watch.begun(source)
    try:
        result = pool.read(source, lambda page, pages: watch.page(source, page, pages))
        if result.document.pack_id != pack_id:
            raise PackFailure(FailureCode.UNREADABLE, "it changed while it was read; ingest it again")
        done.result = result
    except PackFailure as failure:
        done.failure = failure
    except Exception as error:
        # One file's fault must not end the batch.
        done.failure = PackFailure(FailureCode.INTERNAL, f"{type(error).__name__}: {error}"[:300])
    return done


def load_pack(read: ReadPack, loading: Loading, warehouse: Path, force: bool) -> Ended:
    """What was read, stored in one transaction, its file kept; or its failure recorded."""
    from warehouse.errors import WarehouseError
    from warehouse.files import keep

    source = read.source
    if read.result is None:
        failure = read.failure or PackFailure(FailureCode.INTERNAL)
        return _failed(source, failure, loading, read.pack_id, read.started_at)
    try:
        with suppress(OSError):
            keep(warehouse, read.result.document.pack_id, source.path)
        report = loading.load(read.result, source_uri=source.uri, started_at=read.started_at, force=force)
    except WarehouseError as error:
        return Ended(source.shown, "failed", str(error), code=FailureCode.INTERNAL, pack_id=read.pack_id)
    return Ended(source.shown, "loaded", say_loaded(report), report, pack_id=report.pack_id)


def _failed(
    item: Source | Missing, failure: PackFailure, loading: Loading, pack_id: str | None, started_at: datetime
) -> Ended:
    loading.record_failure(
        file_name=item.file_name,
        source_uri=item.uri,
        pack_id=pack_id,
        code=failure.code,
        reason=str(failure),
        started_at=started_at,
    )
    return Ended(item.shown, "failed", str(failure), code=failure.code, pack_id=pack_id)


NOUNS = {
    "actions": "actions",
    "kpis": "KPI values",
    "capital_schemes": "capital schemes",
    "capital_profile": "capital amounts",
}


def say_loaded(report: LoadReport) -> str:
    """`7 actions, 1,342 KPI values, 30 capital schemes loaded; none held back; 12 warnings, 9 notes`.

    The counts are those of the view `findings` at this moment: a pack of an earlier meeting that is loaded later adds
    what changed since.
    """
    parts = [f"{count:,} {NOUNS.get(kind, kind)}" for kind, count in report.loaded.items() if count]
    loaded = ", ".join(parts) if parts else "no rows"
    held = f"{report.rows_quarantined:,} held back" if report.rows_quarantined else "none held back"
    again = " (read again: the code has changed)" if report.replaced else ""
    return f"{loaded} loaded; {held}; {say_findings(report)}{again}"


def say_findings(report: LoadReport) -> str:
    """Findings by severity: `1 error, 12 warnings, 9 notes`; severity `info` is a note."""
    words = (("error", "error"), ("warning", "warning"), ("info", "note"))
    counts = [(report.by_severity.get(severity, 0), word) for severity, word in words]
    return ", ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in counts if n) or "no findings"
