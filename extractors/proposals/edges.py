"""Rules put in order: pieces joined to whole lines, and the edges of fills that tile a block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.proposals.fills_shown import fills_shown
from schemas.page import Fill, Page

MAX_FILLS = 1500
"""More filled areas than this on one page are a picture."""


class Edge(NamedTuple):
    """A straight edge: y, or x for an upright one, and where it runs from and to. `drawn`: no fill's side."""

    pos: float
    start: float
    end: float
    drawn: bool


class Edges(NamedTuple):
    """All the edges on a page; `bands` are the sides of zebra stripes: hints for rows, not rules; `bars` are the upper
    and lower sides of single rows of fills, such as a heading's.
    """

    level: list[Edge]
    upright: list[Edge]
    bands: list[Edge]
    bars: list[Edge]


class Groups:
    """Disjoint sets over 0..n-1."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        """The set's name."""
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, first: int, second: int) -> None:
        """Makes one set of two."""
        self.parent[self.find(first)] = self.find(second)

    def members(self) -> list[list[int]]:
        """The sets."""
        sets: dict[int, list[int]] = {}
        for item in range(len(self.parent)):
            sets.setdefault(self.find(item), []).append(item)
        return list(sets.values())


def merge_edges(edges: Iterable[Edge], snap: float = 2.0, join: float = 3.0) -> list[Edge]:
    """Edges within `snap` points of each other brought to one position, touching pieces joined."""
    ordered = sorted(edges)
    merged: list[Edge] = []
    start = 0
    while start < len(ordered):
        stop = start + 1
        while (
            stop < len(ordered)
            and ordered[stop].pos - ordered[stop - 1].pos <= snap
            and ordered[stop].pos - ordered[start].pos <= 3
        ):
            stop += 1
        group = sorted(ordered[start:stop], key=lambda e: e.start)
        pos = sum(e.pos for e in group) / len(group)
        low, high, drawn = group[0].start, group[0].end, group[0].drawn
        for edge in group[1:]:
            if edge.start <= high + join:
                high, drawn = max(high, edge.end), drawn or edge.drawn
            else:
                merged.append(Edge(pos, low, high, drawn))
                low, high, drawn = edge.start, edge.end, edge.drawn
        merged.append(Edge(pos, low, high, drawn))
        start = stop
    return merged


def distinct(values: Iterable[float], tolerance: float = 2.5) -> list[float]:
    """The values with those closer than `tolerance` made one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def is_white(colour: str) -> bool:
    """Near enough to paper: an area of it shows nothing."""
    return min(int(colour[i : i + 2], 16) for i in (1, 3, 5)) >= 250


def page_edges(page: Page) -> Edges:
    """The page's rules, and the sides of fills where fills alone draw the cells."""
    level = _without_gradients(page, [Edge(r.pos, r.start, r.end, True) for r in page.h_rules if r.end - r.start > 3])
    upright = [Edge(r.pos, r.start, r.end, True) for r in page.v_rules if r.end - r.start > 3]
    tiles = _tile_edges(page, level, upright)
    merged_level = _without_shading(merge_edges([*level, *tiles.level]))
    merged_upright = _without_shading(merge_edges([*upright, *tiles.upright]))
    return Edges(
        [e for e in merged_level if e.end - e.start <= 0.97 * page.width],
        [e for e in merged_upright if e.end - e.start <= 0.95 * page.height],
        tiles.bands,
        tiles.bars,
    )


SHADING_PITCH = 5.5
"""No line of text fits between rules closer than this (points): they are the strips of a gradient or a hatching."""
SHADING_RUN = 5
APART = 4.0
"""Points of white, drawn as a rule, that may lie between the heading's cells and those below."""


def _without_gradients(page: Page, level: Sequence[Edge]) -> list[Edge]:
    """The level rules without those that are strips of a gradient: filled bars of one width, one upon the other, none
    of them as high as a line of text. The thinner of them come as rules, the others as fills.
    """
    strips: dict[tuple[int, int], list[tuple[float, Edge | None]]] = {}
    for fill in page.fills:
        if fill.bottom - fill.top < SHADING_PITCH:
            strips.setdefault((round(fill.x0), round(fill.x1)), []).append(((fill.top + fill.bottom) / 2, None))
    for edge in level:
        if (round(edge.start), round(edge.end)) in strips:
            strips[round(edge.start), round(edge.end)].append((edge.pos, edge))
    of_gradients: set[Edge] = set()
    for alike in strips.values():
        run: list[tuple[float, Edge | None]] = []
        for strip in [*sorted(alike, key=lambda s: s[0]), (float("inf"), None)]:
            if run and strip[0] - run[-1][0] >= SHADING_PITCH:
                if len(run) >= 2 * SHADING_RUN:
                    of_gradients.update(edge for _, edge in run if edge is not None)
                run = []
            run.append(strip)
    return [edge for edge in level if edge not in of_gradients]


def _without_shading(edges: Sequence[Edge]) -> list[Edge]:
    """The edges without the inner ones of runs of the same extent that stand too close for text."""
    by_extent: dict[tuple[int, int], list[Edge]] = {}
    for edge in edges:
        by_extent.setdefault((round(edge.start / 4), round(edge.end / 4)), []).append(edge)
    inner: set[Edge] = set()
    for group in by_extent.values():
        run: list[Edge] = []
        ordered: list[Edge | None] = [*sorted(group), None]
        for after in ordered:
            if after is not None and (not run or after.pos - run[-1].pos < SHADING_PITCH):
                run.append(after)
                continue
            if len(run) >= SHADING_RUN:
                inner.update(run[1:-1])
            run = [after] if after is not None else []
    return [edge for edge in edges if edge not in inner]


def _tile_edges(page: Page, level: Sequence[Edge], upright: Sequence[Edge]) -> Edges:
    fills = [
        f
        for f in fills_shown(page.fills)
        if not is_white(f.colour)
        and (f.x1 - f.x0) * (f.bottom - f.top) < 0.5 * page.width * page.height
        and f.x1 - f.x0 > 6
        and f.bottom - f.top > 5
    ]
    if not 1 <= len(fills) <= MAX_FILLS:
        return Edges([], [], [], [])
    rows = _fill_rows(fills)
    out = Edges([], [], _bands(rows), _bars(rows))
    for group in _touching(fills):
        if _tiles_a_block(group) and not _ruled(group, level, upright):
            for f in group:
                out.level.extend((Edge(f.top, f.x0, f.x1, False), Edge(f.bottom, f.x0, f.x1, False)))
                out.upright.extend((Edge(f.x0, f.top, f.bottom, False), Edge(f.x1, f.top, f.bottom, False)))
    return out


def _touching(fills: list[Fill]) -> list[list[Fill]]:
    groups = Groups(len(fills))
    order = sorted(range(len(fills)), key=lambda i: fills[i].top)
    for place, first in enumerate(order):
        upper = fills[first]
        for second in order[place + 1 :]:
            lower = fills[second]
            if lower.top > upper.bottom + APART:
                break
            if lower.x0 <= upper.x1 + 2 and upper.x0 <= lower.x1 + 2:
                groups.join(first, second)
    return [[fills[i] for i in group] for group in groups.members()]


def _tiles_a_block(group: Sequence[Fill]) -> bool:
    x0, top = min(f.x0 for f in group), min(f.top for f in group)
    x1, bottom = max(f.x1 for f in group), max(f.bottom for f in group)
    separate = {(round(f.x0), round(f.top), round(f.x1), round(f.bottom)) for f in group}
    area = sum((right - left) * (low - high) for left, high, right, low in separate)
    columns, rows = len(distinct(f.x0 for f in group)), len(distinct(f.top for f in group))
    return len(group) >= 6 and columns >= 2 and rows >= 3 and area >= 0.85 * (x1 - x0) * (bottom - top)


def _ruled(group: Sequence[Fill], level: Sequence[Edge], upright: Sequence[Edge]) -> bool:
    """Whether rules draw a grid over the fills already."""
    x0, top = min(f.x0 for f in group), min(f.top for f in group)
    x1, bottom = max(f.x1 for f in group), max(f.bottom for f in group)

    def within(edges: Sequence[Edge], low: float, high: float, start: float, end: float) -> int:
        return len(distinct(e.pos for e in edges if low - 3 <= e.pos <= high + 3 and e.start < end and e.end > start))

    return within(upright, x0, x1, top, bottom) >= 3 and within(level, top, bottom, x0, x1) >= 3


class _FillRow(NamedTuple):
    """Fills side by side, of one height."""

    x0: float
    x1: float
    top: int
    bottom: int


def _fill_rows(fills: Sequence[Fill]) -> list[_FillRow]:
    by_height: dict[tuple[int, int], list[Fill]] = {}
    for fill in fills:
        by_height.setdefault((round(fill.top), round(fill.bottom)), []).append(fill)
    return [
        _FillRow(min(f.x0 for f in row), max(f.x1 for f in row), top, bottom)
        for (top, bottom), row in by_height.items()
    ]


def _bands(rows: Sequence[_FillRow]) -> list[Edge]:
    """Upper and lower sides of stripes: three or more rows of fills over the same width."""
    by_extent: dict[tuple[int, int], list[_FillRow]] = {}
    for row in rows:
        by_extent.setdefault((round(row.x0 / 6), round(row.x1 / 6)), []).append(row)
    return [
        Edge(side, row.x0, row.x1, False)
        for alike in by_extent.values()
        if len(alike) >= 3
        for row in alike
        for side in (row.top, row.bottom)
    ]


def _bars(rows: Sequence[_FillRow]) -> list[Edge]:
    return [Edge(side, row.x0, row.x1, False) for row in rows for side in (row.top, row.bottom)]
