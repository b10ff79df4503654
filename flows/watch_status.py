"""How the watch is doing: sources and their last look, meetings whose pack is late, and the same for Prometheus."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from flows.settings import Settings, duration, read_settings
from flows.watch_papers import Future, Told, counted
from flows.watch_record import Record
from warehouse.query import Answer, query

STATES = ("seen", "waiting", "loaded", "failed", "refused")


@dataclass(frozen=True, slots=True)
class Late:
    """A meeting whose pack is not in the warehouse although it is due, or a source that was not looked at."""

    source: str
    name: str
    day: date | None
    said: str


def late_packs(settings: Settings, record: Record, today: date | None = None) -> list[Late]:
    """Meetings within `days_before` days that have no loaded paper, by day.

    Meetings come from the settings (`next_meetings`) and from sources that list them ahead, as ModernGov does.
    """
    now = today or date.today()
    papers = record.papers()
    found: list[Late] = []
    for source in settings.sources:
        own = [p for p in papers if p.source == source.name]
        loaded = {p.meeting for p in own if p.state == "loaded"}
        days = {p.told.day for p in own if p.state == "loaded"} | _days_of_loaded(record, source.name, loaded)
        days |= _days_read(record.warehouse, {p.sha256 for p in own if p.state == "loaded" and p.sha256})
        told = Told(source.organisation or None, source.board or None)
        expected = [Future(source.name, "", Told(told.organisation, told.board, day)) for day in source.next_meetings]
        expected += [m for m in record.meetings() if m.source == source.name]
        seen: set[date] = set()
        for meeting in sorted((m for m in expected if m.told.day), key=lambda m: m.told.day or now):
            day = meeting.told.day
            assert day is not None
            if not now <= day <= now + timedelta(days=source.days_before) or day in seen:
                continue
            seen.add(day)
            if meeting.meeting in loaded or day in days:
                continue
            broken = [p for p in own if p.meeting == meeting.meeting and p.state in ("failed", "refused")]
            left = (day - now).days
            said = f"no pack {left} day{'' if left == 1 else 's'} before the meeting"
            said += f"; {broken[0].said}" if broken else ""
            name = ", ".join(x for x in (meeting.told.organisation, meeting.told.board or meeting.title) if x)
            found.append(Late(source.name, name or source.name, day, said))
    return sorted(found, key=lambda late: (late.day or now, late.source))


def _days_of_loaded(record: Record, source: str, loaded: set[str]) -> set[date | None]:
    return {m.told.day for m in record.meetings() if m.source == source and m.meeting in loaded}


def _days_read(warehouse: Path, packs: set[str]) -> set[date | None]:
    """The meetings' days as the packs themselves say them."""
    if not packs or not warehouse.is_file():
        return set()
    rows = query(warehouse, "SELECT pack_id, meeting_date FROM packs_all WHERE meeting_date IS NOT NULL").rows
    return {day for pack_id, day in rows if pack_id in packs}


def late_sources(settings: Settings, record: Record, now: datetime | None = None) -> list[Late]:
    """Sources that were not looked at for three times as long as they should be, or whose last look failed."""
    moment = now or datetime.now(UTC)
    looks = record.last_looks()
    found = []
    for source in settings.sources:
        pause = max(settings.schedule.interval, duration(source.every) if source.every else timedelta())
        if source.name not in looks:
            found.append(Late(source.name, source.name, None, "was never looked at"))
            continue
        at, outcome, said, _ = looks[source.name]
        if outcome == "failed":
            found.append(Late(source.name, source.name, None, f"the last look failed: {said}"))
        elif not settings.schedule.cron and moment - datetime.fromisoformat(at) > 3 * pause:
            found.append(
                Late(source.name, source.name, None, f"was not looked at since {at[:16].replace('T', ' ')} UTC")
            )
    return found


def with_sources(answer: Answer, warehouse: Path) -> Answer:
    """The rows of `boardpack status` with those of the watch: late packs first, then sources, among the packs by time.

    As it was where nothing was ever watched for this warehouse, or its settings file is gone.
    """
    record = Record(warehouse)
    path = record.read("settings")
    try:
        settings = read_settings(Path(path)) if path else None
    except (OSError, ValueError):
        settings = None
    if settings is None:
        return answer
    rows: list[dict[str, object]] = [
        {"outcome": "late", "file_name": late.name, "meeting_date": late.day, "reason": late.said}
        for late in late_packs(settings, record)
    ]
    rows += [
        {"at": _plain(paper.asked_at), "outcome": "refused", "file_name": paper.shown, "reason": paper.said}
        for paper in record.papers("refused", "seen")
        if paper.said
    ]
    looks = record.last_looks()
    blind = {late.name: late.said for late in late_sources(settings, record)}
    for source in settings.sources:
        at, outcome, notes, seen = looks.get(source.name, ("", "never", "", 0))
        said = blind.get(source.name) or "; ".join(part for part in (f"{counted(seen, 'paper')} seen", notes) if part)
        shown = "looked_at" if source.name not in blind else "late" if outcome == "ok" else outcome
        rows.append({"at": _plain(at), "outcome": shown, "file_name": f"source {source.name}", "reason": said})
    added = [tuple(row.get(column) for column in answer.columns) for row in rows]
    when = answer.columns.index("at")
    placed = sorted((*added, *answer.rows), key=lambda row: row[when] or datetime.max, reverse=True)
    return replace(answer, rows=tuple(placed))


def _plain(at: str) -> datetime | None:
    """As the warehouse's own moments are: UTC, without a zone, to the second."""
    return datetime.fromisoformat(at).replace(tzinfo=None, microsecond=0) if at else None


def write_metrics(settings: Settings, record: Record, path: Path) -> None:
    """The numbers as a Prometheus text file (for the node exporter's textfile collector), replaced at once."""
    registry = CollectorRegistry()

    def gauge(name: str, said: str, *labels: str) -> Gauge:
        return Gauge(f"boardpack_{name}", said, labels, registry=registry)

    papers = gauge("papers", "Papers by source and state", "source", "state")
    looked = gauge("last_look_timestamp_seconds", "When a source was last looked at", "source")
    ok = gauge("last_look_ok", "1 where the last look at a source succeeded", "source")
    late = gauge("packs_late", "Meetings without a pack that is due", "source")
    waits = gauge("oldest_waiting_seconds", "Age of the oldest paper that waits to be loaded")
    run = gauge("last_run_timestamp_seconds", "When this file was written")
    count: Counter[tuple[str, str]] = Counter((p.source, p.state) for p in record.papers())
    looks = record.last_looks()
    missing = Counter(one.source for one in late_packs(settings, record))
    for source in settings.sources:
        for state in STATES:
            papers.labels(source.name, state).set(count[(source.name, state)])
        late.labels(source.name).set(missing[source.name])
        if source.name in looks:
            at, outcome, _, _ = looks[source.name]
            looked.labels(source.name).set(datetime.fromisoformat(at).timestamp())
            ok.labels(source.name).set(outcome == "ok")
    waiting = [datetime.fromisoformat(p.changed_at).timestamp() for p in record.papers("waiting")]
    waits.set(time.time() - min(waiting) if waiting else 0)
    run.set_to_current_time()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry)
