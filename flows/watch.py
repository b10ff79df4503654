"""The watch: looks at every source, brings what is new, and says which meetings wait to be loaded. No Prefect here."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from extractors.version import code_version
from flows import watch_inbox, watch_links, watch_moderngov
from flows.fetch import Fetcher, persist
from flows.fetch_http import FetchFailure, Got
from flows.fetch_manners import stay_with
from flows.file_dates import date_in_name
from flows.pipeline import Ended, hash_file
from flows.settings import AnySource, Inbox, ModernGov, Page, Settings, duration
from flows.sources import Source
from flows.watch_papers import Paper, Seen, Sighting, Told
from flows.watch_record import Record
from schemas.failure import FailureCode, PackFailure
from schemas.outcome import PackMeta
from warehouse import files

RARELY = timedelta(days=7)
"""Papers of long ago are asked for so often, in case they were replaced."""
TRIES = 3
"""Loads that failed by a fault of ours, or of the disk, before the paper is given up."""
AGAIN = 20
"""Papers that are read again at one look after an upgrade, so that new ones do not wait for hours."""
NAMING = threading.Lock()
"""Papers are brought side by side and named one after the other."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """The papers of one meeting that wait to be loaded: often one pack, sometimes 49 PDFs."""

    source: str
    meeting: str
    papers: tuple[Paper, ...]
    told: Told

    @property
    def name(self) -> str:
        """For people: whose meeting and when, or what the file is called."""
        first = self.papers[0]
        known = [self.told.organisation, self.told.board, self.told.day.isoformat() if self.told.day else None]
        alone = len(self.papers) == 1
        called = first.file_name or first.title if alone else f"{len(self.papers)} papers"
        return ", ".join([part for part in known if part] + [called])

    @property
    def day(self) -> date:
        """By which meetings are put in order: the meeting's, else the file name's, else when it was first seen."""
        named = next((day for paper in self.papers if (day := date_in_name(paper.file_name))), None)
        return self.told.day or named or datetime.fromisoformat(self.papers[0].first_seen).date()

    def sources(self) -> list[Source]:
        """The papers as files to read, with what their source says of them."""
        return [Source(p.path, p.uri, p.file_name, hints_of(self.told), p.shown) for p in self.papers if p.path]


def hints_of(told: Told) -> PackMeta | None:
    """What a source says, for the reader; None where it says nothing."""
    if told == Told(where=told.where):
        return None
    evidence = {"organisation": "source settings", "board": "source settings", "meeting_date": told.where}
    return PackMeta(told.organisation, told.board, told.day.isoformat() if told.day else None, evidence)


class Watch:
    """One look at the sources of a settings file. `fetch` decides about trying again."""

    def __init__(
        self, settings: Settings, fetcher: Fetcher, fetch: Callable[[Callable[[], Got]], Got] = persist
    ) -> None:
        self.settings, self.fetcher, self.fetch = settings, fetcher, fetch
        self.warehouse = settings.warehouse_path
        self.record = Record(self.warehouse)

    def due(self, now: datetime | None = None) -> list[AnySource]:
        """The sources whose turn it is: all but those that were looked at less than their `every` ago."""
        moment = now or datetime.now(UTC)
        looks = self.record.last_looks()

        def rests(source: AnySource) -> bool:
            last = looks.get(source.name)
            return bool(
                source.every and last and last[1] == "ok"
                and moment - datetime.fromisoformat(last[0]) < duration(source.every) * 0.95
            )  # fmt: skip

        return [source for source in self.settings.sources if not rests(source)]

    def look(self, source: AnySource) -> list[Paper]:
        """The papers that are to be brought. What was seen, or why nothing could be, is in the record.

        Raises PackFailure where the source cannot be looked at.
        """
        try:
            seen = self._see(source)
        except PackFailure as failure:
            self.record.looked(source.name, "failed", str(failure), 0)
            raise
        self.record.note(seen.papers)
        self.record.expect(seen.meetings)
        self.record.looked(source.name, "ok", "; ".join(seen.notes), len(seen.papers))
        if isinstance(source, Inbox):
            self._take_in(source, seen.papers)
            return []
        listed = {paper.uri for paper in seen.papers}
        return [p for p in self.record.papers(source=source.name) if p.uri in listed and self._is_wanted(p)]

    def _see(self, source: AnySource) -> Seen:
        if isinstance(source, Inbox):
            return watch_inbox.look(source, self.settings.path(source.folder), files.folder(self.warehouse))
        if isinstance(source, Page):
            return watch_links.look(source, self.fetcher, self.fetch)
        if isinstance(source, ModernGov):
            return watch_moderngov.look(source, self.fetcher, self.fetch)
        told = Told(source.organisation or None, source.board or None)
        return Seen([Sighting(source.name, source.url, source.url, source.url, told)])

    def _is_wanted(self, paper: Paper, now: datetime | None = None) -> bool:
        """Whether its address is asked: when nothing came yet, and now and then afterwards."""
        if paper.state == "waiting":
            return False
        if paper.state == "seen" or not paper.asked_at:
            return True
        moment = now or datetime.now(UTC)
        fetching = self.settings.fetch
        young = moment - datetime.fromisoformat(paper.first_seen) < duration(fetching.recheck_for)
        pause = duration(fetching.recheck) if young else max(RARELY, duration(fetching.recheck))
        return moment - datetime.fromisoformat(paper.asked_at) >= pause

    def bring(self, paper: Paper) -> str:
        """The paper's bytes are here and wait, or are as they were; one word for which. Raises `FetchFailure`."""
        source = next((s for s in self.settings.sources if s.name == paper.source), None)
        if source is None or isinstance(source, Inbox):
            return "gone"
        try:
            stay_with(source.hosts)(source.url, paper.uri)
            got = self.fetch(lambda: self.fetcher.pdf(paper.uri, source.hosts))
        except FetchFailure as failure:
            if failure.passing or paper.state in ("loaded", "failed"):
                self.record.asked(paper, str(failure))
            else:
                self.record.settle(paper, "refused", str(failure))
            raise
        if got.sha256 == paper.sha256 and paper.state in ("loaded", "failed"):
            self.record.asked(paper)
            return "unchanged"
        with NAMING:
            self.record.arrived(paper, got.sha256, self._name_of(paper, got.file_name), got.path)
        return "new"

    def _name_of(self, paper: Paper, given: str) -> str:
        """The paper's file name, of which no other paper of its meeting has the same.

        Document systems give every paper one name (`mgConvert2PDF.aspx`, `download.pdf`); then the link's text is
        its name. Packs of one name are taken for publications of one paper more easily than others.
        """
        titled = f"{paper.title.removesuffix('.pdf')[:150]}.pdf"
        name = given if given.lower().endswith(".pdf") else titled
        others = {
            p.file_name
            for p in self.record.papers(source=paper.source)
            if p.meeting == paper.meeting and p.uri != paper.uri
        }
        if name in others:
            name = titled
        if name in others:
            name = f"{name.removesuffix('.pdf')} {hashlib.sha256(paper.uri.encode()).hexdigest()[:8]}.pdf"
        return name

    def _take_in(self, inbox: Inbox, seen: Iterable[Sighting]) -> None:
        """Files that are whole are copied to where packs are kept, and wait. The inbox itself is left as it is."""
        known = {paper.uri: paper for paper in self.record.papers(source=inbox.name)}
        for sighting in seen:
            paper = known[sighting.uri]
            assert sighting.path is not None
            if paper.mark == sighting.mark and paper.asked_at >= paper.marked_at and paper.sha256:
                continue
            if paper.mark != sighting.mark:
                self.record.mark(paper, sighting.mark)
            if not watch_inbox.is_whole(sighting, paper, inbox):
                continue
            try:
                sha256 = hash_file(sighting.path)
                if sha256 == paper.sha256 and paper.state in ("loaded", "failed"):
                    self.record.asked(paper)
                    continue
                kept = files.keep(self.warehouse, sha256, sighting.path)
                if hash_file(kept) != sha256:
                    # It changed while it was copied: the next look sees it again.
                    kept.unlink(missing_ok=True)
                    continue
            except (OSError, PackFailure) as error:
                self.record.settle(paper, "seen", str(error))
                continue
            self.record.arrived(paper, sha256, sighting.path.name, kept)

    def read_again(self) -> None:
        """Papers that other code read wait once more, some at each look: an upgrade reaches all of history.

        `boardpack ingest` does the same with the files that it is given.
        """
        version = code_version()
        old = [p for p in self.record.papers("loaded", "failed") if p.read_by and p.read_by != version and p.path]
        for paper in old[:AGAIN]:
            self.record.again(paper, "read again: the code has changed")

    def waiting(self) -> list[Meeting]:
        """Meetings whose papers are here and not loaded, oldest first: what an earlier stop left is among them.

        A paper whose file was taken away meanwhile is brought again by the next look.
        """
        known = {(one.source, one.meeting): one.told for one in self.record.meetings()}
        grouped: dict[tuple[str, str], list[Paper]] = {}
        for paper in self.record.papers("waiting"):
            if paper.path is None or not paper.path.is_file():
                self.record.lost(paper)
                continue
            grouped.setdefault((paper.source, paper.meeting), []).append(paper)
        found = []
        for (source, meeting), papers in grouped.items():
            told, before = papers[0].told, known.get((source, meeting), Told())
            told = Told(
                told.organisation or before.organisation,
                told.board or before.board,
                told.day or before.day,
                told.where if told.day else "the meeting's other papers",
            )
            found.append(Meeting(source, meeting, tuple(papers), told))
        return sorted(found, key=lambda m: (m.day, m.name))

    def settle(self, meeting: Meeting, ends: Iterable[Ended]) -> None:
        """The record says what became of the meeting's papers."""
        version = code_version()
        by_pack = {end.pack_id: end for end in ends if end.pack_id}
        for paper in meeting.papers:
            end = by_pack.get(paper.sha256 or "")
            if end is None:
                continue
            if end.end != "failed":
                self.record.settle(paper, "loaded", end.said, version)
            elif end.code is FailureCode.INTERNAL and paper.tries + 1 < TRIES:
                self.record.settle(paper, "waiting", end.said)
            else:
                self.record.settle(paper, "failed", end.said, version)


def open_watch(settings: Settings, path: Path, *, patient: bool = True) -> Watch:
    """A watch by the settings of the file at `path`. `patient`: it tries again by itself; else its caller does."""
    fetcher = Fetcher(settings.warehouse_path, settings.fetch.manners())
    Record(settings.warehouse_path).set("settings", str(path.resolve()))
    return Watch(settings, fetcher, persist if patient else (lambda fetch: fetch()))
