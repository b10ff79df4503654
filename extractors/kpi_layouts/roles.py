"""Which role a column has, by its heading and by what its cells look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from extractors.kpi_layouts.contents import Contents
from extractors.kpi_layouts.words import is_organisation, is_plan, is_total, period_of, role_of
from extractors.parse.folding import key

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
        "date",
    }
)
"""Columns of which every cell is a value. `date`: a day by which, and no number."""

BREAKDOWN_ROLES = frozenset({"variance", "mean", "lower_limit", "upper_limit"})
"""Value columns that are a statistic of the measure rather than the measure."""

BESIDE_ROLES = frozenset({"threshold", "unit", "polarity", "latest_period", "deadline"})
"""Columns that say something of a row; they may stand between the columns that name it."""

_LABEL_ROLES = frozenset({"measure", "organisation", "breakdown"})
_TEXT_ROLES = frozenset({"owner", "comments", "variation", "assurance"})


class Headed(Protocol):
    """A column with its headings and its role."""

    col: int
    role: str

    @property
    def heading(self) -> str:
        """The lowest heading."""
        ...

    @property
    def is_value(self) -> bool:
        """Is every cell of this column a value?"""
        ...


def first_value(columns: Sequence[Headed], contents: Sequence[Contents], near: date | None) -> int:
    """The first column that labels no row: values, what goes with them, or what heads a value."""
    last = len(columns)
    for column, content in zip(columns, contents, strict=True):
        if column.col == 0 and last > 1:
            figures = content.numbers >= 1 and content.numbers == content.filled
            if figures and (_numbers_everywhere(columns, contents) or names_between(columns, contents) is not None):
                return 0
            continue
        if _labels(column, content, last, near) or (not column.heading and content.filled == 0):
            continue
        if role_of(column.heading) in BESIDE_ROLES and _labels_follow(columns, contents, column.col):
            continue
        return column.col
    return last


def _labels(column: Headed, content: Contents, n_cols: int, near: date | None) -> bool:
    """Does the column name its rows?"""
    role = role_of(column.heading)
    texts = content.texts - content.periods
    if role in _LABEL_ROLES and texts >= content.values and content.filled:
        return True
    if role in ("owner", "comments") and column.col < n_cols - 1 and texts >= content.values:
        return True
    heads_values = period_of(column.heading, near) is not None or is_organisation(column.heading)
    return role is None and bool(content.filled) and texts > 0.6 * content.filled and not heads_values


def _labels_follow(columns: Sequence[Headed], contents: Sequence[Contents], col: int) -> bool:
    """After a column that goes with values, and others like it, stands one that is headed as names and holds names."""
    for column, content in zip(columns[col + 1 :], contents[col + 1 :], strict=True):
        role = role_of(column.heading)
        if role in _LABEL_ROLES:
            return content.texts - content.periods > content.values
        if role not in BESIDE_ROLES:
            return False
    return False


def _numbers_everywhere(columns: Sequence[Headed], contents: Sequence[Contents]) -> bool:
    """No column names the rows: each has a heading over numbers."""
    return all(
        column.heading and content.numbers and not content.texts
        for column, content in zip(columns, contents, strict=True)
    )


def names_between(columns: Sequence[Headed], contents: Sequence[Contents]) -> int | None:
    """The column that names the rows where figures stand on both sides of it: this year's at its right, last year's
    at its left."""
    amounts = [text for text in contents[0].distinct if re.search(r"\d[.,]\d|%|£", text)]
    if not amounts or role_of(columns[0].heading) in ("measure", "organisation", "breakdown"):
        return None
    for column, content in zip(columns[1:-1], contents[1:-1], strict=True):
        if content.texts - content.periods > 0.6 * content.filled and len(content.distinct) > 1:
            return column.col if any(later.numbers for later in contents[column.col + 1 :]) else None
    return None


def label_role(column: Headed, content: Contents, labels: Sequence[Headed], near: date | None) -> str:
    """The role of a column that stands before the values."""
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
    if role in BESIDE_ROLES and column.col > 0:
        return value_role(column, content, near)
    if _is_reference(column, content) and len(labels) > 1:
        return "note"
    return "label"


def _is_reference(column: Headed, content: Contents) -> bool:
    """Short codes or running numbers beside a name."""
    if content.distinct and all(len(text) <= 8 and any(c.isdigit() for c in text) for text in content.distinct):
        return not any("%" in text for text in content.distinct)
    return key(column.heading) in ("ref", "no", "id", "row ref", "") and not content.distinct


def value_role(column: Headed, content: Contents, near: date | None) -> str:
    """The role of a column of values, or of what goes with them."""
    heading = column.heading
    role = role_of(heading)
    texts = content.texts - content.periods
    mostly_text = texts > 0.5 * content.filled if content.filled else False
    if role in ("ytd", "threshold", "polarity", "unit"):
        return role
    if role == "deadline" and content.is_deadlines:
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
    if role in _TEXT_ROLES or role == "deadline":
        return "note" if mostly_text or not content.values else "value"
    if content.trends and content.trends >= 0.8 * content.filled and not content.numbers:
        return "trend"
    if role in VALUE_ROLES and role != "organisation":
        return "note" if content.long_texts > 0.5 * max(1, content.filled) else role
    if role == "measure" and content.values and not mostly_text:
        return "latest"
    return _unheaded_role(heading, content, mostly_text)


def _unheaded_role(heading: str, content: Contents, mostly_text: bool) -> str:
    """Under a heading that no data file knows."""
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


def settle(columns: Sequence[Headed], contents: Sequence[Contents]) -> None:
    """What only shows beside the other columns: where no column holds values, what else may be one."""
    for role, instead in (("rag", "value"), ("threshold", "plan"), ("deadline", "date")):
        if any(column.is_value for column in columns):
            break
        for column in columns:
            content = contents[column.col]
            if column.role == role and (role == "rag" or content.values or (role == "deadline" and content.filled)):
                column.role = instead
    _unknown_organisations(columns, contents)


def _unknown_organisations(columns: Sequence[Headed], contents: Sequence[Contents]) -> None:
    """Headings that each stand before the same companions (trend, YTD) name organisations, known or not."""
    runs: list[tuple[Headed, tuple[str, ...]]] = []
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
