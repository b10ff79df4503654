"""From meetings that wait to rows in the warehouse: read in worker processes, loaded one meeting at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flows.pipeline import Ended, ReaderPool, ReadPack, Watcher, load_pack, read_pack, set_dimensions
from flows.sandbox import Limits
from flows.sources import Source
from flows.sources_meeting import ReadMany, read_together
from flows.watch import Meeting, Watch

LOADING = threading.Lock()
"""Meetings are read side by side and loaded one after the other."""


def load_meeting(meeting: Meeting, warehouse: Path, read_many: ReadMany) -> list[Ended]:
    """Every paper of the meeting read and loaded, or an end that says why not. Raises `WarehouseError`."""
    from extractors.version import code_version
    from warehouse.store import Loading, open_for_loading
    from warehouse.workplace import Workplace

    held = Loading(Workplace.of(warehouse))
    waiting: list[tuple[Source, str]] = []
    ends: list[Ended] = []
    for paper, source in zip((p for p in meeting.papers if p.path), meeting.sources(), strict=True):
        assert paper.sha256 is not None
        if held.already_loaded(paper.sha256, code_version()):
            ends.append(Ended(source.shown, "skipped", "already loaded", pack_id=paper.sha256))
        else:
            waiting.append((source, paper.sha256))
    reads = read_together(waiting, read_many) if waiting else []
    if reads:
        with LOADING, open_for_loading(warehouse) as loading:
            set_dimensions(loading)
            ends += [load_pack(read, loading, warehouse, False) for read in reads]
    return ends


def load_all(
    watch: Watch,
    meetings: Sequence[Meeting],
    *,
    readers: int,
    watcher: Watcher,
    failed: Callable[[Meeting, Exception], None],
) -> list[Ended]:
    """Every waiting meeting, several at a time, the record settled after each. `failed` hears of what could not be."""
    ends: list[Ended] = []

    def one(meeting: Meeting) -> list[Ended]:
        def read_many(papers: Sequence[tuple[Source, str]]) -> list[ReadPack]:
            with ThreadPoolExecutor(readers) as threads:
                return list(threads.map(lambda p: read_pack(p[0], p[1], pool, watcher), papers))

        found = load_meeting(meeting, watch.warehouse, read_many)
        watch.settle(meeting, found)
        for end in found:
            watcher.ended(end)
        return found

    with ReaderPool(readers, Limits.from_environment()) as pool, ThreadPoolExecutor(readers) as threads:
        for meeting, future in [(m, threads.submit(one, m)) for m in meetings]:
            try:
                ends += future.result()
            except Exception as error:
                failed(meeting, error)
    return ends
