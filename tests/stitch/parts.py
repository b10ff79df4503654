"""Parts of tables on pages, for tests of stitching: texts in, RawTable and PageText out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.document import BBox, PageText, RawTable, TextLine
from tests.kinds.tables import table

HEIGHT = 842.0


def part(
    rows: Sequence[Sequence[str]],
    *,
    page: int,
    table_no: int,
    top: float = 80.0,
    bottom: float | None = None,
    left: float = 40.0,
    header_rows: int = 0,
    title: str | None = None,
    widths: Sequence[float] | None = None,
    spans: dict[tuple[int, int], tuple[int, int]] | None = None,
) -> RawTable:
    """A table that begins at `top`, or ends at `bottom`, its columns 60 points wide or as told."""
    made = table(rows, header_rows=header_rows, page=page, table_no=table_no, title=title, spans=spans)
    if bottom is not None:
        top = bottom - 12.0 * made.n_rows
    columns = list(widths or [60.0] * made.n_cols)
    edges = [left + sum(columns[:col]) for col in range(made.n_cols + 1)]
    cells = tuple(
        replace(
            cell,
            bbox=BBox(
                edges[cell.col],
                top + 12.0 * cell.row,
                edges[cell.col + cell.col_span],
                top + 12.0 * (cell.row + cell.row_span),
            ),
        )
        for cell in made.cells
    )
    return replace(made, cells=cells, bbox=BBox(left, top, edges[-1], top + 12.0 * made.n_rows))


def text(words: str, top: float, left: float = 40.0) -> TextLine:
    """A line outside tables."""
    return TextLine(words, BBox(left, top, left + 5.0 * len(words), top + 10.0), 10.0, False, False)


def pages(*lines: Sequence[TextLine]) -> list[PageText]:
    """Pages 1, 2, ... of portrait A4 with these lines."""
    return [PageText(number, 595.0, HEIGHT, "read", 500, tuple(found)) for number, found in enumerate(lines, 1)]
