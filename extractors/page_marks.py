"""Small signs drawn on a page: arrows and dots, as outlines, as lines with heads, or as pictures.

A sign is 3 to 40 points high and wide. An outline that is only stroked, or filled with white (Word and LibreOffice
fill the block arrows so that they outline), is a sign like a filled one. The head of a thin line can be smaller; it
is one where a line ends in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from typing import NamedTuple

from extractors.page_frame import Box
from extractors.shapes import Sign, outline_sign
from schemas.document import Trend
from schemas.page import Fill, Mark

Point = tuple[float, float]

SIZES = (3.0, 40.0)
HEAD_SIZES = (1.2, 14.0)
"""Of the head of a line."""
SHAFT_SIZES = (3.0, 60.0)
TOUCH = 1.6
MOST_SHAPES = 3_000
"""Small outlines looked at on a page: a map or a scatter chart has more, and no sign among them."""
MOST_PICTURES = 200
COLOURFUL = 60
"""The least difference between the channels of a colour that says something."""


class _Head(NamedTuple):
    tip: Point
    way: Point
    """A unit vector."""
    box: Box
    colour: str


class SignFinder:
    """Collects what may be a sign while a page is walked through."""

    def __init__(self) -> None:
        self._found: list[Mark] = []
        self._pale: list[Mark] = []
        self._heads: list[_Head] = []
        self._shafts: list[tuple[Point, Point]] = []
        self._n_shapes = 0
        self._n_pictures = 0

    def outline(self, points: Sequence[Point], box: Box, fill: str | None, stroke: str | None) -> bool:
        """Takes a closed outline (y downwards) with these colours if it is a sign; white comes as "#FFFFFF"."""
        wide, high = box[2] - box[0], box[3] - box[1]
        if not (_within(wide, SIZES) and _within(high, SIZES)):
            if fill and _within(wide, HEAD_SIZES) and _within(high, HEAD_SIZES):
                self._head(points, box, fill)
            return False
        self._n_shapes += 1
        if self._n_shapes > MOST_SHAPES:
            return False
        sign = outline_sign(points)
        # A line round a shape is its colour only where the shape has none of its own.
        colour = fill if fill and (colourful(fill) or not stroke) else stroke or fill
        if colour is None or (sign == "dot" and fill is None):
            return False
        if sign is None:
            if fill is None or not colourful(fill) or not 0.6 < wide / high < 1.7:
                return False
            sign = "dot"
        mark = Mark(*box, None if sign == "dot" else sign, colour)
        (self._pale if is_pale(colour) else self._found).append(mark)
        return True

    def line(self, points: Sequence[Point], colour: str) -> None:
        """Notes a stroked line: it may be an arrow's shaft, or the two strokes of its head."""
        if len(points) == 3:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if all(_within(side, HEAD_SIZES) or side < HEAD_SIZES[0] for side in (box[2] - box[0], box[3] - box[1])):
                self._head(points, box, colour)
        elif len(points) == 2 and _within(_apart(*points), SHAFT_SIZES) and len(self._shafts) < MOST_SHAPES:
            self._shafts.append((points[0], points[1]))

    def picture(self, box: Box, read: Callable[[], tuple[Sign | None, str | None]]) -> None:
        """Takes a small image; `read` says what it shows and in what colour."""
        if not all(_within(side, SIZES) for side in (box[2] - box[0], box[3] - box[1])):
            return
        self._n_pictures += 1
        if self._n_pictures <= MOST_PICTURES:
            sign, colour = read()
            if sign:
                self._found.append(Mark(*box, None if sign == "dot" else sign, colour))

    def signs(self, fills: Sequence[Fill]) -> list[Mark]:
        """The signs, once all of the page is seen: white ones only where they lie on a colour."""
        pale = [mark for mark in self._pale if _on_colour(mark, fills)]
        return _single([*self._found, *pale, *self._lines_with_heads()])

    def _head(self, points: Sequence[Point], box: Box, colour: str) -> None:
        corners = list(dict.fromkeys(points))
        if len(corners) != 3 or len(self._heads) >= MOST_SHAPES:
            return
        sides = [(_apart(corners[i - 1], corners[i - 2]), i) for i in range(3)]
        tip = min(range(3), key=lambda i: abs(_apart(corners[i], corners[i - 1]) - _apart(corners[i], corners[i - 2])))
        if len(points) == 3:
            tip = 1
        legs = [_apart(corners[tip], corners[i]) for i in range(3) if i != tip]
        base = sides[tip][0]
        if min(legs) < 0.75 * max(legs) or not 0.25 * max(legs) < base < 1.7 * max(legs):
            return
        back = [corners[i] for i in range(3) if i != tip]
        x, y = (back[0][0] + back[1][0]) / 2, (back[0][1] + back[1][1]) / 2
        long = _apart(corners[tip], (x, y))
        if long:
            way = ((corners[tip][0] - x) / long, (corners[tip][1] - y) / long)
            self._heads.append(_Head(corners[tip], way, box, colour))

    def _lines_with_heads(self) -> list[Mark]:
        found = []
        for head in self._heads:
            trend = _trend(head.way)
            shaft = next((s for s in self._shafts if trend and _ends_in(s, head)), None)
            if trend and shaft:
                xs = [head.box[0], head.box[2], *(x for x, _ in shaft)]
                ys = [head.box[1], head.box[3], *(y for _, y in shaft)]
                found.append(Mark(min(xs), min(ys), max(xs), max(ys), trend, head.colour))
        return found


def colourful(colour: str) -> bool:
    """Neither black nor white nor grey."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return max(channels) - min(channels) >= COLOURFUL


def is_pale(colour: str) -> bool:
    """White, or so nearly that it cannot be seen on paper."""
    return min(int(colour[i : i + 2], 16) for i in (1, 3, 5)) >= 245


def _within(side: float, sizes: tuple[float, float]) -> bool:
    return sizes[0] <= side <= sizes[1]


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _trend(way: Point) -> Trend | None:
    """Within 30 degrees of level is flat; what rises or falls more steeply is up or down."""
    if abs(way[1]) < 0.5:
        return "flat"
    return "up" if way[1] < 0 else "down"


def _ends_in(shaft: tuple[Point, Point], head: _Head) -> bool:
    """Whether one end of the line lies in the head and the other behind it, on its axis."""
    for near, far in (shaft, shaft[::-1]):
        x0, top, x1, bottom = head.box
        if x0 - TOUCH <= near[0] <= x1 + TOUCH and top - TOUCH <= near[1] <= bottom + TOUCH:
            long = _apart(near, far)
            if ((near[0] - far[0]) * head.way[0] + (near[1] - far[1]) * head.way[1]) > 0.9 * long:
                return True
    return False


def _on_colour(mark: Mark, fills: Sequence[Fill]) -> bool:
    x, y = (mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2
    under = [f for f in fills if f.x0 <= x <= f.x1 and f.top <= y <= f.bottom]
    return bool(under) and not is_pale(under[-1].colour)


def _single(marks: Sequence[Mark]) -> list[Mark]:
    """The same sign once: a shape that is filled, and stroked by a second path, is one; so are a head and its line."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.x0 - m.x1) * (m.bottom - m.top)):
        x, y = (mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2
        if not any(k.symbol == mark.symbol and k.x0 <= x <= k.x1 and k.top <= y <= k.bottom for k in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: (m.top, m.x0))
