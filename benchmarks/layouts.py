"""Tables set in every way, read exactly or not, beside others: `python -m benchmarks.layouts [N] [SEED]`.

Each of N pages (`tests/proposals/layouts.py`) holds one table; a reader is right where one of its tables has the rows
that were set, white space folded. What is printed are shares, by what is drawn round the table.
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from extractors.reader import read_document
from tests.proposals.layouts import STYLES, make

Rows = list[list[str]]


def ours(path: Path) -> list[Rows]:
    """As `boardpack tables` reads them."""
    found = []
    for table in read_document(path).tables:
        grid = [["" for _ in range(table.n_cols)] for _ in range(table.n_rows)]
        for cell in table.cells:
            grid[cell.row][cell.col] = cell.text
        found.append(grid)
    return found


def of_pdfplumber(path: Path) -> list[Rows]:
    """Its tables as they come by default."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(path.read_bytes())) as document:
        return [_filled(rows) for rows in document.pages[0].extract_tables()]


def of_camelot(flavor: str) -> Callable[[Path], list[Rows]]:
    """Its tables by one of its ways."""

    def read(path: Path) -> list[Rows]:
        import camelot

        try:
            tables = camelot.read_pdf(str(path), flavor=flavor, suppress_stdout=True)
        except (ValueError, IndexError, ZeroDivisionError):
            return []
        return [_filled(table.df.values.tolist()) for table in tables]

    return read


def _filled(rows: Sequence[Sequence[Any]]) -> Rows:
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _folded(rows: Rows) -> Rows:
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def main() -> int:
    """Prints a line for each style of drawing."""
    number, first = (int(arg) for arg in (*sys.argv[1:3], *("200", "1")[len(sys.argv) - 1 :]))
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    readers: dict[str, Callable[[Path], list[Rows]]] = {
        "boardpack": ours,
        "pdfplumber": of_pdfplumber,
        "camelot lattice": of_camelot("lattice"),
        "camelot hybrid": of_camelot("hybrid"),
    }
    right: Counter[tuple[str, str]] = Counter()
    pages: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        for layout in filter(None, map(make, range(first, first + number))):
            path.write_bytes(layout.data)
            pages[layout.style] += 1
            for name, read in readers.items():
                right[layout.style, name] += layout.rows in map(_folded, read(path))
    print(f"{'read exactly':36}{'pages':>6}" + "".join(f"{name:>17}" for name in readers))
    for style in STYLES:
        shares = (right[style, name] / max(1, pages[style]) for name in readers)
        print(f"{style:36}{pages[style]:6}" + "".join(f"{share:17.2f}" for share in shares))
    total = pages.total()
    shares = (sum(right[style, name] for style in STYLES) / max(1, total) for name in readers)
    print(f"{'all':36}{total:6}" + "".join(f"{share:17.2f}" for share in shares))
    return 0


if __name__ == "__main__":
    sys.exit(main())
