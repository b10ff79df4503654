"""Rows of a table whose first column numbers them: which lines of the other columns belong to which number.

A short cell beside a tall one stands at its top, in its middle or at its foot. In the middle, the lines of two tall
rows may be no further apart than those of one: only that each cell is as high above its number as below it tells them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractors.proposals.lines import Item, Line

LABEL = re.compile(r"^[(\[]?(?:[A-Za-z]{0,4}[./-]?)?\d[\d./:-]*[A-Za-z]?[)\].]?$")
"""What numbers a row: 3, 4.2, 10:05, AC/12, 2024-11-03."""
OFF = 0.35
"""How far a cell may stand from where its number puts it, in heights of a line, over all cells."""


class _Way(NamedTuple):
    """How cells stand by their numbers."""

    reaches_up: bool
    """Lines of a cell may stand above its number, as far as the number before."""
    reaches_down: bool
    off: Callable[[Line, Line, Line], float]
    """(number, first line, last line of a cell) -> how far the cell stands from where it should."""


_WAYS = (
    _Way(True, True, lambda label, first, last: abs((first.middle + last.middle) / 2 - label.middle)),
    _Way(False, True, lambda label, first, last: abs(first.middle - label.middle)),  # noqa: ARG005
    _Way(True, False, lambda label, first, last: abs(last.middle - label.middle)),  # noqa: ARG005
)
BESIDE = 0.3
"""Lines whose middles differ by less than this share of their height stand side by side."""


def rows_by_label(of_column: Sequence[Sequence[Line]]) -> list[list[Item]] | None:
    """The words by rows, one a line of the first column; None where these are no numbers, or cells do not stand by
    them in one way.
    """
    labels, others = of_column[0], of_column[1:]
    texts = [" ".join(item.text for item in sorted(line.items, key=lambda i: i.x0)) for line in labels]
    if len(labels) < 2 or not all(LABEL.match(text) for text in texts):
        return None
    best: tuple[float, list[list[int]]] | None = None
    for way in _WAYS:
        parted = [_parted(labels, lines, way) for lines in others]
        cost = sum(cost for cost, _ in parted)
        if best is None or cost < best[0] - 1e-6:
            best = (cost, [places for _, places in parted])
    assert best is not None
    cells = sum(len(set(places)) for places in best[1])
    height = max(line.height for line in labels)
    if best[0] > OFF * height * max(1, cells):
        return None
    rows = [list(line.items) for line in labels]
    for lines, places in zip(others, best[1], strict=True):
        for line, place in zip(lines, places, strict=True):
            rows[place] += line.items
    return rows


def _parted(labels: Sequence[Line], lines: Sequence[Line], way: _Way) -> tuple[float, list[int]]:
    """(the least cost, the label of each line): lines in order, each label's run of them as near to it as can be.

    A label may have none. The cost is infinite where lines stand where no label of this way can have them.
    """
    n = len(lines)
    middles = [line.middle for line in lines]
    slack = BESIDE * max(label.height for label in labels)
    costs = [0.0, *[float("inf")] * n]
    runs: list[list[int]] = []
    for number, label in enumerate(labels):
        before = labels[number - 1].middle + slack if number else float("-inf")
        after = labels[number + 1].middle - slack if number + 1 < len(labels) else float("inf")
        low = bisect_left(middles, before if way.reaches_up else label.middle - slack)
        high = bisect_right(middles, after if way.reaches_down else label.middle + slack)
        new, starts = list(costs), list(range(n + 1))
        for end in range(low + 1, high + 1):
            for start in range(max(low, end - MAX_LINES), end):
                cost = costs[start] + way.off(label, lines[start], lines[end - 1])
                if cost < new[end] - 1e-9:
                    new[end], starts[end] = cost, start
        costs = new
        runs.append(starts)
    places = [0] * n
    end = n
    for number in range(len(labels) - 1, -1, -1):
        start = runs[number][end]
        places[start:end] = [number] * (end - start)
        end = start
    return costs[n], places


MAX_LINES = 60
"""A cell of more lines than this is a page of prose."""
