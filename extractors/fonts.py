"""What is asked of a font once: weight, whether it is a symbol font, how wide its letters are.

A font has no name that tells it from others but its address, which PDFium may give to another when no open page uses
it. A page is closed only when the next is open: so what a page has in common with the one before, nearly all, stays
known.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.pdfium_direct import (
    FPDFFont_GetBaseFontName,
    FPDFFont_GetGlyphWidth,
    FPDFFont_GetWeight,
    Handle,
    Places,
)
from extractors.symbols import symbol_font

BOLD = 600
NO_WIDTH = 1e6


class Advances(dict[str, float]):
    """How far on the letter after each character stands, in sizes of its font; read when first asked for.

    A character without a width makes its line as wrong as can be.
    """

    def __init__(self, font: Handle) -> None:
        super().__init__()
        self.font = font
        self.width = Places(1)

    def __missing__(self, char: str) -> float:
        known = FPDFFont_GetGlyphWidth(self.font, ord(char), 1.0, *self.width.at)
        width = float(self.width.values[0]) if known else 0.0
        self[char] = width if width > 0 else NO_WIDTH
        return self[char]


class Font:
    """A font that an open page uses; 0 stands for none."""

    __slots__ = ("advances", "bold", "symbol")

    def __init__(self, font: Handle) -> None:
        buffer = ctypes.create_string_buffer(128)
        name = ""
        if font and FPDFFont_GetBaseFontName(font, ctypes.addressof(buffer), len(buffer)) <= len(buffer):
            name = buffer.value.decode("utf-8", "replace")
        weight = FPDFFont_GetWeight(font) if font else 400
        self.bold = weight >= BOLD or "bold" in name.lower() or "black" in name.lower()
        self.symbol = symbol_font(name)
        self.advances = Advances(font)


class Fonts(dict[Handle, Font]):
    """The fonts of the page that is open, and behind them those of the page before, which is open too."""

    def __init__(self) -> None:
        super().__init__()
        self.before: dict[Handle, Font] = {}
        self.page: Any = None

    def __missing__(self, font: Handle) -> Font:
        found = self.before.get(font) or Font(font)
        self[font] = found
        return found

    def keep(self, page: Any) -> None:
        """Takes a page (a raw `FPDF_PAGE`) that has been read. It is closed when the next has been, or by `close`."""
        self._close_page()
        self.page, self.before = page, dict(self)
        self.clear()

    def close(self) -> None:
        """Before the document is closed."""
        self._close_page()
        self.before = {}
        self.clear()

    def _close_page(self) -> None:
        if self.page:
            pdfium_c.FPDF_ClosePage(self.page)
        self.page = None
