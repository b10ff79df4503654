"""`boardpack tables`: every table of a PDF as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from flows.terminal import safe
from schemas.document import Document, RawTable
from schemas.outcome import PackMeta

WIDEST = 32


def parse_pages(text: str) -> list[int]:
    """`3,7-9` as 3, 7, 8, 9. Raises ValueError with a sentence."""
    pages: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise ValueError(f"pages are numbers and ranges such as 3,7-9, not {text!r}")
        low, high = int(first), int(last) if dash else int(first)
        if low < 1 or high < low or high - low > 10_000:
            raise ValueError(f"{part.strip()!r} is no range of pages")
        pages.update(range(low, high + 1))
    return sorted(pages)


def name_kinds(document: Document) -> dict[int, str | None]:
    """table_no -> kind."""
    from extractors.classify import classify
    from extractors.kinds.base import Context

    verdicts = classify(Context(document, PackMeta())).kinds
    return {verdict.table_no: verdict.kind for verdict in verdicts}


def as_json(file: str, document: Document, kinds: dict[int, str | None]) -> str:
    """The contract's JSON."""
    told = {
        "file": file,
        "pages": document.n_pages,
        "tables": [_table(table, kinds.get(table.table_no)) for table in document.tables],
        "findings": [{"page": f.page, "check": f.check, "message": f.message} for f in document.findings],
    }
    return json.dumps(told, ensure_ascii=False)


def _table(table: RawTable, kind: str | None) -> dict[str, Any]:
    return {
        "table_no": table.table_no,
        "page": table.page,
        "last_page": table.last_page,
        "kind": kind,
        "title": table.title,
        "bbox": list(table.bbox),
        "method": table.method,
        "confidence": table.confidence,
        "reason": table.reason,
        "header_rows": table.header_rows,
        "rows": table.grid(),
        "cells": [
            {
                "row": c.row,
                "col": c.col,
                "row_span": c.row_span,
                "col_span": c.col_span,
                "page": c.page,
                "bbox": list(c.bbox),
                "text": c.text,
                "fill": c.fill,
                "symbol": c.symbol,
                "text_colour": c.text_colour,
            }
            for c in table.cells
        ],
    }


def as_csv(document: Document) -> str:
    """One line a cell-row: table number, page, row, then the cells. Texts that a spreadsheet would run are quoted."""
    from warehouse.answers import defused

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["table_no", "page", "row", "cells"])
    for table in document.tables:
        pages = {c.row: c.page for c in reversed(table.cells)}
        for number, row in enumerate(table.grid()):
            writer.writerow([table.table_no, pages.get(number, table.page), number, *map(defused, row)])
    return out.getvalue()


def as_text(document: Document, kinds: dict[int, str | None], pages: Sequence[int] | None = None) -> Iterator[str]:
    """Tables as a person reads them on a terminal, long cells cut. `pages` are those that were asked for."""
    if not document.tables:
        looked = len([p for p in pages if p <= document.n_pages]) if pages else document.n_pages
        if looked:
            yield f"No table on {'this page' if looked == 1 else f'these {looked:,} pages'}."
    for table in document.tables:
        where = f"page {table.page}" if table.page == table.last_page else f"pages {table.page} to {table.last_page}"
        yield safe(f"Table {table.table_no}, {where}: {table.title or 'no title'}")
        kind = kinds.get(table.table_no)
        size = f"{table.n_rows} rows by {table.n_cols} columns"
        yield f"  {kind or 'no kind'}; {size}; {table.reason}; confidence {table.confidence:.2f}"
        yield from _grid(table)
        yield ""


def _grid(table: RawTable) -> Iterator[str]:
    arrows = {"up": "▲", "down": "▼", "flat": "►"}
    symbols = {(c.row, c.col): arrows[c.symbol] for c in table.cells if c.symbol and not c.text}
    rows = [
        [safe(" ".join((text or symbols.get((r, c), "")).split())) for c, text in enumerate(row)]
        for r, row in enumerate(table.grid())
    ]
    widths = [min(WIDEST, max((len(row[c]) for row in rows), default=0)) for c in range(table.n_cols)]
    for row in rows:
        cells = [
            (text if len(text) <= width else text[: width - 1] + "…").ljust(width)
            for text, width in zip(row, widths, strict=True)
        ]
        yield "  " + " | ".join(cells).rstrip()
