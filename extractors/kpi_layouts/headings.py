"""What the headings over a value say, sorted by dimension: period, organisation, measure, breakdown, series."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors.kpi_layouts.columns import Column
from extractors.kpi_layouts.roles import BREAKDOWN_ROLES
from extractors.kpi_layouts.words import (
    dated,
    is_band,
    is_breakdown_like,
    is_measure_like,
    is_organisation,
    is_plan,
    names_one_measure,
    period_of,
    role_of,
)
from extractors.parse.folding import fold, key
from extractors.parse.periods import Period

_BY_ORGANISATION = re.compile(
    r"\bby (?:[a-z]+ (?:and|by) )?"
    r"(?:providers?|trusts?|organisations?|hospitals?|sites?|places?|councils?|boroughs?|districts?)\b"
)
_SAYS_WHEN = re.compile(r"(?:latest|previous|current|this|last|prior|in)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A value column's headings by dimension; None where they say nothing of it."""

    period_text: str | None = None
    period: Period | None = None
    organisation: str | None = None
    measure: str | None = None
    breakdown: str | None = None
    series: str | None = None
    cumulative: bool = False
    """Of the year to date, plans of it included."""


@dataclass(slots=True)
class _Said:
    """What has been gathered from one column's headings so far."""

    period_text: str | None = None
    period: Period | None = None
    organisation: str | None = None
    series: str | None = None
    cumulative: bool = False
    others: list[str] | None = None

    def add(self, text: str) -> None:
        """Something that is no organisation, no period and no series."""
        self.others = [*(self.others or []), text]


def measures_across(values: Sequence[Column], titles: Sequence[str], near: date | None) -> bool:
    """Do the columns name different measures, while no title names one?"""
    if any(names_one_measure(text) for text in titles):
        return False
    common = _common(values)
    headings = [text for c in values for text in c.path if text not in common and dated(text, near) is None]
    named = sum(is_measure_like(text) and not is_band(text) for text in headings)
    return bool(headings) and named >= 0.5 * len(headings)


def read_headings(
    values: Sequence[Column],
    *,
    across: bool,
    near: date | None,
    anchors: dict[str, date],
    titles: Sequence[str] = (),
) -> dict[int, Heading]:
    """Column -> what its headings say. `across`: each column names a measure. `anchors` settle bare months.

    `titles` may say what the columns are: "by provider".
    """
    common = _common(values)
    found = {c.col: _read(c, common, across, near, anchors) for c in values}
    _name_groups(values, found)
    _name_peers(values, found, titles)
    _lend_organisations(values, found)
    _tell_apart(values, found)
    return found


def _common(values: Sequence[Column]) -> frozenset[str]:
    """Upper headings that stand over every value say nothing of any one of them."""
    if len(values) < 2:
        return frozenset()
    seen = Counter(text for c in values for text in dict.fromkeys(c.path[:-1]))
    return frozenset(text for text, count in seen.items() if count == len(values))


def _read(column: Column, common: frozenset[str], across: bool, near: date | None, anchors: dict[str, date]) -> Heading:
    parts = [text for text in column.path if text not in common or text == column.heading or dated(text, near)]
    said = _Said()
    joined = _joined_period(parts, near)
    if joined is not None:
        said.period_text, said.period = joined
        parts = [text for text in parts if period_of(text, near) is None]
    queue = list(parts)
    while queue:
        text = queue.pop(0)
        found = dated(text, anchors.get(text, near))
        if found is not None and (said.period is None or found.period.is_ytd):
            said.period, said.period_text = found.period, found.period_text
            if found.period.is_ytd:
                said.series, said.cumulative = said.series or "ytd", True
            if found.rest:
                queue.append(found.rest)
        else:
            _sort(text, column, said)
    if column.role == "date":
        said.series = "plan"
    breakdown = " / ".join(dict.fromkeys(said.others or [])) or None
    measure = None
    if across and breakdown and column.role not in BREAKDOWN_ROLES:
        measure, breakdown = breakdown, None
    return Heading(said.period_text, said.period, said.organisation, measure, breakdown, said.series, said.cumulative)


def _sort(text: str, column: Column, said: _Said) -> None:
    """One heading without a period, into its dimension."""
    role = role_of(text)
    if role == "ytd":
        said.series, said.period_text, said.cumulative = said.series or "ytd", said.period_text or text, True
    elif column.role == "organisation" and text == column.heading:
        said.organisation = text
    elif is_organisation(text):
        said.organisation = said.organisation or text
    elif role in ("latest", "previous") or (role == "measure" and column.role == "latest"):
        if said.period_text is None and _SAYS_WHEN.match(text):
            said.period_text = text
    elif role == "threshold" and column.role == "value" and text == column.heading:
        said.add(text)
    elif role in ("plan", "threshold") or (column.role == "plan" and text == column.heading):
        said.series = "plan"
        if (column.role == "plan" and role == "threshold") or (role != "threshold" and not is_plan(text)):
            said.add(text)
    elif role not in ("rag", "trend"):
        said.add(text)


def _joined_period(parts: Sequence[str], near: date | None) -> tuple[str, Period] | None:
    """One period from two headings: "Q1" under "2023/24", "Apr" under "2024"."""
    if len(parts) < 2:
        return None
    upper, lower = parts[-2], parts[-1]
    above, below = period_of(upper, near), period_of(lower, near)
    if above is None or above.kind not in ("financial_year", "year") or (below and not below.assumption):
        return None
    both = period_of(f"{lower} {upper}", near)
    if both is not None:
        return fold(f"{lower} {upper}"), both
    if below is not None and below.kind == "month" and above.kind == "financial_year":
        year = above.start.year if below.start.month >= 4 else above.start.year + 1
        exact = period_of(f"{lower} {year}", None)
        if exact is not None:
            return fold(f"{lower} {upper}"), exact
    return None


def _name_groups(values: Sequence[Column], headings: dict[int, Heading]) -> None:
    """Names over groups of the same headings ("Actual, Trend, YTD" under each) are organisations, known or not."""
    groups: dict[str, list[Column]] = {}
    for column in values:
        if len(column.path) > 1:
            groups.setdefault(column.path[0], []).append(column)
    shapes = {tuple(key(c.heading) for c in members) for members in groups.values()}
    if len(groups) < 2 or len(shapes) != 1 or sum(map(len, groups.values())) != len(values):
        return
    tops = list(groups)
    if any(is_breakdown_like(top) or is_measure_like(top) or role_of(top) for top in tops):
        return
    if any(top not in (headings[c.col].breakdown or "").split(" / ") for top in tops for c in groups[top]):
        return
    for top, members in groups.items():
        for column in members:
            heading = headings[column.col]
            rest = [text for text in (heading.breakdown or "").split(" / ") if text and text != top]
            headings[column.col] = replace(
                heading, organisation=heading.organisation or top, breakdown=" / ".join(rest) or None
            )


def _name_peers(values: Sequence[Column], headings: dict[int, Heading], titles: Sequence[str]) -> None:
    """Bare names over all columns are organisations, known or not, where one of them is or a title says so."""
    said = any(_BY_ORGANISATION.search(key(text)) for text in (*titles, *(text for c in values for text in c.path)))
    known = sum(headings[c.col].organisation is not None for c in values)
    if len(values) < 2 or known == len(values) or not (known or said):
        return
    bare = [c for c in values if headings[c.col].organisation is None]
    if not all(c.role == "value" and _could_be_a_name(c.heading, headings[c.col]) for c in bare):
        return
    for column in bare:
        heading = headings[column.col]
        rest = [text for text in (heading.breakdown or "").split(" / ") if text and text != column.heading]
        headings[column.col] = replace(heading, organisation=column.heading, breakdown=" / ".join(rest) or None)


def _could_be_a_name(text: str, heading: Heading) -> bool:
    if not text[:1].isupper() or any(c.isdigit() or c in "%£" for c in text) or heading.period or heading.measure:
        return False
    return not (is_measure_like(text) or is_breakdown_like(text) or is_plan(text) or role_of(text))


def _lend_organisations(values: Sequence[Column], headings: dict[int, Heading]) -> None:
    """The year to date beside an organisation's value is its own, though only the value is headed."""
    named = [c for c in values if headings[c.col].organisation]
    if len(named) < 2:
        return
    again = Counter(key(c.heading) for c in values if not headings[c.col].organisation)
    for column in values:
        heading = headings[column.col]
        before = [c for c in named if c.col < column.col]
        if heading.organisation is None and before and (again[key(column.heading)] >= 2 or column.role == "ytd"):
            headings[column.col] = replace(heading, organisation=headings[before[-1].col].organisation)


def _tell_apart(values: Sequence[Column], headings: dict[int, Heading]) -> None:
    """Columns that would say the same ("Annual budget", "Profiled budget") are told apart by their own words."""
    alike: dict[Heading, list[Column]] = {}
    for column in values:
        alike.setdefault(replace(headings[column.col], period_text=None), []).append(column)
    for heading, members in alike.items():
        if len({key(c.heading) for c in members}) < 2 or heading.period is not None:
            continue
        for column in members:
            if len(key(column.heading).split()) > 1 and headings[column.col].period_text is None:
                headings[column.col] = replace(headings[column.col], breakdown=column.heading)
