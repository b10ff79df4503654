"""Links of a web page, and which of them are packs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urldefrag, urljoin

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.meeting_date import days_in
from flows.fetch import Fetcher
from flows.fetch_http import FetchFailure, Got
from flows.fetch_manners import stay_with
from flows.settings import Page
from flows.watch_papers import Future, Seen, Sighting, Told, counted
from schemas.failure import FailureCode

MOST_MEETINGS = 60
"""Meeting pages of one listing that are followed; more is a listing of years, or a trap."""
NOT_A_MEETING_DAY = re.compile(
    r"\b(publish|posted|upload|updated|revised|added|minutes of|last modified)", re.IGNORECASE
)
OTHER_FORMS = re.compile(r"\.(?:docx?|xlsx?|xlsm|pptx?|odt|ods|rtf|zip)(?:$|[?])", re.IGNORECASE)
"""Papers that some publish beside PDFs, or instead of them."""
SAYS_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)
AROUND = ("li", "tr", "p", "dd", "article", "section", "div")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a visitor sees it."""

    url: str
    text: str
    around: str
    """What stands in the same row, item or paragraph."""


def links_of(got: Got) -> list[Link]:
    """The page's links to web addresses, each once, in order. Whatever HTML it is."""
    tree = LexborHTMLParser(got.body.decode(_charset(got), errors="replace"))
    base = got.url
    if (node := tree.css_first("base[href]")) is not None:
        base = urljoin(base, node.attributes.get("href") or "")
    found: dict[str, Link] = {}
    for node in tree.css("a[href]"):
        url = _absolute(base, node.attributes.get("href") or "")
        if url and url not in found:
            text = _folded(node.text(deep=True, separator=" "))
            text = text or _folded(node.attributes.get("title") or node.attributes.get("aria-label") or "")
            found[url] = Link(url, text[:300], _around(node))
    return list(found.values())


def title_of(got: Got) -> str:
    """The page's first heading, else its title."""
    tree = LexborHTMLParser(got.body.decode(_charset(got), errors="replace"))
    for selector in ("h1", "title"):
        if (node := tree.css_first(selector)) is not None and (text := _folded(node.text(deep=True, separator=" "))):
            return text[:300]
    return ""


def _charset(got: Got) -> str:
    match = re.search(r"charset=[\"']?([\w-]+)", got.content_type, re.IGNORECASE)
    name = match[1] if match else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _absolute(base: str, href: str) -> str | None:
    """The address without its fragment; None for mailto, javascript and what is no address."""
    cleaned = "".join(c if c.isprintable() else " " for c in href).strip()
    try:
        url = str(httpx.URL(urldefrag(urljoin(base, cleaned))[0]))
    except (httpx.InvalidURL, ValueError):
        return None
    return url if url.startswith(("http://", "https://")) else None


def _around(node: LexborNode) -> str:
    at = node.parent
    while at is not None and at.tag not in AROUND:
        at = at.parent
    text = _folded(at.text(deep=True, separator=" ")) if at is not None else ""
    return text if len(text) <= 300 else ""


def _folded(text: str) -> str:
    return " ".join(text.split())


def meeting_day(*texts: str) -> date | None:
    """The one whole date in the first of the texts that has any; None where it has several, or is about other days."""
    for text in texts:
        days = set(days_in(text))
        if days:
            return days.pop() if len(days) == 1 and not NOT_A_MEETING_DAY.search(text) else None
    return None


def look(page: Page, fetcher: Fetcher, fetch: Callable[[Callable[[], Got]], Got]) -> Seen:
    """Every pack that the page lists, on itself and on the pages of its meetings. Raises `FetchFailure`.

    A meeting's page that cannot be fetched is noted; the others are looked at.
    """
    listing = fetch(lambda: fetcher.page(page.url, page.hosts))
    links = links_of(listing)
    if not links:
        raise FetchFailure(FailureCode.FETCH_FAILED, "the page has no links; it may be made by a script")
    seen = Seen()
    taken: set[str] = set()
    all_links = list(links)
    for link in links:
        if _is_pack(page, link):
            taken.add(link.url)
            day = meeting_day(link.text, link.around)
            seen.papers.append(_sighting(page, link, link.url, _told(page, day, "the link's text")))
    for link in _meetings(page, links, taken, seen.notes):
        try:
            stay_with(page.hosts)(page.url, link.url)
            got = fetch(lambda url=link.url: fetcher.page(url, page.hosts))  # type: ignore[misc]
        except FetchFailure as failure:
            seen.notes.append(f"{link.url}: {failure}")
            continue
        title = title_of(got)
        told = _told(page, meeting_day(link.text, title, link.around), "the meeting's page")
        inside = links_of(got)
        all_links += inside
        papers = [one for one in inside if _is_pack(page, one) and one.url not in taken]
        taken.update(paper.url for paper in papers)
        seen.papers += [_sighting(page, paper, link.url, told) for paper in papers]
        seen.meetings.append(Future(page.name, link.url, told, title or link.text))
    if not seen.papers and not seen.meetings:
        said = "none of the page's links is a paper or a meeting by `links`, `text` and `meetings`"
        raise FetchFailure(FailureCode.FETCH_FAILED, said)
    seen.notes += _passed_over(page, all_links)
    return seen


def _passed_over(page: Page, links: list[Link]) -> list[str]:
    """Links that look like papers and are none by the source's patterns: each kind in one sentence."""
    others = dict.fromkeys(link.url for link in links if OTHER_FORMS.search(link.url))
    missed = dict.fromkeys(
        link.url for link in links if SAYS_PDF.search(link.text) and not _matches(page.links, link.url)
    )
    said = []
    if others:
        said.append(f"{counted(len(others), 'document')} not read, being no PDF, such as {next(iter(others))}")
    if missed:
        said.append(
            f"{counted(len(missed), 'link')} called PDF, but passed over by `links`, such as {next(iter(missed))}"
        )
    return said


def _is_pack(page: Page, link: Link) -> bool:
    return bool(_matches(page.links, link.url) and (not page.text or _matches(page.text, link.text)))


def _meetings(page: Page, links: list[Link], taken: set[str], notes: list[str]) -> list[Link]:
    if not page.meetings:
        return []
    chosen = [x for x in links if x.url not in taken and x.url != page.url]
    chosen = [x for x in chosen if _matches(page.meetings, x.url) or _matches(page.meetings, x.text)]
    if len(chosen) > MOST_MEETINGS:
        notes.append(f"{len(chosen)} pages of meetings are linked; the first {MOST_MEETINGS} were followed")
    return chosen[:MOST_MEETINGS]


def _matches(pattern: str, text: str) -> bool:
    return bool(re.search(pattern, text, re.IGNORECASE) or re.search(pattern, unquote(text), re.IGNORECASE))


def _told(page: Page, day: date | None, where: str) -> Told:
    return Told(page.organisation or None, page.board or None, day, where)


def _sighting(page: Page, link: Link, meeting: str, told: Told) -> Sighting:
    return Sighting(page.name, link.url, link.text or unquote(link.url.rpartition("/")[2]), meeting, told)
