"""A proposal: one reading of a region of a page as a table, from one kind of evidence; `extractors.verdict` judges."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.document import BBox


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a proposed grid. `words` are indexes into `Page.words`, in reading order."""

    row: int
    col: int
    row_span: int
    col_span: int
    bbox: BBox
    words: tuple[int, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A grid over a region of one page. Each position is covered by exactly one cell, empty cells included."""

    method: str
    """`rules`, `fills`, `words`, `tags`, or an outside engine's name."""
    bbox: BBox
    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    header_rows: int = 0
    group: int | None = None
    """For tags: the structure element; the parts of one table on several pages share it."""
    group_rows: tuple[int, int] | None = None
    """For tags: which rows of the whole element the first and the last row are; a row cut by a page end is in both."""
