"""What the words of one text object share: size, weight, colour, marked-content id; each object and font read once."""

from __future__ import annotations

import ctypes
from ctypes import byref, c_float, c_uint
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extractors.clipping import clipped_away
from extractors.symbols import symbol_font

INVISIBLE = 3
"""Text rendering mode of text that is there to be searched, not seen (under a scan)."""


class Style(NamedTuple):
    """What the words of one text object share."""

    size: float
    """In points of the page."""
    bold: bool
    colour: str | None
    font: str | None
    """The symbol font, if it is one."""
    mcid: int
    hidden: bool
    key: int
    """The text object."""
    face: int = 0
    """The font."""
    unit: float = 0.0
    """Points to the right for an advance of one em, where the text runs level and upright in the page's own space."""


NO_STYLE = Style(0.0, False, None, None, -1, False, 0)
"""Of a word on a page without tags, until it is known to be kept; of characters that PDFium made up."""


class Styles:
    """Looks up the style of a character's text object, each object and font once."""

    def __init__(self, text_page: Any, text: str) -> None:
        self.text_page = text_page
        self.text = text
        self.by_object: dict[int, Style] = {}
        self.fonts: dict[int, tuple[bool, str | None]] = {}
        self.matrix, self.size = pdfium_c.FS_MATRIX(), c_float()
        self.rgba = (c_uint(), c_uint(), c_uint(), c_uint())
        self.places = (byref(self.matrix), byref(self.size), *map(byref, self.rgba))
        self.first, self.last, self.known = 0, -1, NO_STYLE

    def at(self, index: int) -> Style:
        """The style of character number `index`."""
        if self.first <= index <= self.last:
            return self.known
        key, style = self._look(index)
        # A text object's characters follow each other: where the line ends in the same object, all of it is one.
        end = self.text.find("\r", index) - 1
        self.first = self.last = index
        self.known = style
        if end > index and self.key(end) == key:
            self.last = end
        return style

    def key(self, index: int) -> int:
        """Which text object paints character number `index`; 0 for one that PDFium made up."""
        handle = pdfium_c.FPDFText_GetTextObject(self.text_page, index)
        return ctypes.addressof(handle.contents) if handle else 0

    def is_invisible(self, index: int) -> bool:
        """Whether character number `index` is set in the mode of a scan's text layer."""
        handle = pdfium_c.FPDFText_GetTextObject(self.text_page, index)
        return bool(handle) and pdfium_c.FPDFTextObj_GetTextRenderMode(handle) == INVISIBLE

    def _look(self, index: int) -> tuple[int, Style]:
        handle = pdfium_c.FPDFText_GetTextObject(self.text_page, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        style = self.by_object.get(key)
        if style is None:
            style = self.by_object[key] = self._read(handle, key)
        return key, style

    def _read(self, handle: Any, key: int) -> Style:
        if not key:
            return NO_STYLE
        matrix_ref, size_ref, *rgba_refs = self.places
        matrix, rgba = self.matrix, self.rgba
        pdfium_c.FPDFTextObj_GetFontSize(handle, size_ref)
        # Some programs set all text in size 1 and let the matrix enlarge it.
        pdfium_c.FPDFPageObj_GetMatrix(handle, matrix_ref)
        across, up, slant, down = matrix.a, matrix.b, matrix.c, matrix.d
        level = across > 0 and abs(up) < 1e-4 * across and abs(slant) < 1e-4 * across
        font = pdfium_c.FPDFTextObj_GetFont(handle)
        face = ctypes.addressof(font.contents) if font else 0
        bold, symbol = self._font(font, face)
        colour = None
        hidden = False
        if pdfium_c.FPDFPageObj_GetFillColor(handle, *rgba_refs):
            red, green, blue = rgba[0].value, rgba[1].value, rgba[2].value
            colour = f"#{red:02X}{green:02X}{blue:02X}" if max(red, green, blue) > 40 else None
            hidden = rgba[3].value == 0
        return Style(
            self.size.value * (hypot(slant, down) or 1.0), bold, colour, symbol,
            pdfium_c.FPDFPageObj_GetMarkedContentID(handle),
            hidden or pdfium_c.FPDFTextObj_GetTextRenderMode(handle) == INVISIBLE or clipped_away(handle), key, face,
            self.size.value * across if level else 0.0,
        )  # fmt: skip

    def _font(self, font: Any, key: int) -> tuple[bool, str | None]:
        if key not in self.fonts:
            buffer = ctypes.create_string_buffer(128)
            name = ""
            if key and pdfium_c.FPDFFont_GetBaseFontName(font, buffer, len(buffer)) <= len(buffer):
                name = buffer.value.decode("utf-8", "replace")
            weight = pdfium_c.FPDFFont_GetWeight(font) if key else 400
            bold = weight >= 600 or "bold" in name.lower() or "black" in name.lower()
            self.fonts[key] = (bold, symbol_font(name))
        return self.fonts[key]
