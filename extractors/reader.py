"""A PDF file to a document: pages read once each, tables judged, joined over page ends, described."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.fonts import Fonts
from extractors.hidden_text import find_hidden
from extractors.opening import fingerprint, is_tagged, open_pdf, read_bytes, read_info
from extractors.page import PageUnreadable, read_page
from extractors.second_opinion import confirmed, engines_asked
from extractors.soundness import inspect_file
from extractors.stitch import Stitched, TagPart, stitch
from extractors.surroundings import describe, page_text
from extractors.tables import Painter, make_table
from extractors.triage import may_hold_tables
from extractors.unread import find_unread, say_blank
from extractors.verdict import Judged, judge
from schemas.document import Document, PageText, RawTable
from schemas.failure import FailureCode, PackFailure
from schemas.finding import Finding
from schemas.page import Page, Unread

LOW_CONFIDENCE = 0.5

NO_PAGE = "none of its pages can be read"
BROKEN = {
    FailureCode.CRASHED.value: "the PDF library crashed on it",
    FailureCode.TIMED_OUT.value: "it took longer than a page may take",
    FailureCode.OUT_OF_MEMORY.value: "it needed more memory than a file may take",
}

OnPage = Callable[[int, int], None]
"""Called with (page, pages of the file) before each page is read, and with the page after the last before the file is
looked at as a whole."""


def read_document(
    path: Path,
    *,
    pages: Collection[int] | None = None,
    on_page: OnPage | None = None,
    skip: Mapping[int, str] = MappingProxyType({}),
    max_pages: int | None = None,
) -> Document:
    """The whole file, or those of its pages (from 1). Pages in `skip` (page -> what broke it: a `FailureCode`'s value)
    are not opened and are said to be unreadable; the page after the last stands for the look at the file as a whole.

    Raises PackFailure where the file gives no document, with code NO_TEXT where no page has any text.
    """
    data = read_bytes(path)
    with open_pdf(data) as document:
        reading = _Reading(document, skip, path)
        if max_pages is not None and reading.n_pages > max_pages:
            raise PackFailure(FailureCode.TOO_MANY_PAGES, f"{reading.n_pages} pages, limit {max_pages}")
        wanted = sorted(set(pages)) if pages is not None else range(1, reading.n_pages + 1)
        try:
            for number in wanted:
                if 1 <= number <= reading.n_pages:
                    if on_page:
                        on_page(number, reading.n_pages)
                    reading.read(number)
        finally:
            reading.fonts.close()
        if pages is None:
            reading.require_text()
            reading.look_at_file(data, on_page or _tell_nobody)
        stitched = reading.stitched()
        return Document(
            pack_id=fingerprint(data),
            file_name=path.name,
            n_pages=reading.n_pages,
            pages=tuple(reading.texts),
            tables=stitched.tables,
            findings=(*reading.findings, *stitched.findings, *_doubts(stitched.tables)),
            info=read_info(document),
        )


def _tell_nobody(page: int, pages: int) -> None:
    del page, pages


class _Reading:
    """A document while its pages are read, one at a time; nothing of a page is kept but what it says."""

    def __init__(self, document: Any, skip: Mapping[int, str], path: Path) -> None:
        self.document = document
        self.path = path
        self.engines = engines_asked()
        self.fonts = Fonts()
        self.skip = skip
        self.n_pages = int(pdfium_c.FPDF_GetPageCount(document))
        self.tagged = is_tagged(document)
        self.texts: list[PageText] = []
        self.tables: list[RawTable] = []
        self.parts: dict[int, TagPart] = {}
        self.findings: list[Finding] = []
        self.beside: dict[int, tuple[Unread, int]] = {}
        self.fault = ""

    def read(self, number: int) -> None:
        """Adds what page `number` says. A fault on one page costs that page, and is said."""
        try:
            if number in self.skip:
                raise PageUnreadable(BROKEN.get(self.skip[number], "reading it broke the PDF library"))
            page = read_page(self.document, number, tagged=self.tagged, coarse=True, fonts=self.fonts)
            self._take(page)
        except MemoryError:
            raise
        except Exception as error:
            # One page's fault must not end the pack: whatever a hostile page makes our own code raise.
            why = str(error)
            if not isinstance(error, PageUnreadable):
                self.fault = f"page {number}: {_where(error)}"
                why = f"a fault of ours, please report it ({_where(error)})"
            self.texts.append(PageText(number, 0.0, 0.0, "unreadable", 0))
            self._note("page_unreadable", number, f"Page {number} could not be read: {why}.", "warning")

    def _take(self, page: Page) -> None:
        judged = judge(page) if may_hold_tables(page) else []
        if self.engines:
            judged = confirmed(self.path, page, judged, self.engines)
        painter = Painter(page)
        found = [make_table(page, one, painter) for one in judged]
        text = page_text(page, found)
        described = [describe(table, text, found, page.turned) for table in found]
        parts = [_tag_part(one) for one in judged]
        self.texts.append(text)
        for table, part in zip(described, parts, strict=True):
            number_so_far = len(self.tables) + 1
            self.tables.append(replace(table, table_no=number_so_far))
            if part is not None:
                self.parts[number_so_far] = part
        self._note_text(page, text)
        self.findings.extend(find_hidden(page, found))

    def require_text(self) -> None:
        """Raises PackFailure where no page could be read or none has text."""
        verdicts = {text.verdict for text in self.texts}
        if verdicts == {"unreadable"}:
            if self.fault:
                raise PackFailure(FailureCode.INTERNAL, self.fault)
            broken = next((self.skip[text.number] for text in self.texts if text.number in self.skip), None)
            raise PackFailure(FailureCode(broken or FailureCode.DAMAGED), NO_PAGE)
        if "read" not in verdicts:
            raise PackFailure(FailureCode.NO_TEXT)

    def look_at_file(self, data: bytes, on_page: OnPage) -> None:
        """Adds what is wrong with the file as a whole, and what stands on its pages and is no text."""
        on_page(self.n_pages + 1, self.n_pages)
        if self.n_pages + 1 in self.skip:
            said = "Whether the file is whole could not be told: looking at it as a whole broke off."
            self.findings.append(Finding("warning", "pack", "file_not_inspected", said))
            return
        self.findings.extend(inspect_file(self.document, data))
        blank: list[int] = []
        for text in self.texts:
            on_page(self.n_pages + 1, self.n_pages)
            found = list(find_unread(text, *self.beside.get(text.number, (Unread(), 0))))
            self.findings.extend(found)
            if text.verdict == "no_text" and not found:
                blank.append(text.number)
        if blank:
            self.findings.append(say_blank(blank))

    def stitched(self) -> Stitched:
        """The tables joined over page ends; as they stand on their pages where joining them fails."""
        try:
            return stitch(self.tables, self.texts, self.parts)
        except MemoryError:
            raise
        except Exception as error:
            said = f"Tables that go on over a page end were not joined: a fault of ours ({_where(error)})."
            return Stitched(tuple(self.tables), (Finding("warning", "pack", "tables_not_joined", said),))

    def _note_text(self, page: Page, text: PageText) -> None:
        number = page.number
        self.beside[number] = (page.unread, page.n_unmapped)
        if text.verdict == "image_only":
            said = f"Page {number} is a picture without text: what it says was not read."
            self._note("page_without_text", number, said, "warning")

    def _note(self, check: str, page: int, message: str, severity: str) -> None:
        self.findings.append(Finding("warning" if severity == "warning" else "info", "page", check, message, page=page))


def _where(error: Exception) -> str:
    """What was raised and where, in a few words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _tag_part(judged: Judged) -> TagPart | None:
    """Which rows of which structure element a table was read from, where tags won or agreed."""
    proposal = judged.proposal
    if proposal.group is None or proposal.group_rows is None:
        return None
    return TagPart(proposal.group, *proposal.group_rows)


def _doubts(tables: Collection[RawTable]) -> Iterator[Finding]:
    for table in tables:
        if table.confidence < LOW_CONFIDENCE:
            yield Finding(
                "info",
                "table",
                "table_low_confidence",
                f"The table on page {table.page} may not be read right: {table.reason}.",
                page=table.page,
                table_no=table.table_no,
                found=f"{table.confidence:.2f}",
                expected=f"{LOW_CONFIDENCE:.2f} or more",
                bbox=table.bbox,
            )
