"""Whether two tables, or two parts of one, have the same columns by where these stand on the page."""

from __future__ import annotations

from dataclasses import replace
from statistics import median
from typing import NamedTuple

from schemas.document import Cell, RawTable

EDGE = 6.0
"""Points by which the edge of one column may differ between pages."""


class Band(NamedTuple):
    """The x at which a column begins and ends."""

    x0: float
    x1: float


class ColumnMatch(NamedTuple):
    """For each column of the upper and of the lower part: the first and the last column of the whole."""

    n_cols: int
    upper: tuple[tuple[int, int], ...]
    lower: tuple[tuple[int, int], ...]


def bands(table: RawTable, page: int) -> list[Band] | None:
    """Where each column stands on `page`; None where a column has no cell of its own there."""
    starts: list[list[float]] = [[] for _ in range(table.n_cols)]
    ends: list[list[float]] = [[] for _ in range(table.n_cols)]
    for cell in table.cells:
        if cell.page == page:
            starts[cell.col].append(cell.bbox.x0)
            ends[cell.col + cell.col_span - 1].append(cell.bbox.x1)
    if not all(starts) or not all(ends):
        return None
    return [Band(median(left), median(right)) for left, right in zip(starts, ends, strict=True)]


def match_columns(upper: RawTable, upper_page: int, lower: RawTable, lower_page: int) -> ColumnMatch | None:
    """How the columns of two parts correspond: one to one, or with one part's column spanning several.

    None where they do not stand below each other.
    """
    above = bands(upper, upper_page) or bands(upper, upper.page)
    below = bands(lower, lower_page)
    if above is None or below is None:
        return None
    if len(above) == len(below):
        if not all(_over(one, other) for one, other in zip(above, below, strict=True)):
            return None
        return one_to_one(len(above))
    if len(above) > len(below):
        spans = _spans(below, above)
        own = tuple((col, col) for col in range(len(above)))
        return ColumnMatch(len(above), own, spans) if spans else None
    spans = _spans(above, below)
    own = tuple((col, col) for col in range(len(below)))
    return ColumnMatch(len(below), spans, own) if spans else None


def one_to_one(n_cols: int) -> ColumnMatch:
    """Both parts have the same columns."""
    same = tuple((col, col) for col in range(n_cols))
    return ColumnMatch(n_cols, same, same)


def _over(one: Band, other: Band) -> bool:
    """More than half of the narrower column stands over the wider one."""
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)


def _spans(coarse: list[Band], fine: list[Band]) -> tuple[tuple[int, int], ...]:
    """For each coarse column the fine ones that it covers; empty where an edge has no counterpart."""
    spans: list[tuple[int, int]] = []
    first = 0
    for band in coarse:
        last = next((col for col in range(first, len(fine)) if abs(fine[col].x1 - band.x1) <= EDGE), None)
        if last is None or abs(fine[first].x0 - band.x0) > EDGE:
            return ()
        spans.append((first, last))
        first = last + 1
        if first >= len(fine):
            break
    return tuple(spans) if first == len(fine) and len(spans) == len(coarse) else ()


def moved(cell: Cell, spans: tuple[tuple[int, int], ...], shift: int) -> Cell:
    """The cell with its columns renamed by `spans` and its row moved down by `shift`."""
    first = spans[cell.col][0]
    last = spans[cell.col + cell.col_span - 1][1]
    return replace(cell, row=cell.row + shift, col=first, col_span=last - first + 1)
