"""Files that people and programs put into a folder, seen while they arrive."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.settings import Inbox, Settings
from flows.watch import Watch, open_watch
from flows.watch_inbox import GIVEN_UP
from flows.watch_papers import Paper
from schemas.failure import PackFailure
from tests.sources.site import pdf

HOUR_AGO = time.time() - 3600


def put(path: Path, data: bytes, age: float = 3600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    (tmp_path / "inbox").mkdir()
    inbox = Inbox(name="post", folder="inbox", organisation="Westmere", settle="10 seconds", folder_is_meeting=True)
    watch = open_watch(Settings(inbox=(inbox,), base=str(tmp_path)), tmp_path / "boardpack.toml")
    watch.fetcher.close()
    return watch


def look(watch: Watch) -> dict[str, Paper]:
    watch.look(watch.settings.sources[0])
    return {paper.title: paper for paper in watch.record.papers()}


def test_a_whole_file_waits_and_the_inbox_is_left_as_it_is(watch: Watch, tmp_path: Path) -> None:
    file = put(tmp_path / "inbox" / "June pack.PDF", pdf())
    paper = look(watch)["June pack.PDF"]
    assert paper.state == "waiting"
    assert paper.path is not None and paper.path.read_bytes() == pdf()
    assert paper.path.parent == tmp_path / "boardpack.packs"
    assert file.read_bytes() == pdf()
    (meeting,) = watch.waiting()
    (source,) = meeting.sources()
    assert source.file_name == "June pack.PDF"
    assert source.uri == file.as_uri()
    assert source.hints is not None and source.hints.organisation == "Westmere"


def test_a_file_that_changed_a_moment_ago_is_left(watch: Watch, tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "a.pdf", pdf(), age=2)
    assert look(watch)["a.pdf"].state == "seen"


def test_a_file_that_grows_between_looks_is_left_and_read_when_it_is_whole(watch: Watch, tmp_path: Path) -> None:
    file = tmp_path / "inbox" / "a.pdf"
    for share in (0.3, 0.6):
        put(file, pdf()[: int(len(pdf()) * share)], age=60)
        assert look(watch)["a.pdf"].state == "seen"
    put(file, pdf(), age=60)
    assert look(watch)["a.pdf"].state == "waiting"


def test_a_size_that_was_set_before_the_content_is_no_end(watch: Watch, tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "a.pdf", pdf()[:5000].ljust(len(pdf()), b"\0"), age=60)
    assert look(watch)["a.pdf"].state == "seen"


def test_a_clock_that_is_ahead_on_the_file_server(watch: Watch, tmp_path: Path) -> None:
    """The file's age is in the future: two looks that see it unchanged decide."""
    put(tmp_path / "inbox" / "a.pdf", pdf(), age=-3600)
    paper = look(watch)["a.pdf"]
    assert paper.state == "seen"
    past = (datetime.now(UTC) - timedelta(seconds=11)).isoformat()
    watch.record._set(paper, {"marked_at": past})
    assert look(watch)["a.pdf"].state == "waiting"


def test_a_file_without_an_end_is_given_up_after_a_while_and_said_to_be_broken(watch: Watch, tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "cut.pdf", pdf()[:5000], age=GIVEN_UP.total_seconds() + 5)
    assert look(watch)["cut.pdf"].state == "waiting"


def test_what_is_not_meant_for_us(watch: Watch, tmp_path: Path) -> None:
    for name in ("~$draft.pdf", ".hidden.pdf", "pack.pdf.part"):
        put(tmp_path / "inbox" / name, pdf())
    put(tmp_path / "inbox" / "notes.docx", b"PK\x03\x04 word/document.xml")
    assert look(watch) == {}


def test_a_file_is_taken_once_and_again_when_it_is_replaced(watch: Watch, tmp_path: Path) -> None:
    file = put(tmp_path / "inbox" / "a.pdf", pdf())
    paper = look(watch)["a.pdf"]
    watch.record.settle(paper, "loaded", "7 actions")
    assert look(watch)["a.pdf"].state == "loaded"
    put(file, pdf(), age=120)
    assert look(watch)["a.pdf"].state == "loaded", "touched, not changed"
    put(file, pdf(2), age=60)
    again = look(watch)["a.pdf"]
    assert again.state == "waiting"
    assert again.sha256 != paper.sha256


def test_a_copy_that_was_taken_away_before_it_was_read_is_made_again(watch: Watch, tmp_path: Path) -> None:
    put(tmp_path / "inbox" / "a.pdf", pdf())
    kept = look(watch)["a.pdf"].path
    assert kept is not None
    kept.unlink()
    assert watch.waiting() == []
    assert look(watch)["a.pdf"].state == "waiting"
    assert kept.read_bytes() == pdf()


def test_a_folder_of_papers_is_one_meeting(watch: Watch, tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path / "inbox" / "2024-06-05" / f"item {number}.pdf", pdf(number))
    put(tmp_path / "inbox" / "alone.pdf", pdf(99))
    look(watch)
    assert sorted(len(meeting.papers) for meeting in watch.waiting()) == [1, 5]


def test_a_folder_that_is_not_there_is_said(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "inbox").rmdir()
    with pytest.raises(PackFailure, match="there is no folder"):
        watch.look(watch.settings.sources[0])
    at, outcome, said, _ = watch.record.last_looks()["post"]
    assert outcome == "failed"
    assert "there is no folder" in said
    assert at
