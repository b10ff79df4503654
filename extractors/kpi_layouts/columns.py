"""The columns of a block: the headings over each, from the top down, and its role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extractors.kpi_layouts.contents import Contents, contents_of
from extractors.kpi_layouts.grid import Block, Grid, is_unit, is_value
from extractors.kpi_layouts.roles import VALUE_ROLES, first_value, label_role, names_between, settle, value_role

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
    unit: str = ""
    """What stands among the headings and is a unit alone: "£000"."""

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
    columns = [_column(grid, block, col) for col in range(grid.n_cols)]
    contents = [contents_of(grid, body, col) for col in range(grid.n_cols)]
    _move_headings(columns, contents)
    for column in columns:
        column.group = " / ".join(column.path[:-1])
    first = first_value(columns, contents, near)
    for column, content in zip(columns, contents, strict=True):
        if column.col < first:
            column.role = label_role(column, content, columns[:first], near)
        else:
            column.role = value_role(column, content, near)
    if first == 0 and (named := names_between(columns, contents)) is not None:
        columns[named].role = "label"
    settle(columns, contents)
    return columns


def _column(grid: Grid, block: Block, col: int) -> Column:
    path = heading_path(grid, block, col)
    words = tuple(text for text in path if not is_unit(text))
    return Column(col, words or path, unit=" ".join(text for text in path if is_unit(text)) if words else "")


def _move_headings(columns: list[Column], contents: list[Contents]) -> None:
    """A heading over an empty column is that of the figures at its right that have none: they were set apart."""
    for left, right in pairwise(columns):
        empty = left.path and left.col > 0 and not contents[left.col].filled
        bare = right.path == left.path or all(is_unit(text) for text in right.path)
        if empty and bare and contents[right.col].filled:
            right.unit = " ".join((*(text for text in right.path if is_unit(text)), right.unit)).strip() or left.unit
            right.path, left.path = left.path, ()


def heading_path(grid: Grid, block: Block, col: int) -> tuple[str, ...]:
    """The headings over a column from the top down, each once; a heading reaches over blanks beside it."""
    path: list[str] = []
    for i, row in enumerate(block.headings):
        text = grid.text(row, col) or _sign(grid, row, col)
        if not text and i + 1 < len(block.headings):
            text = _of_a_group(grid, block, row, col)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _sign(grid: Grid, row: int, col: int) -> str:
    """A heading that is an arrow and no text."""
    cell = grid.cell(row, col)
    return _ARROWS[cell.symbol] if cell is not None and cell.symbol is not None else ""


def _of_a_group(grid: Grid, block: Block, row: int, col: int) -> str:
    """The heading of a group whose cells were drawn apart: blank here, but headed below, as where it stands.

    A group's heading stands over the first of its columns, or over the middle one: then the nearest is meant.
    """
    run = _run(grid, block, row, col)
    texts = {at: text for at in run if (text := grid.own(row, at))}
    if not texts:
        return ""
    if min(texts) == run[0]:
        return texts[max((at for at in texts if at < col), default=run[0])]
    return texts[min(texts, key=lambda at: (abs(at - col), at))]


def _run(grid: Grid, block: Block, row: int, col: int) -> list[int]:
    """The columns on both sides that are headed below, no column of names among them; empty where this one is not."""

    def belongs(at: int) -> bool:
        cell = grid.cell(row, at)
        own_height = cell is None or (cell.row == row and cell.row_span == 1) or not grid.text(row, at)
        headed = own_height and any(grid.own(r, at) for r in block.headings if r > row)
        return headed and (at > 0 or any(is_value(grid.own(r, at)) for r in block.body))

    first = last = col
    if not belongs(col):
        return []
    while first > 0 and belongs(first - 1):
        first -= 1
    while last + 1 < grid.n_cols and belongs(last + 1):
        last += 1
    return list(range(first, last + 1))
