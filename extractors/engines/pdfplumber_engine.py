"""pdfplumber's TableFinder, fed with what PDFium has read: its geometry without its slow reader.

Nine tenths of pdfplumber's time is pdfminer reading characters; the finder itself needs edges and words only.
No page of pdfplumber's is opened, so there is none to close.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractors.engines.grid import proposal_from_boxes
from extractors.proposals.base import Proposal
from schemas.document import BBox
from schemas.page import Page

METHOD = "pdfplumber"
MAX_EDGES = 3000
"""Beyond this a page is a drawing, and the finder's intersections take minutes."""
LINES: dict[str, Any] = {}
RULED_ROWS: dict[str, Any] = {"vertical_strategy": "text", "horizontal_strategy": "lines"}


def second_opinion(path: Path, page: Page) -> list[Proposal]:  # noqa: ARG001
    """The tables that pdfplumber sees: between lines, else between horizontal lines and aligned words."""
    source = _Source(page)
    if not 0 < len(source.edges) <= MAX_EDGES:
        return []
    found = _find(source, LINES, page)
    if not found and len(page.h_rules) >= 3:
        found = _find(source, RULED_ROWS, page)
    return found


def _find(source: _Source, settings: dict[str, Any], page: Page) -> list[Proposal]:
    from pdfplumber.table import TableFinder

    tables = TableFinder(source, settings).tables
    proposals = [proposal_from_boxes(METHOD, page, [BBox(*box) for box in table.cells]) for table in tables]
    return [proposal for proposal in proposals if proposal is not None]


class _Source:
    """What the finder asks of a page: a bounding box, edges and words."""

    def __init__(self, page: Page) -> None:
        self.bbox = (0.0, 0.0, page.width, page.height)
        self._words = [
            {"text": word.text, "x0": word.x0, "x1": word.x1, "top": word.top, "bottom": word.bottom}
            for word in page.words
        ]
        self.edges = [_edge("h", rule.start, rule.pos, rule.end, rule.pos) for rule in page.h_rules]
        self.edges += [_edge("v", rule.pos, rule.start, rule.pos, rule.end) for rule in page.v_rules]
        for fill in page.fills:
            self.edges += [
                _edge("h", fill.x0, fill.top, fill.x1, fill.top),
                _edge("h", fill.x0, fill.bottom, fill.x1, fill.bottom),
                _edge("v", fill.x0, fill.top, fill.x0, fill.bottom),
                _edge("v", fill.x1, fill.top, fill.x1, fill.bottom),
            ]

    def extract_words(self, **_settings: Any) -> list[dict[str, Any]]:
        """The page's words as pdfplumber names their sides."""
        return self._words


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": orientation,
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }
