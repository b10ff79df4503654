"""A pack as it was read: pages of text, and tables of cells.

Geometry is in PDF points from the top left of the page as displayed (after its rotation), everywhere.
All types are frozen, picklable, and go to and from JSON through `schemas.wire`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from schemas.finding import Finding

Trend = Literal["up", "down", "flat"]
PageVerdict = Literal["read", "no_text", "image_only", "unreadable"]


class BBox(NamedTuple):
    """A rectangle in points: left, top, right, bottom, from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `row` and `col` count from 0 within the whole (stitched) table."""

    row: int
    col: int
    row_span: int
    col_span: int
    page: int
    bbox: BBox
    text: str
    """As printed, line breaks kept."""
    fill: str | None = None
    """The colour behind the text as `#RRGGBB`; None where nothing (or white) is painted."""
    symbol: Trend | None = None
    """What an arrow in the cell says: a character, a symbol-font glyph, a drawn shape or a small image."""
    text_colour: str | None = None
    """`#RRGGBB` where the cell's text is neither black nor grey nor white; of a dot drawn in a cell without text."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as found, recognised or not, over one page or several."""

    table_no: int
    """From 1 in reading order within the pack."""
    page: int
    last_page: int
    bbox: BBox
    """On the first page."""
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    """In (row, col) order. Positions that a merged cell covers have no cell of their own; empty cells are present."""
    method: str
    """Which evidence won, e.g. `rules`, `tags`, `fills`, `words`, `rules+tags`."""
    confidence: float
    """0 to 1: how far independent evidence agreed."""
    header_rows: int = 0
    """How many leading rows are headings, as far as the layout tells (tags, fills, bold, repetition)."""
    repeated_header_rows: tuple[int, ...] = ()
    """Rows further down that repeat the headings on a continuation page: kept as printed, but no body rows."""
    title: str | None = None
    """The table's own caption: a title row is not repeated here; it is the text line just above."""
    heading: str | None = None
    """The nearest section or page heading above the table."""
    notes: tuple[str, ...] = ()
    """Text lines beside the table (above, below) that may state units, periods or thresholds."""
    reason: str = ""
    """One sentence: why this reading was chosen."""

    def grid(self) -> list[list[str]]:
        """The cells' texts as rows; a merged cell's text stands at its top left, the positions it covers are ''."""
        rows = [[""] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row][cell.col] = cell.text
        return rows


class TextLine(NamedTuple):
    """A line of text on a page. `in_table` says that its words belong to a table."""

    text: str
    bbox: BBox
    size: float
    bold: bool
    in_table: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on a page besides its tables."""

    number: int
    """From 1, in the file."""
    width: float
    height: float
    verdict: PageVerdict
    n_chars: int
    lines: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF, read."""

    pack_id: str
    """SHA-256 of the bytes, in hex."""
    file_name: str
    n_pages: int
    pages: tuple[PageText, ...]
    tables: tuple[RawTable, ...]
    findings: tuple[Finding, ...] = ()
    """What the reader itself noticed: pages it could not read, low confidence, damaged text."""
    info: dict[str, str] = field(default_factory=dict)
    """The PDF's own document information (Title, Creator, Producer, ...), untrusted."""
