"""What gives a chart away among words that stand in columns: the scales at its sides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.proposals.lines import YEAR, is_number
from extractors.proposals.row import Row, RowCell

TICK = re.compile(r"[£$€]?-?\d[\d,]*(\.\d+)?%?")
EVEN = 0.01
"""The share of a scale's step by which its steps differ at most."""


def has_axis(rows: Sequence[Row]) -> bool:
    """Whether a chart's scale stands at the side of the rows, above or below them."""
    return _at_the_side(rows) or _over_words(rows) or any(map(_is_scale_from_nought, rows))


def _at_the_side(rows: Sequence[Row]) -> bool:
    """Figures in one column, the larger the higher up: three or more alone on their rows, a third of all rows; or two
    or more by equal steps and no other figure anywhere, beside a legend. Years are no scale, nor are the figures of a
    list that is sorted by them.
    """
    alone = [row.cells[0] for row in rows if len(row.cells) == 1]
    ticks = [cell for cell in alone if TICK.fullmatch(cell.text)]
    if len(ticks) >= 3 and 3 * len(ticks) >= len(rows) and _falls(ticks):
        return True
    figures = [cell for row in rows for cell in row.cells if is_number(cell.text)]
    scale = len(figures) >= 2 and all(TICK.fullmatch(cell.text) for cell in figures)
    return scale and 3 * len(figures) >= len(rows) and _falls(figures) and _is_even(figures)


def _falls(cells: Sequence[RowCell]) -> bool:
    if len({cell.first for cell in cells}) > 1 or all(YEAR.fullmatch(cell.text) for cell in cells):
        return False
    return all(_amount(a.text) > _amount(b.text) for a, b in pairwise(cells))


def _is_even(cells: Sequence[RowCell]) -> bool:
    steps = [_amount(a.text) - _amount(b.text) for a, b in pairwise(cells)]
    return all(abs(step - steps[0]) <= EVEN * steps[0] for step in steps)


def _over_words(rows: Sequence[Row]) -> bool:
    """The first row is a scale, its figures rising, over nothing but words about it."""
    ticks = _texts(rows[0])
    if len(ticks) < 4 or not all(map(TICK.fullmatch, ticks)) or any(len(row.cells) > 2 for row in rows[1:]):
        return False
    return all(_amount(a) < _amount(b) for a, b in pairwise(ticks))


def _is_scale_from_nought(row: Row) -> bool:
    """0, 10, 20, 30, 40: five figures or more that rise from nought by the same step, and nothing else."""
    ticks = _texts(row)
    if len(ticks) < 5 or not all(map(TICK.fullmatch, ticks)) or _amount(ticks[0]) != 0:
        return False
    step = _amount(ticks[1])
    return step > 0 and all(abs(_amount(b) - _amount(a) - step) <= EVEN * step for a, b in pairwise(ticks))


def _texts(row: Row) -> list[str]:
    return [i.text for cell in sorted(row.cells, key=lambda c: c.first) for i in cell.items]


def _amount(text: str) -> float:
    return float(text.replace(",", "").strip("%£$€"))
