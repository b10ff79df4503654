"""Pages set in columns of prose: each column is searched for tables by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.lines import Item, Line, Segment, cut_segments, make_lines

PROSE = 22
"""Characters on both sides of a gutter that make a line look like two columns of prose."""
BIN = 6


def text_columns(items: Sequence[Item], width: float) -> list[list[Item]]:
    """The words in bands from the top: whole width, or the left and the right of a gutter."""
    if not items:
        return []
    lines = make_lines(items)
    segments = [cut_segments(line.items) for line in lines]
    gutter = _gutter(segments, width)
    if gutter is None:
        return [list(items)]
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
    return [band for band in bands if band]


def _gutter(lines: Sequence[Sequence[Segment]], width: float) -> float | None:
    """Where at least eight lines have prose on both sides of a narrow gap; None where nowhere."""
    votes: dict[int, int] = {}
    for segments in lines:
        for left, right in pairwise(segments):
            if len(left.text) > PROSE and len(right.text) > PROSE and right.x0 - left.x1 < 0.12 * width:
                spot = round((left.x1 + right.x0) / 2 / BIN)
                votes[spot] = votes.get(spot, 0) + 1
    if not votes:
        return None

    def near(spot: int) -> int:
        return votes.get(spot - 1, 0) + votes.get(spot, 0) + votes.get(spot + 1, 0)

    best = max(votes, key=near)
    return best * BIN if near(best) >= 8 else None


def _about(line: Line, segments: Sequence[Segment], gutter: float) -> tuple[bool, bool]:
    """(the line runs across the gutter, it has prose on both sides)."""
    across = any(i.x0 < gutter - 2 and i.x1 > gutter + 2 for i in line.items)
    across = across or any(s.x0 < gutter - 8 and s.x1 > gutter + 8 for s in segments)
    return across, sum(len(s.text) > 18 for s in segments) >= 2
