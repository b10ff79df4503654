"""Whether a PDF file is whole and still says what it said: what PDFium mends or overlooks without a word.

PDFium rebuilds a broken cross-reference table by searching the file, believes the page tree's /Count, and reads the
newest of several revisions. Each can change what a pack says; each is a finding here.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.opening import open_pdf
from extractors.page_count import count_pages_again
from extractors.pdfium_string import ask_string
from schemas.failure import PackFailure
from schemas.finding import Finding

MOST_PAGES_COMPARED = 1000
MOST_CHANGED_PAGES = 20
MOST_NAMES = 5
MOST_WORDS = 6
SHOWN = 60
TAIL = 2048


def inspect_file(document: Any, data: bytes) -> Iterator[Finding]:
    """What is wrong with the file as a whole; `data` are the bytes that the raw `FPDF_DOCUMENT` was opened from."""
    n_pages = int(pdfium_c.FPDF_GetPageCount(document))
    yield from _damage(document, data)
    yield from compare_page_counts(n_pages, count_pages_again(data))
    yield from _attachments(document)
    yield from _revisions(document, data)


def compare_page_counts(n_pages: int, again: int | None) -> tuple[Finding, ...]:
    """A finding where the two readers do not see the same number of pages."""
    if again == n_pages:
        return ()
    if again is None:
        said = f"The file has {n_pages} pages, which a second reader could not confirm: the file is damaged."
        return (Finding("warning", "pack", "page_count_not_confirmed", said, found=str(n_pages)),)
    said = (
        f"The file was read as {n_pages} {_pages(n_pages)}; a second reader sees {again}:"
        " pages may be missing, or be there twice."
    )
    return (Finding("warning", "pack", "page_counts_disagree", said, found=str(n_pages), expected=str(again)),)


def _damage(document: Any, data: bytes) -> Iterator[Finding]:
    if b"%%EOF" not in data[-TAIL:]:
        said = "The file has no end marker: its end may be missing, and pages or later changes with it."
        yield Finding("warning", "pack", "no_end_marker", said)
    if not pdfium_c.FPDF_DocumentHasValidCrossReferenceTable(document):
        said = (
            "The file's cross-reference table is broken and was rebuilt by searching:"
            " text may be missing or be from an older state."
        )
        yield Finding("warning", "pack", "cross_reference_rebuilt", said)
    if pdfium_c.FPDF_GetFormType(document) == pdfium_c.FORMTYPE_XFA_FULL:
        said = "The file is a dynamic form (XFA): what a reader would see is not in its pages and was not read."
        yield Finding("warning", "pack", "dynamic_form_not_read", said)


def _attachments(document: Any) -> Iterator[Finding]:
    count = int(pdfium_c.FPDFDoc_GetAttachmentCount(document))
    if count < 1:
        return
    names = [_attachment_name(document, index) for index in range(min(count, MOST_NAMES))]
    listed = ", ".join(f"“{name}”" for name in names if name) + (", …" if count > MOST_NAMES else "")
    said = (
        f"{count} {'file is' if count == 1 else 'files are'} attached to the PDF and not read: {listed or 'unnamed'}."
    )
    yield Finding("warning", "pack", "attachments_not_read", said, found=str(count))


def _attachment_name(document: Any, index: int) -> str:
    attachment = pdfium_c.FPDFDoc_GetAttachment(document, index)
    name = ask_string(partial(pdfium_c.FPDFAttachment_GetName, attachment), 1 << 12) if attachment else ""
    return " ".join(name.split())[:SHOWN]


def _revisions(document: Any, data: bytes) -> Iterator[Finding]:
    """Parts that were added to the file after it was first made, and the pages that say something else since."""
    ends = trailer_ends(document)
    # The first trailer of a file made for the web is that of its first page.
    whole = 1 if b"/Linearized" in data[:1024] else 0
    added = len(ends) - 1 - whole
    if added < 1 or not 0 < ends[whole] < len(data):
        return
    said = f"The file was added to {added} {'time' if added == 1 else 'times'} after it was first made."
    yield Finding("info", "pack", "added_to_afterwards", said, found=str(added))
    try:
        with open_pdf(data[: ends[whole]]) as first:
            yield from _changed_pages(document, first)
    except PackFailure:
        return


def trailer_ends(document: Any) -> list[int]:
    """Where each revision of the file ends (bytes from its beginning), in the order of the file."""
    count = int(pdfium_c.FPDF_GetTrailerEnds(document, None, 0))
    if not 0 < count <= 1 << 16:
        return []
    found = (ctypes.c_uint * count)()
    pdfium_c.FPDF_GetTrailerEnds(document, found, count)
    return sorted(set(found))


def _changed_pages(document: Any, first: Any) -> Iterator[Finding]:
    now, before = (int(pdfium_c.FPDF_GetPageCount(one)) for one in (document, first))
    if now != before:
        said = f"The file had {before} {_pages(before)} when it was first made and has {now} now."
        yield Finding("warning", "pack", "pages_changed_afterwards", said, found=str(now), expected=str(before))
    changed = 0
    for index in range(min(now, before, MOST_PAGES_COMPARED)):
        new, old = page_string(document, index).split(), page_string(first, index).split()
        if new == old:
            continue
        changed += 1
        if changed <= MOST_CHANGED_PAGES:
            yield _changed(index + 1, new, old)
    if changed > MOST_CHANGED_PAGES:
        said = f"{changed} pages are not as they were when the file was first made."
        yield Finding("warning", "pack", "pages_changed_afterwards", said, found=str(changed))


def _changed(page: int, new: list[str], old: list[str]) -> Finding:
    """Which words are new and which are gone. A program that adds tags writes the same words in another order."""
    came, went = list((Counter(new) - Counter(old)).elements()), list((Counter(old) - Counter(new)).elements())
    if not came and not went:
        said = f"Page {page} was written again after the file was first made: the same words in another order."
        return Finding("info", "page", "page_written_again", said, page=page)
    found, expected = (" ".join(words[:MOST_WORDS])[:SHOWN] for words in (came, went))
    parts = [f"now there {'is' if len(came) == 1 else 'are'} “{found}”"] if came else []
    parts += [f"gone {'is' if len(went) == 1 else 'are'} “{expected}”"] if went else []
    said = f"Page {page} says something else than when the file was first made: {'; '.join(parts)}."
    return Finding("warning", "page", "page_changed_afterwards", said, page=page, found=found, expected=expected)


def page_string(document: Any, index: int) -> str:
    """All characters of page `index` (from 0) in the order of the file, at most 20,000; '' where it cannot be read."""
    page = pdfium_c.FPDF_LoadPage(document, index)
    if not page:
        return ""
    text_page = pdfium_c.FPDFText_LoadPage(page)
    try:
        count = min(max(0, int(pdfium_c.FPDFText_CountChars(text_page))), 20_000) if text_page else 0
        if not count:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 1))()
        written = int(pdfium_c.FPDFText_GetText(text_page, 0, count, buffer))
        return bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    finally:
        if text_page:
            pdfium_c.FPDFText_ClosePage(text_page)
        pdfium_c.FPDF_ClosePage(page)


def _pages(count: int) -> str:
    return "page" if count == 1 else "pages"
