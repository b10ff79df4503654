"""Papers of one meeting have names of their own, whatever the document system calls them."""

from __future__ import annotations

from pathlib import Path

from flows.settings import Fetching, Page, Settings
from flows.watch import open_watch
from tests.sources.site import Site, listing, pdf


def test_one_name_for_all_papers_is_no_name(site: Site, tmp_path: Path) -> None:
    links = [(f"/get.aspx?ID={number}", title) for number, title in enumerate(["Budget", "Risk", "Risk", "Risk"])]
    links += [("/a/download.pdf", "Agenda"), ("/b/download.pdf", "Minutes.pdf")]
    for number, (path, _) in enumerate(links):
        site.put(path, pdf(number))
    site.html("/papers", listing(("/meeting/1", "5 June 2024")))
    site.html("/meeting/1", listing(*links))
    page = Page(name="p", url=site.url("/papers"), links=r"get\.aspx|\.pdf", meetings="/meeting/")
    settings = Settings(page=(page,), fetch=Fetching(seconds_between=0), base=str(tmp_path))
    watch = open_watch(settings, tmp_path / "boardpack.toml")
    with watch.fetcher:
        for paper in watch.look(page):
            watch.bring(paper)
    (meeting,) = watch.waiting()
    names = [paper.file_name for paper in sorted(meeting.papers, key=lambda p: p.uri)]
    assert len(set(names)) == 6
    by_path = {paper.uri.removeprefix(site.url("")): paper.file_name for paper in meeting.papers}
    assert by_path["/get.aspx?ID=0"] == "Budget.pdf"
    risks = sorted(by_path[f"/get.aspx?ID={number}"] for number in (1, 2, 3))
    assert all(name.startswith("Risk") and name.endswith(".pdf") for name in risks)
    assert {by_path["/a/download.pdf"], by_path["/b/download.pdf"]} == {"download.pdf", "Minutes.pdf"}
