"""Blocks of words side by side whose lines do not stand level: a table beside another, or beside a chart's labels.

Read across, each line of one block parts the lines of the other. A strip of white that runs down between them tells
them apart, and that few lines left of it have one on their level right of it; the lines of one table's columns have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.proposals.lines import Item, Line, Segment, cut_segments, make_lines, share_of_numbers

LEAST_LINES = 4
"""A block of fewer lines is not looked for."""
STRIP = 1.5
"""A strip between blocks is as wide as so many heights of a line."""
LEVEL = 0.25
"""Lines whose feet differ by no more than this share of their height stand level."""
PAIRED = 0.4
"""The share of the lines of the shorter block that have one on their level in the other, at most."""
FIGURES = 0.6
"""The share of lines of one figure that make a column of figures."""
MOSTLY = 0.8
BIN = 6.0
MOST_STRIPS = 12
"""Places of strips that are tried on a page, those between the most words first."""
DEEPEST = 3


def side_by_side(lines: Sequence[Line], segments: Sequence[Sequence[Segment]]) -> list[list[Line]]:
    """The lines of each block of words that stands beside another; none where no two do. `segments`: each line's."""
    items = [item for line in lines for item in line.items]
    return [make_lines(block) for block in _blocks(items, segments, DEEPEST)]


def _blocks(
    items: Sequence[Item], segments: Sequence[Sequence[Segment]] | None, depth: int
) -> Iterator[Sequence[Item]]:
    """The blocks that strips part, those within them and those above and below."""
    if segments is None:
        segments = [cut_segments(line.items) for line in make_lines(items)]
    parted = _parted(items, _strips(segments)) if depth else None
    if parted is None:
        return
    *sides, rest = parted
    for block in sides:
        inner = list(_blocks(block, None, depth - 1))
        yield from inner or [block]
    yield from _blocks(rest, None, depth - 1)


def _parted(
    items: Sequence[Item], strips: Sequence[tuple[float, float]]
) -> tuple[list[Item], list[Item], list[Item]] | None:
    """The words left and right of the strip that parts the most, where one parts any, and those above and below."""
    best: tuple[Sequence[Item], list[Item], list[Item]] | None = None
    ordered = sorted(items, key=lambda i: i.middle)
    for low, high in strips:
        middle = (low + high) / 2
        for run in _beside(ordered, low, high):
            if best is None or len(run) > len(best[0]):
                left, right = [i for i in run if i.centre < middle], [i for i in run if i.centre >= middle]
                if _apart(left, right):
                    best = run, left, right
    if best is None:
        return None
    taken = {item.number for item in best[0]}
    return best[1], best[2], [item for item in items if item.number not in taken]


def _strips(of_lines: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """Where a strip may run: beside the places where segments of lines begin or end, the most frequent first."""
    segments = [segment for line in of_lines for segment in line]
    height = sorted(s.bottom - s.top for s in segments)[len(segments) // 2] if segments else 0.0
    wide = STRIP * height
    often: Counter[tuple[float, float]] = Counter()
    for edges, low, high in ([s.x1 for s in segments], 1.0, wide), ([s.x0 for s in segments], -wide, -1.0):
        places: dict[int, list[float]] = {}
        for edge in edges:
            places.setdefault(round(edge / BIN), []).append(edge)
        for near in places.values():
            if len(near) >= LEAST_LINES:
                at = max(near) if low > 0 else min(near)
                often[at + low, at + high] = len(near)
    return [strip for strip, _ in often.most_common(MOST_STRIPS)]


def _beside(ordered: Sequence[Item], low: float, high: float) -> Iterator[Sequence[Item]]:
    """Runs of words down the page of which none reaches into the strip."""
    begin = 0
    for index in [k for k, item in enumerate(ordered) if item[0] < high and item[2] > low] + [len(ordered)]:
        if index - begin >= 2 * LEAST_LINES:
            yield ordered[begin:index]
        begin = index + 1


def _apart(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether both sides have lines enough where they stand side by side, and few of them are level."""
    if len(left) < LEAST_LINES or len(right) < LEAST_LINES or _mostly_level(left, right):
        return False
    lines = make_lines(left), make_lines(right)
    top, bottom = max(side[0].top for side in lines), min(side[-1].bottom for side in lines)
    here, there = ([line for line in side if top <= line.middle <= bottom] for side in lines)
    if min(len(here), len(there)) < LEAST_LINES or _are_figures(here) or _are_figures(there):
        return False
    feet = [line.bottom for line in there]
    level = sum(any(abs(line.bottom - foot) <= LEVEL * line.height for foot in feet) for line in here)
    return level <= PAIRED * min(len(here), len(there))


def _mostly_level(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether the feet of most words right of the strip are those of words left of it: the columns of one table."""
    feet = {round(item[3]) for item in left}
    level = sum(not feet.isdisjoint((foot - 1, foot, foot + 1)) for foot in (round(item[3]) for item in right))
    return level > MOSTLY * len(right)


def _are_figures(lines: Sequence[Line]) -> bool:
    """A column of figures belongs to what stands beside it: set half-way down labels that wrap, none is level."""
    return share_of_numbers(" ".join(item.text for item in line.items) for line in lines) >= FIGURES
