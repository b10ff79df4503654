"""Glyphs that a font draws and does not name: PDFium gives their numbers as if they were letters.

Whether a character is such a glyph depends on its font and on which character it is: each pair is asked about once.
"""

from __future__ import annotations

from collections import Counter

from extractors.pdfium_direct import FPDFText_HasUnicodeMapError, Handle


class Nameless:
    """Counts the glyphs of a page that have no Unicode."""

    def __init__(self, text_page: Handle) -> None:
        self.text_page = text_page
        self.known: dict[int, set[str]] = {}
        self.lost: dict[int, set[str]] = {}
        self.counted: Counter[tuple[int, str]] = Counter()

    def note(self, face: int, first: int, text: str) -> None:
        """Looks at the characters from number `first` on, set in the font `face`."""
        known = self.known.setdefault(face, set())
        lost = self.lost.setdefault(face, set())
        for char in set(text) - known:
            known.add(char)
            if FPDFText_HasUnicodeMapError(self.text_page, first + text.index(char)) == 1:
                lost.add(char)
        if lost:
            self.counted.update((face, char) for char in text if char in lost)

    def count(self) -> int:
        """How many were met."""
        return self.counted.total()
