"""A council's committees: by the web service, and by the pages where it is shut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.fetch import Fetcher, Manners
from flows.fetch_http import FetchFailure
from flows.settings import ModernGov
from flows.watch_moderngov import look
from flows.watch_papers import Seen
from tests.sources.site import Page, Site

TODAY = date(2026, 2, 1)
MEETINGS = "/mgWebService.asmx/GetMeetings?lCommitteeId=144&sFromDate=03%2F12%2F2025&sToDate=02%2F04%2F2026"
XML = """<?xml version="1.0" encoding="utf-8"?>
<getmeetings><meetingscount>3</meetingscount><committee><committeeid>144</committeeid>
<committeetitle>Health &amp;amp; Care Board</committeetitle><committeemeetings>
<meeting><meetingid>1</meetingid><meetingdate>13/01/2026</meetingdate><meetingstatus>Cancelled</meetingstatus></meeting>
<meeting><meetingid>2</meetingid><meetingdate>10/02/2026</meetingdate><meetingstatus>Confirmed</meetingstatus></meeting>
<meeting><meetingid>3</meetingid><meetingdate>10/03/2026</meetingdate><meetingstatus>Confirmed</meetingstatus></meeting>
</committeemeetings></committee></getmeetings>"""
DETAIL = """<meeting><meetingid>3</meetingid><agendaitems><agendaitem><linkeddocuments>
<linkeddoc><title>Budget</title><url>{0}/mgConvert2PDF.aspx?ID=77</url><isrestricted>False</isrestricted></linkeddoc>
<linkeddoc><title>Risk</title><url>{0}/mgConvert2PDF.aspx?ID=78</url><isrestricted>False</isrestricted></linkeddoc>
<linkeddoc><title>Secret</title><url>{0}/mgConvert2PDF.aspx?ID=79</url><isrestricted>True</isrestricted></linkeddoc>
</linkeddocuments></agendaitem></agendaitems></meeting>"""
PACK_PAGE = """<a href="documents/g2/Agenda frontsheet 10th-Feb-2026.pdf?T=0">Agenda frontsheet</a>
<a href="documents/g2/Public reports pack 10th-Feb-2026 10.00 Board.pdf?T=10">Agenda reports pack</a>
<a href="documents/g2/Printed minutes 10th-Feb-2026.pdf?T=1">Printed minutes</a>
<a href="documents/s66/Report.pdf">Report</a> <a href="mgUserInfo.aspx?UID=1">Councillor</a>"""
PAPERS_PAGE = '<a href="documents/s77/Budget.pdf">Budget PDF 1 MB</a>'
LIST_PAGE = """<ul><li><a href="ieListDocuments.aspx?CId=144&amp;MId=2&amp;Ver=4">10 Feb 2026 10.00 am</a></li>
<li><a href="ieListDocuments.aspx?CId=144&amp;MId=1&amp;Ver=4">13 Jan 2026 10.00 am - Cancelled</a></li>
<li><a href="ieListDocuments.aspx?CId=144&amp;MId=9&amp;Ver=4">10 Feb 2025 10.00 am</a></li>
<li><a href="mgCommitteeDetails.aspx?ID=144">10 Feb 2026</a></li></ul>"""


@pytest.fixture
def council(site: Site) -> Site:
    site.pages[MEETINGS] = Page(XML.encode(), "text/xml")
    site.html("/ieListDocuments.aspx?CId=144&MId=2", PACK_PAGE)
    site.html("/ieListDocuments.aspx?CId=144&MId=3", PAPERS_PAGE)
    detail = DETAIL.format(site.url(""))
    site.pages["/mgWebService.asmx/GetMeeting?lMeetingId=3"] = Page(detail.encode(), "text/xml")
    return site


def see(warehouse: Path, url: str, **keys: object) -> Seen:
    source = ModernGov(name="c", url=url, committees=(144,), **keys)  # type: ignore[arg-type]
    with Fetcher(warehouse, Manners(seconds_between=0, obey_robots=False)) as fetcher:
        return look(source, fetcher, lambda fetch: fetch(), TODAY)


def test_the_pack_where_there_is_one_else_the_papers(council: Site, warehouse: Path) -> None:
    seen = see(warehouse, council.url("/"))
    two, three = council.url("#M2"), council.url("#M3")
    assert [(m.meeting, m.told.day, m.told.board) for m in seen.meetings] == [
        (two, date(2026, 2, 10), "Health & Care Board"),
        (three, date(2026, 3, 10), "Health & Care Board"),
    ]
    shown = [(p.meeting, p.title, p.told.day) for p in seen.papers]
    assert shown == [
        (two, "Agenda reports pack", date(2026, 2, 10)),
        (three, "Budget", date(2026, 3, 10)),
        (three, "Risk", date(2026, 3, 10)),
    ]
    assert seen.papers[0].uri.endswith("/documents/g2/Public%20reports%20pack%2010th-Feb-2026%2010.00%20Board.pdf?T=10")
    assert not any("ID=79" in p.uri or "ID=77" in p.uri for p in seen.papers), "restricted, and listed already"


def test_papers_one_by_one_where_that_is_wanted(council: Site, warehouse: Path) -> None:
    titles = [p.title for p in see(warehouse, council.url(""), papers="papers").papers if p.meeting.endswith("M2")]
    assert titles == ["Agenda frontsheet", "Report"]


@pytest.mark.parametrize(
    "answer", [Page(b"", status=404), Page(b"", status=500), Page(b"<html>login</html", "text/html")]
)
def test_pages_where_the_service_is_shut(council: Site, warehouse: Path, answer: Page) -> None:
    council.pages[MEETINGS] = answer
    council.html("/ieListMeetings.aspx?CId=144&Year=2025", "<ul></ul>")
    council.html("/ieListMeetings.aspx?CId=144&Year=2026", LIST_PAGE)
    seen = see(warehouse, council.url(""), board="Care Board")
    assert [(m.meeting, m.told.day, m.told.board) for m in seen.meetings] == [
        (council.url("#M2"), date(2026, 2, 10), "Care Board")
    ]
    assert [p.title for p in seen.papers] == ["Agenda reports pack"]


def test_a_bomb_of_entities_is_no_answer(council: Site, warehouse: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><getmeetings>&b;</getmeetings>'
    council.pages[MEETINGS] = Page(bomb.encode(), "text/xml")
    with pytest.raises(FetchFailure, match="404"):
        see(warehouse, council.url(""))
