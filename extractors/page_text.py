"""A page's characters as words, each with its font size, weight, colour and marked-content id.

PDFium gives characters in content order with a loose box (the font's ascent and descent at the text's size). A gap,
a change of baseline or of size begins a new word; PDFium's own made-up spaces only confirm what the gaps say.
"""

from __future__ import annotations

import ctypes
from ctypes import byref, c_float, c_uint
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.page_frame import Turn
from extractors.page_tokens import LOST, PIECE, SOFT_HYPHEN, letters, page_string, whole
from extractors.symbols import CHARACTERS, glyph_symbol, symbol_font
from schemas.document import Trend
from schemas.page import Mark, Rule, Word

HALF_PI = 1.5707963267948966
DASH_RULE = frozenset("-_=—–─")
TREND_CHARACTER: dict[Trend, str] = {"up": "▲", "down": "▼", "flat": "►"}
TWICE = 2.0
"""The same word as close to itself as this (points) is one word printed twice."""
INVISIBLE = 3
"""Text rendering mode of text that is there to be searched, not seen (under a scan)."""


class Style(NamedTuple):
    """What the words of one text object share."""

    size: float
    bold: bool
    colour: str | None
    font: str | None
    """The symbol font, if it is one."""
    mcid: int
    hidden: bool
    key: int


NO_STYLE = Style(0.0, False, None, None, -1, False, 0)
"""Of a word on a page without tags, until it is known to be kept."""


class PageWords(NamedTuple):
    """What a page's text gave."""

    words: list[Word]
    rules: list[Rule]
    """Lines drawn with dashes or underscores."""
    marks: list[Mark]
    """Glyphs of symbol fonts that are arrows."""
    n_chars: int
    n_unmapped: int
    invisible: bool
    """All the text is invisible: a scan with a text layer under it."""
    painted: list[int]
    """For each word its text object's place in painting order."""


def text_quarter(text_page: Any, n_chars: int) -> int | None:
    """The quarter turn in which most of the text reads; None where there is none."""
    if n_chars <= 0:
        return None
    votes = [0, 0, 0, 0]
    for index in range(0, n_chars, max(1, n_chars // 25)):
        votes[round(pdfium_c.FPDFText_GetCharAngle(text_page, index) / HALF_PI) % 4] += 1
    return max(range(4), key=votes.__getitem__)


class _Styles:
    """Looks up the style of a character's text object, each object and font once."""

    def __init__(self, text_page: Any) -> None:
        self.text_page = text_page
        self.by_object: dict[int, Style] = {}
        self.fonts: dict[int, tuple[bool, str | None]] = {}

    def at(self, index: int) -> Style:
        handle = pdfium_c.FPDFText_GetTextObject(self.text_page, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        style = self.by_object.get(key)
        if style is None:
            style = self.by_object[key] = self._read(handle, key)
        return style

    def _read(self, handle: Any, key: int) -> Style:
        if not key:
            return Style(0.0, False, None, None, -1, False, 0)
        size = c_float()
        pdfium_c.FPDFTextObj_GetFontSize(handle, byref(size))
        bold, symbol = self._font(pdfium_c.FPDFTextObj_GetFont(handle))
        red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
        colour = None
        hidden = False
        if pdfium_c.FPDFPageObj_GetFillColor(handle, byref(red), byref(green), byref(blue), byref(alpha)):
            rgb = (red.value, green.value, blue.value)
            colour = "#{:02X}{:02X}{:02X}".format(*rgb) if max(rgb) > 40 else None
            hidden = alpha.value == 0
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle)
        return Style(
            size.value, bold, colour, symbol, pdfium_c.FPDFPageObj_GetMarkedContentID(handle),
            hidden or mode == INVISIBLE, key,
        )  # fmt: skip

    def _font(self, font: Any) -> tuple[bool, str | None]:
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self.fonts:
            buffer = ctypes.create_string_buffer(128)
            name = ""
            if key and pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer)) <= len(buffer):
                name = buffer.value.decode("utf-8", "replace")
            weight = pdfium_c.FPDFFont_GetWeight(font) if key else 400
            bold = weight >= 600 or "bold" in name.lower() or "black" in name.lower()
            self.fonts[key] = (bold, symbol_font(name))
        return self.fonts[key]


class _Draft:
    """A word being put together."""

    __slots__ = ("base", "bottom", "chars", "first", "height", "last_x0", "style", "top", "x0", "x1")

    def __init__(self, box: tuple[float, float, float, float], char: str, first: int, style: Style) -> None:
        self.x0, self.top, self.x1, self.bottom = box
        self.base = self.bottom
        self.last_x0 = self.x0
        self.height = self.bottom - self.top
        self.chars = [char]
        self.first = first
        self.style = style

    def takes(self, x0: float, bottom: float, height: float) -> bool:
        """Whether the next character goes on this word: the same line, the same size, no gap."""
        return (
            abs(bottom - self.base) < 0.35 * height
            and abs(height - self.height) < 0.45 * max(height, self.height)
            # The letters of a ligature glyph all have the glyph's box.
            and (-0.6 * height < x0 - self.x1 < 0.22 * height or x0 == self.last_x0)
        )

    def add(self, box: tuple[float, float, float, float], char: str) -> None:
        self.chars.append(char)
        self.x1 = max(self.x1, box[2])
        self.top = min(self.top, box[1])
        self.bottom = max(self.bottom, box[3])
        self.base = box[3]
        self.last_x0 = box[0]


def read_words(
    text_page: Any, n_chars: int, turn: Turn, quarter: int, tagged: bool, order: dict[int, int]
) -> PageWords:
    """The page's words in content order. `order` maps text objects to their place in painting order."""
    styles = _Styles(text_page)
    drafts, unmapped = _draft_words(text_page, n_chars, turn, styles, tagged)
    rules: list[Rule] = []
    marks: list[Mark] = []
    words: list[Word] = []
    n_hidden = 0
    painted: list[int] = []
    seen: dict[str, list[tuple[float, float]]] = {}
    for draft in drafts:
        text = "".join(draft.chars)
        style = draft.style if draft.style.key else styles.at(draft.first)
        if style.hidden:
            n_hidden += 1
            continue
        if len(text) >= 5 and len(set(text)) == 1 and text[0] in DASH_RULE:
            rules.append(Rule((draft.top + draft.bottom) / 2, draft.x0, draft.x1, style.colour or "#000000"))
            continue
        if len(text) <= 2 and _angle(text_page, draft.first) != quarter:
            continue
        symbol = glyph_symbol(style.font, ord(text)) if style.font and len(text) == 1 else None
        if symbol:
            marks.append(Mark(draft.x0, draft.top, draft.x1, draft.bottom, symbol, style.colour))
            text = TREND_CHARACTER[symbol]
        # Bold faked by printing twice, and shadows: the same word again in nearly the same place.
        x0, top = draft.x0, draft.top
        before = seen.get(text)
        if before is None:
            seen[text] = [(x0, top)]
        elif any(-TWICE < x - x0 < TWICE and -TWICE < y - top < TWICE for x, y in before):
            continue
        else:
            before.append((x0, top))
        painted.append(order.get(style.key, 1 << 30))
        words.append(
            Word(
                draft.x0, draft.top, draft.x1, draft.bottom, text, style.size or draft.height, style.bold,
                style.colour, style.mcid,
            )
        )  # fmt: skip
    return PageWords(words, rules, marks, n_chars, unmapped, bool(n_hidden) and not words, painted)


def _angle(text_page: Any, index: int) -> int:
    angle: float = pdfium_c.FPDFText_GetCharAngle(text_page, index)
    return round(angle / HALF_PI) % 4


class _Letters:
    """Puts words together letter by letter, or takes them whole where that is safe."""

    def __init__(self, text_page: Any, turn: Turn, styles: _Styles, tagged: bool) -> None:
        self.text_page = text_page
        self.turn = turn
        self.styles = styles
        self.tagged = tagged
        self.drafts: list[_Draft] = []
        self.rect = pdfium_c.FS_RECTF()
        self.rect_ref = byref(self.rect)

    def box(self, index: int) -> tuple[float, float, float, float]:
        """The letter's loose box in reading space."""
        pdfium_c.FPDFText_GetLooseCharBox(self.text_page, index, self.rect_ref)
        rect = self.rect
        return self.turn(rect.left, rect.bottom, rect.right, rect.top)

    def style(self, index: int) -> Style:
        return self.styles.at(index) if self.tagged else NO_STYLE

    def piece(self, start: int, text: str) -> None:
        """Adds the words of a run of characters without a space."""
        box = whole(start, text, self.box)
        if box is not None:
            style = self.style(start)
            if not self.tagged or self.style(start + len(text) - 1).mcid == style.mcid:
                self.drafts.append(_Draft(box, text, start, style))
                return
        current: _Draft | None = None
        for index, char in letters(start, text):
            current = self._letter(current, index, char)

    def _letter(self, current: _Draft | None, index: int, char: str) -> _Draft | None:
        placed = self.box(index)
        height = placed[3] - placed[1]
        if height <= 0 or (char == SOFT_HYPHEN and placed[0] == placed[2]):
            return current
        style = self.style(index)
        if (
            current is not None
            and char not in CHARACTERS
            and current.takes(placed[0], placed[3], height)
            and (style.mcid == current.style.mcid or placed[0] - current.x1 < 0.05 * height)
        ):
            current.add(placed, char)
            return current
        current = _Draft(placed, char, index, style)
        self.drafts.append(current)
        return None if char in CHARACTERS else current


def _draft_words(text_page: Any, n_chars: int, turn: Turn, styles: _Styles, tagged: bool) -> tuple[list[_Draft], int]:
    """The words in content order, and how many characters have no Unicode."""
    text = page_string(text_page, n_chars)
    builder = _Letters(text_page, turn, styles, tagged)
    for piece in PIECE.finditer(text):
        builder.piece(piece.start(), piece.group())
    return builder.drafts, text.count("\0") + text.count(LOST)


def count_chars(text_page: Any) -> int:
    """Characters on the page; 0 where PDFium cannot tell."""
    return max(0, int(pdfium_c.FPDFText_CountChars(text_page)))
