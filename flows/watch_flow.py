"""The Prefect flows that run on a schedule: look at the sources and read what is new; make the report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from typing import Any

from flows.prefect_settings import prepare

prepare()

from prefect import flow, tags, task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.artifacts import create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.events import emit_event  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402
from prefect.tasks import exponential_backoff  # noqa: E402

from flows import ingest_artifacts  # noqa: E402
from flows.ingest import ends_of, ingest_pack, may_pass  # noqa: E402
from flows.pipeline import Ended  # noqa: E402
from flows.settings import AnySource, read_settings  # noqa: E402
from flows.terminal import Log  # noqa: E402
from flows.watch import Meeting, Watch, open_watch  # noqa: E402
from flows.watch_papers import Paper, counted  # noqa: E402
from flows.watch_record import Record  # noqa: E402
from flows.watch_status import Late, late_packs, write_metrics  # noqa: E402

MOST_ROWS = 200
RETRIED: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(backoff_factor=4),
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": may_pass,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}
"""After about 4, 8 and 16 seconds, and only where the failure may pass."""


@task(name="look at source", task_run_name="look at {name}", **RETRIED)
def look_task(name: str, source: AnySource, watch: Watch) -> list[Paper]:
    """One source looked at: the papers that are to be fetched."""
    del name
    return watch.look(source)


@task(name="fetch paper", task_run_name="fetch {url}", **RETRIED)
def bring_task(url: str, paper: Paper, watch: Watch) -> str:
    """One paper fetched: `new` or `unchanged`."""
    del url
    return watch.bring(paper)


@flow(
    name="watch_sources",
    flow_run_name="watch sources",
    task_runner=ThreadPoolTaskRunner(max_workers=4),  # type: ignore[arg-type]
    validate_parameters=False,
    persist_result=False,
)
def watch_sources(settings: str = "boardpack.toml") -> State[Any]:
    """Every source looked at, what is new fetched and read, one `ingest_pack` run a meeting, oldest first.

    What an earlier run left waiting, however it ended, is taken up again. Fails when no source could be looked at.
    """
    found = read_settings(Path(settings))
    log = Log(os.environ.get("BOARDPACK_LOG_FORMAT", "text"))
    watch = open_watch(found, Path(settings), patient=False)
    with watch.fetcher:
        due = watch.due()
        broken = _look(watch, due, log)
        watch.read_again()
        meetings = watch.waiting()
        ends = _ingest(watch, meetings, log)
    late = late_packs(found, watch.record)
    _tell_late(watch.record, late)
    if found.schedule.metrics:
        write_metrics(found, watch.record, found.path(found.schedule.metrics))
    if ends or broken or late:
        _leave(ends, broken, late)
    if found.schedule.report and any(end.end == "loaded" for end in ends):
        publish_report(settings, return_state=True)
    failed = sum(end.end == "failed" for end in ends)
    loaded = len(ends) - failed
    said = f"{len(due) - len(broken)} of {counted(len(due), 'source')} looked at, {counted(loaded, 'paper')} loaded"
    said += f", {failed} failed" if failed else ""
    log.say(said, event="watched", sources=len(due), broken=len(broken), loaded=loaded, failed=failed)
    if due and len(broken) == len(due):
        return Failed(message=f"{said}: {broken[0][1]}")
    return Completed(message=said)


def _look(watch: Watch, due: Sequence[AnySource], log: Log) -> list[tuple[str, str]]:
    """Looks and fetches; the sources that could not be looked at, with the reason."""
    broken: list[tuple[str, str]] = []
    looking = [(source, look_task.submit(source.name, source, watch)) for source in due]
    for source, future in looking:
        future.wait()
        papers: Any = future.state.result(raise_on_failure=False)
        if isinstance(papers, BaseException):
            broken.append((source.name, str(papers)))
            log.say(f"!! {source.name}: {papers}", source=source.name, outcome="failed")
            _event_today(watch.record, "source.failed", source.name, source.name, {"said": str(papers)})
            continue
        for paper, fetching in [(paper, bring_task.submit(paper.uri, paper, watch)) for paper in papers]:
            fetching.wait()
            got: Any = fetching.state.result(raise_on_failure=False)
            if isinstance(got, BaseException):
                log.say(f"!! {paper.uri}: {got}", source=source.name, outcome="failed")
                _event_today(watch.record, "paper.refused", source.name, paper.uri, {"said": str(got)})
    return broken


def _ingest(watch: Watch, meetings: Sequence[Meeting], log: Log) -> list[Ended]:
    """One run a meeting, as many side by side as there are readers. A run that crashes leaves its papers waiting."""
    readers = watch.settings.schedule.readers
    side_by_side = max(1, min(readers, len(meetings)))

    def one(meeting: Meeting) -> list[Ended]:
        names = [name for name in (meeting.source, meeting.told.organisation, meeting.told.board) if name]
        with tags("boardpack", "pack", *names):
            state: State[Any] = ingest_pack(
                files=[
                    {"path": str(p.path), "uri": p.uri, "file_name": p.file_name, "called": p.shown}
                    for p in meeting.papers
                    if p.path
                ],
                warehouse=str(watch.warehouse),
                name=meeting.name[:200],
                organisation=meeting.told.organisation,
                board=meeting.told.board,
                meeting_date=meeting.told.day,
                meeting_date_from=meeting.told.where,
                readers=max(1, readers // side_by_side),
                report=watch.settings.report_link,
                return_state=True,
            )
        ends = ends_of(state)
        watch.settle(meeting, ends)
        return ends

    all_ends: list[Ended] = []
    with ThreadPoolExecutor(side_by_side) as threads:
        running = [(meeting, threads.submit(copy_context().run, one, meeting)) for meeting in meetings]
        for meeting, future in running:
            try:
                ends = future.result()
            except Exception as error:
                log.say(f"!! {meeting.name}: {error}; it is tried again at the next look", outcome="crashed")
                continue
            for end in ends:
                log.ended(end)
                what = "pack.failed" if end.end == "failed" else "pack.loaded"
                _event(what, meeting.source, meeting.name, {"said": end.said, "pack": end.pack_id or ""})
            all_ends += ends
    return all_ends


def _event(what: str, source: str, name: str, payload: dict[str, str]) -> None:
    """An event that automations can wait for: `boardpack.pack.failed`, `boardpack.pack.missing`, …"""
    emit_event(
        event=f"boardpack.{what}",
        resource={
            "prefect.resource.id": f"boardpack.source.{ingest_artifacts.slug(source)}",
            "prefect.resource.name": name[:200],
            "boardpack.source": source,
        },
        payload=payload,
    )


def _event_today(record: Record, what: str, source: str, name: str, payload: dict[str, str]) -> None:
    """The same, once a day for each name: sources are looked at every few minutes."""
    if record.is_first_today(f"{what} {source} {name} {payload.get('meeting', '')}"):
        _event(what, source, name, payload)


def _tell_late(record: Record, late: Sequence[Late]) -> None:
    for one in late:
        payload = {"meeting": str(one.day or ""), "said": one.said}
        _event_today(record, "pack.missing", one.source, one.name, payload)


def _leave(ends: Sequence[Ended], broken: Sequence[tuple[str, str]], late: Sequence[Late]) -> None:
    rows = [{"what": "pack", "name": e.name, "outcome": e.end, "said": e.said} for e in ends]
    rows += [{"what": "source", "name": name, "outcome": "failed", "said": said} for name, said in broken]
    rows += [{"what": "meeting", "name": f"{o.name} {o.day}", "outcome": "late", "said": o.said} for o in late]
    shown = [{key: ingest_artifacts.plain(value) for key, value in row.items()} for row in rows[:MOST_ROWS]]
    create_table_artifact(table=shown, key="watch", description=f"{len(rows)} lines")


@flow(name="publish_report", flow_run_name="publish report", validate_parameters=False, persist_result=False)
def publish_report(settings: str = "boardpack.toml") -> str:
    """The data-quality report made anew; its index page."""
    from flows.pictures import render_page_of
    from warehouse.report.site import build

    found = read_settings(Path(settings))
    warehouse = found.warehouse_path
    if not warehouse.exists():
        return "there is no warehouse yet"
    index = build(warehouse, found.path(found.schedule.report or "report"), render=render_page_of(warehouse))
    ingest_artifacts.leave_report(found.report_link or index.parent.absolute().as_uri())
    return str(index)
