"""Dates as board papers print them, and texts that only look like dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.dates import When, find_dates, parse_date, word_of
from extractors.parse.problem import Problem

MEETING = date(2021, 6, 9)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("07-Apr-21", "2021-04-07", "2021-04-07", "day"),
        ("7th April 2021", "2021-04-07", "2021-04-07", "day"),
        ("Wednesday 7 April 2021", "2021-04-07", "2021-04-07", "day"),
        ("April 7th, 2021", "2021-04-07", "2021-04-07", "day"),
        ("26.05.21", "2021-05-26", "2021-05-26", "day"),
        ("26/05/2021", "2021-05-26", "2021-05-26", "day"),
        ("2021-04-07", "2021-04-07", "2021-04-07", "day"),
        ("29 February 2024", "2024-02-29", "2024-02-29", "day"),
        ("Apr-21", "2021-04-01", "2021-04-30", "month"),
        ("April 2021", "2021-04-01", "2021-04-30", "month"),
        ("Sept 25", "2025-09-01", "2025-09-30", "month"),
        ("Mar\n/ 27", "2027-03-01", "2027-03-31", "month"),
        ("Apr-2023", "2023-04-01", "2023-04-30", "month"),
        ("Feb ’24", "2024-02-01", "2024-02-29", "month"),
        ("2021-04", "2021-04-01", "2021-04-30", "month"),
        ("end of April 2021", "2021-04-30", "2021-04-30", "day"),
        ("By end March 2022", "2022-03-31", "2022-03-31", "day"),
        ("mid-June 2021", "2021-06-11", "2021-06-20", "part"),
        ("Early 2022", "2022-01-01", "2022-05-01", "part"),
        ("before April 2021", "2021-03-31", "2021-03-31", "day"),
        ("Autumn 2021", "2021-09-01", "2021-11-30", "season"),
        ("Winter 2021/22", "2021-12-01", "2022-02-28", "season"),
        ("Q1 2024/25", "2024-04-01", "2024-06-30", "quarter"),
        ("Q4 2020/2021", "2021-01-01", "2021-03-31", "quarter"),
        ("2020/21 Q3", "2020-10-01", "2020-12-31", "quarter"),
        ("Q4 (Jan-Mar 2021)", "2021-01-01", "2021-03-31", "quarter"),
        ("end of Q1 2024/25", "2024-06-30", "2024-06-30", "day"),
        ("H2 2021/22", "2021-10-01", "2022-03-31", "half"),
        ("2023/24", "2023-04-01", "2024-03-31", "financial_year"),
        ("2023-24", "2023-04-01", "2024-03-31", "financial_year"),
        ("24-25", "2024-04-01", "2025-03-31", "financial_year"),
        ("2028", "2028-01-01", "2028-12-31", "year"),
        ("May – August 2021", "2021-05-01", "2021-08-31", "range"),
        ("August - March 2022", "2021-08-01", "2022-03-31", "range"),
        ("Apr-Jun 21", "2021-04-01", "2021-06-30", "quarter"),
        ("1-3 May 2021", "2021-05-01", "2021-05-03", "range"),
        ("7 April - 5 May 2021", "2021-04-07", "2021-05-05", "range"),
        ("from 2023/24 to 2025/26", "2023-04-01", "2026-03-31", "range"),
        ("2021-2023", "2021-01-01", "2023-12-31", "range"),
        ("w/c 24 May 2021", "2021-05-24", "2021-05-30", "range"),
    ],
)
def test_a_date_is_the_days_that_it_allows(text: str, first: str, last: str, precision: str) -> None:
    assert parse_date(text) == When(date.fromisoformat(first), date.fromisoformat(last), precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Complete", "complete"),
        ("COMPLETED", "complete"),
        ("Ongoing", "ongoing"),
        ("On-going", "ongoing"),
        ("TBC", "to_be_confirmed"),
        ("To be confirmed", "to_be_confirmed"),
        ("ASAP", "immediate"),
        ("Next meeting", "next_meeting"),
        ("N/A", "not_applicable"),
    ],
)
def test_a_word_stands_for_a_date(text: str, word: str) -> None:
    assert parse_date(text) == When(word=word)  # type: ignore[arg-type]


def test_a_word_and_a_date_are_both_kept() -> None:
    assert parse_date("Completed March 2021") == When(date(2021, 3, 1), date(2021, 3, 31), "month", "complete")
    assert parse_date("Commenced October 2024") == When(date(2024, 10, 1), date(2024, 10, 31), "month", "started")


@pytest.mark.parametrize("text", ["Not complete", "Incomplete", "To be completed", "Not yet complete"])
def test_what_is_not_complete_is_not_complete(text: str) -> None:
    assert word_of(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        (" \n ", "blank"),
        ("31 Feb 2021", "impossible_date"),
        ("31/02/2021", "impossible_date"),
        ("99.99.2021", "impossible_date"),
        ("29 February 2023", "impossible_date"),
        ("Q4 Jan 20/Mar 21", "impossible_date"),
        ("Q5 2020/21", "impossible_date"),
        ("Q1 2020/23", "impossible_date"),
        ("August 2022 - March 2022", "impossible_date"),
        ("11/12", "ambiguous_date"),
        ("6 May", "no_year"),
        ("end of April", "no_year"),
        ("Q2", "no_year"),
        ("Jun-21 Jul-21", "several_dates"),
        ("Route 1 (3-8) July-26 Routes 2 & 9 Mar-29", "several_dates"),
        ("North site – July 25", "words_beside_date"),
        ("when funds allow", "no_date"),
        ("1.3.1", "no_date"),
        ("95%", "no_date"),
        ("£2,021", "no_date"),
    ],
)
def test_what_is_no_one_date_is_a_named_problem(text: str, code: str) -> None:
    problem = parse_date(text)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_a_year_that_is_not_printed_comes_from_the_meeting_and_is_said() -> None:
    when = parse_date("6 May", MEETING)
    assert isinstance(when, When)
    assert (when.first, when.assumption != "") == (date(2021, 5, 6), True)
    autumn = parse_date("end of December", MEETING)
    assert isinstance(autumn, When)
    assert autumn.last in (date(2020, 12, 31), date(2021, 12, 31))
    assert parse_date("6 May 2021", MEETING) == parse_date("6 May 2021")


def test_a_month_and_a_small_number_far_from_the_meeting_is_a_day() -> None:
    assert parse_date("May 12", MEETING) == parse_date("12 May", MEETING)
    assert parse_date("May 26", date(2025, 11, 1)) == When(date(2026, 5, 1), date(2026, 5, 31), "month")


def test_a_quarter_of_one_year_is_a_financial_quarter_and_is_said() -> None:
    when = parse_date("Q1 2024")
    assert isinstance(when, When)
    assert (when.last, bool(when.assumption)) == (date(2024, 6, 30), True)


def test_every_date_in_a_text_is_found_in_order() -> None:
    found = find_dates("Routes 1-3: Jul-26; was 31 Feb 2026; Route 9 by end of March 2029.")
    assert [when.last for when in found] == [date(2026, 7, 31), date(2029, 3, 31)]


@given(
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%Y-%m-%d", "%d-%b-%Y"]),
)
def test_a_written_day_is_read_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == When(day, day, "day")


@given(st.text(max_size=200), st.none() | st.dates())
def test_no_text_raises_and_spans_are_ordered(text: str, near: date | None) -> None:
    for when in (parse_date(text, near), *find_dates(text, near)):
        if isinstance(when, When):
            assert (when.first is None) == (when.last is None)
            assert when.first is None or when.last is None or when.first <= when.last
        else:
            assert when.code
            assert when.message


@given(
    st.lists(
        st.sampled_from(
            [
                "Apr",
                "May",
                "21",
                "2021",
                "/",
                "-",
                " ",
                "Q4",
                "31",
                "st",
                "end of",
                "to",
                "winter",
                "FY",
                "w/e",
                "’",
                ".",
                "before",
                "h1",
            ]
        ),
        max_size=12,
    ).map("".join),
    st.none() | st.dates(),
)
def test_nothing_made_of_pieces_of_dates_raises(text: str, near: date | None) -> None:
    when = parse_date(text, near)
    assert isinstance(when, Problem) or when.word or (when.first is not None and when.first <= (when.last or date.min))
