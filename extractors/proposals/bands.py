"""Pages set in columns of prose: each column is searched for tables by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.lines import Item, Line, Segment, make_lines

PROSE = 22
"""Characters on both sides of a gutter that make a line look like two columns of prose."""
BIN = 6
GUTTER = 0.12
"""The share of a page's width that a gutter is narrower than."""
RAGGED = 0.25
"""The same for the gap beside a short line of a ragged column."""


def text_columns(lines: Sequence[Line], segments: Sequence[Sequence[Segment]], width: float) -> list[Sequence[Line]]:
    """The lines of bands from the top: whole width, or the left and the right of a gutter. `segments`: each line's."""
    if not lines:
        return []
    gutter = _gutter(segments, width)
    if gutter is None:
        return [lines]
    kinds = [_about(line, of_line, gutter) for line, of_line in zip(lines, segments, strict=True)]
    bands: list[list[Item]] = []
    current: list[Item] = []
    i = 0
    while i < len(lines):
        j = i
        while j < len(lines) and not kinds[j][0]:
            j += 1
        run = [item for line in lines[i:j] for item in line.items]
        if run and sum(kinds[k][1] for k in range(i, j)) >= 3:
            if current:
                bands.append(current)
                current = []
            bands.append([item for item in run if item.centre < gutter])
            bands.append([item for item in run if item.centre >= gutter])
        else:
            current = current + run
        if j < len(lines):
            current = current + lines[j].items
        i = j + 1
    if current:
        bands.append(current)
    return [make_lines(band) for band in bands if band]


def _gutter(lines: Sequence[Sequence[Segment]], width: float) -> float | None:
    """Where at least eight lines have prose on both sides of a gap, the right side begins at one place, and the
    longest of the left side come near it; None where nowhere. The left side may be ragged. Where most lines of the
    right side have none beside them, it is a column of a table.
    """
    beside: dict[int, list[tuple[float, float]]] = {}
    for segments in lines:
        for left, right in pairwise(segments):
            if len(left.text) > PROSE and len(right.text) > PROSE and right.x0 - left.x1 < RAGGED * width:
                beside.setdefault(round(right.x0 / BIN), []).append((left.x1, right.x0))
    if not beside:
        return None

    def near(spot: int) -> list[tuple[float, float]]:
        return [gap for place in (spot - 1, spot, spot + 1) for gap in beside.get(place, ())]

    gaps = near(max(beside, key=lambda spot: len(near(spot))))
    end, start = max(left for left, _ in gaps), min(right for _, right in gaps)
    begin_there = sum(any(start - BIN < s.x0 < start + BIN for s in segments) for segments in lines)
    if len(gaps) < max(8, 0.5 * begin_there) or not 0 < start - end < GUTTER * width:
        return None
    return (end + start) / 2


def _about(line: Line, segments: Sequence[Segment], gutter: float) -> tuple[bool, bool]:
    """(the line runs across the gutter, it has prose on both sides)."""
    across = any(i.x0 < gutter - 2 and i.x1 > gutter + 2 for i in line.items)
    across = across or any(s.x0 < gutter - 8 and s.x1 > gutter + 8 for s in segments)
    return across, sum(len(s.text) > 18 for s in segments) >= 2
