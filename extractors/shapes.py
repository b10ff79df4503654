"""What a small outline or picture shows: an arrow up, down or flat, or a dot.

Both are looked at in slices: how wide they are from one end to the other. An arrow widens evenly from a tip to a head
as wide as the whole; then it ends (a triangle) or goes on, narrower, as a shaft. Curved barbs, notched tails and
rounded corners make no difference to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil, hypot
from typing import Literal, NamedTuple

from schemas.document import Trend

Sign = Trend | Literal["dot"]
Point = tuple[float, float]

SLICES = 18
MOST_CORNERS = 160
LEAST_PIXELS = 20
SHAFT = 3
"""A shaft is at least this many slices long."""
FULL, NARROW = 0.88, 0.72
"""Shares of the head's width: from the first a slice is all of it, under the second it is a shaft."""

ACROSS = 0.7071067811865476
WAYS: tuple[tuple[Point, Trend], ...] = (
    ((0.0, -1.0), "up"),
    ((0.0, 1.0), "down"),
    ((1.0, 0.0), "flat"),
    ((-1.0, 0.0), "flat"),
)
SLANTED: tuple[tuple[Point, Trend], ...] = (
    ((ACROSS, -ACROSS), "up"),
    ((-ACROSS, -ACROSS), "up"),
    ((ACROSS, ACROSS), "down"),
    ((-ACROSS, ACROSS), "down"),
)


class Slice(NamedTuple):
    """How far a shape reaches to either side in one slice across the way that is looked at."""

    low: float
    high: float

    @property
    def wide(self) -> float:
        """The breadth; 0 where there is nothing."""
        return max(0.0, self.high - self.low)


Slicing = Callable[[Point], list[Slice]]
"""The slices of a shape from the end that a way points to."""


def outline_sign(points: Sequence[Point]) -> Sign | None:
    """What a closed outline says; `points` are its corners, y downwards, curves by their end and control points."""
    if not 3 <= len(points) <= MOST_CORNERS:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = min(xs), min(ys)
    size = max(max(xs) - left, max(ys) - top)
    if size <= 0:
        return None
    return _outline_sign(tuple((round((x - left) / size, 3), round((y - top) / size, 3)) for x, y in points))


@lru_cache(maxsize=512)
def _outline_sign(points: tuple[Point, ...]) -> Sign | None:
    return "dot" if _is_round(points) else _arrow(lambda way: _outline_slices(points, way))


def picture_sign(rows: Sequence[Sequence[bool]]) -> Sign | None:
    """What a picture says whose set pixels are the sign."""
    pixels = [(float(x), float(y)) for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    if len(pixels) < LEAST_PIXELS:
        return None
    xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
    wide, high = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
    centre = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    if 0.85 < wide / high < 1.18 and 0.74 < len(pixels) / (wide * high) < 0.84:
        farthest = max(hypot(x - centre[0], y - centre[1]) for x, y in pixels)
        if farthest < 0.27 * (wide + high) + 0.5:
            return "dot"
    return _arrow(lambda way: _pixel_slices(pixels, way))


def _is_round(points: Sequence[Point]) -> bool:
    """All corners (but control points) about as far from the middle, and on all sides of it."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if len(points) < 8 or not 0.85 < wide / max(high, 1e-9) < 1.18:
        return False
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    radius = (wide + high) / 4
    # The control points of a quarter circle lie up to 1.15 radii from its middle; the corners of a square 1.41.
    return all(0.9 * radius < hypot(px - x, py - y) < 1.18 * radius for px, py in points)


def _arrow(slices: Slicing) -> Trend | None:
    said = {trend for way, trend in WAYS if _points(slices(way))}
    if not said and _points_both_ways(slices((1.0, 0.0))):
        return "flat"
    if not said:
        said = {trend for way, trend in SLANTED if _points(slices(way), shaft=True)}
    return said.pop() if len(said) == 1 else None


def _outline_slices(points: Sequence[Point], way: Point) -> list[Slice]:
    placed = [(-(x * way[0] + y * way[1]), y * way[0] - x * way[1]) for x, y in points]
    start, end = min(along for along, _ in placed), max(along for along, _ in placed)
    thick = (end - start) / SLICES
    lows, highs = [1e9] * SLICES, [-1e9] * SLICES
    for (along, aside), (next_along, next_aside) in zip(placed, [*placed[1:], placed[0]], strict=True):
        if along == next_along or not thick:
            continue
        low, high = (along, next_along) if along < next_along else (next_along, along)
        slope = (next_aside - aside) / (next_along - along)
        # The slices through whose middle this side goes.
        for number in range(ceil((low - start) / thick - 0.5), min(SLICES, ceil((high - start) / thick - 0.5))):
            at = aside + (start + (number + 0.5) * thick - along) * slope
            lows[number] = min(lows[number], at)
            highs[number] = max(highs[number], at)
    return [Slice(low, high) for low, high in zip(lows, highs, strict=True)]


def _pixel_slices(pixels: Sequence[Point], way: Point) -> list[Slice]:
    placed = [(-(x * way[0] + y * way[1]), y * way[0] - x * way[1]) for x, y in pixels]
    start, end = min(along for along, _ in placed) - 0.5, max(along for along, _ in placed) + 0.5
    lows, highs = [1e9] * SLICES, [-1e9] * SLICES
    share = SLICES / (end - start)
    for along, aside in placed:
        # A pixel can be thicker than a slice.
        last = min(SLICES - 1, int((along + 0.49 - start) * share))
        for number in range(int((along - 0.49 - start) * share), last + 1):
            lows[number] = min(lows[number], aside - 0.5)
            highs[number] = max(highs[number], aside + 0.5)
    return [Slice(low, high) for low, high in zip(lows, highs, strict=True)]


def _points(slices: Sequence[Slice], *, shaft: bool = False) -> bool:
    """Whether the slices are those of an arrow, tip first; `shaft`: one with a shaft, no bare triangle."""
    head = _head(slices)
    if head is None:
        return False
    first, last, wide = head
    if last >= SLICES - 2:
        # The base of a triangle, not the long side of a house or a box.
        return not shaft and first >= 0.75 * SLICES
    behind = SLICES - 1 - last
    if behind < SHAFT:
        return False
    tail = [part.wide for part in slices[-max(SHAFT, int(0.4 * behind)) :]]
    return min(tail) > 0.04 * wide and max(tail) < NARROW * wide and max(tail) - min(tail) < 0.25 * wide


def _points_both_ways(slices: Sequence[Slice]) -> bool:
    """An arrow with a head on either end."""
    ahead, behind = _head(slices), _head(slices[::-1])
    if ahead is None or behind is None:
        return False
    between = slices[ahead[1] + 1 : SLICES - 1 - behind[1]]
    return bool(between) and min(part.wide for part in between) < NARROW * ahead[2]


def _head(slices: Sequence[Slice]) -> tuple[int, int, float] | None:
    """The first and the last slice of a head's full width, and that width, where a head widens evenly from a tip."""
    widest = max(part.wide for part in slices)
    middle = min(part.low for part in slices) + max(part.high for part in slices)
    if any(abs(part.low + part.high - middle) > 0.22 * widest for part in slices if part.wide > 0):
        return None
    if any(part.wide <= 0 for part in slices):
        return None
    full = [number for number, part in enumerate(slices) if part.wide >= FULL * widest]
    first = full[0]
    last = first
    while last + 1 < len(slices) and slices[last + 1].wide >= FULL * widest:
        last += 1
    if not 0.15 * SLICES <= first + 1 <= SLICES or slices[0].wide > 0.42 * widest:
        return None
    for number in range(first):
        even = widest * (number + 0.7) / (first + 0.7)
        if abs(slices[number].wide - even) > 0.24 * widest:
            return None
    return first, last, widest
