"""The same figure printed twice: in a dashboard and in a series, or twice in one table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from extractors.checks.evidence import Evidence, Value, shown
from extractors.checks.wording import about
from extractors.parse.folding import key
from schemas.finding import Finding

_Group = dict[str, Value]
_TELLING = 2
"""This many equal and unusual figures for the same organisations and period are no chance."""

_MOST_TWICE = 5
"""Figures printed twice in one table: more of them tell of its labels, not of misprints."""

_CROWD = 60
"""Tables that share one figure: more of them share it by chance."""

_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "six": "6"}
_EMPTY_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "with",
        "to",
        "a",
        "by",
        "per",
        "rate",
        "percentage",
        "number",
        "total",
        "patients",
        "people",
        "waiting",
        "waits",
        "wait",
        "times",
        "time",
        "within",
    ]
)


def same_measure_agrees(evidence: Evidence) -> Iterator[Finding]:
    """Two tables that give one measure for one period give each organisation the same figure.

    Tables are known to give one measure by their figures (at least two organisations agree to the last
    digit), or by the same name.
    """
    for one, other in _pairs(evidence):
        shared = [org for org in one if org in other]
        differing = [org for org in shared if _differ(one[org], other[org])]
        for org in differing:
            first, second = sorted((one[org], other[org]), key=lambda v: (v.page, v.table_no))
            yield about(
                second,
                "warning",
                "pack",
                "same_measure_disagrees",
                f"“{first.measure}” for {first.organisation_text} in {first.period_text} is "
                f"{first.value_text} on page {first.page} but "
                f"{second.value_text} on page {second.page}.",
                expected=first.value_text,
            )


def printed_once(evidence: Evidence) -> Iterator[Finding]:
    """One table gives a measure, organisation and period one figure only.

    Where many rows of a table seem to give the same thing, what tells them apart was not read: one finding says so.
    """
    seen: dict[tuple[int, str, str, str, str, str], Value] = {}
    twice: dict[int, list[tuple[Value, Value]]] = defaultdict(list)
    for value in evidence.values:
        if value.value is None:
            continue
        name = (
            value.table_no,
            value.measure,
            value.organisation,
            value.breakdown,
            value.series,
            value.period_text,
        )
        first = seen.setdefault(name, value)
        if first is not value and first.value != value.value:
            twice[value.table_no].append((first, value))
    for pairs in twice.values():
        if len(pairs) > _MOST_TWICE:
            yield _indistinct(pairs)
        else:
            yield from (_twice(first, value) for first, value in pairs)


def targets_agree(evidence: Evidence) -> Iterator[Finding]:
    """A measure's threshold on a dashboard is the plan that its series prints for the same period. Rates alone: a
    plan for a count is a step on the way to its standard.
    """
    plans: dict[tuple[int, str, str], list[Value]] = defaultdict(list)
    for value in evidence.values:
        if value.series == "plan" and value.unit == "percent" and value.value is not None and value.period_end:
            plans[value.table_no, value.measure, str(value.period_end)].append(value)
    seen: set[tuple[int, str]] = set()
    for pair in _pairs(evidence) if plans else ():
        for dashboard, series in (pair, pair[::-1]):
            first, other = next(iter(dashboard.values())), next(iter(series.values()))
            planned = plans.get((other.table_no, other.measure, str(other.period_end)), [])
            if first.threshold is None or first.unit != "percent" or len({p.value for p in planned}) != 1:
                continue
            plan = planned[0]
            same = plan.value is not None and abs(first.threshold - plan.value) < max(first.step, plan.step)
            if same or (first.table_no, first.measure) in seen:
                continue
            seen.add((first.table_no, first.measure))
            yield Finding(
                "info",
                "pack",
                "targets_differ",
                f"On page {first.page}, “{first.measure}” is held against {shown(first.threshold)}%; on page "
                f"{plan.page} “{plan.organisation_text}” is {plan.value_text} for the same period.",
                page=first.page,
                table_no=first.table_no,
                row=first.row,
                column_name="threshold",
                found=f"{shown(first.threshold)}%",
                expected=plan.value_text,
            )


def _twice(first: Value, value: Value) -> Finding:
    return about(
        value,
        "warning",
        "row",
        "printed_twice_differently",
        f"On page {value.page}, “{value.measure}” for "
        f"{value.organisation_text or 'the same organisation'} in {value.period_text} "
        f"stands twice in one table: {first.value_text} and {value.value_text}.",
        expected=first.value_text,
    )


def _indistinct(pairs: list[tuple[Value, Value]]) -> Finding:
    first, value = pairs[0]
    what = f"“{value.measure}” for {value.organisation_text or 'the same organisation'} in {value.period_text}"
    return Finding(
        "warning",
        "table",
        "rows_not_told_apart",
        f"In the table on page {first.page}, {len(pairs)} figures have the measure, organisation and period of "
        f"another, as {what}: {first.value_text} and {value.value_text}. What tells its rows apart was not read.",
        page=first.page,
        table_no=first.table_no,
        row=value.row,
        col=value.col,
        column_name="measure",
        found=str(len(pairs)),
    )


def _pairs(evidence: Evidence) -> Iterator[tuple[_Group, _Group]]:
    """Groups of two tables that give the same measure for the same days."""
    by_period: dict[tuple[str, str], dict[tuple[int, str, str], _Group]] = defaultdict(dict)
    for value in evidence.values:
        if value.value is not None and value.period_end and value.series == "actual":
            days = (f"{value.period_start}{value.period_end}", value.unit)
            group = by_period[days].setdefault((value.table_no, value.measure, value.breakdown), {})
            group.setdefault(value.organisation, value)
    for groups in by_period.values():
        named = list(groups.items())
        for i, j in _alike(named):
            (name_one, one), (name_other, other) = named[i], named[j]
            if name_one[0] != name_other[0] and _same_measure(name_one, one, name_other, other):
                yield one, other


def _alike(named: list[tuple[tuple[int, str, str], _Group]]) -> list[tuple[int, int]]:
    """Groups with a name or an unusual figure in common: of a thousand tables, few pairs are worth a look."""
    holding: dict[tuple[str, object], list[int]] = defaultdict(list)
    for i, (name, group) in enumerate(named):
        marks: set[tuple[str, object]] = {(org, value.value) for org, value in group.items() if _unusual(value)}
        if name[1]:
            marks.add(("", key(name[1])))
        for mark in marks:
            holding[mark].append(i)
    return sorted({pair for those in holding.values() if len(those) <= _CROWD for pair in combinations(those, 2)})


def _same_measure(name_one: tuple[int, str, str], one: _Group, name_other: tuple[int, str, str], other: _Group) -> bool:
    shared = [org for org in one if org in other]
    if len(shared) < 2 or name_one[2] != name_other[2]:
        return False
    equal = [org for org in shared if one[org].value == other[org].value and _unusual(one[org])]
    if len(equal) >= _TELLING and len(equal) * 2 >= len(shared) and len({one[org].value for org in equal}) > 1:
        return True
    return key(name_one[1]) == key(name_other[1]) and bool(name_one[1])


def _unusual(value: Value) -> bool:
    """A figure with at least three digits that is no round number: 93.78%, 4,443, 6:05."""
    digits = re.sub(r"\D", "", value.value_text).strip("0")
    return len(digits) >= 3


def _differ(one: Value, other: Value) -> bool:
    """By more than the coarser of the two is rounded."""
    if one.value is None or other.value is None:
        return False
    return abs(one.value - other.value) > max(one.step, other.step) * (1 if one.step != other.step else 0)


def measure_words(name: str) -> frozenset[str]:
    """The telling words of a measure's name, numbers as digits: equal for most spellings of one measure."""
    words = (_NUMBERS.get(word, word.rstrip("s") if len(word) > 3 else word) for word in key(name).split())
    return frozenset(word for word in words if word not in _EMPTY_WORDS)
