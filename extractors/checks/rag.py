"""A rating against the value and the threshold printed beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractors.checks.evidence import Evidence, Value, shown
from schemas.finding import Finding

_MANY = 4
_SHARE = 0.25
"""So many contradictions, and such a share of a table's greens and reds, are a rule of its own: a trajectory, a
tolerance, a colour for movement.
"""


def rating_fits_threshold(evidence: Evidence) -> Iterator[Finding]:
    """Green meets its threshold and red misses it, where the measure's direction is known.

    Amber is never judged: tolerances differ. A table that contradicts its thresholds time and again is one finding.
    """
    judged: dict[int, int] = defaultdict(int)
    odd: dict[int, list[Value]] = defaultdict(list)
    for value in evidence.values:
        if value.value is None or value.threshold is None or value.better is None or value.series != "actual":
            continue
        met = value.value >= value.threshold if value.better == "higher" else value.value <= value.threshold
        # 94.96% is printed as 95.0% and misses 95%; a count is printed as it is.
        rounded = value.unit != "number" or value.step < 1
        near = rounded and abs(value.value - value.threshold) < value.step
        judged[value.table_no] += value.rag in ("green", "red")
        if not near and (value.rag, met) in (("green", False), ("red", True)):
            odd[value.table_no].append(value)
    for table_no, values in odd.items():
        if len(values) >= _MANY and len(values) >= _SHARE * judged[table_no]:
            yield _another_rule(values, judged[table_no])
        else:
            yield from (_contradiction(value) for value in values)


def _contradiction(value: Value) -> Finding:
    side = "misses" if value.rag == "green" else "meets"
    wanted = _wanted(value)
    return Finding(
        "warning",
        "cell",
        "rating_contradicts_threshold",
        f"On page {value.page}, “{value.measure}” for {value.organisation_text or 'the organisation'} "
        f"in {value.period_text} is rated "
        f"{value.rag}, but {value.value_text} {side} the threshold ({wanted}).",
        page=value.page,
        table_no=value.table_no,
        row=value.row,
        col=value.col,
        column_name="rag",
        found=value.rag,
        expected=wanted,
    )


def _another_rule(values: list[Value], judged: int) -> Finding:
    first = values[0]
    return Finding(
        "warning",
        "table",
        "ratings_follow_another_rule",
        f"On page {first.page}, {len(values)} of {judged} green and red ratings contradict the thresholds beside them, "
        f"as “{first.measure}”: {first.value_text} is {first.rag} where {_wanted(first)} is asked. The colours may "
        "follow another rule.",
        page=first.page,
        table_no=first.table_no,
        row=first.row,
        col=first.col,
        column_name="rag",
        found=str(len(values)),
    )


def _wanted(value: Value) -> str:
    return ("at least" if value.better == "higher" else "at most") + f" {shown(value.threshold or Decimal(0))}"
