"""One page's material, read in one pass over PDFium's page objects: the only door to the PDF library for pages."""

from __future__ import annotations

from functools import cache
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.fonts import Fonts
from extractors.page_frame import read_frame
from extractors.page_ink import Drawn
from extractors.page_paths import read_paths
from extractors.page_text import count_chars, read_words, text_quarter
from extractors.page_tokens import page_string
from extractors.pdfium_direct import handle_of
from extractors.tags import read_tags
from extractors.text_style import Styles
from extractors.triage import may_hold_tables
from extractors.unread import look
from extractors.visibility import Ground, printed_once, seen_words, without_copies
from schemas.page import Page


class PageUnreadable(Exception):
    """PDFium cannot open this page; the rest of the document may be sound."""


def read_page(document: Any, number: int, *, tagged: bool, coarse: bool = False, fonts: Fonts | None = None) -> Page:
    """Page `number` (from 1) of a raw `FPDF_DOCUMENT`. Nothing of it stays in memory but the answer.

    `coarse`: where the page cannot hold a table, its words are whole stretches of lines, in a third of the time.
    `fonts`: those of the document, for whoever reads several pages and closes them in the end. Raises PageUnreadable.
    """
    page = pdfium_c.FPDF_LoadPage(document, number - 1)
    if not page:
        raise PageUnreadable(f"page {number} cannot be opened")
    text_page = pdfium_c.FPDFText_LoadPage(page)
    used = Fonts() if fonts is None else fonts
    try:
        return _read(document, page, text_page, number, tagged, coarse, used)
    finally:
        if text_page:
            pdfium_c.FPDFText_ClosePage(text_page)
        used.keep(page)
        if fonts is None:
            used.close()


def _read(document: Any, page: Any, text_page: Any, number: int, tagged: bool, coarse: bool, fonts: Fonts) -> Page:
    n_chars = count_chars(text_page) if text_page else 0
    letters = handle_of(text_page)
    frame = read_frame(page, text_quarter(letters, n_chars))
    turn = frame.reading()
    drawn = cache(lambda: Drawn(page, frame))
    paths = read_paths(document, page, turn, lambda box: drawn().colour(box), (frame.width, frame.height))
    tags = read_tags(page) if tagged else ()
    unread = look(page, text_page, paths.pictures, paths.n_paths, paths.n_objects, paths.depth_cut)
    ground = Ground(
        paths.fills, paths.fill_order, paths.backdrops, frame.width, frame.height, paths.text_boxes, paths.layered,
        lambda word: drawn().shows(word),
    )  # fmt: skip

    styles = Styles(letters, page_string(text_page, n_chars), fonts)

    def with_words(stretches: bool) -> Page:
        text = read_words(styles, turn, frame.quarter, bool(tags), paths.order, stretches)
        seen, hidden = seen_words(text.words, text.painted, ground, text.unseen)
        words = printed_once(seen)
        return Page(
            number=number,
            width=frame.width,
            height=frame.height,
            turned=frame.turned,
            words=tuple(words),
            h_rules=tuple(paths.h_rules + text.rules),
            v_rules=tuple(paths.v_rules),
            fills=tuple(paths.fills),
            marks=tuple(paths.marks + text.marks),
            tags=tags,
            n_chars=0 if text.invisible else n_chars,
            n_images=len(paths.pictures),
            n_unmapped=text.n_unmapped,
            hidden=tuple(without_copies(hidden, words)),
            unread=unread,
            n_invisible=text.n_invisible,
        )

    if coarse and not tags and len(paths.fills) < 3 and not (len(paths.h_rules) >= 2 and paths.v_rules):
        rough = with_words(True)
        if not may_hold_tables(rough):
            return rough
    return with_words(False)
