"""Lines of running text whose words can be placed by their letters' widths, without asking for a box each.

Most lines of prose are one text object, set in one font without extra space. Such a line is as wide as its letters'
advances: then there is no gap in it, and where each word stands follows. A line that is wider or narrower (a tab
inside, justified or kerned type) is none of these, and its words are looked at one by one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
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
EVEN = 0.02
"""Both ends' boxes are as high and stand as high, but for this share of it."""
LEAST_HEIGHT = 0.9
"""A font that does not say its ascent and descent has boxes of its letters' own heights, less than this of its size."""


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

    def __init__(self, text_page: Any, styles: Styles, box_at: Callable[[int], Box]) -> None:
        self.text_page = text_page
        self.styles = styles
        self.box_at = box_at
        self.fonts: dict[int, _Advances] = {}
        self.units: dict[int, tuple[float, _Advances] | None] = {}

    def words(self, start: int, line: str) -> Iterator[tuple[int, str, Box, Style]] | None:
        """First character, text, box and style of each word of the line that begins there; None if it is not plain."""
        text = line.rstrip()
        if len(text) < LEAST or text[0].isspace() or ODD.search(text):
            return None
        style = self.styles.at(start)
        last = start + len(text) - 1
        if not style.key or style.font or self.styles.at(last).key != style.key:
            return None
        measure = self._measure(style.key, start)
        if measure is None:
            return None
        (x0, top, _, bottom), (_, end_top, x1, end_bottom) = self.box_at(start), self.box_at(last)
        height = bottom - top
        if abs(end_top - top) > EVEN * height or abs(end_bottom - bottom) > EVEN * height:
            return None
        unit, advances = measure
        if height < LEAST_HEIGHT * unit:
            return None
        places = [0.0, *accumulate(map(advances.__getitem__, text))]
        if abs(x1 - x0 - unit * places[-1]) > SLACK * height:
            return None
        scale = (x1 - x0) / places[-1]
        return (
            (
                start + piece.start(),
                piece.group(),
                (x0 + scale * places[piece.start()], top, x0 + scale * places[piece.end()], bottom),
                style,
            )
            for piece in PIECE.finditer(text)
        )

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
