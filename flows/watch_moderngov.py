"""ModernGov, the committee software of most English councils: meetings and papers by its web service or its pages.

The service is SOAP that also answers plain GETs: `mgWebService.asmx/GetMeetings?lCommitteeId=…&sFromDate=dd/mm/yyyy&…`
lists meetings, `GetMeeting?lMeetingId=…` one meeting's agenda with its `linkeddoc`s. Some councils shut it; then
`ieListMeetings.aspx?CId=…` and `ieListDocuments.aspx?CId=…&MId=…` say the same as HTML. The reports pack, all papers as
one PDF, is linked on the latter only: `documents/g<meeting>/Public reports pack ….pdf?T=10`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from flows.fetch import Fetcher
from flows.fetch_http import FetchFailure, Got
from flows.settings import ModernGov
from flows.watch_links import Link, links_of, meeting_day
from flows.watch_papers import Future, Seen, Sighting, Told
from schemas.failure import FailureCode

Fetch = Callable[[Callable[[], Got]], Got]
PACK = re.compile(r"(?:reports|agenda|document)s?[ _]*pack|[?&]T=10\b", re.IGNORECASE)
PAPER = re.compile(r"/documents/[sgb]\d+/|/mgConvert2PDF\.aspx", re.IGNORECASE)
SIZE = re.compile(r"[\s,(]*PDF\s*[\d.,]+\s*[KMG]B\)?$", re.IGNORECASE)
"""`Budget PDF 1 MB`: what the site adds to a paper's title."""
NOT_PAPERS = re.compile(r"[?&]T=(?:1|11|2|3|9)\b|printed (?:minutes|decisions)", re.IGNORECASE)
"""Printed minutes and decisions: published after the meeting, about it."""


SETTLED, RARELY = timedelta(days=14), timedelta(days=1)
"""So long after a meeting its page is asked for so rarely: with years of meetings, each look would take minutes."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a committee."""

    number: int
    day: date
    committee: int
    board: str
    cancelled: bool = False


def look(source: ModernGov, fetcher: Fetcher, fetch: Fetch, today: date | None = None) -> Seen:
    """The papers of the committees' meetings from `days_back` to `days_ahead`. Raises `FetchFailure`."""
    now = today or date.today()
    first, last = now - timedelta(days=source.days_back), now + timedelta(days=source.days_ahead)
    site = _Site(source, fetcher, fetch, now)
    seen = Seen()
    for committee in source.committees:
        for meeting in site.meetings(committee, first, last):
            if meeting.cancelled:
                continue
            told = Told(source.organisation or None, source.board or meeting.board or None, meeting.day, "ModernGov")
            name = f"{site.base}#M{meeting.number}"
            seen.meetings.append(Future(source.name, name, told, told.board or ""))
            seen.papers += [
                Sighting(source.name, link.url, SIZE.sub("", link.text), name, told) for link in site.papers(meeting)
            ]
    return seen


class _Site:
    def __init__(self, source: ModernGov, fetcher: Fetcher, fetch: Fetch, today: date) -> None:
        self.source, self.fetcher, self.fetch, self.today = source, fetcher, fetch, today
        self.base = source.url.rstrip("/")

    def _get(self, path: str, fresh_for: timedelta = timedelta(), **query: object) -> Got:
        url = f"{self.base}/{path}?{urlencode(query)}"
        return self.fetch(lambda: self.fetcher.page(url, self.source.hosts, fresh_for))

    def meetings(self, committee: int, first: date, last: date) -> list[Meeting]:
        """By the service; by the pages where it is shut."""
        try:
            got = self._get(
                "mgWebService.asmx/GetMeetings",
                lCommitteeId=committee,
                sFromDate=f"{first:%d/%m/%Y}",
                sToDate=f"{last:%d/%m/%Y}",
            )
            return _meetings_of(_xml(got), committee)
        except FetchFailure as failure:
            if failure.passing and failure.detail[:1] != "5":
                raise
        found: dict[int, Meeting] = {}
        for year in range(first.year, last.year + 1):
            for link in links_of(self._get("ieListMeetings.aspx", CId=committee, Year=year)):
                number, day = _number(link.url), meeting_day(link.text, link.around)
                if number and day and first <= day <= last and "ielistdocuments" in link.url.lower():
                    cancelled = "cancel" in f"{link.text} {link.around}".lower()
                    found[number] = Meeting(number, day, committee, "", cancelled)
        return list(found.values())

    def papers(self, meeting: Meeting) -> list[Link]:
        """The reports pack (and its supplements) where there is one and it is wanted; else each paper."""
        past = self.today - meeting.day > SETTLED
        fresh_for = RARELY if past else timedelta()
        page = self._get("ieListDocuments.aspx", fresh_for, CId=meeting.committee, MId=meeting.number)
        links = [link for link in links_of(page) if PAPER.search(link.url) and not _is_other(link)]
        packs = [link for link in links if PACK.search(link.url) or PACK.search(link.text)]
        if packs and self.source.papers == "pack":
            return packs
        papers = {link.url: link for link in links if link not in packs}
        try:
            detail = self._get("mgWebService.asmx/GetMeeting", fresh_for, lMeetingId=meeting.number)
            listed = _papers_of(_xml(detail))
        except FetchFailure:
            listed = []
        known = {_paper_number(url) for url in papers}
        for link in listed:
            if _paper_number(link.url) not in known:
                papers[link.url] = link
        return list(papers.values())


def _is_other(link: Link) -> bool:
    return bool(NOT_PAPERS.search(link.url) or NOT_PAPERS.search(link.text))


def _number(url: str) -> int | None:
    query = {name.lower(): values for name, values in parse_qs(urlsplit(url).query).items()}
    value = query.get("mid", [""])[0]
    return int(value) if value.isdigit() else None


def _paper_number(url: str) -> str:
    """What a paper's two addresses share: `documents/s123/…` and `mgConvert2PDF.aspx?ID=123`."""
    match = re.search(r"/documents/s(\d+)/|mgConvert2PDF\.aspx\?.*?ID=(\d+)", url, re.IGNORECASE)
    return (match[1] or match[2]) if match else url


def _xml(got: Got) -> Element:
    try:
        return ElementTree.fromstring(got.body)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise FetchFailure(FailureCode.FETCH_FAILED, f"no XML from the web service: {error}"[:200]) from None


def _meetings_of(root: Element, committee: int) -> list[Meeting]:
    found = []
    for body in root.iter("committee"):
        board = _text(body, "committeetitle")
        for item in body.iter("meeting"):
            number, day = _text(item, "meetingid"), _day(_text(item, "meetingdate"))
            if number.isdigit() and day:
                cancelled = "cancel" in _text(item, "meetingstatus").lower()
                found.append(Meeting(int(number), day, committee, board, cancelled))
    return found


def _papers_of(root: Element) -> list[Link]:
    found = []
    for item in root.iter("linkeddoc"):
        url = _text(item, "url")
        if url and _text(item, "isrestricted").lower() != "true" and PAPER.search(url):
            found.append(Link(url, _text(item, "title"), ""))
    return found


def _text(item: Element, name: str) -> str:
    """The child's text. ModernGov escapes entities twice."""
    return " ".join(unescape(item.findtext(name) or "").split())


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None
