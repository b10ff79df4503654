"""Which links of a page are packs, and of which meeting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.fetch import Fetcher, Manners
from flows.fetch_http import FetchFailure, Got
from flows.settings import Page
from flows.watch_links import links_of, look, meeting_day, title_of
from flows.watch_papers import Seen
from tests.sources.site import Site, listing

MANNERS = Manners(seconds_between=0, obey_robots=False)


def page(html: str, url: str = "https://a.example/board/", kind: str = "text/html") -> Got:
    return Got(url, body=html.encode("utf-8"), content_type=kind)


def see(warehouse: Path, **keys: object) -> Seen:
    with Fetcher(warehouse, MANNERS) as fetcher:
        return look(Page(name="p", **keys), fetcher, lambda fetch: fetch())  # type: ignore[arg-type]


def test_links_as_pages_write_them() -> None:
    html = """<base href="/docs/"><p>Intro <a href="a.pdf">June <b>pack</b></a></p>
    <a href="a.pdf#page=2">again</a> <a href='Public reports pack
     05th-Jun 10.00.pdf?T=10'></a> <a href="//cdn.example/b.PDF" title="July">​</a>
    <a href="mailto:x@a.example">mail</a> <a href="javascript:void(0)">x</a> <a>none</a> <a href="http://[bad">x</a>"""
    found = [(link.url, link.text) for link in links_of(page(html))]
    assert found[0] == ("https://a.example/docs/a.pdf", "June pack")
    assert found[1][0].startswith("https://a.example/docs/Public%20reports%20pack")
    assert "05th-Jun%2010.00.pdf?T=10" in found[1][0]
    assert found[2][0] == "https://cdn.example/b.PDF"
    assert len(found) == 3


def test_pages_in_other_alphabets_and_broken_pages() -> None:
    got = Got(
        "https://a.example/", body="<a href=x.pdf>Caf\xe9".encode("latin-1"), content_type="text/html; charset=latin-1"
    )
    assert links_of(got)[0].text == "Café"
    assert links_of(page("\x00<<<a href='x.pdf'")) == []
    assert links_of(Got("https://a.example/", body=b"<a href='x'>", content_type="text/html; charset=nonsense"))
    assert title_of(page("<title>T</title><h1> Board <i>June</i> </h1>")) == "Board June"


@pytest.mark.parametrize(
    ("texts", "day"),
    [
        (("Board papers 5 June 2024",), date(2024, 6, 5)),
        (("Board papers", "Wednesday 5th June 2024, 10am"), date(2024, 6, 5)),
        (("Pack (published 28 May 2024)", "5 June 2024"), None),
        (("5 June 2024 and 3 July 2024",), None),
        (("June 2024",), None),
        (("Minutes of 5 June 2024",), None),
    ],
)
def test_the_meeting_s_day_in_a_link(texts: tuple[str, ...], day: date | None) -> None:
    assert meeting_day(*texts) == day


def test_packs_by_address_and_by_text(site: Site, warehouse: Path) -> None:
    url = site.html(
        "/papers",
        listing(
            ("/a/pack-june.pdf", "Board pack 5 June 2024"),
            ("/a/minutes.pdf", "Minutes"),
            ("/a/PACK-JULY.PDF", "Board pack"),
            ("/about", "About the board pack"),
        ),
    )
    seen = see(warehouse, url=url, text="pack", organisation="Westmere")
    assert [(p.uri, p.told.day, p.told.organisation) for p in seen.papers] == [
        (site.url("/a/pack-june.pdf"), date(2024, 6, 5), "Westmere"),
        (site.url("/a/PACK-JULY.PDF"), None, "Westmere"),
    ]
    assert [p.meeting for p in seen.papers] == [p.uri for p in seen.papers], "each stands alone"


def test_one_level_of_meeting_pages_and_no_more(site: Site, warehouse: Path) -> None:
    url = site.html("/board", listing(("/board/meeting-1", "5 June 2024"), ("/board/meeting-2", "Next meeting")))
    papers = [f"/f/item-{n}.pdf" for n in range(19)]
    site.html("/board/meeting-1", listing(*papers, ("/board/meeting-9", "deeper")))
    site.html("/board/meeting-2", "<h1>Meeting on Wednesday 3 July 2024</h1><a href='/f/july.pdf'>pack</a>")
    site.html("/board/meeting-9", listing("/f/deeper.pdf"))
    seen = see(warehouse, url=url, meetings=r"meeting-\d")
    first = [p for p in seen.papers if p.meeting == site.url("/board/meeting-1")]
    assert [p.uri for p in first] == [site.url(path) for path in papers]
    assert {p.told.day for p in first} == {date(2024, 6, 5)}
    assert [(p.uri, p.told.day) for p in seen.papers if p not in first] == [(site.url("/f/july.pdf"), date(2024, 7, 3))]
    assert [(m.meeting, m.told.day) for m in seen.meetings] == [
        (site.url("/board/meeting-1"), date(2024, 6, 5)),
        (site.url("/board/meeting-2"), date(2024, 7, 3)),
    ]
    assert site.count("/board/meeting-9") == 0


def test_a_meeting_s_page_that_is_gone_is_noted_and_the_others_are_read(site: Site, warehouse: Path) -> None:
    url = site.html("/board", listing("/meeting/1", "/meeting/2", "http://localhost:1/meeting/3"))
    site.html("/meeting/2", listing("/two.pdf"))
    seen = see(warehouse, url=url, meetings="/meeting/")
    assert [p.uri for p in seen.papers] == [site.url("/two.pdf")]
    assert len(seen.notes) == 2
    assert "404" in seen.notes[0]
    assert "another host" in seen.notes[1]


def test_a_page_made_by_a_script_is_said_to_be_so(site: Site, warehouse: Path) -> None:
    url = site.html("/app", "<div id=root></div><script src=app.js></script>")
    with pytest.raises(FetchFailure, match="made by a script"):
        see(warehouse, url=url)


def test_a_page_that_lists_no_paper_any_more_is_a_failure_not_a_quiet_day(site: Site, warehouse: Path) -> None:
    url = site.html("/papers", listing(("/about", "About us"), ("/news", "News")))
    with pytest.raises(FetchFailure, match="none of the page's links is a paper"):
        see(warehouse, url=url, meetings="/meeting/")
    site.html("/papers", listing(("/meeting/1", "3 July 2024")))
    site.html("/meeting/1", "<p>Papers will be published here.</p>")
    assert see(warehouse, url=url, meetings="/meeting/").papers == [], "a meeting whose papers are still to come"


def test_papers_that_are_no_pdfs_are_said(site: Site, warehouse: Path) -> None:
    url = site.html("/papers", listing("/a.pdf", "/b.DOCX", "/meeting/1"))
    site.html("/meeting/1", listing("/c.xlsx?v=2", "/b.DOCX", "/d.pdf"))
    seen = see(warehouse, url=url, meetings="/meeting/")
    assert len(seen.papers) == 2
    assert seen.notes == [f"2 documents not read, being no PDF, such as {site.url('/b.DOCX')}"]


def test_links_that_say_they_are_pdfs_and_are_passed_over_are_said(site: Site, warehouse: Path) -> None:
    url = site.html(
        "/papers",
        listing("/a.pdf", ("/download/12", "Board pack (PDF, 2 MB)"), ("/b.pdf", "Minutes PDF"), ("/x", "Updates")),
    )
    seen = see(warehouse, url=url, text="pack|a.pdf")
    assert [paper.uri for paper in seen.papers] == [site.url("/a.pdf")]
    assert seen.notes == [f"1 link called PDF, but passed over by `links`, such as {site.url('/download/12')}"]


def test_a_listing_that_is_as_it_was_is_not_sent_again(site: Site, warehouse: Path) -> None:
    url = site.html("/papers", listing("/a.pdf"))
    assert see(warehouse, url=url).papers == see(warehouse, url=url).papers
    assert [status for _, status in site.asked] == [200, 304]
