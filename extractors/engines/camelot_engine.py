"""camelot's hybrid parser on its vector engine: aligned text and drawn lines together, no page rendered.

camelot counts y from the foot of the page and reads it unturned.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

from extractors.engines.grid import boxes_from_lattice, proposal_from_boxes
from extractors.proposals.base import Proposal
from schemas.page import Page

METHOD = "camelot"


def second_opinion(path: Path, page: Page) -> list[Proposal]:
    """The tables that camelot sees on the page; none where it fails or the page is turned.

    Loads OpenCV and pandas on first use: a second, and 100 MB that stay in the process. Ask only where that
    may be spent.
    """
    if page.turned:
        return []
    import camelot

    for library in ("camelot", "playa"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = camelot.read_pdf(
                str(path), pages=str(page.number), flavor="hybrid", engine="vector", suppress_stdout=True
            )
    except Exception:  # a second opinion may fail in any way; the first one stands
        return []
    proposals = [_convert(table, page) for table in tables]
    return [proposal for proposal in proposals if proposal is not None]


def _convert(table: Any, page: Page) -> Proposal | None:
    """camelot's rows and columns, from the top left, with cells joined where it found no line between."""
    xs = [table.cols[0][0], *(right for _, right in table.cols)]
    ys = [page.height - table.rows[0][0], *(page.height - bottom for _, bottom in table.rows)]
    open_right: set[tuple[int, int]] = set()
    open_below: set[tuple[int, int]] = set()
    if table.flavor == "lattice":
        for row, cells in enumerate(table.cells):
            for col, cell in enumerate(cells):
                if not cell.right:
                    open_right.add((row, col))
                if not cell.bottom:
                    open_below.add((row, col))
    return proposal_from_boxes(METHOD, page, boxes_from_lattice(xs, ys, open_right, open_below))
