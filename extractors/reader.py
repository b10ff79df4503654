"""A PDF file to a document: pages read once each, tables judged, joined over page ends, described."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.opening import fingerprint, is_tagged, open_pdf, read_bytes, read_info
from extractors.page import PageUnreadable, read_page
from extractors.stitch import TagPart, stitch
from extractors.surroundings import describe, page_text
from extractors.tables import Painter, make_table
from extractors.triage import may_hold_tables
from extractors.verdict import Judged, judge
from schemas.document import Document, PageText, RawTable
from schemas.failure import FailureCode, PackFailure
from schemas.finding import Finding
from schemas.page import Page

LOW_CONFIDENCE = 0.5
MANY_UNMAPPED = 0.02
"""The share of glyphs without Unicode beyond which a page's text cannot be trusted."""

OnPage = Callable[[int, int], None]
"""Called with (page, pages of the file) before each page is read."""


def read_document(
    path: Path,
    *,
    pages: Collection[int] | None = None,
    on_page: OnPage | None = None,
    skip: Collection[int] = (),
    max_pages: int | None = None,
) -> Document:
    """The whole file, or those of its pages (from 1). Pages in `skip` are not opened and are said to be unreadable.

    Raises PackFailure where the file gives no document, with code NO_TEXT where no page has any text.
    """
    data = read_bytes(path)
    with open_pdf(data) as document:
        reading = _Reading(document, skip)
        if max_pages is not None and reading.n_pages > max_pages:
            raise PackFailure(FailureCode.TOO_MANY_PAGES, f"{reading.n_pages} pages, limit {max_pages}")
        wanted = sorted(set(pages)) if pages is not None else range(1, reading.n_pages + 1)
        for number in wanted:
            if 1 <= number <= reading.n_pages:
                if on_page:
                    on_page(number, reading.n_pages)
                reading.read(number)
        if reading.texts and all(text.verdict in ("no_text", "image_only") for text in reading.texts) and pages is None:
            raise PackFailure(FailureCode.NO_TEXT)
        stitched = stitch(reading.tables, reading.texts, reading.parts)
        return Document(
            pack_id=fingerprint(data),
            file_name=path.name,
            n_pages=reading.n_pages,
            pages=tuple(reading.texts),
            tables=stitched.tables,
            findings=(*reading.findings, *stitched.findings, *_doubts(stitched.tables)),
            info=read_info(document),
        )


class _Reading:
    """A document while its pages are read, one at a time; nothing of a page is kept but what it says."""

    def __init__(self, document: Any, skip: Collection[int]) -> None:
        self.document = document
        self.skip = frozenset(skip)
        self.n_pages = int(pdfium_c.FPDF_GetPageCount(document))
        self.tagged = is_tagged(document)
        self.texts: list[PageText] = []
        self.tables: list[RawTable] = []
        self.parts: dict[int, TagPart] = {}
        self.findings: list[Finding] = []

    def read(self, number: int) -> None:
        """Adds what page `number` says."""
        try:
            if number in self.skip:
                raise PageUnreadable("reading it broke the PDF library or took too long")
            page = read_page(self.document, number, tagged=self.tagged)
        except PageUnreadable as error:
            self.texts.append(PageText(number, 0.0, 0.0, "unreadable", 0))
            self._note("page_unreadable", number, f"Page {number} could not be read: {error}.", "warning")
            return
        judged = judge(page) if may_hold_tables(page) else []
        painter = Painter(page)
        found = [make_table(page, one, painter) for one in judged]
        text = page_text(page, found)
        self.texts.append(text)
        for one, table in zip(judged, found, strict=True):
            number_so_far = len(self.tables) + 1
            self.tables.append(replace(describe(table, text, found), table_no=number_so_far))
            part = _tag_part(page, one)
            if part is not None:
                self.parts[number_so_far] = part
        self._note_text(page, text)

    def _note_text(self, page: Page, text: PageText) -> None:
        number = page.number
        if text.verdict == "image_only":
            said = f"Page {number} is a picture without text: what it says was not read."
            self._note("page_without_text", number, said, "warning")
        elif page.n_unmapped > MANY_UNMAPPED * max(1, page.n_chars):
            said = f"On page {number}, {page.n_unmapped} of {page.n_chars} characters have no readable code."
            self._note("text_without_unicode", number, said, "warning")

    def _note(self, check: str, page: int, message: str, severity: str) -> None:
        self.findings.append(Finding("warning" if severity == "warning" else "info", "page", check, message, page=page))


def _tag_part(page: Page, judged: Judged) -> TagPart | None:
    """Which rows of which structure element a table was read from, where tags won or agreed."""
    proposal = judged.proposal
    if proposal.group is None or proposal.group_rows is None:
        return None
    del page
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
