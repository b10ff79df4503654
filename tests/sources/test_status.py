"""What is late: meetings whose pack is due, sources that were not looked at; and the same as rows and as metrics."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from flows.settings import Inbox, Page, Schedule, Settings
from flows.watch_papers import Future, Sighting, Told
from flows.watch_record import Record
from flows.watch_status import late_packs, late_sources, with_sources, write_metrics
from tests.warehouse.packs import action, load_all, result
from warehouse.query import Answer
from warehouse.status import status

TODAY = date(2026, 1, 10)
JANUARY = result(meeting="2025-01-15", actions=[action("1")])


@pytest.fixture
def record(warehouse: Path) -> Record:
    return Record(warehouse)


def settings(tmp_path: Path, *days: date, before: int = 7) -> Settings:
    page = Page(name="board", url="http://a.example/", organisation="Westmere", next_meetings=days, days_before=before)
    return Settings(page=(page,), inbox=(Inbox(name="post", folder="in"),), base=str(tmp_path))


def paper(record: Record, state: str, day: date | None = None, meeting: str = "m", sha256: str = "a" * 64) -> None:
    record.note([Sighting("board", f"http://a.example/{meeting}.pdf", "pack", meeting, Told(day=day))])
    found = record.get("board", f"http://a.example/{meeting}.pdf")
    assert found is not None
    record.arrived(found, sha256, "pack.pdf", None)
    found = record.get("board", found.uri)
    assert found is not None
    record.settle(found, state, f"it {state}")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2026, 1, 18), False),
        (date(2026, 1, 17), True),
        (date(2026, 1, 10), True),
        (date(2026, 1, 9), False),
    ],
)
def test_a_pack_is_due_seven_days_before_the_meeting(record: Record, tmp_path: Path, day: date, late: bool) -> None:
    found = late_packs(settings(tmp_path, day), record, TODAY)
    assert [(one.day, one.name) for one in found] == ([(day, "Westmere")] if late else [])


def test_the_count_of_days_is_the_source_s(record: Record, tmp_path: Path) -> None:
    (found,) = late_packs(settings(tmp_path, date(2026, 1, 11), before=1), record, TODAY)
    assert found.said == "no pack 1 day before the meeting"


def test_a_pack_that_failed_is_no_pack_and_the_reason_is_said(record: Record, tmp_path: Path) -> None:
    record.expect([Future("board", "m", Told("Westmere", "Board", date(2026, 1, 12)))])
    paper(record, "failed", date(2026, 1, 12))
    (found,) = late_packs(settings(tmp_path), record, TODAY)
    assert found.name == "Westmere, Board"
    assert found.said == "no pack 2 days before the meeting; it failed"


def test_a_loaded_pack_of_that_day_is_the_pack(record: Record, tmp_path: Path) -> None:
    record.expect([Future("board", "m", Told("Westmere", "Board", date(2026, 1, 12)))])
    paper(record, "loaded", date(2026, 1, 12))
    assert late_packs(settings(tmp_path, date(2026, 1, 12)), record, TODAY) == []


def test_a_pack_whose_day_only_the_pack_itself_says(record: Record, tmp_path: Path, warehouse: Path) -> None:
    load_all(warehouse, JANUARY)
    day = date.fromisoformat(str(JANUARY.meta.meeting_date))
    assert late_packs(settings(tmp_path, day), record, day) != []
    paper(record, "loaded", sha256=JANUARY.document.pack_id)
    assert late_packs(settings(tmp_path, day), record, day) == []


def test_sources_that_are_not_looked_at(record: Record, tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert [late.said for late in late_sources(found, record)] == ["was never looked at"] * 2
    record.looked("board", "failed", "404 Not Found", 0)
    record.looked("post", "ok", "", 3)
    assert [(late.name, late.said) for late in late_sources(found, record)] == [
        ("board", "the last look failed: 404 Not Found")
    ]
    later = datetime.now(UTC) + timedelta(minutes=50)
    assert [late.name for late in late_sources(found, record, later)] == ["post", "board"]
    office_hours = Settings(inbox=found.inbox, schedule=Schedule(cron="0 9 * * mon"), base=str(tmp_path))
    assert late_sources(office_hours, record, later) == [], "a cron schedule rests at night"


def test_status_shows_them_among_the_packs(record: Record, tmp_path: Path, warehouse: Path) -> None:
    load_all(warehouse, JANUARY)
    before = status(warehouse)
    assert with_sources(before, warehouse) == before, "nothing was ever watched"
    soon = date.today() + timedelta(days=3)
    (tmp_path / "boardpack.toml").write_text(
        f"[[page]]\nname='board'\nurl='http://a.example'\nnext_meetings=[{soon}]\n", encoding="utf-8"
    )
    record.set("settings", str(tmp_path / "boardpack.toml"))
    paper(record, "refused")
    record.looked("board", "ok", "", 1)
    answer = with_sources(before, warehouse)
    assert isinstance(answer, Answer)
    names = ("outcome", "file_name", "reason")
    shown = [tuple(row[answer.columns.index(name)] for name in names) for row in answer.rows]
    assert shown[0] == ("late", "board", "no pack 3 days before the meeting")
    assert set(shown[1:3]) == {
        ("refused", "http://a.example/m.pdf", "it refused"),
        ("looked_at", "source board", "1 paper seen"),
    }
    assert len(answer.rows) == len(before.rows) + 3
    (tmp_path / "boardpack.toml").unlink()
    assert with_sources(before, warehouse) == before


def test_metrics_for_prometheus(record: Record, tmp_path: Path) -> None:
    paper(record, "loaded")
    paper(record, "waiting", meeting="n")
    record.looked("board", "failed", "gone", 0)
    target = tmp_path / "deep" / "boardpack.prom"
    write_metrics(settings(tmp_path, date.today()), record, target)
    lines = [line for line in target.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    values = dict(line.rsplit(" ", 1) for line in lines)
    assert values['boardpack_papers{source="board",state="loaded"}'] == "1.0"
    assert values['boardpack_papers{source="board",state="waiting"}'] == "1.0"
    assert values['boardpack_papers{source="post",state="loaded"}'] == "0.0"
    assert values['boardpack_last_look_ok{source="board"}'] == "0.0"
    assert values['boardpack_packs_late{source="board"}'] == "1.0"
    assert 0 <= float(values["boardpack_oldest_waiting_seconds"]) < 60
    assert [path.name for path in target.parent.iterdir()] == ["boardpack.prom"]
