"""Tables that rules leave open or do not draw at all: runs of lines whose segments stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.proposals.bands import text_columns
from extractors.proposals.base import Proposal
from extractors.proposals.between_rules import run_on, runs_between_rules
from extractors.proposals.blocks import side_by_side
from extractors.proposals.draft import to_proposal
from extractors.proposals.edges import Edge, Edges
from extractors.proposals.lines import Item, Line, Upright, cut_segments, is_number, make_lines, share_of_numbers
from extractors.proposals.run_ends import (
    above_notes,
    above_title,
    below_caption,
    keeps_to_labels,
    with_close_figures,
    with_headings_above,
    with_wrapped,
)
from extractors.proposals.stream import SegmentedLine, segment_lines, stream
from schemas.document import BBox

BULLETS = frozenset("•▪●○■□–-—·*oü➢►✓")
ABREAST = 0.7
"""The share of a rule that must run over or under the words of its column of the page."""
FRAME = 0.7
"""A rule between two uprights along this share of a column of words is the upper or lower side of its frame."""
LEAST_BANDS = 3
MOST_OTHERS, MOST_LABELS = 2, 6
"""Lines without columns that may stand between those of a run; more where they are labels without figures."""
INTO = 0.15
"""Lines that reach into each other by more than this share of their height are no lines of one text."""
BLANK_ROW = 4.5
"""Lines of figures further apart than this (heights of a line) are not parted by one blank row only."""
ENUMERATION = re.compile(r"^[\(\[]?(?:\d{1,2}\.){0,3}[\dA-Za-z]{1,2}[\).\]]?$")


def propose(
    items: Sequence[Item], edges: Edges, width: float, used: Sequence[BBox]
) -> tuple[list[Proposal], list[Proposal]]:
    """Tables among the words outside `used`, first between level rules of one extent, then without any; and those of
    blocks of words, each read by itself, that stand beside others whose lines are not level with theirs.
    """
    lines = make_lines(i for i in items if not any(_holds(box, i) for box in used))
    segments = [cut_segments(line.items) for line in lines]

    def tables(bands: Iterable[Sequence[Line]]) -> Iterator[Proposal]:
        for band in bands:
            yield from _Band(band, edges, used).tables()

    apart = [replace(table, method="blocks") for table in tables(side_by_side(lines, segments))]
    return list(tables(text_columns(lines, segments, width))), apart


def _holds(box: BBox, item: Item) -> bool:
    return box.x0 - 1 <= item.centre <= box.x1 + 1 and box.top - 1 <= item.middle <= box.bottom + 1


def _stands_at(places: Sequence[float], x: float) -> bool:
    return any(abs(place - x) < 4 for place in places)


def _is_tabular(line: SegmentedLine) -> bool:
    """Two segments or more that are no bullet and its text."""
    if len(line.segments) < 2:
        return False
    first = line.segments[0].text
    is_item = first in BULLETS or (len(first) <= 9 and ENUMERATION.match(first) and len(line.segments[1].text) > 20)
    return not (len(line.segments) == 2 and is_item)


def _interleaved(tabular: Sequence[bool], lines: Sequence[SegmentedLine]) -> list[bool]:
    """`tabular` with the lines that reach into each other and together stand in columns: a label of two lines with its
    figures half-way down, headings of two lines beside headings of one.
    """
    out = list(tabular)
    first = 0
    # Some fonts' boxes are so high that all lines reach into each other.
    overlaps = sorted(a.bottom - b.top for a, b in pairwise(lines) if min(len(a.segments), len(b.segments)) > 2)
    usual = max(0.0, overlaps[len(overlaps) // 2]) if overlaps else 0.0
    for q, line in enumerate(lines):
        following = lines[q + 1] if q + 1 < len(lines) else None
        if following and line.bottom - following.top > usual + INTO * min(line.height, following.height):
            continue
        if q > first:
            chain = lines[first : q + 1]
            together = cut_segments(item for one in chain for segment in one.segments for item in segment.items)
            if _is_tabular(SegmentedLine(chain[0].top, line.bottom, together)):
                out[first : q + 1] = [True] * len(chain)
        first = q + 1
    return out


def _same_figures(upper: SegmentedLine, lower: SegmentedLine) -> bool:
    """Both lines are a label and figures, and each figure stands under one of the other line's."""
    if len(upper.segments) != len(lower.segments) or len(lower.segments) < 3:
        return False
    pairs = list(zip(upper.segments, lower.segments, strict=True))
    return not is_number(lower.segments[0].text) and all(
        is_number(a.text) and is_number(b.text) and min(a.x1, b.x1) > max(a.x0, b.x0) for a, b in pairs[1:]
    )


def _is_heading(line: SegmentedLine) -> bool:
    """Three segments or more, few of them figures."""
    return len(line.segments) >= 3 and share_of_numbers(s.text for s in line.segments) < 0.3


class _Band:
    """The lines of one column of the page."""

    def __init__(self, lines: Sequence[Line], edges: Edges, used: Sequence[BBox]) -> None:
        self.uprights: list[Upright] = [(e.pos, e.start, e.end) for e in edges.upright if e.end - e.start > 8]
        self.lines = segment_lines(lines, self.uprights)
        self.bands = edges.bands
        self.bars = edges.bars
        self.taken = [False] * len(self.lines)
        self.tabular = _interleaved([_is_tabular(line) for line in self.lines], self.lines)
        x0 = min(line.segments[0].x0 for line in self.lines)
        x1 = max(segment.x1 for line in self.lines for segment in line.segments)
        height = max(line.bottom for line in lines) - min(line.top for line in lines)
        sides = [e.pos for e in edges.upright if e.end - e.start > FRAME * height]
        self.level = [
            e
            for e in edges.level
            if e.end - e.start > 20
            and min(e.end, x1) - max(e.start, x0) >= ABREAST * (e.end - e.start)
            and not (_stands_at(sides, e.start) and _stands_at(sides, e.end))
            and not any(b.top - 3 <= e.pos <= b.bottom + 3 and b.x0 - 3 <= e.start and e.end <= b.x1 + 3 for b in used)
        ]

    def tables(self) -> list[Proposal]:
        if len(self.lines) < 2:
            return []
        found: list[Proposal] = []
        for region in sorted(runs_between_rules(self), key=len, reverse=True):
            if not any(self.taken[q] for q in region):
                found += self._take(self._whole(region), ruled=True)
        for region in self._runs():
            found += self._take(region, ruled=False)
        return found

    def _whole(self, region: Sequence[int]) -> list[int]:
        """The lines between rules with those of their table above and below, without its caption."""
        whole = with_headings_above(self, run_on(self, region))
        first, last = whole[0], whole[-1]
        if last > region[-1]:
            last = with_wrapped(self, first, last)[1]
        return list(range(below_caption(self, first, last), last + 1))

    def _take(self, region: Sequence[int], *, ruled: bool) -> list[Proposal]:
        made = self._build(region, ruled=ruled)
        if made:
            for q in region:
                self.taken[q] = True
        return made

    def _runs(self) -> Iterable[list[int]]:
        """Runs of tabular lines close together; a few other lines between."""
        i = 0
        while i < len(self.lines):
            if not self.tabular[i] or self.taken[i]:
                i += 1
                continue
            j = last = i
            while j + 1 < len(self.lines) and not self.taken[j + 1]:
                space = (self.lines[j + 1].top - self.lines[j].bottom) / self.lines[j].height
                if space > 1.9 and not (space < BLANK_ROW and _same_figures(self.lines[j], self.lines[j + 1])):
                    break
                if self._begins_another(i, j + 1):
                    break
                if self.tabular[j + 1]:
                    last = j + 1
                elif j + 1 - last > (
                    MOST_LABELS if keeps_to_labels(self.lines[j + 1], self.lines[i : last + 1]) else MOST_OTHERS
                ):
                    break
                j += 1
            if last - i >= 1:
                first, last = with_close_figures(self, *with_wrapped(self, i, last))
                yield list(range(below_caption(self, first, last), above_notes(self, first, last) + 1))
            i = last + 1

    def _begins_another(self, first: int, q: int) -> bool:
        """Line `q` is the title of a next table: one piece of text further below than lines before it were, headings
        under it, figures over it.
        """
        if q - first < 2 or q + 1 >= len(self.lines) or len(self.lines[q].segments) > 1:
            return False
        before = [b.top - a.bottom for a, b in pairwise(self.lines[first:q])]
        space = self.lines[q].top - self.lines[q - 1].bottom
        texts, above = ([s.text for s in self.lines[k].segments] for k in (q + 1, q - 1))
        return (
            space > 1.3 * max(max(before), 1.0)
            and len(texts) >= 2
            and not any(map(is_number, texts))
            and share_of_numbers(above) >= 0.5
        )

    def _build(self, region: Sequence[int], *, ruled: bool) -> list[Proposal]:
        lines = [self.lines[q] for q in region]
        again = self._second_heading(lines)
        if again:
            upper = self._build(region[: above_title(lines, again)], ruled=ruled)
            lower = self._build(region[again:], ruled=ruled)
            if upper and lower:
                return [*upper, *lower]
        top, bottom = lines[0].top, lines[-1].bottom
        x0 = min(s.x0 for line in lines for s in line.segments)
        x1 = max(s.x1 for line in lines for s in line.segments)
        level: list[Edge] = [e for e in self.level if top - 2 < e.pos < bottom + 2]
        uprights = [
            x
            for x, start, end in self.uprights
            if min(end, bottom) - max(start, top) > 0.5 * (bottom - top) and x0 < x < x1
        ]
        bands = [e for e in self.bands if top - 4 < e.pos < bottom + 4]
        distinct_bands = list({(round(e.pos), e.start, e.end): e for e in bands}.values())
        found = stream(lines, level, uprights, distinct_bands)
        if found is None:
            return []
        # Text in two columns is a table where stripes run through it, or a rule under what are then its headings.
        headed = any(
            lines[0].bottom - 2 < e.pos < lines[1].top + 2 for e in level if e.end - e.start >= ABREAST * (x1 - x0)
        )
        striped = len(distinct_bands) >= LEAST_BANDS
        marked = found.is_regular and (headed or striped)
        if not found.is_table(ruled=ruled or marked):
            return []
        proposal = to_proposal("level rules" if ruled else "words", found.cells, found.ys, found.xs, found.header_rows)
        return [proposal] if proposal else []

    @staticmethod
    def _second_heading(lines: Sequence[SegmentedLine]) -> int | None:
        """Where the first line's label is printed again over other figures: a second table begins there."""
        label = lines[0].segments[0].text.strip().lower()
        if len(label) <= 3 or is_number(label):
            return None
        for i in range(3, len(lines) - 2):
            texts = [s.text for s in lines[i].segments]
            # Headings may be years: then all of them are printed again.
            again = not is_number(texts[-1]) or texts == [s.text for s in lines[0].segments]
            if texts[0].strip().lower() == label and again:
                return i
        return None
