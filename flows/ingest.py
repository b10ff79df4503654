"""The Prefect flows that read packs: thin wrappers round `flows.pipeline`. Two tasks a pack: read, and load."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flows.prefect_settings import ALONE, LOAD_LIMIT, prepare

prepare()

from prefect import flow, tags, task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.orchestration import get_client  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.concurrency.sync import concurrency  # noqa: E402
from prefect.exceptions import ObjectAlreadyExists  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402
from prefect.tasks import exponential_backoff  # noqa: E402

from flows import ingest_artifacts  # noqa: E402
from flows.fetch import Fetcher, Manners  # noqa: E402
from flows.fetch_http import FetchFailure  # noqa: E402
from flows.pipeline import Ended, ReaderPool, ReadPack, load_pack, look_up, read_pack, set_dimensions  # noqa: E402
from flows.sandbox import Limits  # noqa: E402
from flows.sources import Missing, Source, find_files, is_address  # noqa: E402
from flows.sources_meeting import read_together  # noqa: E402
from schemas.outcome import PackMeta  # noqa: E402


@contextmanager
def one_loader() -> Iterator[None]:
    """No other run of this server loads meanwhile. (The warehouse's own lock holds for whatever is no Prefect run.)"""
    if os.environ.get(ALONE):
        yield
        return
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.upsert_global_concurrency_limit_by_name(LOAD_LIMIT, 1)
    # A loader that died without a word frees its place after a minute.
    with concurrency(LOAD_LIMIT, occupy=1, lease_duration=60):
        yield


def may_pass(task_: Any, run: Any, state: State[Any]) -> bool:
    """Whether a failed fetch is worth another try: a slow server is, a page that is not there is not."""
    del task_, run
    try:
        state.result(raise_on_failure=True)
    except FetchFailure as failure:
        return failure.passing
    except Exception:
        return False
    return False


@task(
    name="fetch paper",
    task_run_name="fetch {url}",
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=4),
    retry_jitter_factor=0.5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def fetch_task(url: str, warehouse: Path) -> Source:
    """One address as a file. The only step that is tried again: a file that cannot be read will not read better."""
    with Fetcher(warehouse, Manners(obey_robots=False)) as fetcher:
        got = fetcher.pdf(url)
    assert got.path is not None
    return Source(got.path, url, got.file_name)


@task(name="read pack", task_run_name="read {name}", cache_policy=NO_CACHE, persist_result=False)
def read_task(name: str, source: Source, pack_id: str, pool: ReaderPool) -> ReadPack:
    """One file in a worker process. A file that gives no pack is an answer, not a crash."""
    del name
    return read_pack(source, pack_id, pool)


@task(name="load pack", task_run_name="load {name}", cache_policy=NO_CACHE, persist_result=False)
def load_task(name: str, read: ReadPack, loading: Any, warehouse: Path, force: bool) -> Ended:
    """One pack in one transaction."""
    del name
    return load_pack(read, loading, warehouse, force)


@flow(name="ingest_packs", flow_run_name="ingest {count} files", validate_parameters=False, persist_result=False)
def ingest_packs(
    found: Sequence[Source | Missing], warehouse: Path, workers: int, force: bool, count: int
) -> list[Ended] | State[Any]:
    """Every file read (several at a time) and loaded (one at a time), with artifacts for each."""
    from warehouse.store import open_for_loading

    del count
    ends: list[Ended] = []
    with (
        one_loader(),
        open_for_loading(warehouse) as loading,
        ReaderPool(workers, Limits.from_environment()) as pool,
    ):
        futures = {}
        first: dict[str, Source] = {}
        for item in found:
            passed = look_up(item, loading, force, first)
            if isinstance(passed, Ended):
                ends.append(passed)
            else:
                source, pack_id = passed
                futures[read_task.submit(source.file_name, source, pack_id, pool)] = source
        if futures:
            set_dimensions(loading)
        # In the order given, oldest first where the names say it: a pack is compared with those before it.
        for future in futures:
            read = future.result()
            ended = load_task(read.source.file_name, read, loading, warehouse, force)
            ends.append(ended)
            ingest_artifacts.leave(read, ended)
    return state_of(ends)


@flow(name="ingest_pack", flow_run_name="ingest {name}", persist_result=False)
def ingest_pack(
    files: list[str | dict[str, str]],
    warehouse: str = "boardpack.duckdb",
    name: str = "pack",
    organisation: str | None = None,
    board: str | None = None,
    meeting_date: date | None = None,
    meeting_date_from: str = "source settings",
    force: bool = False,
    readers: int = 2,
    report: str = "",
) -> list[Ended] | State[Any]:
    """One pack, or the papers of one meeting. Fails when any of them gives no pack; the others are loaded.

    `files`: paths or addresses, or `{"path", "uri", "file_name", "called"}` of files that were brought before. `name`
    is what the run is called. What is known of the meeting stands, and a paper that says otherwise has a finding.
    `report`: where the data-quality report is, for links to it.
    """
    from warehouse.store import open_for_loading

    del name
    place = Path(warehouse)
    day = meeting_date.isoformat() if meeting_date else None
    hints = None
    if organisation or board or day:
        evidence = {"organisation": "source settings", "board": "source settings", "meeting_date": meeting_date_from}
        hints = PackMeta(organisation, board, day, evidence)
    found = [replace(item, hints=hints) if isinstance(item, Source) else item for item in _files(files, place)]
    ends: list[Ended] = []
    with one_loader(), open_for_loading(place) as loading:
        first: dict[str, Source] = {}
        passed = [look_up(item, loading, force, first) for item in found]
    ends += [one for one in passed if isinstance(one, Ended)]
    papers = [one for one in passed if not isinstance(one, Ended)]
    if papers:
        with ReaderPool(min(readers, len(papers)), Limits.from_environment()) as pool:

            def read_many(wanted: Sequence[tuple[Source, str]]) -> list[ReadPack]:
                futures = [read_task.submit(s.file_name, s, pack_id, pool) for s, pack_id in wanted]
                return [future.result() for future in futures]

            reads = read_together(papers, read_many)
        with one_loader(), open_for_loading(place) as loading:
            set_dimensions(loading)
            ends += [load_task(read.source.file_name, read, loading, place, force) for read in reads]
        by_pack = {end.pack_id: end for end in ends}
        for read in reads:
            ingest_artifacts.leave(read, by_pack[read.pack_id], report)
    return state_of(ends, every=True)


def _files(files: Sequence[str | dict[str, str]], warehouse: Path) -> list[Source | Missing]:
    found: list[Source | Missing] = []
    for file in files:
        if isinstance(file, dict):
            path = Path(file["path"])
            uri, name = file.get("uri") or path.absolute().as_uri(), file.get("file_name") or path.name
            found.append(Source(path, uri, name, called=file.get("called", "")))
        elif is_address(file):
            state: State[Any] = fetch_task(file, warehouse, return_state=True)
            got: Any = state.result(raise_on_failure=False)
            if isinstance(got, FetchFailure):
                got = Missing(file, got.code, got.detail)
            elif isinstance(got, BaseException):
                raise got
            found.append(got)
        else:
            found += find_files([file])
    return found


def state_of(ends: list[Ended], *, every: bool = False) -> State[Any]:
    """Failed when all failed, or (`every`) when any did; the message says which, and the ends are its data."""
    failed = [e for e in ends if e.end == "failed"]
    said = f"{len(ends) - len(failed)} of {len(ends)} files are in the warehouse"
    if failed and (every or len(failed) == len(ends)):
        why = "; ".join(f"{e.name}: {e.said}" for e in failed[:3])
        return Failed(message=f"{said}. {why}"[:1000], data=ends)
    return Completed(message=said, data=ends)


def run_flow(found: Sequence[Source | Missing], warehouse: Path, *, workers: int, force: bool) -> list[Ended]:
    """The flow run here and now, against the server that Prefect's settings name; `flows.ingest_alone` for one's own.

    With BOARDPACK_DASK, packs are read on a Dask cluster: that of the scheduler whose address it is, or `local`.
    """
    if cluster := os.environ.get("BOARDPACK_DASK"):
        from flows.scale import run_spread

        spool = os.environ.get("BOARDPACK_SPOOL")
        return run_spread(
            found,
            warehouse,
            workers=workers,
            force=force,
            address="" if cluster == "local" else cluster,
            spool=Path(spool) if spool else None,
        )
    runner: Any = ThreadPoolTaskRunner(max_workers=workers)
    sized = ingest_packs.with_options(task_runner=runner)
    with tags("boardpack"):
        state: State[Any] = sized(list(found), warehouse, workers, force, len(found), return_state=True)
    return ends_of(state)


def ends_of(state: State[Any]) -> list[Ended]:
    """The ends that a flow run came to, whether or not it failed. Raises what it raised."""
    ends: Any = state.result(raise_on_failure=False)
    if isinstance(ends, BaseException):
        raise ends
    return list(ends)
