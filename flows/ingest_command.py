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
    from warehouse import files

    log = Log(log_format)
    found = _fetched([n for n in names if is_address(n)], warehouse)
    found += find_files((n for n in names if not is_address(n)), apart=files.folder(warehouse))
    if since:
        found, earlier = _oldest_first(found, _day(since))
        for item in earlier:
            log.say(f"-- {one_line(item.shown)}: left out, its name says that its meeting was before {since}")
    slots = workers or len(os.sched_getaffinity(0))
    if use_prefect or os.environ.get("PREFECT_API_URL"):
        from flows.ingest_alone import ingest_in_prefect

        ends = ingest_in_prefect(found, warehouse, workers=slots, force=force, log=log)
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


def _oldest_first(
    found: Sequence[Source | Missing], since: date
) -> tuple[list[Source | Missing], list[Source | Missing]]:
    """Those that may belong to meetings on or after the day, by the date in the file's name; and those that do not.

    A file whose name tells no date stays, for its meeting is known only when it has been read; it is ordered by its
    age. A name that tells the month alone ("June 2024") stays with its whole month.
    """
    from flows.file_dates import date_in_name

    dated: list[tuple[date, str, Source | Missing]] = []
    earlier: list[Source | Missing] = []
    for item in found:
        day = date_in_name(item.file_name) if isinstance(item, Source) else None
        if day is not None and day < since and not (day.day == 1 and day >= since.replace(day=1)):
            earlier.append(item)
        else:
            dated.append((day or _age(item), item.file_name, item))
    return [item for _, _, item in sorted(dated, key=lambda d: d[:2])], earlier


def _age(item: Source | Missing) -> date:
    try:
        return date.fromtimestamp(item.path.stat().st_mtime) if isinstance(item, Source) else date.min
    except OSError:
        return date.min


def _conclude(ends: Sequence[Ended], warehouse: Path) -> None:
    count = {end: sum(e.end == end for e in ends) for end in ("loaded", "skipped", "failed")}
    said = ", ".join(f"{n} {word}" for word, n in count.items() if n)
    click.echo(f"{one_line(str(warehouse))}: {said or 'nothing to do'}")
