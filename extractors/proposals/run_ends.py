"""Where a run of lines in columns begins and ends: lines beside it that are more of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Protocol

from extractors.proposals.lines import cut_segments, is_number, share_of_numbers
from extractors.proposals.stream import SegmentedLine

CAPTION = re.compile(r"(?:table|figure|chart|annex|appendix|box) [\dA-Z][\w.-]{0,5}[:.–-]?(?: |$)", re.IGNORECASE)
NOTE = re.compile(r"[*†‡§]|\((?:[*†‡§:.…-]{1,3}|[a-z\d])\)(?: |$)|(?:nb|n\.b\.|notes?|source)\b[:. ]", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?")
HALF, CLOSE = 0.5, 1.2
TIGHT = 0.3
"""The white between the lines of one cell, in heights of a line, at most."""
FLUSH = 2.0
"""Figures that end within so many points of each other are set to one edge."""


class Run(Protocol):
    """The lines of one column of a page."""

    lines: list[SegmentedLine]
    tabular: list[bool]
    taken: list[bool]


def wraps_within(line: SegmentedLine, rows: Sequence[SegmentedLine]) -> bool:
    """The line keeps to the columns of these rows: no segment of it stands under two of theirs."""
    return all(sum(s.x0 < t.x1 and t.x0 < s.x1 for t in row.segments) <= 1 for s in line.segments for row in rows)


def with_wrapped(run: Run, first: int, last: int) -> tuple[int, int]:
    """The run with the lines above and below it that are more of its first and its last row: each keeps to one
    column, begins where that column does, and stands as close as the lines of a cell. Below a label, only what would
    not have fitted beside it: a paragraph begins there too.
    """
    rows = [run.lines[q] for q in range(first, last + 1) if run.tabular[q]]
    spaces = sorted(b.top - a.bottom for a, b in pairwise(run.lines[first : last + 1]))
    usual = spaces[len(spaces) // 2]
    starts = [s.x0 for row in rows for s in row.segments[1:]]

    def goes_on(line: SegmentedLine, space: float) -> bool:
        within = wraps_within(line, rows) and all(any(abs(s.x0 - x) <= 3 for x in starts) for s in line.segments)
        return within and space <= max(usual, 0.3 * line.height)

    while last + 1 < len(run.lines) and not run.taken[last + 1]:
        below = run.lines[last + 1]
        space = below.top - run.lines[last].bottom
        if not goes_on(below, space) and not _label_goes_on(run.lines[last], below, space, rows):
            break
        last += 1
    while first > 0 and not run.taken[first - 1]:
        above = run.lines[first - 1]
        space = run.lines[first].top - above.bottom
        if space > -0.2 * above.height or not goes_on(above, space):
            break
        first -= 1
    return first, last


def keeps_to_labels(line: SegmentedLine, rows: Sequence[SegmentedLine]) -> bool:
    """Whether a line is one piece of text that begins where labels do and ends before the next column begins."""
    left = min(row.segments[0].x0 for row in rows)
    beside = [row.segments[1].x0 for row in rows if len(row.segments) > 1 and row.segments[0].x0 <= left + FLUSH]
    only, *more = line.segments
    return not more and abs(only.x0 - left) <= FLUSH and bool(beside) and only.x1 < min(beside)


def _label_goes_on(above: SegmentedLine, below: SegmentedLine, space: float, rows: Sequence[SegmentedLine]) -> bool:
    """Whether a line is the rest of a label whose column the line above fills."""
    left = min(row.segments[0].x0 for row in rows)
    right = max(row.segments[0].x1 for row in rows if row.segments[0].x0 <= left + FLUSH)
    label, rest = above.segments[0], below.segments[0]
    word = rest.items[0]
    return (
        keeps_to_labels(below, rows)
        and abs(label.x0 - left) <= FLUSH
        and space <= TIGHT * below.height
        and label.x1 + TIGHT * below.height + word.x1 - word.x0 > right
        and not is_number(rest.text)
    )


def with_close_figures(run: Run, first: int, last: int) -> tuple[int, int]:
    """The run with a line right above and right below it that is one more row, its figure too close to its label
    to be parted from it by the gap: it ends where theirs do, and the label begins where theirs do.
    """
    rows = [run.lines[q] for q in range(first, last + 1) if run.tabular[q]]
    spaces = [b.top - a.bottom for a, b in pairwise(run.lines[first : last + 1])]
    starts = [row.segments[0].x0 for row in rows]
    ends = [row.segments[-1].x1 for row in rows]
    if not all(is_number(row.segments[-1].text) for row in rows) or max(ends) - min(ends) > FLUSH:
        return first, last
    for q, space in ((first - 1, _space(run, first - 1)), (last + 1, _space(run, last))):
        if not 0 <= q < len(run.lines) or run.taken[q] or run.tabular[q] or space > max(spaces) + 1:
            continue
        line = run.lines[q]
        *label, figure = line.segments[-1].items
        if (
            label
            and is_number(figure.text)
            and abs(figure.x1 - max(ends)) <= FLUSH
            and any(abs(line.segments[0].x0 - x) <= FLUSH for x in starts)
        ):
            parted = [*line.segments[:-1], *cut_segments(label), *cut_segments([figure])]
            run.lines[q] = SegmentedLine(line.top, line.bottom, parted)
            first, last = min(first, q), max(last, q)
    return first, last


def with_headings_above(run: Run, region: Sequence[int]) -> list[int]:
    """The lines between rules with the headings above them, where the first rule stands under the headings."""
    first = region[0]
    if share_of_numbers(s.text for s in run.lines[first].segments[1:]) < HALF:
        return list(region)
    left, right = (run.lines[first].segments[0].x0, max(run.lines[q].segments[-1].x1 for q in region))
    while first > 0 and not run.taken[first - 1] and run.tabular[first - 1]:
        above = run.lines[first - 1]
        texts = [s.text for s in above.segments]
        years = all(YEAR.fullmatch(text) for text in texts[1:])
        if (
            _space(run, first - 1) > CLOSE * above.height
            or not (years or share_of_numbers(texts) < HALF)
            or above.segments[0].x0 < left - CLOSE * above.height
            or above.segments[-1].x1 > right + CLOSE * above.height
            or CAPTION.match(texts[0])
        ):
            break
        first -= 1
    return [*range(first, region[0]), *region]


def below_caption(run: Run, first: int, last: int) -> int:
    """Where the run begins below its caption ("Table 6:", a gap, what it is about, perhaps on lines of their own). A
    list in which several lines are numbered so is one of tables.
    """
    numbered = [q for q in range(first, last + 1) if CAPTION.match(run.lines[q].segments[0].text)]
    if numbered != [first]:
        return first
    begin = first + 1
    while begin < last - 1 and not run.tabular[begin]:
        begin += 1
    return begin


def above_notes(run: Run, first: int, last: int) -> int:
    """Where the run ends above notes on it: lines that begin with a mark, "NB" or "Source", and have no figures."""
    while last > first + 1:
        mark, *rest = (segment.text for segment in run.lines[last].segments)
        if not NOTE.match(mark) or any(map(is_number, rest)):
            break
        last -= 1
    return last


def above_title(lines: Sequence[SegmentedLine], again: int) -> int:
    """Where a table ends whose headings are printed again on line `again` for the next: above the next one's title,
    lines of one piece of text that begin further right than the labels do.
    """
    start = min(line.segments[0].x0 for line in lines)
    end = again
    while end > 2:
        only, *more = lines[end - 1].segments
        if more or is_number(only.text) or only.x0 <= start + 2 * lines[end - 1].height:
            break
        end -= 1
    return end


def _space(run: Run, q: int) -> float:
    """From line `q` down to the next."""
    return run.lines[q + 1].top - run.lines[q].bottom if 0 <= q < len(run.lines) - 1 else inf
