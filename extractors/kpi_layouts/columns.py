"""What each column of a block holds: labels, values, and what goes with the values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from extractors.kpi_layouts.grid import Block, Grid, is_value
from extractors.kpi_layouts.words import is_organisation, is_period, is_plan, is_total, period_of, role_of
from extractors.parse.folding import key
from extractors.parse.rag import parse_rag, parse_trend

VALUE_ROLES = frozenset(
    {
        "latest",
        "previous",
        "ytd",
        "plan",
        "variance",
        "mean",
        "lower_limit",
        "upper_limit",
        "value",
        "period",
        "organisation",
    }
)
"""Columns of which every cell is a value."""

BREAKDOWN_ROLES = frozenset({"variance", "mean", "lower_limit", "upper_limit"})
"""Value columns that are a statistic of the measure rather than the measure."""

_ARROWS = {"up": "↑", "down": "↓", "flat": "→"}

_TEXT_ROLES = frozenset({"owner", "comments", "variation", "assurance"})


@dataclass(slots=True)
class Column:
    """One column: its headings from the top down, its role, and how far its group reaches."""

    col: int
    path: tuple[str, ...]
    role: str = "note"
    """`measure`, `organisation_label`, `breakdown`, `label`, `latest_period`, `threshold`, `trend`, `rag`, `unit`,
    `note`, `total`, or a value's role."""
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


@dataclass(slots=True)
class Contents:
    """What the cells of a column's body look like."""

    values: int = 0
    numbers: int = 0
    texts: int = 0
    long_texts: int = 0
    ratings: int = 0
    trends: int = 0
    periods: int = 0
    blanks: int = 0
    distinct: set[str] = field(default_factory=set)

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.values + self.texts


def columns_of(grid: Grid, block: Block, near: date | None) -> list[Column]:
    """The block's columns, each with its role."""
    body = [row for row in block.body if row not in block.repeated]
    columns = [Column(col, heading_path(grid, block, col)) for col in range(grid.n_cols)]
    contents = [_contents(grid, body, col) for col in range(grid.n_cols)]
    for column in columns:
        column.group = " / ".join(column.path[:-1])
    first_value = _first_value(grid, columns, contents, near)
    for column, content in zip(columns, contents, strict=True):
        if column.col < first_value:
            column.role = _label_role(column, content, columns[:first_value])
        else:
            column.role = _role(column, content, near)
    _settle(columns, contents)
    return columns


def heading_path(grid: Grid, block: Block, col: int) -> tuple[str, ...]:
    """The headings over a column from the top down, each once; a heading reaches over blanks at its right."""
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


def _contents(grid: Grid, body: list[int], col: int) -> Contents:
    seen = Contents()
    for row in body:
        cell = grid.cell(row, col)
        if cell is None or cell.row != row or cell.col != col:
            continue
        text = grid.own(row, col)
        if not text:
            if cell.symbol is not None:
                seen.trends += 1
                seen.values += 1
            else:
                seen.blanks += 1
            continue
        seen.distinct.add(text)
        if is_period(text) and not text.replace(" ", "").isdigit():
            seen.periods += 1
            seen.texts += 1
            continue
        if is_value(text):
            seen.values += 1
            if isinstance(parse_rag(text), str):
                seen.ratings += 1
            elif len(text) <= 3 and isinstance(parse_trend(text), str):
                seen.trends += 1
            elif any(c.isdigit() for c in text):
                seen.numbers += 1
        else:
            seen.texts += 1
            seen.long_texts += len(text) > 40
            if isinstance(parse_trend(text), str):
                seen.trends += 1
    return seen


def _first_value(grid: Grid, columns: list[Column], contents: list[Contents], near: date | None) -> int:
    """The first column that labels no row: values, targets, periods of the data, or what heads a value."""
    for column, content in zip(columns, contents, strict=True):
        if column.col == 0 and grid.n_cols > 1:
            if content.numbers >= 1 and content.numbers == content.filled and _numbers_everywhere(columns, contents):
                return 0
            continue
        role = role_of(column.heading)
        texts = content.texts - content.periods
        if role in ("measure", "organisation", "breakdown") and texts >= content.values and content.filled:
            continue
        if role in ("owner", "comments") and column.col < grid.n_cols - 1 and texts >= content.values:
            continue
        if role is None and content.filled and texts > 0.6 * content.filled and not _heads_values(column, near):
            continue
        if not column.heading and content.filled == 0:
            continue
        return column.col
    return grid.n_cols


def _numbers_everywhere(columns: list[Column], contents: list[Contents]) -> bool:
    """No column names the rows: each has a heading over numbers."""
    return all(
        column.heading and content.numbers and not content.texts
        for column, content in zip(columns, contents, strict=True)
    )


def _heads_values(column: Column, near: date | None) -> bool:
    return period_of(column.heading, near) is not None or is_organisation(column.heading)


def _label_role(column: Column, content: Contents, labels: list[Column]) -> str:
    role = role_of(column.heading)
    if column.col == 0 and role in ("threshold", "latest", "plan"):
        return "measure"
    if column.col == 0 and role == "latest_period":
        return "label"
    if role in ("measure", "breakdown"):
        return role
    if role == "organisation":
        return "organisation_label"
    if role in _TEXT_ROLES and len(labels) > 1:
        return "note"
    if _is_reference(column, content) and len(labels) > 1:
        return "note"
    return "label"


def _is_reference(column: Column, content: Contents) -> bool:
    """Short codes or running numbers beside a name."""
    if content.distinct and all(len(text) <= 8 and any(c.isdigit() for c in text) for text in content.distinct):
        return not any("%" in text for text in content.distinct)
    return key(column.heading) in ("ref", "no", "id", "row ref", "") and not content.distinct


def _role(column: Column, content: Contents, near: date | None) -> str:
    heading = column.heading
    role = role_of(heading)
    texts = content.texts - content.periods
    mostly_text = texts > 0.5 * content.filled if content.filled else False
    if role in ("ytd", "threshold"):
        return role
    found = period_of(heading, near)
    if found is not None:
        return "ytd" if found.is_ytd else "period"
    if role == "trend" or (not heading and content.trends and content.trends >= 0.8 * content.filled):
        return "trend" if content.numbers <= content.trends else "variance"
    if role == "rag":
        if content.ratings or not content.filled:
            return "rag"
        return "note" if mostly_text else "value"
    if role == "latest_period":
        return "latest_period" if content.periods or not content.values else "value"
    if role == "unit":
        return role
    if role in _TEXT_ROLES:
        return "note" if mostly_text or not content.values else "value"
    if content.trends and content.trends >= 0.8 * content.filled and not content.numbers and found is None:
        return "trend"
    if role in VALUE_ROLES and role != "organisation":
        return "note" if content.long_texts > 0.5 * max(1, content.filled) else role
    if role == "measure" and content.values and not mostly_text:
        return "latest"
    if not heading and content.ratings and content.ratings >= 0.8 * content.filled:
        return "rag"
    if is_organisation(heading) and not mostly_text:
        return "organisation"
    if content.periods and content.periods >= 0.6 * content.filled and not content.values:
        return "latest_period"
    if is_total(heading) and content.values:
        return "total"
    if content.values and not mostly_text:
        return "plan" if is_plan(heading) else "value"
    return "note"


def _settle(columns: list[Column], contents: list[Contents]) -> None:
    """What only shows beside the other columns."""
    values = [column for column in columns if column.is_value]
    rags = [column for column in columns if column.role == "rag"]
    if not values and rags:
        for column in rags:
            column.role = "value"
    values = [column for column in columns if column.is_value]
    thresholds = [column for column in columns if column.role == "threshold"]
    if not values and thresholds:
        for column in thresholds:
            if contents[column.col].values:
                column.role = "plan"
    _unknown_organisations(columns, contents)


def _unknown_organisations(columns: list[Column], contents: list[Contents]) -> None:
    """Headings that each stand before the same companions (trend, YTD) name organisations, known or not."""
    runs: list[tuple[Column, tuple[str, ...]]] = []
    for i, column in enumerate(columns):
        if column.role not in ("value", "organisation"):
            continue
        follow: list[str] = []
        for after in columns[i + 1 :]:
            if after.role in ("trend", "ytd", "rag") and after.heading:
                follow.append(key(after.heading))
            else:
                break
        runs.append((column, tuple(follow)))
    common = Counter(companions for _, companions in runs if companions)
    if not common:
        return
    companions, count = common.most_common(1)[0]
    members = [column for column, follow in runs if follow == companions]
    if count >= 2 and len({column.heading for column in members}) == len(members):
        for column in members:
            if column.role == "value" and contents[column.col].values:
                column.role = "organisation"
