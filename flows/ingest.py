"""The Prefect flows: thin wrappers round `flows.pipeline`. Two tasks a pack: read, in a worker process; and load."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.prefect_settings import prepare

prepare()

from prefect import flow, task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.futures import as_completed  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402

from flows.pipeline import (  # noqa: E402
    Ended,
    ReaderPool,
    ReadPack,
    load_pack,
    look_up,
    read_pack,
    set_dimensions,
)
from flows.sandbox import Limits  # noqa: E402
from flows.sources import Missing, Source  # noqa: E402

MOST_FINDINGS = 200


def _slug(text: str) -> str:
    """A name as Prefect's keys allow it: lower case, digits, dashes."""
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", text.lower())).strip("-")[:80] or "pack"


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
    """Every file read (several at a time) and loaded (one at a time), with an artifact for each."""
    from warehouse.store import open_for_loading

    del count
    ends: list[Ended] = []
    with open_for_loading(warehouse) as loading, ReaderPool(workers, Limits.from_environment()) as pool:
        futures = {}
        for item in found:
            passed = look_up(item, loading, force)
            if isinstance(passed, Ended):
                ends.append(passed)
            else:
                source, pack_id = passed
                futures[read_task.submit(source.file_name, source, pack_id, pool)] = source
        if futures:
            set_dimensions(loading)
        for future in as_completed(list(futures)):
            read = future.result()
            ended = load_task(read.source.file_name, read, loading, warehouse, force)
            ends.append(ended)
            _leave_artifacts(read, ended)
    failed = [e for e in ends if e.end == "failed"]
    said = f"{len(ends) - len(failed)} of {len(ends)} files are in the warehouse"
    if ends and len(failed) == len(ends):
        return Failed(message=said, data=ends)
    return Completed(message=said, data=ends)


@flow(name="ingest_pack", flow_run_name="ingest {name}", validate_parameters=False, persist_result=False)
def ingest_pack(name: str, path: str, warehouse: str, force: bool = False) -> str:
    """One file: for deployments and automations, which pass plain values. Fails when the file gives no pack."""
    from flows.sources import find_files

    del name
    found = list(find_files([path]))
    state: State[Any] = ingest_packs(found, Path(warehouse), 1, force, len(found), return_state=True)
    ends = _ends_of(state)
    for one in ends:
        if one.end == "failed":
            raise RuntimeError(f"{one.name}: {one.said}")
    return "; ".join(f"{one.name}: {one.said}" for one in ends)


def run_flow(found: Sequence[Source | Missing], warehouse: Path, *, workers: int, force: bool) -> list[Ended]:
    """The flow run here and now: against the server that PREFECT_API_URL names, else a temporary one."""
    runner: Any = ThreadPoolTaskRunner(max_workers=workers)
    sized = ingest_packs.with_options(task_runner=runner)
    state: State[Any] = sized(list(found), warehouse, workers, force, len(found), return_state=True)
    return _ends_of(state)


def _ends_of(state: State[Any]) -> list[Ended]:
    """The ends that a flow run came to, whether or not it failed. Raises what it raised."""
    ends: Any = state.result(raise_on_failure=False)
    if isinstance(ends, BaseException):
        raise ends
    return list(ends)


def _leave_artifacts(read: ReadPack, ended: Ended) -> None:
    """What became of the pack, and its findings, on the flow run's page."""
    key = _slug(Path(read.source.file_name).stem)
    lines = [f"# {_plain(read.source.file_name)}", "", _plain(ended.said), ""]
    if read.result is not None:
        meta = read.result.meta
        lines += [
            f"- organisation: {_plain(meta.organisation or 'not found')}",
            f"- meeting: {meta.meeting_date or 'not found'}",
            f"- pages: {read.result.document.n_pages}, tables: {len(read.result.document.tables)}",
            f"- rows held back: {len(read.result.quarantine)}",
            f"- pack: `{read.result.document.pack_id}`",
        ]
        told = [f for f in read.result.findings if f.severity != "info"]
        if told:
            table = [
                {"severity": f.severity, "page": f.page, "check": f.check, "message": _plain(f.message)}
                for f in told[:MOST_FINDINGS]
            ]
            create_table_artifact(table=table, key=f"findings-{key}", description=f"{len(told)} findings")
    lines.append(f"- finished: {datetime.now():%Y-%m-%d %H:%M}")
    create_markdown_artifact(markdown="\n".join(lines), key=f"pack-{key}", description=_plain(ended.said))


def _plain(text: str) -> str:
    """Text from a document as text: no Markdown, no HTML."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", " ".join(text.split()))
