"""A page's characters as words, each with its font size, weight, colour and marked-content id.

What is no word on the way: lines of dashes, arrows of symbol fonts, text that is set to be invisible.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.nameless import Nameless
from extractors.page_frame import Turn
from extractors.page_tokens import LOST
from extractors.page_words import place_words
from extractors.pdfium_direct import FPDFText_GetCharAngle, Handle
from extractors.sideways import Letter, advance_of, is_spaced, off_level, place_of, sideways_words
from extractors.symbols import glyph_symbol
from extractors.text_style import Styles
from schemas.document import Trend
from schemas.page import Mark, Rule, Word

HALF_PI = 1.5707963267948966
DASH_RULE = frozenset("-_=—–─")
TREND_CHARACTER: dict[Trend, str] = {"up": "▲", "down": "▼", "flat": "►"}
RISING = 1.3
"""A word that is this many times as high as its first letter may run off the level."""


class PageWords(NamedTuple):
    """What a page's text gave."""

    words: list[Word]
    rules: list[Rule]
    """Lines drawn with dashes or underscores."""
    marks: list[Mark]
    """Glyphs of symbol fonts that are arrows."""
    n_unmapped: int
    invisible: bool
    """All the text is invisible: a scan with a text layer under it."""
    painted: list[int]
    """For each word its text object's place in painting order."""
    unseen: list[Word]
    """Words that a clip cuts away or that let everything through; not the text layer of a scan."""
    n_invisible: int
    """Words of the text layer of a scan."""


def text_quarter(text_page: Handle, n_chars: int) -> int | None:
    """The quarter turn in which most of the text reads; None where there is none."""
    if n_chars <= 0:
        return None
    votes = [0, 0, 0, 0]
    for index in range(0, n_chars, max(1, n_chars // 25)):
        votes[round(FPDFText_GetCharAngle(text_page, index) / HALF_PI) % 4] += 1
    return max(range(4), key=votes.__getitem__)


def read_words(
    styles: Styles, turn: Turn, quarter: int, tagged: bool, order: dict[int, int], coarse: bool = False
) -> PageWords:
    """The page's words in content order, stretches of lines for words if `coarse`. `order` maps text objects to their
    place in painting order.
    """
    text_page, text_of_page = styles.text_page, styles.text
    nameless = Nameless(text_page)
    rules: list[Rule] = []
    marks: list[Mark] = []
    words: list[Word] = []
    aside: list[Letter] = []
    n_hidden = n_invisible = 0
    unseen: list[Word] = []
    painted: list[int] = []
    for first, text, x0, top, x1, bottom, height, style, level in place_words(
        styles, turn, tagged, quarter == 0, coarse
    ):
        if not style.key:
            style = styles.at(first)
        nameless.note(style.face, first, text)
        if style.hidden:
            n_hidden += 1
            if styles.is_invisible(first):
                n_invisible += len(text.split())
            else:
                unseen.append(
                    Word(x0, top, x1, bottom, text, style.size or height, style.bold, style.colour, style.mcid)
                )
            continue
        if len(text) >= 5 and text[0] in DASH_RULE and len(set(text)) == 1:
            rules.append(Rule((top + bottom) / 2, x0, x1, style.colour or "#000000"))
            continue
        # The letters of a slanting word may be taken for one word, as high as it rises.
        if not level and (len(text) <= 2 or bottom - top > RISING * height):
            off = off_level(FPDFText_GetCharAngle(text_page, first), quarter)
            if off:
                end = first + len(text) - 1
                start, last = place_of(text_page, first, turn), place_of(text_page, end, turn)
                advance = advance_of(text_page, end, text[-1])
                spaced = is_spaced(text_page, text_of_page, first)
                box, place = (x0, top, x1, bottom), order.get(style.key, 1 << 30)
                aside.append(Letter(text, box, height, start, last, advance, spaced, off, style, place))
                continue
        symbol = glyph_symbol(style.font, ord(text)) if style.font and len(text) == 1 else None
        if symbol:
            marks.append(Mark(x0, top, x1, bottom, symbol, style.colour))
            text = TREND_CHARACTER[symbol]
        painted.append(order.get(style.key, 1 << 30))
        words.append(Word(x0, top, x1, bottom, text, style.size or height, style.bold, style.colour, style.mcid))
    for word, place in sideways_words(aside):
        words.append(word)
        painted.append(place)
    unmapped = max(nameless.count(), text_of_page.count("\0") + text_of_page.count(LOST))
    return PageWords(words, rules, marks, unmapped, bool(n_hidden) and not words, painted, unseen, n_invisible)


def count_chars(text_page: Any) -> int:
    """Characters on the page; 0 where PDFium cannot tell."""
    return max(0, int(pdfium_c.FPDFText_CountChars(text_page)))
