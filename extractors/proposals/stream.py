"""Tables that no rules close in: columns by white space, rows by lines and by what rules or stripes there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.proposals.charts import has_axis
from extractors.proposals.columns import find_separators
from extractors.proposals.columns_alike import values_among
from extractors.proposals.draft import DraftCell
from extractors.proposals.edges import Edge
from extractors.proposals.headings import spread_headings
from extractors.proposals.lines import Item, Line, Segment, Upright, cut_segments, is_number
from extractors.proposals.lone_headings import lone_headings
from extractors.proposals.row import Row, RowCell
from extractors.proposals.wrapping import join_wrapped

ALIGNED = 0.8
SPREAD = 4.0


@dataclass(frozen=True, slots=True)
class SegmentedLine:
    """A line of text cut into segments."""

    top: float
    bottom: float
    segments: list[Segment]

    @property
    def height(self) -> float:
        """Of its tallest word."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Stream:
    """A grid over lines of text, and what speaks for and against it."""

    cells: list[DraftCell]
    ys: list[float]
    xs: list[float]
    numbers: float
    """Share of cells that hold figures, dates, or one of few words of their column."""
    mean_length: float
    several: float
    """Share of rows with two cells or more."""
    filled: float
    header_rows: int
    axis: bool
    """A chart's scale stands at its side."""
    aligned: float
    """Share of the cells that begin, end or have their middle where most of their column's do."""
    pair: bool
    """One row of figures under one of headings, every place filled."""

    @property
    def n_rows(self) -> int:
        """Rows of the grid."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Columns of the grid."""
        return len(self.xs) - 1

    @property
    def is_regular(self) -> bool:
        """Four rows or more, nearly all with several cells, that begin or end where their columns do."""
        return self.n_rows >= 4 and self.several >= ALIGNED and self.aligned >= ALIGNED

    def is_table(self, *, ruled: bool) -> bool:
        """Whether it is one rather than prose with gaps. Rules round it make less evidence enough."""
        if self.n_rows < 2 or self.n_cols < 2 or self.several < 0.4 or self.axis:
            return False
        if self.mean_length > 45 and self.numbers < 0.3:
            return False
        if ruled:
            return self.filled > 0.2
        if self.numbers < 0.15 and (self.n_cols <= 2 or self.mean_length > 22):
            return False
        if self.numbers < 0.25 and self.n_cols <= 2:
            return False
        # Justified prose has gaps as wide as those between columns, but at no place twice.
        if self.numbers < 0.15 and self.aligned < ALIGNED:
            return False
        return (self.n_rows >= 3 or (self.pair and self.aligned == 1)) and self.filled > 0.3


def segment_lines(lines: Sequence[Line], uprights: Sequence[Upright]) -> list[SegmentedLine]:
    """Each line cut on wide gaps and on upright rules."""
    return [SegmentedLine(line.top, line.bottom, cut_segments(line.items, uprights)) for line in lines]


def stream(
    lines: Sequence[SegmentedLine], level: Sequence[Edge], uprights: Sequence[float], bands: Sequence[Edge]
) -> Stream | None:
    """The lines as a grid; None where no column can be told from another."""
    if len(lines) < 2:
        return None
    separators = find_separators([line.segments for line in lines], uprights)
    if not separators:
        return None
    rows = [Row(line.top, line.bottom, _row_cells(line, separators)) for line in lines]
    if lone := lone_headings(rows, len(separators) + 1):
        separators = [x for col, x in enumerate(separators) if col not in lone]
        rows = [Row(line.top, line.bottom, _row_cells(line, separators)) for line in lines]
    xs = [
        min(s.x0 for line in lines for s in line.segments) - 1,
        *separators,
        max(s.x1 for line in lines for s in line.segments) + 1,
    ]
    rows, header_rows = join_wrapped(rows, xs, level, bands)
    spread_headings(rows, header_rows, xs, level)
    cells = [
        DraftCell(number, cell.first, number, cell.last, cell.items)
        for number, row in enumerate(rows)
        for cell in row.cells
    ]
    started = sorted({c.col for c in cells})
    if len(started) < 2:
        return None
    cells = [
        DraftCell(
            c.row,
            started.index(c.col),
            c.last_row,
            max(k for k, col in enumerate(started) if col <= c.last_col),
            c.items,
        )
        for c in cells
    ]
    xs = [xs[col] for col in started] + [xs[-1]]
    ys = [rows[0].top - 1]
    ys += [(a.bottom + b.top) / 2 for a, b in pairwise(rows)]
    ys.append(rows[-1].bottom + 1)
    texts = [cell.text for row in rows for cell in row.cells]
    return Stream(
        cells,
        ys,
        xs,
        numbers=values_among(rows) / max(1, len(texts)),
        mean_length=sum(map(len, texts)) / max(1, len(texts)),
        several=sum(len(row.cells) >= 2 for row in rows) / len(rows),
        filled=len(texts) / (len(rows) * len(started)),
        header_rows=header_rows,
        axis=has_axis(rows),
        aligned=_aligned(rows),
        pair=len(rows) == 2 and _is_pair(rows[0], rows[1], len(started)),
    )


def _is_pair(head: Row, body: Row, n_cols: int) -> bool:
    """Whether two rows are headings with a figure under each but the label's."""
    figures = [is_number(cell.text) for cell in body.cells]
    return (
        n_cols >= 3
        and len(head.cells) >= n_cols - 1
        and len(body.cells) == n_cols
        and not figures[0]
        and all(figures[1:])
    )


def _aligned(rows: Sequence[Row]) -> float:
    by_column: dict[int, list[RowCell]] = {}
    for row in rows:
        for cell in row.cells:
            by_column.setdefault(cell.first, []).append(cell)
    alike = total = 0
    for cells in by_column.values():
        left = [min(i.x0 for i in c.items) for c in cells]
        right = [max(i.x1 for i in c.items) for c in cells]
        middle = [(a + b) / 2 for a, b in zip(left, right, strict=True)]
        alike += max(_most_alike(places) for places in (left, right, middle))
        total += len(cells)
    return alike / total


def _most_alike(places: Sequence[float]) -> int:
    """How many of the places lie within `SPREAD` points of each other, at most."""
    ordered = sorted(places)
    most = first = 0
    for last, place in enumerate(ordered):
        while place - ordered[first] > SPREAD:
            first += 1
        most = max(most, last - first + 1)
    return most


def _row_cells(line: SegmentedLine, separators: Sequence[float]) -> list[RowCell]:
    """A line's segments as cells, each over the columns that it touches. Neighbours that touch one column go by
    their middles where these stand in columns of their own; the others are one cell.
    """
    last_col = len(separators)
    cells: list[RowCell] = []
    for segment in _cut_at(line.segments, separators):
        first = min(sum(x <= segment.x0 + 1.5 for x in separators), last_col)
        last = max(first, min(sum(x < segment.x1 - 1.5 for x in separators), last_col))
        cells.append(RowCell(first, last, list(segment.items)))
    cells.sort(key=lambda c: c.first)
    joined: list[list[RowCell]] = []
    for cell in cells:
        if joined and cell.first <= max(c.last for c in joined[-1]):
            joined[-1].append(cell)
        else:
            joined.append([cell])
    return [cell for chain in joined for cell in _unchained(chain, separators)]


def _unchained(chain: Sequence[RowCell], separators: Sequence[float]) -> list[RowCell]:
    if len(chain) == 1:
        return list(chain)
    middles = [
        sum(x < (min(i.x0 for i in c.items) + max(i.x1 for i in c.items)) / 2 for x in separators) for c in chain
    ]
    if len(set(middles)) == len(chain):
        return [RowCell(col, col, c.items) for col, c in sorted(zip(middles, chain, strict=True), key=lambda m: m[0])]
    return [RowCell(chain[0].first, max(c.last for c in chain), [i for c in chain for i in c.items])]


def _cut_at(segments: Sequence[Segment], separators: Sequence[float]) -> list[Segment]:
    """Segments cut where a separator runs through a gap between two of their words."""
    parts = list(segments)
    for x in separators:
        cut: list[Segment] = []
        for part in parts:
            if part.x0 < x - 1 and part.x1 > x + 1:
                left = [i for i in part.items if i.centre < x]
                right = [i for i in part.items if i.centre >= x]
                if left and right:
                    end, start = max(i.x1 for i in left), min(i.x0 for i in right)
                    gap = start - end
                    if end <= x + 1.5 and start >= x - 1.5 and gap > 0.3 * (part.bottom - part.top):
                        cut += [_segment(left, part), _segment(right, part)]
                        continue
            cut.append(part)
        parts = cut
    return parts


def _segment(items: list[Item], of: Segment) -> Segment:
    return Segment(min(i.x0 for i in items), of.top, max(i.x1 for i in items), of.bottom, items)
