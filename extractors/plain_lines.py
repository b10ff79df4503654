"""Lines of running text whose words can be placed by their letters' widths, without asking for a box each.

Most lines of prose are one text object or two. Such a stretch is as wide as its letters' advances, or justified: wider
by the same at each space, as two of its words bear out. Then there is no gap in it, and where each word stands follows.
Any other line (a tab inside, kerned type) is looked at word by word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from extractors.page_tokens import ODD, PIECE, Box
from extractors.pdfium_direct import (
    FPDFFont_GetGlyphWidth,
    FPDFText_GetTextObject,
    FPDFTextObj_GetFont,
    Handle,
    Places,
)
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

    def __init__(self, font: Handle) -> None:
        super().__init__()
        self.font = font
        self.width = Places(1)

    def __missing__(self, char: str) -> float:
        known = FPDFFont_GetGlyphWidth(self.font, ord(char), 1.0, *self.width.at)
        width = float(self.width.values[0]) if known else 0.0
        # A character without a width makes its line as wrong as can be, and so not plain.
        self[char] = width if width > 0 else 1e6
        return self[char]


class PlainLines:
    """Tells plain lines of a page and places their words."""

    def __init__(self, styles: Styles, box_at: Callable[[int], Box], *, coarse: bool = False) -> None:
        """`coarse`: a stretch is given as one word, spaces and all."""
        self.coarse = coarse
        self.text_page = styles.text_page
        self.styles = styles
        self.box_at = box_at
        self.fonts: dict[int, _Advances] = {}

    def words(self, start: int, line: str) -> Iterator[list[PlainWord] | tuple[int, int]]:
        """The line in parts: the words of plain stretches, and from where to where it has to be read by letters."""
        text = line.rstrip()
        end = len(text)
        done = 0
        if not ODD.search(text):
            for _ in range(MOST_STRETCHES):
                stretch = self._stretch(start + done, text[done:])
                if stretch:
                    placed = self._placed(start + done, stretch)
                    if placed is None:
                        break
                    yield placed
                    after = done + len(stretch)
                else:
                    # A bullet or a number before the text, or a word set in bold.
                    after = text.find(" ", done)
                    if not done < after < done + LEAST:
                        break
                    yield (done, after)
                done = end - len(text[after:].lstrip())
        if done < end:
            yield (done, end)

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
        unit = style.unit
        if style.font or unit <= 0:
            return None
        (x0, top, _, bottom), (_, end_top, x1, end_bottom) = self.box_at(start), self.box_at(start + len(text) - 1)
        height = bottom - top
        if height < LEAST_HEIGHT * unit or max(abs(end_top - top), abs(end_bottom - bottom)) > EVEN * height:
            return None
        widths = list(map(self._advances(start).__getitem__, text))
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

    def _advances(self, start: int) -> _Advances:
        """Of the font of character number `start`."""
        font = FPDFTextObj_GetFont(FPDFText_GetTextObject(self.text_page, start)) or 0
        if font not in self.fonts:
            self.fonts[font] = _Advances(font)
        return self.fonts[font]
