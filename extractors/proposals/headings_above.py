"""Headings printed over a drawn grid and outside of it, as where only the rows of figures have borders."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.proposals.base import GridCell, Proposal
from extractors.proposals.lines import Item, Segment, cut_segments, is_number, make_lines
from extractors.proposals.tag_rows import PERIOD
from schemas.document import BBox

NEAR = 1.0
"""Headings stand no further above their grid than this many heights of a line; titles do."""
WRAPPED = 0.35
MAX_LINES = 4
UNIT = re.compile(r"[£$€]?'?0{3}'?s?|[£$€]?[mk]?|%")


def with_headings_above(grid: Proposal, items: Sequence[Item]) -> Proposal:
    """The grid with one more row at its top, if its own first row holds figures and a line close above it has, over
    most columns, one text each and no figures. Lines over that one belong to it as far as they keep to the columns.
    """
    if grid.n_cols < 3 or not _begins_with_figures(grid, items):
        return grid
    xs = sorted({round(c.bbox.x0, 1) for c in grid.cells if c.col_span == 1 and c.row_span == 1})
    if len(xs) != grid.n_cols:
        return grid
    edges = [*xs, grid.bbox.x1]
    above = [i for i in items if i.bottom <= grid.bbox.top + 2 and edges[0] - 2 <= i.centre <= edges[-1] + 2]
    taken: list[Item] = []
    top = grid.bbox.top
    for line in reversed(make_lines(above)[-MAX_LINES:]):
        segments = cut_segments(line.items)
        if top - line.bottom > NEAR * line.height or not _keep_to_columns(segments, edges):
            break
        # A title stands alone over the first column; a heading that wraps stands closer to its next line.
        alone = len(segments) == 1 and _column(segments[0], edges) == 0
        if taken and alone and top - line.bottom > WRAPPED * line.height:
            break
        if not taken and len({_column(s, edges) for s in segments}) < max(2, 0.6 * grid.n_cols):
            break
        taken += line.items
        top = line.top
    return _with_row(grid, taken, edges) if taken else grid


def _begins_with_figures(grid: Proposal, items: Sequence[Item]) -> bool:
    texts = {i.number: i.text for i in items}
    first = [" ".join(texts[n] for n in c.words) for c in grid.cells if c.row == 0 and c.words]
    return sum(map(is_number, first)) >= 0.4 * len(first) > 0


def _column(segment: Segment, edges: Sequence[float]) -> int:
    return min(max(bisect_right(edges, segment.centre) - 1, 0), len(edges) - 2)


def _keep_to_columns(segments: Sequence[Segment], edges: Sequence[float]) -> bool:
    """Each segment is a text over one column, no two over the same."""
    columns = [_column(s, edges) for s in segments]
    inside = all(s.x0 > edges[col] - 4 and s.x1 < edges[col + 1] + 4 for s, col in zip(segments, columns, strict=True))
    return inside and len(set(columns)) == len(columns) and not any(_is_figure(s.text) for s in segments)


def _is_figure(text: str) -> bool:
    return is_number(text) and not UNIT.fullmatch(text) and not PERIOD.fullmatch(text)


def _with_row(grid: Proposal, taken: Sequence[Item], edges: Sequence[float]) -> Proposal:
    top = min(i.top for i in taken) - 1
    columns: list[list[int]] = [[] for _ in edges[1:]]
    for line in make_lines(taken):
        for segment in cut_segments(line.items):
            columns[_column(segment, edges)] += [i.number for i in segment.items]
    headings = tuple(
        GridCell(0, col, 1, 1, BBox(edges[col], top, edges[col + 1], grid.bbox.top), tuple(words), header=True)
        for col, words in enumerate(columns)
    )
    return replace(
        grid,
        bbox=BBox(grid.bbox.x0, top, grid.bbox.x1, grid.bbox.bottom),
        n_rows=grid.n_rows + 1,
        cells=headings + tuple(replace(c, row=c.row + 1) for c in grid.cells),
        header_rows=1,
    )
