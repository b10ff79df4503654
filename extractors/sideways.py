"""Text that runs up, down or slanting on a page that is read across: letters to words, and words in order.

Such words are in `Page.words` with their angle. Lines are made of the others alone; `extractors.proposals.labels`
brings the sideways ones into grids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ctypes import c_double
from math import cos, pi, radians, sin
from typing import NamedTuple

from extractors.page_frame import Turn
from extractors.pdfium_direct import (
    FPDFFont_GetGlyphWidth,
    FPDFText_GetCharOrigin,
    FPDFText_GetTextObject,
    FPDFText_IsGenerated,
    FPDFTextObj_GetFont,
    Handle,
    Places,
)
from extractors.text_style import Style
from schemas.page import Word

Box = tuple[float, float, float, float]
Point = tuple[float, float]

LEVEL = 0.1
"""Radians by which text can run off the level and be read as level."""
QUARTER = pi / 2
WATERMARK = 24.0
"""Slanting letters of this size (points) and more are no label: DRAFT, CONFIDENTIAL across a page."""
LOOSE = 1.15
"""The height of a letter's box, in sizes of its font."""
WORD_GAP = 0.16
"""The gap between two words, in sizes of the font; a space is about 0.28."""
WIDEST = 1.05
"""No letter but a few capitals takes more than this many sizes of its line."""


class Letter(NamedTuple):
    """A letter that does not run across; several, where a slanting word was taken whole."""

    text: str
    box: Box
    """In reading space."""
    height: float
    """Of its first letter's box."""
    start: Point
    """Where it stands on its line, in reading space."""
    last: Point
    """The same of its last letter."""
    advance: float
    """How far on the letter after its last one begins, in sizes of its font; 0 where that is not told."""
    spaced: bool
    """Whether a space is printed before it."""
    angle: float
    """Radians counter-clockwise from the level, between -pi and pi."""
    style: Style
    painted: int
    """Its text object's place in painting order."""

    @property
    def size(self) -> float:
        """The height of its line: the font's size where that is told in points of the page."""
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        tall = self.height if _slanting(self.angle) else wide if abs(sin(self.angle)) > 0.5 else high
        return self.style.size if 0.5 * tall <= self.style.size <= 4 * tall else tall


def off_level(angle: float, quarter: int) -> float:
    """How far text at this angle (PDFium's, of user space) runs off the lines of a page read in this quarter; 0 for
    level text.
    """
    # PDFium counts its angle clockwise.
    turned = (quarter * QUARTER - angle + pi) % (2 * pi) - pi
    return 0.0 if abs(turned) < LEVEL else turned


def place_of(text_page: Handle, index: int, turn: Turn) -> Point:
    """Where character number `index` stands on its line, in reading space."""
    place = Places(2, c_double)
    FPDFText_GetCharOrigin(text_page, index, *place.at)
    x, y = place.values
    return turn(x, y, x, y)[:2]


def advance_of(text_page: Handle, index: int, char: str) -> float:
    """The width of character number `index`, in sizes of its font; 0 where PDFium cannot tell."""
    item = FPDFText_GetTextObject(text_page, index)
    font = FPDFTextObj_GetFont(item) if item else None
    width = Places(1)
    known = font and FPDFFont_GetGlyphWidth(font, ord(char), 1.0, *width.at)
    return max(0.0, float(width.values[0])) if known else 0.0


def is_spaced(text_page: Handle, text: str, index: int) -> bool:
    """Whether a space is printed before character number `index`; PDFium makes up others between sideways letters."""
    return index > 0 and text[index - 1] == " " and bool(FPDFText_IsGenerated(text_page, index - 1) == 0)


def sideways_words(letters: Iterable[Letter]) -> list[tuple[Word, int]]:
    """The words that these letters make, in content order, each with its place in painting order."""
    runs: list[list[Letter]] = []
    for letter in letters:
        if _slanting(letter.angle) and letter.size >= WATERMARK:
            continue
        if runs and _goes_on(runs[-1][-1], letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return [(_word(run), run[0].painted) for run in runs]


def _slanting(angle: float) -> bool:
    return abs(angle / QUARTER - round(angle / QUARTER)) > 0.1


def _goes_on(before: Letter, after: Letter) -> bool:
    """Whether the second letter follows the first in one word: on its line, no farther than a letter is wide."""
    if abs(before.angle - after.angle) > 0.05 or after.spaced:
        return False
    right, up = cos(before.angle), sin(before.angle)
    dx, dy = after.start[0] - before.last[0], before.last[1] - after.start[1]
    along, aside = dx * right + dy * up, dy * right - dx * up
    widest = before.advance + WORD_GAP if before.advance else WIDEST
    return abs(aside) < 0.2 * before.size and -0.1 * before.size < along < widest * before.size


def _length(box: Box, angle: float, size: float) -> float:
    """How long a text is along its line: a slanting one's box is wider than the text, by its height."""
    wide, high = box[2] - box[0], box[3] - box[1]
    right, up = abs(cos(angle)), abs(sin(angle))
    if _slanting(angle):
        return max(0.2 * size, wide * right + high * up - 2 * LOOSE * size * right * up)
    return wide if right > up else high


def _word(run: Sequence[Letter]) -> Word:
    first = run[0]
    return Word(
        min(letter.box[0] for letter in run),
        min(letter.box[1] for letter in run),
        max(letter.box[2] for letter in run),
        max(letter.box[3] for letter in run),
        "".join(letter.text for letter in run),
        first.size,
        first.style.bold,
        first.style.colour,
        first.style.mcid,
        round(first.angle * 180 / pi),
    )


def anchor(word: Word) -> tuple[float, float]:
    """Where a sideways word belongs: its middle, or the end of a slanting one that is next to its row or column."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if word.angle % 90 == 0:
        return x, y
    half = min(word.size, word.x1 - word.x0, word.bottom - word.top) / 2
    low = word.bottom - half
    # Rising to the right it stands over its column by its first letter; falling to the right by its last.
    return (word.x0 + half, low) if 0 < word.angle < 90 or word.angle < -90 else (word.x1 - half, low)


def laid_level(word: Word) -> Box:
    """The word's box turned so that its text runs across, for putting words into lines and lines in order."""
    angle = radians(word.angle)
    right, up = cos(angle), sin(angle)
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    along, down = x * right - y * up, x * up + y * right
    half = _length(word[:4], angle, word.size) / 2
    tall = word.size if _slanting(angle) else (word.x1 - word.x0 if abs(up) > 0.5 else word.bottom - word.top)
    return along - half, down - tall / 2, along + half, down + tall / 2
