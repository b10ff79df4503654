"""Which lines level rules of one extent hold together, where no upright rules stand: from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from extractors.proposals.edges import Edge, distinct
from extractors.proposals.run_ends import Run, wraps_within

WHITE, LEAST_PAD = 2.0, 0.25
"""A title between two tables stands in so many times the white of their rows, and that is at least so many heights."""

MOST_PARTS, CLOSE = 4, 1.2


class Ruled(Run, Protocol):
    """The lines of one column of a page with the rules that run over it."""

    level: list[Edge]
    bars: list[Edge]


def _between(run: Ruled, upper: float, lower: float) -> list[int]:
    """The lines between two heights."""
    return [q for q, line in enumerate(run.lines) if upper - 2 < line.middle < lower + 2]


def runs_between_rules(run: Ruled) -> Iterable[list[int]]:
    """Runs of lines between level rules of one extent, a fair part of them tabular."""
    groups: list[tuple[float, float, list[float]]] = []
    for e in run.level:
        for start, end, ys in groups:
            if abs(start - e.start) < 6 and abs(end - e.end) < 6:
                ys.append(e.pos)
                break
        else:
            groups.append((e.start, e.end, [e.pos]))
    for start, end, ys in groups:
        if end - start >= 60:
            heads = [e.pos for e in run.bars if abs(start - e.start) < 6 and abs(end - e.end) < 6]
            yield from _runs_between(run, distinct([*ys, *heads]), start, end)


def _runs_between(run: Ruled, ys: Sequence[float], start: float, end: float) -> Iterable[list[int]]:
    pads = sorted(pad for upper, lower in pairwise(ys) if (pad := _pad(run, upper, lower, tabular=True)) is not None)
    usual = pads[len(pads) // 2] if pads else 0.0
    i = 0
    while i < len(ys) - 1:
        j = i
        title = False
        while j + 1 < len(ys) and _fits(run, ys[j], ys[j + 1], start, end):
            # A title between two tables stands further from their rules than rows do, a section's name does not.
            pad = _pad(run, ys[j], ys[j + 1], tabular=False)
            title = pad is not None and j > i and pad > WHITE * max(usual, LEAST_PAD)
            if title:
                break
            j += 1
        if j > i:
            region = _between(run, ys[i], ys[j])
            if len(region) >= 2 and sum(run.tabular[q] for q in region) >= 2:
                yield region
        # A title belongs to neither table.
        i = j + 1 if title else max(j, i + 1)


def _pad(run: Ruled, upper: float, lower: float, *, tabular: bool) -> float | None:
    """The widest white, in heights of a line, above, between or below the lines between two rules; None where
    there are none or, as asked, none or any of them have columns.
    """
    between = _between(run, upper, lower)
    if not between or any(run.tabular[q] for q in between) is not tabular:
        return None
    lines = [run.lines[q] for q in between]
    spaces = [lines[0].top - upper, lower - lines[-1].bottom, *(b.top - a.bottom for a, b in pairwise(lines))]
    return max(spaces) / min(line.height for line in lines)


def _fits(run: Ruled, upper: float, lower: float, start: float, end: float) -> bool:
    between = _between(run, upper, lower)
    if not between:
        return True
    inside = all(run.lines[q].segments[0].x0 > start - 12 and run.lines[q].segments[-1].x1 < end + 12 for q in between)
    tabular = [run.lines[q] for q in between if run.tabular[q]]
    return inside and (
        len(tabular) >= 0.4 * len(between)
        or len(between) <= 2
        or (run.tabular[between[0]] and len(tabular[0].segments) >= 3 and len(tabular) == 1)
        or (bool(tabular) and all(wraps_within(run.lines[q], tabular) for q in between if not run.tabular[q]))
    )


def run_on(run: Ruled, region: Sequence[int]) -> list[int]:
    """The region with the rows that go on below its last rule: lines of three columns or more, and what reaches into
    them or stands between them in the column of labels.
    """
    last = region[-1]
    while True:
        following = _next_row(run, last)
        if following is None:
            break
        last = following
    while last > region[-1] and _is_free(run, last + 1) and run.lines[last].bottom > run.lines[last + 1].top:
        last += 1
    return list(range(region[0], last + 1))


def _next_row(run: Ruled, last: int) -> int | None:
    """The next line of three columns or more, where nothing but parts of rows stands between."""
    for q in range(last + 1, min(last + 1 + MOST_PARTS, len(run.lines))):
        if not _is_free(run, q) or run.lines[q].top - run.lines[q - 1].bottom >= CLOSE * run.lines[q].height:
            return None
        if len(run.lines[q].segments) >= 3:
            return q
    return None


def _is_free(run: Ruled, q: int) -> bool:
    return q < len(run.lines) and run.tabular[q] and not run.taken[q]
