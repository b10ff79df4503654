"""Tables and documents for tests, made of lists of text: what the reader would give, without a PDF.

Cells are 60 points wide and 12 high, from (40, 60) on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.kinds.base import Context
from schemas.document import BBox, Cell, Document, PageText, RawTable, TextLine, Trend
from schemas.outcome import PackMeta

WIDTH, HEIGHT, LEFT, TOP = 60.0, 12.0, 40.0, 60.0


def box(row: int, col: int, row_span: int = 1, col_span: int = 1) -> BBox:
    """Where the builder puts a cell."""
    x0, top = LEFT + col * WIDTH, TOP + row * HEIGHT
    return BBox(x0, top, x0 + col_span * WIDTH, top + row_span * HEIGHT)


def table(
    rows: Sequence[Sequence[str]],
    *,
    header_rows: int = 1,
    title: str | None = None,
    heading: str | None = None,
    notes: Sequence[str] = (),
    fills: Mapping[tuple[int, int], str] | None = None,
    symbols: Mapping[tuple[int, int], Trend] | None = None,
    spans: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    table_no: int = 1,
    page: int = 1,
) -> RawTable:
    """A table of these texts; short rows are filled up with empty cells.

    `spans` maps a cell to its (row_span, col_span): the cells it covers are left out, as the reader does.
    """
    n_cols = max((len(row) for row in rows), default=0)
    fills, symbols, spans = fills or {}, symbols or {}, spans or {}
    covered = {
        (r, c)
        for (row, col), (row_span, col_span) in spans.items()
        for r in range(row, row + row_span)
        for c in range(col, col + col_span)
        if (r, c) != (row, col)
    }
    cells = []
    for r, row in enumerate(rows):
        for c in range(n_cols):
            if (r, c) in covered:
                continue
            row_span, col_span = spans.get((r, c), (1, 1))
            cells.append(
                Cell(
                    row=r,
                    col=c,
                    row_span=row_span,
                    col_span=col_span,
                    page=page,
                    bbox=box(r, c, row_span, col_span),
                    text=row[c] if c < len(row) else "",
                    fill=fills.get((r, c)),
                    symbol=symbols.get((r, c)),
                )
            )
    return RawTable(
        table_no=table_no,
        page=page,
        last_page=page,
        bbox=box(0, 0, max(1, len(rows)), max(1, n_cols)),
        n_rows=len(rows),
        n_cols=n_cols,
        cells=tuple(cells),
        method="test",
        confidence=1.0,
        header_rows=header_rows,
        title=title,
        heading=heading,
        notes=tuple(notes),
    )


def line(text: str, *, top: float = 30.0, size: float = 10.0, bold: bool = False, in_table: bool = False) -> TextLine:
    """A line of text outside (or inside) the tables."""
    return TextLine(text, BBox(LEFT, top, LEFT + 5.0 * len(text), top + size), size, bold, in_table)


def document(
    *tables: RawTable,
    lines: Sequence[str | TextLine] = (),
    file_name: str = "pack.pdf",
    n_pages: int | None = None,
) -> Document:
    """A document of these tables, numbered in order; `lines` stand on page 1, above the tables."""
    n_pages = n_pages or max([1, *(t.last_page for t in tables)])
    made = tuple(
        item if isinstance(item, TextLine) else line(item, top=20.0 + 12.0 * i) for i, item in enumerate(lines)
    )
    return Document(
        pack_id="0" * 64,
        file_name=file_name,
        n_pages=n_pages,
        pages=tuple(
            PageText(number, 595.0, 842.0, "read", 1000, made if number == 1 else ())
            for number in range(1, n_pages + 1)
        ),
        tables=tuple(replace(t, table_no=i) for i, t in enumerate(tables, start=1)),
    )


def context(
    *tables: RawTable, lines: Sequence[str | TextLine] = (), meeting_date: str | None = "2021-06-09"
) -> Context:
    """What a kind reads a table in the light of."""
    return Context(document(*tables, lines=lines), PackMeta(meeting_date=meeting_date))
