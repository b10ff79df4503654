"""XmR charts against values worked out by hand, and against the rules written out in plain Python."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import kpi_history
from warehouse.migrate import migrate

PACK = "a" * 64


@cache
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    migrate(connection)
    connection.execute(
        "INSERT INTO raw.packs (pack_id, file_name, meeting_date, first_ingested_at, ingested_at, outcome)"
        " VALUES (?, 'a.pdf', '2025-01-15', now()::TIMESTAMP, now()::TIMESTAMP, 'loaded')",
        [PACK],
    ).fetchall()
    return connection


class Point(NamedTuple):
    mean: float
    lower: float | None
    upper: float | None
    outside: bool
    side: bool
    trend: bool
    three: bool
    variation: str
    assurance: str | None


def chart(values: Sequence[float], *, better: str | None = None, threshold: float | None = None) -> list[Point]:
    """The view's points for a monthly series."""
    connection = database()
    connection.execute("DELETE FROM facts.kpis").fetchall()
    for n, value in enumerate(values):
        month = f"{2015 + n // 12}-{n % 12 + 1:02}-01"
        connection.execute(
            "INSERT INTO facts.kpis (pack_id, table_no, row, page, measure, series, period_text, period_start,"
            " period_end, value_text, value, unit, better, threshold)"
            " VALUES (?, 1, ?, 1, 'Lifeboats', 'actual', ?, ?, last_day(?::DATE), '', ?, 'number', ?, ?)",
            [PACK, n, month, month, month, value, better, threshold],
        ).fetchall()
    kpi_history.touch_all(connection)
    kpi_history.refresh(connection)
    rows = connection.execute(
        "SELECT mean, lower_limit, upper_limit, outside_limits, seven_one_side, seven_trend, two_of_three_near_limit,"
        " variation, assurance FROM kpi_spc ORDER BY period_end"
    ).fetchall()
    return [Point(*row) for row in rows]


def test_limits_are_mean_and_266_mean_moving_ranges() -> None:
    # Moving ranges 2, 1, 4: mean 7/3. Mean 12.
    points = chart([10, 12, 11, 15])
    assert {point.mean for point in points} == {12.0}
    assert points[0].lower == pytest.approx(12 - 2.66 * 7 / 3)
    assert points[0].upper == pytest.approx(12 + 2.66 * 7 / 3)
    assert not any(point.outside for point in points)


def test_one_point_has_a_mean_and_no_limits() -> None:
    assert chart([5]) == [Point(5.0, None, None, False, False, False, False, "common_cause", None)]


def test_a_point_outside_the_limits() -> None:
    # Mean 145/12 = 12.08, mean moving range 49/11 = 4.45: upper limit 23.93.
    points = chart([10, 11, 10, 11, 10, 11, 10, 11, 10, 30, 10, 11], better="lower")
    assert [n for n, point in enumerate(points) if point.outside] == [9]
    assert points[9].variation == "concern"


def test_seven_on_one_side_of_the_mean_and_six_are_not() -> None:
    points = chart([1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9], better="higher")
    assert [point.side for point in points] == [True] * 14
    assert [point.variation for point in points] == ["concern"] * 7 + ["improvement"] * 7
    assert not any(point.side for point in chart([1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8]))


def test_a_point_on_the_mean_breaks_a_run() -> None:
    assert not any(point.side for point in chart([1, 1, 1, 5, 1, 1, 1, 9, 9, 9, 5, 9, 9, 9]))


def test_seven_rising_and_six_are_not() -> None:
    rising = chart([1, 2, 3, 4, 5, 6, 7, 3, 4, 3, 4])
    assert [point.trend for point in rising] == [True] * 7 + [False] * 4
    falling = chart([4, 3, 4, 3, 7, 6, 5, 4, 3, 2, 1])
    assert [point.trend for point in falling] == [False] * 4 + [True] * 7
    assert not any(point.trend for point in chart([1, 2, 3, 4, 5, 6, 3, 4, 3, 4]))
    assert not any(point.trend for point in chart([1, 2, 3, 4, 4, 5, 6, 7, 3, 4]))


def test_two_of_three_near_a_limit_on_the_same_side() -> None:
    values = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 13, 11, 13, 10, 8]
    # Mean 170/16, moving ranges 10 + 3 + 2 + 2 + 3 + 2 = 22 over 15: limit 3.90 from the mean, near it from 2.60.
    points = chart(values)
    assert points[0].mean == 10.625
    assert points[0].upper == pytest.approx(10.625 + 2.66 * 22 / 15)
    assert not any(point.three for point in points)
    values[11] = values[13] = 13.75
    # Mean 10.72, moving ranges 25 over 15: near a limit from 2.96; 13.75 lies 3.03 from the mean, 11 on its side.
    points = chart(values)
    assert [n for n, point in enumerate(points) if point.three] == [11, 13]
    assert [points[n].variation for n in (11, 12, 13)] == ["neutral_high", "common_cause", "neutral_high"]


def test_the_threshold_is_passed_failed_or_hit_and_missed() -> None:
    assert chart([10, 11, 10, 11], better="higher", threshold=5)[0].assurance == "passing"
    assert chart([10, 11, 10, 11], better="higher", threshold=20)[0].assurance == "failing"
    assert chart([10, 11, 10, 11], better="lower", threshold=20)[0].assurance == "passing"
    assert chart([10, 11, 10, 11], better="lower", threshold=5)[0].assurance == "failing"
    assert chart([10, 11, 10, 11], better="higher", threshold=10.5)[0].assurance == "hit_or_miss"
    assert chart([10, 11, 10, 11], threshold=10.5)[0].assurance is None


def rules(values: Sequence[float]) -> list[tuple[bool, bool, bool, bool]]:
    """The four rules, point by point, as NHSRplotthedots words them."""
    n = len(values)
    mean = sum(values) / n
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    limit = 2.66 * sum(ranges) / len(ranges)
    outside = [abs(v - mean) > limit for v in values]
    near = [not o and abs(v - mean) > limit * 2 / 3 for v, o in zip(values, outside, strict=True)]
    above, below = [v > mean for v in values], [v < mean for v in values]

    def windows(i: int, length: int) -> list[range]:
        return [range(s, s + length) for s in range(i - length + 1, i + 1) if s >= 0 and s + length <= n]

    def one_side(w: range) -> bool:
        return all(above[j] for j in w) or all(below[j] for j in w)

    def trend(w: range) -> bool:
        steps = [values[j + 1] - values[j] for j in w[:-1]]
        return all(s > 0 for s in steps) or all(s < 0 for s in steps)

    return [
        (
            outside[i],
            any(one_side(w) for w in windows(i, 7)),
            any(trend(w) for w in windows(i, 7)),
            near[i] and any(one_side(w) and sum(near[j] for j in w) >= 2 for w in windows(i, 3)),
        )
        for i in range(n)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12).map(float), min_size=2, max_size=26))
def test_the_view_and_the_rules_agree(values: list[float]) -> None:
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    limit = 2.66 * sum(ranges) / len(ranges)
    # A point exactly on a line is on either side of it after rounding.
    edges = [abs(abs(v - mean) - limit * part) for v in values for part in (1, 2 / 3)]
    edges += [abs(v - mean) for v in values if v != mean]
    if min(edges, default=1.0) < 1e-9:
        return
    assert [point[3:7] for point in chart(values)] == rules(values)


@pytest.mark.parametrize(
    ("better", "high", "low"),
    [
        ("higher", "improvement", "concern"),
        ("lower", "concern", "improvement"),
        (None, "neutral_high", "neutral_low"),
    ],
)
def test_each_rule_is_an_improvement_or_a_concern_by_the_side_that_is_better(
    better: str | None, high: str, low: str
) -> None:
    # Outside (the values of the test above).
    outside = [10, 11, 10, 11, 10, 11, 10, 11, 10, 30, 10, 11]
    assert chart(outside, better=better)[9].variation == high
    assert chart([-v for v in outside], better=better)[9].variation == low
    # Seven on one side of the mean.
    sides = [1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9]
    assert [p.variation for p in chart(sides, better=better)] == [low] * 7 + [high] * 7
    # Seven that rise: those above the mean to the one side, those below it to the other. Mean 42 / 11 = 3.82.
    rising = chart([1, 2, 3, 4, 5, 6, 7, 3, 4, 3, 4], better=better)
    assert [p.variation for p in rising[:7]] == [low] * 3 + [high] * 4
    assert all(p.variation == "common_cause" for p in rising[7:])
    # Two of three near a limit (the values of the test above).
    near = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 13.75, 11, 13.75, 10, 8]
    assert [n for n, p in enumerate(chart(near, better=better)) if p.variation == high] == [11, 13]
    assert [n for n, p in enumerate(chart([-v for v in near], better=better)) if p.variation == low] == [11, 13]


def test_quarters_and_months_are_charts_of_their_own() -> None:
    chart([10, 11, 10, 11])
    connection = database()
    connection.execute(
        "INSERT INTO facts.kpis (pack_id, table_no, row, page, measure, series, period_text, period_start, period_end,"
        " value_text, value, unit)"
        " VALUES (?, 1, 99, 1, 'Lifeboats', 'actual', 'Q1', '2015-04-01', '2015-06-30', '', 33, 'number')",
        [PACK],
    ).fetchall()
    kpi_history.touch_all(connection)
    kpi_history.refresh(connection)
    assert connection.execute("SELECT mean, n_points, count(*) FROM kpi_spc GROUP BY ALL ORDER BY 1").fetchall() == [
        (10.5, 4, 4),
        (33.0, 1, 1),
    ]
