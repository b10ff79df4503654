"""`boardpack serve`: every source looked at on a schedule, with an embedded Prefect server; or once, without one."""

from __future__ import annotations

from pathlib import Path

import click

from flows.settings import Settings, read_settings
from flows.terminal import Log, one_line, progress


def serve(settings: Path, *, once: bool, log_format: str) -> int:
    """Runs until it is stopped; with `once`, looks at every source once: 0 when nothing failed, else 1."""
    if not settings.exists():
        raise click.BadParameter(
            f"{settings}: there is no such file; docs/sources.md shows one", param_hint="--settings"
        )
    try:
        found = read_settings(settings)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--settings") from None
    log = Log(log_format)
    if once:
        return look_once(settings, found, log)
    from flows.serve_schedule import serve_schedule

    return serve_schedule(settings, found, log)


def look_once(path: Path, settings: Settings, log: Log) -> int:
    """Every source looked at, what is new brought and loaded. What an earlier stop left waiting is loaded too."""
    from flows.fetch_http import FetchFailure
    from flows.pipeline import Ended
    from flows.watch import Meeting, open_watch
    from flows.watch_load import load_all
    from flows.watch_papers import counted
    from schemas.failure import PackFailure

    failures = 0

    def tell(name: str, said: str) -> None:
        nonlocal failures
        failures += 1
        log.say(f"!! {one_line(name)}: {one_line(said)}", source=name, outcome="failed")

    def lost(meeting: Meeting, error: Exception) -> None:
        tell(meeting.name, f"{error}; it is tried again at the next look")

    watch = open_watch(settings, path)
    with watch.fetcher:
        for source in settings.sources:
            try:
                papers = watch.look(source)
            except PackFailure as failure:
                tell(source.name, str(failure))
                continue
            for paper in papers:
                try:
                    watch.bring(paper)
                except FetchFailure as failure:
                    tell(paper.uri, str(failure))
        watch.read_again()
        meetings = watch.waiting()
        ends: list[Ended] = []
        if meetings:
            with progress(sum(len(m.papers) for m in meetings), log) as watcher:
                ends = load_all(watch, meetings, readers=settings.schedule.readers, watcher=watcher, failed=lost)
    failures += sum(end.end == "failed" for end in ends)
    count = {end: sum(e.end == end for e in ends) for end in ("loaded", "skipped", "failed")}
    said = ", ".join(f"{n} {word}" for word, n in count.items() if n) or "nothing new"
    looked = counted(len(settings.sources), "source")
    click.echo(f"{one_line(str(settings.warehouse_path))}: {looked} looked at; {said}")
    return 1 if failures else 0
