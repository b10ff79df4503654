"""From a council's site to rows in the warehouse: `boardpack serve --once`, look after look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows import fetch
from flows.exit_status import main
from flows.settings import read_settings
from flows.watch import open_watch
from flows.watch_record import Record
from tests.sources.site import Site, listing, pdf
from warehouse.query import query

SETTINGS = """
[schedule]
readers = 1
[fetch]
seconds_between = 0
recheck = "0.001 seconds"
max_seconds = 1
[[page]]
name = "board"
url = "{url}"
organisation = "NHS Westmere"
board = "Board"
"""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for between tries."""
    monkeypatch.setattr(fetch.persist, "__defaults__", (lambda _: None,))


def settings(tmp_path: Path, site: Site, more: str = "") -> Path:
    path = tmp_path / "boardpack.toml"
    path.write_text(SETTINGS.format(url=site.url("/papers")) + more, encoding="utf-8")
    return path


def look(path: Path) -> int:
    return main(["serve", "--once", "--settings", str(path)])


def states(path: Path) -> dict[str, str]:
    record = Record(path.parent / "boardpack.duckdb")
    return {paper.uri.rpartition("/")[2]: paper.state for paper in record.papers()}


def loads(path: Path) -> list[tuple[str, str]]:
    rows = query(path.parent / "boardpack.duckdb", "SELECT file_name, outcome FROM runs ORDER BY started_at").rows
    return [(name, "loaded" if outcome.startswith("loaded") else outcome) for name, outcome in rows]


def test_everything_that_a_site_does_to_a_visitor(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A good pack; others that break off, are cut, slow, elsewhere, of 2 GB, or web pages; two of which get well."""
    site.put("/good.pdf", pdf())
    site.put("/cut.pdf", pdf(1)[:9000], declared=len(pdf(1)))
    site.put("/ends.pdf", pdf(1)[:9000])
    site.put("/slow.pdf", pdf(2), pause=0.05)
    site.put("/away.pdf", b"", status=302, headers={"Location": site.url("/x.pdf").replace("127.0.0.1", "localhost")})
    site.put("/huge.pdf", pdf(3), declared=2 << 30)
    site.put("/page.pdf", b"<html>Sign in</html>")
    names = ["good", "cut", "ends", "slow", "away", "huge", "page"]
    site.html("/papers", listing(*(f"/{name}.pdf" for name in names)))
    path = settings(tmp_path, site)

    assert look(path) == 1
    assert states(path) == {
        "good.pdf": "loaded",
        "cut.pdf": "seen",
        "ends.pdf": "failed",
        "slow.pdf": "seen",
        "away.pdf": "refused",
        "huge.pdf": "refused",
        "page.pdf": "refused",
    }
    told = capsys.readouterr()
    assert "1 source looked at; 1 loaded, 1 failed" in told.out
    for said in ("ended before the file did", "another host, localhost", "2,147 MB declared", "a web page saved under"):
        assert said in told.err
    assert sorted(loads(path)) == [("ends.pdf", "failed"), ("good.pdf", "loaded")]
    assert site.count("/good.pdf") == 1

    site.pages["/cut.pdf"].declared = None
    site.put("/cut.pdf", pdf(1))
    site.put("/slow.pdf", pdf(2))
    assert look(path) == 1
    assert states(path)["cut.pdf"] == states(path)["slow.pdf"] == "loaded"
    assert site.count("/good.pdf", 304) == 1, "asked whether it changed, not sent"
    assert [name for name, _ in loads(path)].count("good.pdf") == 1

    asked = "SELECT DISTINCT organisation, board FROM packs_all WHERE outcome <> 'failed'"
    assert query(path.parent / "boardpack.duckdb", asked).rows == (("NHS Westmere", "Board"),)


def test_new_replaced_and_unchanged(site: Site, tmp_path: Path) -> None:
    site.put("/a.pdf", pdf(1))
    site.html("/papers", listing("/a.pdf"))
    path = settings(tmp_path, site)
    assert look(path) == 0
    assert look(path) == 0
    assert loads(path) == [("a.pdf", "loaded")]
    site.put("/a.pdf", pdf(2))
    site.put("/b.pdf", pdf(3))
    site.html("/papers", listing("/a.pdf", "/b.pdf"))
    assert look(path) == 0
    assert sorted(loads(path)) == [("a.pdf", "loaded"), ("a.pdf", "loaded"), ("b.pdf", "loaded")]
    said = [(uri.rpartition("/")[2], state) for _, _, uri, state, _ in Record(tmp_path / "boardpack.duckdb").events()]
    assert said[:3] == [("a.pdf", "seen"), ("a.pdf", "waiting"), ("a.pdf", "loaded")]


def test_a_known_paper_is_left_alone_between_rechecks(site: Site, tmp_path: Path) -> None:
    site.put("/a.pdf", pdf(1))
    site.html("/papers", listing("/a.pdf"))
    path = settings(tmp_path, site)
    path.write_text(path.read_text().replace("0.001 seconds", "1 day"))
    assert look(path) == look(path) == 0
    assert site.count("/a.pdf") == 1
    assert site.count("/papers") == 2


def test_what_was_fetched_and_not_loaded_is_loaded_next_time_without_fetching_it_again(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site.put("/a.pdf", pdf(1))
    site.html("/papers", listing("/a.pdf"))
    path = settings(tmp_path, site)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("flows.watch_load.load_meeting", killed)
        assert look(path) == 1
    assert "stopped" in capsys.readouterr().err
    assert states(path) == {"a.pdf": "waiting"}
    site.pages.clear()
    assert look(path) == 1, "the site is gone"
    assert states(path) == {"a.pdf": "loaded"}
    assert loads(path) == [("a.pdf", "loaded")]


def test_a_fault_that_is_not_the_pack_s_is_tried_three_times(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a.pdf", pdf(1))
    site.html("/papers", listing("/a.pdf"))
    path = settings(tmp_path, site)
    monkeypatch.setattr("flows.pipeline.ReaderPool.read", lambda *_, **__: 1 / 0)
    seen = []
    for _ in range(3):
        assert look(path) == 1
        seen.append(states(path)["a.pdf"])
    assert seen == ["waiting", "waiting", "failed"]
    assert look(path) == 0


def test_after_an_upgrade_packs_are_read_again_and_nothing_is_fetched(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a.pdf", pdf(1))
    site.html("/papers", listing("/a.pdf"))
    path = settings(tmp_path, site)
    path.write_text(path.read_text().replace("0.001 seconds", "1 day"))
    assert look(path) == 0
    watch = open_watch(read_settings(path), path)
    watch.read_again()
    assert watch.waiting() == []
    monkeypatch.setattr("flows.watch.code_version", lambda: "of tomorrow")
    watch.read_again()
    (meeting,) = watch.waiting()
    assert [paper.said for paper in meeting.papers] == ["read again: the code has changed"]
    assert meeting.sources()[0].path.read_bytes() == pdf(1)
    assert look(path) == 0
    watch.read_again()
    assert watch.waiting() == [], "once"
    assert site.count("/a.pdf") == 1


def test_the_same_bytes_at_two_places_are_loaded_once(site: Site, tmp_path: Path) -> None:
    site.put("/a.pdf", pdf(1))
    site.html("/papers", listing("/a.pdf"))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "copy.pdf").write_bytes(pdf(1))
    path = settings(tmp_path, site, '[[inbox]]\nname = "post"\nfolder = "inbox"\nsettle = "0.001 seconds"\n')
    assert look(path) == 0
    assert states(path) == {"a.pdf": "loaded", "copy.pdf": "loaded"}
    assert len(loads(path)) == 1


def test_a_meeting_of_many_papers_is_one_meeting(site: Site, tmp_path: Path) -> None:
    """Six PDFs, none of which says the meeting's date as its page does."""
    names = [f"/f/item-{number}.pdf" for number in range(6)]
    for number, name in enumerate(names):
        site.put(name, pdf(number))
    site.html("/papers", listing(("/meeting/june", "5 June 2024")))
    site.html("/meeting/june", listing(*names))
    path = settings(tmp_path, site, "")
    path.write_text(path.read_text() + 'meetings = "/meeting/"\n')
    assert look(path) == 0
    rows = query(
        tmp_path / "boardpack.duckdb",
        "SELECT count(*), count(DISTINCT organisation || board || meeting_date), min(meeting_date)::VARCHAR,"
        " min(evidence->>'meeting_date') FROM packs_all",
    ).rows
    assert rows == ((6, 1, "2024-06-05", "the meeting's page"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no source is named"), ("[[page]]\nname='x'\n", "missing required field"), (None, "there is no such file")],
)
def test_a_wrong_file_ends_with_two_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    path = tmp_path / "boardpack.toml"
    if text is not None:
        path.write_text(text)
    assert look(path) == 2
    assert said in capsys.readouterr().err


def test_json_lines(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.put("/page.pdf", b"<html>Sign in</html>")
    site.html("/papers", listing("/page.pdf"))
    assert main(["serve", "--once", "--settings", str(settings(tmp_path, site)), "--log-format", "json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["outcome"], line["source"]) for line in lines] == [("failed", site.url("/page.pdf"))]
