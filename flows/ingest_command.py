"""`boardpack ingest`: from what the user named to an exit status."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from flows.pipeline import Ended, ingest
from flows.sources import Missing, Source, find_files, is_address
from flows.terminal import Log, one_line, progress


def run(
    names: Sequence[str],
    warehouse: Path,
    *,
    force: bool,
    workers: int | None,
    since: str | None,
    use_prefect: bool,
    log_format: str,
) -> int:
    """Everything named is read and loaded or said to have failed. 0 when nothing failed, else 1."""
    log = Log(log_format)
    found = _fetched([n for n in names if is_address(n)], warehouse)
    found += find_files(n for n in names if not is_address(n))
    found = _oldest_first(found, _day(since)) if since else found
    slots = workers or len(os.sched_getaffinity(0))
    if use_prefect or os.environ.get("PREFECT_API_URL"):
        from flows.ingest import run_flow

        ends = run_flow(found, warehouse, workers=slots, force=force)
        for one in ends:
            log.ended(one)
    else:
        with progress(len(found), log) as watcher:
            ends = ingest(found, warehouse, workers=slots, force=force, watcher=watcher)
    _conclude(ends, warehouse)
    return 1 if any(e.end == "failed" for e in ends) else 0


def _fetched(addresses: Sequence[str], warehouse: Path) -> list[Source | Missing]:
    if not addresses:
        return []
    from flows.fetch import fetch_all

    return fetch_all(addresses, warehouse)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day such as 2024-04-01", param_hint="--since") from None


def _oldest_first(found: Sequence[Source | Missing], since: date) -> list[Source | Missing]:
    """Those that may belong to meetings on or after the day, by the date in the file's name, then by the file's age.

    A file whose name tells no date stays: its meeting is known only when it has been read.
    """
    from flows.file_dates import date_in_name

    dated: list[tuple[date, str, Source | Missing]] = []
    for item in found:
        if isinstance(item, Missing):
            dated.append((date.min, item.name, item))
            continue
        day = date_in_name(item.file_name)
        if day is None or day >= since:
            dated.append((day or date.fromtimestamp(item.path.stat().st_mtime), item.file_name, item))
    return [item for _, _, item in sorted(dated, key=lambda d: d[:2])]


def _conclude(ends: Sequence[Ended], warehouse: Path) -> None:
    count = {end: sum(e.end == end for e in ends) for end in ("loaded", "skipped", "failed")}
    said = ", ".join(f"{n} {word}" for word, n in count.items() if n)
    click.echo(f"{one_line(str(warehouse))}: {said or 'nothing to do'}")
