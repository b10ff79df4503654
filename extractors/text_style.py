"""What the words of one text object share: size, weight, colour, marked-content id; each object and font read once."""

from __future__ import annotations

from ctypes import c_uint
from math import hypot
from typing import NamedTuple

from extractors.clipping import clipped_away
from extractors.fonts import Fonts
from extractors.pdfium_direct import (
    FPDFPageObj_GetFillColor,
    FPDFPageObj_GetMarkedContentID,
    FPDFPageObj_GetMatrix,
    FPDFText_GetTextObject,
    FPDFTextObj_GetFont,
    FPDFTextObj_GetFontSize,
    FPDFTextObj_GetTextRenderMode,
    Handle,
    Places,
)

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

    def __init__(self, text_page: Handle, text: str, fonts: Fonts) -> None:
        self.text_page = text_page
        self.text = text
        self.by_object: dict[Handle, Style] = {}
        self.fonts = fonts
        self.matrix, self.size, self.rgba = Places(6), Places(1), Places(4, c_uint)
        self.first, self.last, self.known = 0, -1, NO_STYLE

    def at(self, index: int) -> Style:
        """The style of character number `index`."""
        if self.first <= index <= self.last:
            return self.known
        key = self.key(index)
        style = self.by_object.get(key)
        if style is None:
            style = self.by_object[key] = self._read(key)
        # A text object's characters follow each other: where the line ends in the same object, all of it is one.
        end = self.text.find("\r", index) - 1
        self.first = self.last = index
        self.known = style
        if end > index and self.key(end) == key:
            self.last = end
        return style

    def key(self, index: int) -> Handle:
        """Which text object paints character number `index`; 0 for one that PDFium made up."""
        return FPDFText_GetTextObject(self.text_page, index) or 0

    def is_invisible(self, index: int) -> bool:
        """Whether character number `index` is set in the mode of a scan's text layer."""
        key = self.key(index)
        return bool(key) and bool(FPDFTextObj_GetTextRenderMode(key) == INVISIBLE)

    def _read(self, item: Handle) -> Style:
        if not item:
            return NO_STYLE
        # Some programs set all text in size 1 and let the matrix enlarge it.
        FPDFTextObj_GetFontSize(item, self.size.at[0])
        FPDFPageObj_GetMatrix(item, self.matrix.at[0])
        size = self.size.values[0]
        across, up, slant, down, _, _ = self.matrix.values
        level = across > 0 and abs(up) < 1e-4 * across and abs(slant) < 1e-4 * across
        face = FPDFTextObj_GetFont(item) or 0
        font = self.fonts[face]
        colour = None
        hidden = False
        if FPDFPageObj_GetFillColor(item, *self.rgba.at):
            red, green, blue, alpha = self.rgba.values
            colour = f"#{red:02X}{green:02X}{blue:02X}" if max(red, green, blue) > 40 else None
            hidden = alpha == 0
        return Style(
            size * (hypot(slant, down) or 1.0), font.bold, colour, font.symbol, FPDFPageObj_GetMarkedContentID(item),
            hidden or FPDFTextObj_GetTextRenderMode(item) == INVISIBLE or clipped_away(item), item, face,
            size * across if level else 0.0,
        )  # fmt: skip
