"""Which fills of a table are ratings: not its headings, its bands, nor the shade of its columns."""

from __future__ import annotations

import colorsys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from extractors.kpi_layouts.grid import Grid
from extractors.parse.rag import Rag, rag_of_fill

_PALE = 0.25
"""Saturation under which a shade is decoration unless red, amber and green keep each other company."""


class Ratings:
    """The ratings of a block's body, by position."""

    __slots__ = ("_at",)

    def __init__(self, grid: Grid, body: Iterable[int], value_cols: Iterable[int], label_cols: Iterable[int]) -> None:
        body, value_cols, labels = tuple(body), tuple(value_cols), tuple(label_cols)
        fills = {
            (row, col): fill
            for row in body
            for col in value_cols
            if (cell := grid.cell(row, col)) is not None and (fill := cell.fill)
        }
        whole = {row: fill for row in body if (fill := _whole_row(grid, row, value_cols, labels))}
        bands = _bands(body, whole)
        hues = Counter(rag for place, fill in fills.items() if place[0] not in whole and (rag := rag_of_fill(fill)))
        rated = sum(hue in hues for hue in ("red", "amber", "green")) >= 2
        shades = _shades(fills, value_cols, body)
        self._at: dict[tuple[int, int], Rag] = {}
        for (row, col), fill in fills.items():
            rag = rag_of_fill(fill)
            if rag is None:
                continue
            if row in whole and whole[row] == fill:
                if rag == "grey" and fill not in bands:
                    self._at[row, col] = "grey"
                elif rag in ("red", "amber", "green") and _saturation(fill) >= _PALE and fill not in bands:
                    self._at[row, col] = rag
                continue
            if rag in ("blue", "grey") and not (rated and fill not in shades.get(col, ())):
                continue
            if _saturation(fill) < _PALE and rag != "grey" and not rated and fill in shades.get(col, ()):
                continue
            self._at[row, col] = rag

    def of(self, row: int, col: int) -> Rag | None:
        """The rating that the fill of this cell shows."""
        return self._at.get((row, col))


def _whole_row(grid: Grid, row: int, value_cols: tuple[int, ...], label_cols: tuple[int, ...]) -> str | None:
    """The one fill that labels and values of a row share."""
    fills = {cell.fill for col in (*label_cols, *value_cols) if (cell := grid.cell(row, col)) is not None}
    labels = {cell.fill for col in label_cols if (cell := grid.cell(row, col)) is not None}
    if len(fills) == 1 and labels:
        return next(iter(fills))
    return None


def _bands(body: tuple[int, ...], whole: dict[int, str]) -> frozenset[str]:
    """Fills of whole rows that come too often to be anything but stripes: every second row, or nearly all."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, fill in whole.items():
        rows[fill].append(row)
    bands = set()
    for fill, members in rows.items():
        steps = Counter(b - a for a, b in pairwise(members))
        striped = len(members) >= 2 and steps.get(2, 0) >= 0.6 * (len(members) - 1) and len(members) >= 0.3 * len(body)
        if striped or (len(body) >= 2 and len(members) >= 0.7 * len(body)):
            bands.add(fill)
    return frozenset(bands)


def _shades(
    fills: dict[tuple[int, int], str], value_cols: tuple[int, ...], body: tuple[int, ...]
) -> dict[int, frozenset[str]]:
    """Fills that a column wears from top to bottom."""
    found: dict[int, frozenset[str]] = {}
    for col in value_cols:
        seen = Counter(fill for (_, c), fill in fills.items() if c == col)
        found[col] = frozenset(fill for fill, count in seen.items() if count >= max(2, 0.8 * len(body)))
    return found


def _saturation(fill: str) -> float:
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return colorsys.rgb_to_hsv(red, green, blue)[1]
