"""Glyphs that a font draws and does not name: PDFium gives their numbers as if they were letters.

Whether a character is such a glyph depends on its font and on which character it is: each pair is asked about once.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from extractors.pdfium_direct import FPDFText_HasUnicodeMapError, Handle


class Nameless:
    """Counts the glyphs of a page that have no Unicode."""

    def __init__(self, text_page: Handle) -> None:
        self.text_page = text_page
        self.said: dict[Handle, tuple[list[int], list[str]]] = {}

    def note(self, face: Handle, first: int, text: str) -> None:
        """Takes down the characters from number `first` on, set in the font `face`."""
        firsts, texts = self.said.setdefault(face, ([], []))
        firsts.append(first)
        texts.append(text)

    def count(self) -> int:
        """How many of the characters taken down are such glyphs; while the page is open."""
        return sum(self._of_font(firsts, texts) for firsts, texts in self.said.values())

    def _of_font(self, firsts: list[int], texts: list[str]) -> int:
        whole = "".join(texts)
        begins = list(accumulate(map(len, texts), initial=0))
        lost = 0
        for char in set(whole):
            at = whole.index(char)
            number = bisect_right(begins, at) - 1
            if FPDFText_HasUnicodeMapError(self.text_page, firsts[number] + at - begins[number]) == 1:
                lost += whole.count(char)
        return lost
