"""Which words can be seen: not painted over, not in the colour of what is behind them, not off the page, not in a layer
that is switched off.

A colour behind a word is known where it is a filled rectangle. Where a picture, a gradient or an area of another form
lies behind it, the word is taken as seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from math import floor
from typing import NamedTuple

from extractors.page_frame import Box
from schemas.page import Fill, Word

BAND = 40.0
"""Points."""
SAME = 8
"""Colours whose channels differ by no more than this cannot be told apart."""
PALE = 250
OFF = 2.0
"""Points by which a word's middle must lie off the page."""
PAPER = "#FFFFFF"
TWICE = 2.0
"""The same word as close to itself as this (points) is one word printed twice."""


class Ground(NamedTuple):
    """What a page paints besides text."""

    fills: Sequence[Fill]
    fill_order: Sequence[int]
    """For each fill its place in painting order; 0 where something shows through it."""
    backdrops: Sequence[Box]
    """Pictures, gradients and coloured areas that are no rectangles."""
    width: float
    height: float
    text_boxes: Callable[[], list[tuple[int, Box]]]
    """The place in painting order and the box of each text object that shows something."""
    layered: Collection[int]
    """The places in painting order of text that is in a layer."""
    shows: Callable[[Word], bool]
    """Whether anything is seen where a word stands."""


def seen_words(
    words: Sequence[Word], painted: Sequence[int], ground: Ground, cut: Sequence[Word] = ()
) -> tuple[list[Word], list[Word]]:
    """The words that can be seen, and those that cannot. `painted`: each word's place in painting order; `cut`: words
    whose text objects show nothing.
    """
    solid = _Solid(ground)
    seen: list[Word] = []
    hidden: list[Word] = []
    copies: _Copies | None = None
    last, layered = solid.last, ground.layered
    for word, place in zip(words, painted, strict=True):
        cover = solid.cover(word, place) if place < last else 0
        if cover:
            copies = _Copies(words, painted, ground) if copies is None else copies
            away = not copies.printed_again(word, cover)
        else:
            away = _off_page(word, ground)
        # Black is the colour of most words and of hardly any ground; it is not looked into.
        if not away and word.colour is not None:
            away = _vanishes(word, solid.behind(word, place), ground.backdrops)
        if not away and place in layered:
            away = not ground.shows(word)
        (hidden if away else seen).append(word)
    for word in cut:
        copies = _Copies(words, painted, ground) if copies is None else copies
        (seen if copies.printed_again(word, 0) else hidden).append(word)
    return seen, hidden


class _Solid:
    """The areas that nothing shows through, by how far down the page they are, in painting order."""

    def __init__(self, ground: Ground) -> None:
        self.bands: dict[int, list[tuple[int, Fill]]] = {}
        self.last = 0
        for order, fill in zip(ground.fill_order, ground.fills, strict=True):
            if order > 0:
                self.last = max(self.last, order)
                for band in range(int(max(fill.top, -BAND) // BAND), int(min(fill.bottom, ground.height) // BAND) + 1):
                    self.bands.setdefault(band, []).append((order, fill))

    def _at(self, word: Word) -> list[tuple[int, Fill]]:
        return self.bands.get(int((word[1] + word[3]) / 2 // BAND), [])

    def cover(self, word: Word, place: int) -> int:
        """Where in painting order the last area comes that was painted over the word; 0 where none was."""
        return max((order for order, fill in self._at(word) if order > place and _covers(fill, word)), default=0)

    def behind(self, word: Word, place: int) -> str:
        """The colour of the area that the word was painted on, or the paper's."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        under = (f for order, f in reversed(self._at(word)) if order < place)
        return next((f.colour for f in under if f.x0 <= x <= f.x1 and f.top <= y <= f.bottom), PAPER)


class _Copies:
    """Tells where a text is printed once more. Of two copies in one place PDFium gives the first, whichever is on top:
    the second is a text object without words of its own there.
    """

    def __init__(self, words: Sequence[Word], painted: Sequence[int], ground: Ground) -> None:
        self.boxes = ground.text_boxes()
        self.own: dict[int, list[Word]] = {}
        for word, place in zip(words, painted, strict=True):
            self.own.setdefault(place, []).append(word)

    def printed_again(self, word: Word, after: int) -> bool:
        """Whether a text object that is painted after this place holds the word, and nothing else where it stands."""
        return any(
            not any(_holds(other[:4], word) for other in self.own.get(order, ()))
            for order, box in self.boxes
            if order > after and _holds(box, word)
        )


def without_copies(hidden: Sequence[Word], seen: Sequence[Word]) -> list[Word]:
    """The hidden words without those that a word in the same place repeats."""
    return [word for word in hidden if not any(word.text in other.text and _holds(other[:4], word) for other in seen)]


def printed_once(words: Sequence[Word]) -> list[Word]:
    """The words without those that stand again in nearly the same place: bold faked by printing twice, shadows, a
    second copy under the one that is seen.
    """
    of_text: dict[str, list[Word]] = {}
    for word in words:
        of_text.setdefault(word[4], []).append(word)
    twice: set[int] = set()
    for alike in of_text.values():
        if len(alike) > 1:
            twice.update(map(id, _printed_again(alike)))
    return [word for word in words if id(word) not in twice] if twice else list(words)


def _printed_again(words: Sequence[Word]) -> Iterator[Word]:
    """Those of one text that stand in nearly the same place as one before them that does not."""
    places: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for word in words:
        x0, top = word[0], word[1]
        right, below = floor(x0 / TWICE), floor(top / TWICE)
        if any(
            abs(x - x0) < TWICE and abs(y - top) < TWICE
            for across in (right - 1, right, right + 1)
            for down in (below - 1, below, below + 1)
            for x, y in places.get((across, down), ())
        ):
            yield word
        else:
            places.setdefault((right, below), []).append((x0, top))


def _covers(fill: Fill, word: Word) -> bool:
    return fill.x0 - 1 <= word.x0 and word.x1 <= fill.x1 + 1 and fill.top <= (word.top + word.bottom) / 2 <= fill.bottom


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] - 1 <= y <= box[3] + 1


def _off_page(word: Word, ground: Ground) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return not (-OFF <= x <= ground.width + OFF and -OFF <= y <= ground.height + OFF)


def _vanishes(word: Word, behind: str, backdrops: Sequence[Box]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if not _alike(word.colour or "#000000", behind):
        return False
    return not any(b[0] - 1 <= x <= b[2] + 1 and b[1] - 1 <= y <= b[3] + 1 for b in backdrops)


def _alike(first: str, second: str) -> bool:
    return all(abs(int(first[i : i + 2], 16) - int(second[i : i + 2], 16)) <= SAME for i in (1, 3, 5))
