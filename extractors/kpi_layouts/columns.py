"""The columns of a block: the headings over each, from the top down, and its role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractors.kpi_layouts.contents import contents_of
from extractors.kpi_layouts.grid import Block, Grid
from extractors.kpi_layouts.roles import VALUE_ROLES, first_value, label_role, settle, value_role

_ARROWS = {"up": "↑", "down": "↓", "flat": "→"}


@dataclass(slots=True)
class Column:
    """One column: its headings from the top down, its role, and how far its group reaches."""

    col: int
    path: tuple[str, ...]
    role: str = "note"
    """`measure`, `organisation_label`, `breakdown`, `label`, `latest_period`, `threshold`, `trend`, `rag`, `unit`,
    `polarity`, `deadline`, `note`, `total`, or a value's role."""
    group: str = ""
    """The upper headings, which columns that belong together share."""

    @property
    def heading(self) -> str:
        """The lowest heading."""
        return self.path[-1] if self.path else ""

    @property
    def is_value(self) -> bool:
        """Is every cell of this column a value?"""
        return self.role in VALUE_ROLES


def columns_of(grid: Grid, block: Block, near: date | None) -> list[Column]:
    """The block's columns, each with its role."""
    body = [row for row in block.body if row not in block.repeated]
    columns = [Column(col, heading_path(grid, block, col)) for col in range(grid.n_cols)]
    contents = [contents_of(grid, body, col) for col in range(grid.n_cols)]
    for column in columns:
        column.group = " / ".join(column.path[:-1])
    first = first_value(columns, contents, near)
    for column, content in zip(columns, contents, strict=True):
        if column.col < first:
            column.role = label_role(column, content, columns[:first], near)
        else:
            column.role = value_role(column, content, near)
    settle(columns, contents)
    return columns


def heading_path(grid: Grid, block: Block, col: int) -> tuple[str, ...]:
    """The headings over a column from the top down, each once; a heading reaches over blanks beside it."""
    path: list[str] = []
    for i, row in enumerate(block.headings):
        text = grid.text(row, col) or _sign(grid, row, col)
        if not text and i + 1 < len(block.headings):
            text = _from_left(grid, block, row, col)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _sign(grid: Grid, row: int, col: int) -> str:
    """A heading that is an arrow and no text."""
    cell = grid.cell(row, col)
    return _ARROWS[cell.symbol] if cell is not None and cell.symbol is not None else ""


def _from_left(grid: Grid, block: Block, row: int, col: int) -> str:
    """The heading of a group whose cells were drawn apart: blank here, but headed below, as at its left."""
    below = [r for r in block.headings if r > row]
    if not any(grid.own(r, col) for r in below):
        return ""
    for left in range(col - 1, 0, -1):
        cell = grid.cell(row, left)
        text = grid.text(row, left)
        if text:
            headed_below = any(grid.own(r, left) for r in below)
            return text if headed_below and (cell is None or cell.row == row) else ""
    return ""
