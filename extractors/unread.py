"""What stands on a page and is not text: pictures, letters drawn as shapes, text boxes laid over it, form fields.

Nobody reads them here; a reader of the warehouse must know that they are there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.pdfium_string import ask_string
from schemas.document import PageText
from schemas.finding import Finding, Severity
from schemas.page import Unread

MOST_OBJECTS = 60_000
MAX_DEPTH = 4
SMALL_PICTURE = 0.02
"""The share of the page below which a picture is a logo or a sign. Scans come in strips: the shares are added."""
NOTABLE, MOSTLY = 0.2, 0.5
FEW_CHARS = 40
"""Pictures with no more characters over them than this are not a ground that text is printed on."""
MANY_PATHS = 40
MANY_UNMAPPED = 0.02
"""The share of glyphs without Unicode beyond which a page's text cannot be trusted."""
TEXT_NOTES = (pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_WIDGET)
NOT_SHOWN = 0x02 | 0x20
"""The annotation flags Hidden and NoView."""
MOST_NOTES = 2000
SHOWN = 60

Box = tuple[float, float, float, float]


def look(page: Any, text_page: Any, pictures: Sequence[Box], n_paths: int, n_objects: int, depth_cut: bool) -> Unread:
    """What of an open page (a raw `FPDF_PAGE` and its text page) is no text. `pictures`: where images lie on it."""
    return Unread(
        _bare(page, text_page, pictures) if pictures and text_page else 0.0,
        n_paths, n_objects, depth_cut, tuple(_notes(page)),
    )  # fmt: skip


def find_unread(text: PageText, unread: Unread, unmapped: int = 0) -> Iterator[Finding]:
    """What was not read on the page in `text`. `unmapped` of its glyphs have no Unicode."""
    if text.verdict == "unreadable":
        return
    if unmapped:
        yield _about_glyphs(text, unmapped)
    if text.verdict == "read" and unread.pictures >= NOTABLE:
        said = f"{unread.pictures:.0%} of page {text.number} is pictures: what they say was not read."
        severity: Severity = "warning" if unread.pictures >= MOSTLY else "info"
        yield Finding(severity, "page", "picture_not_read", said, page=text.number, found=f"{unread.pictures:.2f}")
    yield from _about_the_rest(text, unread)


def say_blank(blank: Sequence[int]) -> Finding:
    """The pages that hold nothing at all, in one finding."""
    listed = ", ".join(str(number) for number in blank[:20]) + (", …" if len(blank) > 20 else "")
    said = f"Page {listed} has no text." if len(blank) == 1 else f"{len(blank)} pages have no text: {listed}."
    return Finding("info", "pack", "blank_pages", said, page=blank[0], found=str(len(blank)))


def _about_glyphs(text: PageText, unmapped: int) -> Finding:
    """A font may draw letters and not say which: PDFium then gives the glyph's number for a character."""
    number, count = text.number, max(text.n_chars, unmapped)
    said = f"On page {number}, {unmapped} of {count} characters have no readable code: they are missing or wrong."
    severity: Severity = "warning" if unmapped > MANY_UNMAPPED * count else "info"
    return Finding(severity, "page", "text_without_unicode", said, page=number, found=str(unmapped))


def _bare(page: Any, text_page: Any, pictures: Sequence[Box]) -> float:
    """The share of the visible page that is pictures with hardly a character over them."""
    visible = _visible(page)
    area = (visible[2] - visible[0]) * (visible[3] - visible[1])
    if area <= 0:
        return 0.0
    bare = [box for box in _large(pictures, visible, area) if _chars_over(text_page, box) <= FEW_CHARS]
    return min(1.0, sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in bare) / area)


def _about_the_rest(text: PageText, seen: Unread) -> Iterator[Finding]:
    number, notes = text.number, seen.notes
    if text.verdict == "no_text" and seen.n_paths > MANY_PATHS:
        said = f"Page {number} has {seen.n_paths} drawn shapes and no text: if they are letters, they were not read."
        yield Finding("warning", "page", "page_without_text", said, page=number, found=str(seen.n_paths))
    if seen.n_objects > MOST_OBJECTS:
        said = f"Page {number} is made of more than {MOST_OBJECTS:,} objects; rules after those were not looked at."
        yield Finding("warning", "page", "page_read_in_part", said, page=number)
    if seen.depth_cut:
        said = f"Page {number} has drawings nested more than {MAX_DEPTH} deep; rules in them were not looked at."
        yield Finding("info", "page", "page_read_in_part", said, page=number)
    if notes:
        count = f"{len(notes)} text boxes or form fields" if len(notes) > 1 else "a text box or form field"
        said = f"Page {number} has {count} laid over it, not read as part of it: “{notes[0]}”."
        yield Finding("warning", "page", "note_not_read", said, page=number, found=notes[0])


def _large(boxes: Sequence[Box], visible: Box, area: float) -> list[Box]:
    """The pictures' parts on the page, without small ones and without what is drawn in the same place again."""
    found: dict[Box, None] = {}
    for box in boxes:
        x0, y0 = max(box[0], visible[0]), max(box[1], visible[1])
        x1, y1 = min(box[2], visible[2]), min(box[3], visible[3])
        if x1 > x0 and y1 > y0 and (x1 - x0) * (y1 - y0) >= SMALL_PICTURE * area:
            found[tuple(round(v) for v in (x0, y0, x1, y1))] = None  # type: ignore[index]
    return list(found)


def _chars_over(text_page: Any, box: Box) -> int:
    x0, y0, x1, y1 = box
    return int(pdfium_c.FPDFText_GetBoundedText(text_page, x0, y1, x1, y0, None, 0))


def _visible(page: Any) -> Box:
    """The page's visible area in user space: left, bottom, right, top."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPage_GetCropBox(page, *sides) and not pdfium_c.FPDFPage_GetMediaBox(page, *sides):
        return (0.0, 0.0, pdfium_c.FPDF_GetPageWidthF(page), pdfium_c.FPDF_GetPageHeightF(page))
    left, bottom, right, top = (side.value for side in sides)
    return (left, bottom, right, top)


def _notes(page: Any) -> Iterator[str]:
    """The texts of text boxes and filled form fields laid over the page, each cut short."""
    for index in range(min(int(pdfium_c.FPDFPage_GetAnnotCount(page)), MOST_NOTES)):
        note = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            kind = pdfium_c.FPDFAnnot_GetSubtype(note)
            if kind in TEXT_NOTES and not pdfium_c.FPDFAnnot_GetFlags(note) & NOT_SHOWN:
                text = _string(note, b"V" if kind == pdfium_c.FPDF_ANNOT_WIDGET else b"Contents")
                if text and text != "Off":
                    yield text[:SHOWN]
        finally:
            pdfium_c.FPDFPage_CloseAnnot(note)


def _string(note: Any, key: bytes) -> str:
    return " ".join(ask_string(partial(pdfium_c.FPDFAnnot_GetStringValue, note, key), 1 << 16).split())
