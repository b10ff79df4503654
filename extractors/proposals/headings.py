"""Headings over several columns of a table without drawn cells: which columns each of them is over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.edges import Edge
from extractors.proposals.row import Row, RowCell

OFF_CENTRE = 0.25
"""The share of a group's width by which its heading may stand beside the group's middle."""

CENTRED = 0.15
"""The same where nothing but its place tells that a heading is over several."""


def spread_headings(rows: Sequence[Row], header_rows: int, xs: Sequence[float], level: Sequence[Edge]) -> None:
    """Gives the headings that stand in a row above other headings the columns that they are over.

    A rule under one heading says how far it reaches. Without such, headings over all the columns of figures divide
    them evenly (plan, actual, variance; plan, actual, variance), each in the middle of its part.
    """
    for upper, lower in pairwise(rows[:header_rows]):
        spans = _underlined(upper, lower, xs, level) or _even(upper, lower, xs)
        for cell, (first, last) in zip(sorted(upper.cells, key=_x0), spans, strict=False):
            cell.first, cell.last = first, last


def stand_over_groups(upper: Row, lower: Row) -> bool:
    """Whether each heading of the upper line stands over the middle of two or more of the lower, all in equal groups:
    headings of their own, not first lines of those below.
    """
    over = sorted((c for c in upper.cells if c.first > 0), key=_x0)
    under = sorted((c for c in lower.cells if c.first > 0), key=_x0)
    if not over or len(over) < len(upper.cells):
        return False
    size, rest = divmod(len(under), len(over))
    if rest or size < 2:
        return False
    for number, cell in enumerate(over):
        group = under[size * number : size * (number + 1)]
        left, right = _x0(group[0]), max(i.x1 for i in group[-1].items)
        if abs(_centre(cell) - (left + right) / 2) > CENTRED * (right - left):
            return False
    return True


def _x0(cell: RowCell) -> float:
    return min(i.x0 for i in cell.items)


def _centre(cell: RowCell) -> float:
    return (_x0(cell) + max(i.x1 for i in cell.items)) / 2


def _underlined(upper: Row, lower: Row, xs: Sequence[float], level: Sequence[Edge]) -> list[tuple[int, int]]:
    """The columns over which a rule runs under each heading; empty where rules do not part all the headings."""
    between = [e for e in level if upper.middle < e.pos < lower.middle]
    spans: list[tuple[int, int]] = []
    for cell in sorted(upper.cells, key=_x0):
        under = [e for e in between if e.start < _centre(cell) < e.end]
        if cell.last == cell.first and not under:
            spans.append((cell.first, cell.last))
            continue
        cols = [c for c in range(len(xs) - 1) if any(e.start < (xs[c] + xs[c + 1]) / 2 < e.end for e in under)]
        if not cols or cols != list(range(cols[0], cols[-1] + 1)) or (spans and cols[0] <= spans[-1][1]):
            return []
        spans.append((cols[0], cols[-1]))
    return spans


def _even(upper: Row, lower: Row, xs: Sequence[float]) -> list[tuple[int, int]]:
    """The columns of figures divided evenly; empty where the headings do not stand in the middles of the parts."""
    under = sorted(cell.first for cell in lower.cells if cell.first > 0)
    over = sorted(upper.cells, key=_x0)
    if not under or under != list(range(1, len(xs) - 1)) or any(cell.first == 0 for cell in over):
        return []
    size, rest = divmod(len(under), len(over))
    if rest or size < 2:
        return []
    spans = [(1 + size * k, size * (k + 1)) for k in range(len(over))]
    for cell, (first, last) in zip(over, spans, strict=True):
        left, right = xs[first], xs[last + 1]
        if abs(_centre(cell) - (left + right) / 2) > OFF_CENTRE * (right - left):
            return []
    return spans
