"""Lines of running text whose words can be placed by their letters' widths, without asking for a box each.

Most lines of prose are one text object or two. Such a stretch is as wide as its letters' advances, or justified: wider
by the same at each space, as two of its words bear out. Then there is no gap in it, and where each word stands follows.
Any other line (a tab inside, kerned type) is looked at word by word.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import byref, c_float
from itertools import accumulate
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.page_tokens import ODD, PIECE, Box
from extractors.text_style import Style, Styles

LEAST = 12
"""A shorter line is quicker looked at word by word."""
SLACK = 0.15
"""A plain line's width and the sum of its letters' differ by no more than this share of the height."""
MOST_EXTRA = 0.4
"""A justified line's spaces are wider than the font's by no more than this share of the height."""
MOST_STRETCHES = 4
EVEN = 0.02
"""Both ends' boxes are as high and stand as high, but for this share of it."""
LEAST_HEIGHT = 0.9
"""A font that does not say its ascent and descent has boxes of its letters' own heights, less than this of its size."""


PlainWord = tuple[int, str, Box, Style]
"""Number of the first character, text, box, style."""


class _Advances(dict[str, float]):
    """The advance of each character of a font, for a size of 1; read when first asked for."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, char: str) -> float:
        width = c_float()
        # A character without a width makes its line as wrong as can be, and so not plain.
        known = pdfium_c.FPDFFont_GetGlyphWidth(self.font, ord(char), 1.0, byref(width)) and width.value > 0
        self[char] = width.value if known else 1e6
        return self[char]


class PlainLines:
    """Tells plain lines of a page and places their words."""

    def __init__(self, text_page: Any, styles: Styles, box_at: Callable[[int], Box], *, coarse: bool = False) -> None:
        """`coarse`: a stretch is given as one word, spaces and all."""
        self.coarse = coarse
        self.text_page = text_page
        self.styles = styles
        self.box_at = box_at
        self.fonts: dict[int, _Advances] = {}
        self.units: dict[int, tuple[float, _Advances] | None] = {}

    def words(self, start: int, line: str) -> tuple[list[PlainWord], int]:
        """The words of the plain stretches that the line begins with, and how many of its characters they take."""
        text = line.rstrip()
        done = 0
        found: list[PlainWord] = []
        if ODD.search(text):
            return found, done
        for _ in range(MOST_STRETCHES):
            stretch = self._stretch(start + done, text[done:])
            placed = self._placed(start + done, stretch) if len(stretch) >= LEAST else None
            if placed is None:
                break
            found += placed
            done += len(stretch)
            done += len(text) - done - len(text[done:].lstrip())
        return found, done

    def _stretch(self, start: int, text: str) -> str:
        """As much of the text as one text object paints, up to a space."""
        if len(text) < LEAST or text[0].isspace():
            return ""
        key, last = self.styles.at(start).key, len(text) - 1
        if not key:
            return ""
        if self.styles.key(start + last) == key:
            return text
        if self.styles.key(start + LEAST) != key:
            return ""
        inside, outside = LEAST, last
        while outside - inside > 1:
            middle = (inside + outside) // 2
            inside, outside = (middle, outside) if self.styles.key(start + middle) == key else (inside, middle)
        # The object may end within a word, and PDFium's made-up space belongs to none.
        end = inside + 1
        if text[end : end + 1].isspace():
            return text[:end].rstrip()
        return text[: max(text.rfind(" ", 0, end), 0)].rstrip()

    def _placed(self, start: int, text: str) -> list[PlainWord] | None:
        """The stretch's words, if it is as wide as its letters, or wider by the same at each of its spaces."""
        style = self.styles.at(start)
        measure = None if style.font else self._measure(style.key, start)
        if measure is None:
            return None
        unit, advances = measure
        (x0, top, _, bottom), (_, end_top, x1, end_bottom) = self.box_at(start), self.box_at(start + len(text) - 1)
        height = bottom - top
        if height < LEAST_HEIGHT * unit or max(abs(end_top - top), abs(end_bottom - bottom)) > EVEN * height:
            return None
        widths = list(map(advances.__getitem__, text))
        natural = sum(widths)
        extra = x1 - x0 - unit * natural
        even = abs(extra) <= SLACK * height
        if self.coarse and even:
            return [(start, text, (x0, top, x1, bottom), style)]
        places = [0.0, *accumulate(widths)]
        pieces = list(PIECE.finditer(text))
        each = 0.0 if even else extra / (len(pieces) - 1) if len(pieces) > 3 else height
        if even:
            unit = (x1 - x0) / natural
        elif abs(each) > MOST_EXTRA * height or not all(
            abs(self.box_at(start + place)[0] - x0 - unit * places[place] - each * number) <= SLACK * height
            for number, place in ((n, pieces[n].start()) for n in (len(pieces) // 3, 2 * len(pieces) // 3))
        ):
            return None
        if self.coarse:
            return [(start, text, (x0, top, x1, bottom), style)]
        return [
            (
                start + piece.start(),
                piece.group(),
                (
                    x0 + unit * places[piece.start()] + each * number,
                    top,
                    x0 + unit * places[piece.end()] + each * number,
                    bottom,
                ),
                style,
            )
            for number, piece in enumerate(pieces)
        ]

    def _measure(self, key: int, index: int) -> tuple[float, _Advances] | None:
        """Points for an advance of 1 in the text object of character `index`, and its font's advances."""
        if key not in self.units:
            self.units[key] = self._read(index)
        return self.units[key]

    def _read(self, index: int) -> tuple[float, _Advances] | None:
        item = pdfium_c.FPDFText_GetTextObject(self.text_page, index)
        matrix, size = pdfium_c.FS_MATRIX(), c_float()
        if not (
            pdfium_c.FPDFPageObj_GetMatrix(item, byref(matrix)) and pdfium_c.FPDFTextObj_GetFontSize(item, byref(size))
        ):
            return None
        if matrix.a <= 0 or abs(matrix.b) > 1e-4 * matrix.a or abs(matrix.c) > 1e-4 * matrix.a:
            return None
        font = pdfium_c.FPDFTextObj_GetFont(item)
        if not font:
            return None
        address = ctypes.addressof(font.contents)
        if address not in self.fonts:
            self.fonts[address] = _Advances(font)
        return matrix.a * size.value, self.fonts[address]
