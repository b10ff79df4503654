"""Lines of running text whose words can be placed by their letters' widths, without asking for a box each.

Most lines of prose are one text object or two. Such a stretch is as wide as its letters' advances, or justified: wider
by the same at each space, as two of its words bear out. Then there is no gap in it, and where each word stands follows.
Any other line (a tab inside, kerned type) is looked at word by word.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from extractors.page_tokens import ODD, PIECE, Box
from extractors.placed_word import PlacedWord
from extractors.text_style import Styles

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


class PlainLines:
    """Tells plain lines of a page and places their words."""

    def __init__(self, styles: Styles, box_at: Callable[[int], Box], *, coarse: bool = False) -> None:
        """`coarse`: a stretch is given as one word, spaces and all."""
        self.coarse = coarse
        self.styles = styles
        self.odd = ODD.search(styles.text) is not None
        self.box_at = box_at

    def words(self, start: int, line: str) -> list[list[PlacedWord] | tuple[int, int]]:
        """The line in parts: the words of plain stretches, and from where to where it has to be read by letters."""
        text = line.rstrip()
        end = len(text)
        if self.odd and ODD.search(text):
            return [(0, end)]
        parts: list[list[PlacedWord] | tuple[int, int]] = []
        done = 0
        while done < end and len(parts) < MOST_STRETCHES:
            stretch = self._stretch(start + done, text[done:] if done else text)
            if stretch:
                placed = self._placed(start + done, stretch)
                if placed is None:
                    break
                parts.append(placed)
                after = done + len(stretch)
                if after == end:
                    return parts
            else:
                # A bullet or a number before the text, or a word set in bold.
                after = text.find(" ", done)
                if not done < after < done + LEAST:
                    break
                parts.append((done, after))
            done = end - len(text[after:].lstrip())
        if done < end:
            parts.append((done, end))
        return parts

    def _stretch(self, start: int, text: str) -> str:
        """As much of the text as one text object paints, up to a space."""
        if len(text) < LEAST or text[0].isspace():
            return ""
        key, last = self.styles.at(start).key, len(text) - 1
        if not key:
            return ""
        # Where the style is known to the line's end, one object paints it all.
        if start + last <= self.styles.last or self.styles.key(start + last) == key:
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

    def _placed(self, start: int, text: str) -> list[PlacedWord] | None:
        """The stretch's words, if it is as wide as its letters, or wider by the same at each of its spaces."""
        style = self.styles.at(start)
        unit = style.unit
        if style.font or unit <= 0:
            return None
        (x0, top, _, bottom), (_, end_top, x1, end_bottom) = self.box_at(start), self.box_at(start + len(text) - 1)
        height = bottom - top
        if height < LEAST_HEIGHT * unit or max(abs(end_top - top), abs(end_bottom - bottom)) > EVEN * height:
            return None
        widths = list(map(self.styles.fonts[style.face].advances.__getitem__, text))
        natural = sum(widths)
        extra = x1 - x0 - unit * natural
        even = abs(extra) <= SLACK * height
        if self.coarse and even:
            return [PlacedWord(start, text, x0, top, x1, bottom, height, style, True)]
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
            return [PlacedWord(start, text, x0, top, x1, bottom, height, style, True)]
        return [
            PlacedWord(
                start + piece.start(),
                piece.group(),
                x0 + unit * places[piece.start()] + each * number,
                top,
                x0 + unit * places[piece.end()] + each * number,
                bottom,
                height,
                style,
                True,
            )
            for number, piece in enumerate(pieces)
        ]
