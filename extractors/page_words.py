"""Characters put together to words: whole where two letters tell, else letter by letter.

A gap, a change of baseline or of size begins a new word; PDFium's own made-up spaces only confirm what the gaps say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from struct import Struct

from extractors.page_frame import Turn
from extractors.page_tokens import PIECE, SOFT_HYPHEN, Box, letters, whole
from extractors.pdfium_direct import FPDFText_GetLooseCharBox, Places
from extractors.placed_word import PlacedWord
from extractors.plain_lines import PlainLines
from extractors.symbols import CHARACTERS
from extractors.text_style import NO_STYLE, Style, Styles

RECT = Struct("4f").unpack_from
BACK = 0.1
"""A letter that begins this share of its height before the one printed before it is out of order."""


class Draft:
    """A word being put together."""

    __slots__ = ("base", "bottom", "chars", "first", "height", "last_x0", "places", "style", "top", "x0", "x1")

    def __init__(self, box: Box, char: str, first: int, style: Style) -> None:
        self.x0, self.top, self.x1, self.bottom = box
        self.base = self.bottom
        self.last_x0 = self.x0
        self.height = self.bottom - self.top
        self.chars = [char]
        self.places = [self.x0]
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

    def add(self, box: Box, char: str) -> None:
        """The next character. One that is printed later than those to its right stands where its place is: of a text
        printed twice PDFium may keep the point of "1.9" from the second copy.
        """
        at = len(self.places)
        if box[0] < self.last_x0 - BACK * self.height:
            at = bisect_right(self.places, box[0])
        self.chars.insert(at, char)
        self.places.insert(at, box[0])
        self.x1 = max(self.x1, box[2])
        self.top = min(self.top, box[1])
        self.bottom = max(self.bottom, box[3])
        self.base = box[3]
        self.last_x0 = box[0]

    def word(self) -> PlacedWord:
        """The word as it is now."""
        text = "".join(self.chars)
        return PlacedWord(
            self.first, text, self.x0, self.top, self.x1, self.bottom, self.height, self.style, level=False
        )


class _Letters:
    """Puts words together letter by letter, or takes them whole where that is safe."""

    def __init__(self, turn: Turn, styles: Styles, tagged: bool) -> None:
        self.text_page = styles.text_page
        self.turn = turn
        self.styles = styles
        self.tagged = tagged
        self.words: list[PlacedWord] = []
        # FS_RECTF is four floats; taken out together they cost a quarter.
        self.rect = Places(4)
        self.rect_at = self.rect.at[0]

    def box(self, index: int) -> Box:
        """The letter's loose box (the font's ascent and descent at the text's size) in reading space."""
        FPDFText_GetLooseCharBox(self.text_page, index, self.rect_at)
        left, top, right, bottom = RECT(self.rect.values)
        return self.turn(left, bottom, right, top)

    def style(self, index: int) -> Style:
        return self.styles.at(index) if self.tagged else NO_STYLE

    def piece(self, start: int, text: str) -> None:
        """Adds the words of a run of characters without a space."""
        box = whole(start, text, self.box)
        if box is not None:
            style = self.style(start)
            if not self.tagged or self.style(start + len(text) - 1).mcid == style.mcid:
                self.words.append(PlacedWord(start, text, *box, box[3] - box[1], style, level=False))
                return
        current: Draft | None = None
        drafts: list[Draft] = []
        for index, char in letters(start, text):
            current = self._letter(drafts, current, index, char)
        self.words += [draft.word() for draft in drafts]

    def _letter(self, drafts: list[Draft], current: Draft | None, index: int, char: str) -> Draft | None:
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
        current = Draft(placed, char, index, style)
        drafts.append(current)
        return None if char in CHARACTERS else current


LINE = re.compile(r"[^\r\n]+")


def place_words(styles: Styles, turn: Turn, tagged: bool, upright: bool, coarse: bool = False) -> list[PlacedWord]:
    """The words of a page's text, in content order. `upright`: the page is read as its user space stands.

    `coarse`: stretches of a line in which there is no gap are words, spaces and all.
    """
    builder = _Letters(turn, styles, tagged)
    plain = PlainLines(styles, builder.box, coarse=coarse)
    for line in LINE.finditer(styles.text):
        start, said = line.start(), line.group()
        for part in plain.words(start, said) if upright else [(0, len(said))]:
            if isinstance(part, list):
                builder.words += part
                continue
            for piece in PIECE.finditer(said, *part):
                builder.piece(start + piece.start(), piece.group())
    return builder.words
