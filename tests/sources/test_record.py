"""The record of the watch: many may write it, a later one is refused, nothing of it is half."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from flows.fetch_record import opened, place
from flows.watch_papers import Future, Sighting, Told
from flows.watch_record import STEPS, Record


def sighting(number: int, **told: object) -> Sighting:
    uri = f"http://a.example/{number}.pdf"
    return Sighting("s", uri, f"paper {number}", uri, Told(**told))  # type: ignore[arg-type]


def test_what_a_source_says_comes_back_as_it_was_said(warehouse: Path) -> None:
    record = Record(warehouse)
    told = Told("NHS Westmere", None, date(2024, 6, 5), "the meeting's page")
    record.note([Sighting("s", "u", "Pack; 'quoted'", "m", told)])
    paper = record.get("s", "u")
    assert paper is not None
    assert (paper.told, paper.title, paper.state, paper.sha256) == (told, "Pack; 'quoted'", "seen", None)
    assert record.get("s", "v") is None


def test_seeing_a_paper_again_changes_what_is_said_of_it_and_nothing_that_is_known(warehouse: Path) -> None:
    record = Record(warehouse)
    record.note([sighting(1)])
    paper = record.papers()[0]
    record.arrived(paper, "f" * 64, "1.pdf", None)
    record.note([sighting(1, organisation="Westmere")])
    again = record.papers()[0]
    assert (again.state, again.sha256, again.told.organisation) == ("waiting", "f" * 64, "Westmere")
    assert again.first_seen == paper.first_seen
    assert [event[3] for event in record.events()] == ["seen", "waiting"]


def test_many_writers_lose_nothing(warehouse: Path) -> None:
    record = Record(warehouse)

    def write(number: int) -> None:
        Record(warehouse).note([sighting(number)])
        paper = record.get("s", f"http://a.example/{number}.pdf")
        assert paper is not None
        record.settle(paper, "loaded", "ok", "v1")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(40)))
    assert {paper.state for paper in record.papers()} == {"loaded"}
    assert len(record.papers()) == 40
    assert {paper.read_by for paper in record.papers()} == {"v1"}


def test_who_comes_while_the_record_is_begun_waits(warehouse: Path) -> None:
    place(warehouse).parent.mkdir(parents=True)
    first = sqlite3.connect(place(warehouse), isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE begun (at TEXT)")
    with ThreadPoolExecutor(1) as threads:
        second = threads.submit(Record(warehouse).note, [sighting(1)])
        with pytest.raises(TimeoutError):
            second.result(0.3)
        first.execute("COMMIT")
        second.result(30)
    first.close()
    assert len(Record(warehouse).papers()) == 1


def test_a_step_that_fails_leaves_the_record_as_it_was(warehouse: Path) -> None:
    record = Record(warehouse)
    record.note([sighting(1)])
    with pytest.raises(ZeroDivisionError), opened(warehouse) as connection:
        connection.execute("DELETE FROM papers")
        1 / 0  # noqa: B018
    assert len(record.papers()) == 1


def test_a_record_of_a_later_version_is_not_touched(warehouse: Path) -> None:
    Record(warehouse).note([sighting(1)])
    connection = sqlite3.connect(place(warehouse))
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    with pytest.raises(ValueError, match="made by a later boardpack"):
        Record(warehouse).papers()


def test_asking_makes_no_record(warehouse: Path) -> None:
    assert Record(warehouse).read("settings") is None
    assert not place(warehouse).parent.exists()


def test_meetings_keep_what_is_known_of_them(warehouse: Path) -> None:
    record = Record(warehouse)
    record.expect([Future("s", "m", Told("Westmere", "Board", date(2024, 6, 5)), "June")])
    record.expect([Future("s", "m", Told(), "June meeting")])
    (meeting,) = record.meetings()
    assert (meeting.told.organisation, meeting.told.day, meeting.title) == (
        "Westmere",
        date(2024, 6, 5),
        "June meeting",
    )
