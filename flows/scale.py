"""Packs spread over the workers of a Dask cluster, loaded by one process: `pip install 'boardpack[scale]'`.

A worker reads a pack and leaves it whole in the spool folder, which all of them share; what travels over the cluster's
network is a name and an outcome. A worker that dies costs the packs that it was reading some time: Dask gives them to
another. A pack that is spooled twice is one folder, and a pack that is held already is not stored twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.prefect_settings import prepare

prepare()

from prefect import flow, tags, task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.futures import as_completed  # noqa: E402

from flows.ingest import ends_of, one_loader, state_of  # noqa: E402
from flows.pipeline import (  # noqa: E402
    Ended,
    ReaderPool,
    ReadPack,
    load_pack,
    look_up,
    read_pack,
    say_loaded,
    set_dimensions,
)
from flows.sources import Missing, Source  # noqa: E402
from schemas.failure import FailureCode, PackFailure  # noqa: E402
from warehouse.files import keep  # noqa: E402
from warehouse.spool import clear, waiting  # noqa: E402
from warehouse.spool import spool as leave  # noqa: E402
from warehouse.workplace import Workplace  # noqa: E402

if TYPE_CHECKING:
    from warehouse.store import Loading

_HERE = threading.local()
"""The worker process's own reader, one a thread, kept from pack to pack: starting one takes a second."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """What a worker says of a pack: that it lies in the spool folder, or why it does not."""

    pack_id: str
    started_at: datetime
    failure: PackFailure | None = None


@task(name="read pack", task_run_name="read {name}", cache_policy=NO_CACHE, persist_result=False)
def read_to_spool(name: str, source: Source, pack_id: str, spool: Path) -> Spooled:
    """One file read on this worker and left whole in the spool folder. A file that gives no pack is an answer."""
    del name
    return _read_here(source, pack_id, spool)


def _read_here(source: Source, pack_id: str, spool: Path) -> Spooled:
    """Apart from the task: prefect-dask sends a task's function by value, with all that it names."""
    if not hasattr(_HERE, "pool"):
        _HERE.pool = ReaderPool(1)
    read = read_pack(source, pack_id, _HERE.pool)
    if read.result is None:
        return Spooled(pack_id, read.started_at, read.failure or PackFailure(FailureCode.INTERNAL))
    leave(spool, read.result, source_uri=source.uri, started_at=read.started_at)
    return Spooled(pack_id, read.started_at)


@flow(name="ingest_packs", flow_run_name="ingest {count} files", validate_parameters=False, persist_result=False)
def ingest_spread(
    found: Sequence[Source | Missing], warehouse: Path, spool: Path, force: bool, count: int
) -> list[Ended] | State[Any]:
    """Every file read by some worker and loaded here as it arrives.

    What an earlier run left in the spool folder is loaded first, and not read again.
    """
    from warehouse.store import open_for_loading

    del count
    spool.mkdir(parents=True, exist_ok=True)
    ends: list[Ended] = []
    with one_loader(), open_for_loading(warehouse) as loading:
        arrivals = _Arrivals(loading, spool)
        arrivals.admit(force=False)
        futures: dict[Any, tuple[Source, str]] = {}
        first: dict[str, Source] = {}
        for item in found:
            passed = look_up(item, loading, force, first)
            if isinstance(passed, Ended):
                ends.append(passed)
            else:
                futures[read_to_spool.submit(passed[0].file_name, *passed, spool)] = passed
        if futures:
            set_dimensions(loading)
        for future in as_completed(list(futures)):
            source, pack_id = futures[future]
            failed = _failure_of(future, source, pack_id)
            if failed is not None:
                ends.append(load_pack(failed, loading, warehouse, force))
                continue
            with suppress(OSError):
                keep(warehouse, pack_id, source.path)
            arrivals.admit(force=force)
            ends.append(replace(arrivals.ends[pack_id], name=source.shown))
    # Only now is all of it published: what were removed earlier could be lost.
    arrivals.clear()
    return state_of(ends)


def _failure_of(future: Any, source: Source, pack_id: str) -> ReadPack | None:
    """Why the pack is not in the spool folder; None where it is."""
    try:
        told: Spooled = future.result()
    except Exception as error:
        # Dask gives a pack up whose reading killed several workers.
        failure = PackFailure(FailureCode.CRASHED, type(error).__name__)
        return ReadPack(source, datetime.now(), pack_id, failure=failure)
    return None if told.failure is None else ReadPack(source, told.started_at, pack_id, failure=told.failure)


class _Arrivals:
    """The spool folder on its way into the warehouse. `ends`: what each pack came to, by its id."""

    def __init__(self, loading: Loading, spool: Path) -> None:
        self.loading, self.spool = loading, spool
        self.done: list[Path] = []
        self.ends: dict[str, Ended] = {}

    def admit(self, *, force: bool) -> None:
        """Whatever lies whole in the folder and was not loaded yet is loaded."""
        for entry, arrival in waiting(self.spool):
            if entry not in self.done:
                report = self.loading.admit(arrival, force=force)
                self.done.append(entry)
                said = say_loaded(report)
                self.ends[arrival.pack_id] = Ended(arrival.file_name, "loaded", said, report, pack_id=arrival.pack_id)

    def clear(self) -> None:
        """What was loaded is gone from the folder."""
        clear(self.done)


def run_spread(
    found: Sequence[Source | Missing],
    warehouse: Path,
    *,
    workers: int,
    force: bool,
    address: str = "",
    spool: Path | None = None,
) -> list[Ended]:
    """The flow run here and now, on the cluster whose scheduler is at `address`; on one of this machine where none is.

    `spool` must be the same folder for all workers, on a file system that they share, as must the packs' own be.
    """
    from prefect_dask import DaskTaskRunner

    folder = spool or Workplace.of(warehouse).folder / "spool"
    here = {
        "n_workers": workers,
        "threads_per_worker": 1,
        "dashboard_address": None,
        "silence_logs": logging.ERROR,
    }
    runner: Any = DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=here)
    listed = [replace(one, path=one.path.resolve()) if isinstance(one, Source) else one for one in found]
    with tags("boardpack"):
        state: State[Any] = ingest_spread.with_options(task_runner=runner)(
            listed, warehouse.resolve(), folder.resolve(), force, len(listed), return_state=True
        )
    return ends_of(state)
