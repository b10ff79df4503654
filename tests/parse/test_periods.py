"""Reporting periods: months, quarters, years to date, rolling years, and words that are
periods only beside others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.periods import Period, Relative, parse_period
from extractors.parse.problem import Problem

MEETING = date(2021, 6, 9)


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("Mar-21", "2021-03-01", "2021-03-31", "month"),
        ("March 2021", "2021-03-01", "2021-03-31", "month"),
        ("Mar 21 (provisional)", "2021-03-01", "2021-03-31", "month"),
        ("Q4 2020/21", "2021-01-01", "2021-03-31", "quarter"),
        ("Q4 2019/2020", "2020-01-01", "2020-03-31", "quarter"),
        ("Apr-Jun 21", "2021-04-01", "2021-06-30", "quarter"),
        ("2020/21", "2020-04-01", "2021-03-31", "financial_year"),
        ("2020/21 YTD", "2020-04-01", "2021-03-31", "ytd"),
        ("2020-21 YTD", "2020-04-01", "2021-03-31", "ytd"),
        ("2020/2021 YTD", "2020-04-01", "2021-03-31", "ytd"),
        ("YTD Dec-20", "2020-04-01", "2020-12-31", "ytd"),
        ("Year to date (Apr-Dec 2020)", "2020-04-01", "2020-12-31", "ytd"),
        ("12 months to Mar-24", "2023-04-01", "2024-03-31", "rolling"),
        ("Rolling 12 months to Feb 2021", "2020-03-01", "2021-02-28", "rolling"),
        ("3 months ending June 2023", "2023-04-01", "2023-06-30", "rolling"),
        ("Month 6 2024/25", "2024-09-01", "2024-09-30", "month"),
        ("M12 24/25", "2025-03-01", "2025-03-31", "month"),
        ("Week ending 26/05/2021", "2021-05-20", "2021-05-26", "week"),
        ("w/c 24 May 2021", "2021-05-24", "2021-05-30", "week"),
        ("As at 31 March 2021", "2021-03-31", "2021-03-31", "day"),
        ("2021", "2021-01-01", "2021-12-31", "year"),
    ],
)
def test_a_period_is_its_first_and_last_day(text: str, start: str, end: str, kind: str) -> None:
    assert parse_period(text) == Period(date.fromisoformat(start), date.fromisoformat(end), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Latest", "latest"),
        ("Latest Data", "latest"),
        ("Current month", "latest"),
        ("Previous", "previous"),
        ("Last Month", "previous"),
        ("YTD", "ytd"),
        ("Year to date", "ytd"),
        ("Same period last year", "same_period_last_year"),
    ],
)
def test_a_word_is_no_period_by_itself(text: str, word: str) -> None:
    assert parse_period(text) == Relative(word)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "start", "kind"),
    [
        ("APR", "2021-04-01", "month"),
        ("M6", "2020-09-01", "month"),
        ("Q4", "2021-01-01", "quarter"),
        ("M1", "2021-04-01", "month"),
    ],
)
def test_a_year_comes_from_the_context_and_that_is_said(text: str, start: str, kind: str) -> None:
    period = parse_period(text, MEETING)
    assert isinstance(period, Period)
    assert (period.start.isoformat(), period.kind, bool(period.assumption)) == (start, kind, True)
    assert isinstance(parse_period(text), Problem)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("Total", "no_date"),
        ("31 Day First", "no_date"),
        ("M13", "impossible_date"),
        ("M6 2024/26", "impossible_date"),
        ("Q4 Jan 20/Mar 21", "impossible_date"),
        ("TBC", "no_period"),
        ("Jan 20/Mar 21", "several_dates"),
        ("March 2021 target", "words_beside_date"),
        ("Forecast Mar-21", "words_beside_date"),
    ],
)
def test_what_is_no_period_is_a_named_problem(text: str, code: str) -> None:
    problem = parse_period(text, MEETING)
    assert isinstance(problem, Problem)
    assert problem.code == code


@given(st.text(max_size=120), st.none() | st.dates())
def test_no_text_raises_and_periods_are_ordered(text: str, near: date | None) -> None:
    period = parse_period(text, near)
    if isinstance(period, Period):
        assert period.start <= period.end


@given(st.integers(1950, 2098), st.integers(1, 12))
def test_a_numbered_month_counts_from_april(year: int, number: int) -> None:
    period = parse_period(f"Month {number} {year}/{(year + 1) % 100:02d}")
    assert isinstance(period, Period)
    assert period.start == date(year + (number > 9), (number + 2) % 12 + 1, 1)
