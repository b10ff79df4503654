"""Counts, percentages, times, ratios, targets, and the many signs for no value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.numbers import Missing, Number, Threshold, parse_number, parse_threshold
from extractors.parse.problem import Problem


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("93.78%", "93.78", "percent"),
        ("98 %", "98", "percent"),
        ("0.00%", "0", "percent"),
        ("(12%)", "-12", "percent"),
        ("+3.2pp", "3.2", "percent"),
        ("1,234", "1234", "number"),
        ("12 345", "12345", "number"),
        ("(0.4)", "-0.4", "number"),
        ("−7", "-7", "number"),
        ("5", "5", "number"),
        ("3.5k", "3500", "number"),
        ("18 weeks", "18", "number"),
        ("6:05", "365", "seconds"),
        ("1:06:05", "3965", "seconds"),
        ("12 mins", "720", "seconds"),
        ("7 minutes 30 seconds", "450", "seconds"),
        ("1 in 8", "8", "ratio"),
        ("1:8", "8", "ratio"),
        ("£1.2m", "1200000", "gbp"),
        ("93.00%*", "93", "percent"),
        ("1,234 [3]", "1234", "number"),
    ],
)
def test_a_number_has_a_unit(text: str, value: str, unit: str) -> None:
    number = parse_number(text)
    assert isinstance(number, Number)
    assert (number.value, number.unit) == (Decimal(value), unit)


def test_a_ratios_column_reads_ratios() -> None:
    assert parse_number("1:30", ratio=True) == Number(Decimal(30), "ratio")
    assert parse_number("1:30") == Number(Decimal(90), "seconds")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NP", "no_patients"),
        ("No patients", "no_patients"),
        ("Not Reporting", "not_reported"),
        ("Not\nreported", "not_reported"),
        ("NA", "not_available"),
        ("n/a", "not_available"),
        ("#N/A", "not_available"),
        ("#DIV/0!", "not_available"),
        ("-", "not_available"),
        ("–", "not_available"),
        ("no data", "not_available"),
        ("TBC", "not_available"),
        ("*", "suppressed"),
        ("<5", "suppressed"),
        ("[c]", "suppressed"),
    ],
)
def test_no_value_has_a_reason(text: str, reason: str) -> None:
    assert parse_number(text) == Missing(reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("5/10", "several_numbers"),
        ("12 (34%)", "several_numbers"),
        ("Green", "not_a_number"),
        ("1,23", "several_numbers"),
        ("(5", "not_a_number"),
        ("12.3.4", "not_a_number"),
    ],
)
def test_what_is_no_number_is_a_named_problem(text: str, code: str) -> None:
    problem = parse_number(text)
    assert isinstance(problem, Problem)
    assert problem.code in (code, "not_a_number")


@pytest.mark.parametrize(
    ("text", "value", "unit", "better"),
    [
        ("<1%", "1", "percent", "lower"),
        ("≤ 5", "5", "number", "lower"),
        ("no more than 18", "18", "number", "lower"),
        ("5 or fewer", "5", "number", "lower"),
        (">=95%", "95", "percent", "higher"),
        ("≥ 92%", "92", "percent", "higher"),
        ("95% or more", "95", "percent", "higher"),
        ("at least 80%", "80", "percent", "higher"),
        ("93.00%", "93", "percent", None),
        ("Target: 80%", "80", "percent", None),
        ("0", "0", "number", None),
        ("7:00", "420", "seconds", None),
    ],
)
def test_a_target_has_a_direction_where_it_is_printed(text: str, value: str, unit: str, better: str | None) -> None:
    assert parse_threshold(text) == Threshold(Decimal(value), unit, better)  # type: ignore[arg-type]


def test_a_target_may_be_a_range() -> None:
    assert parse_threshold("80-90%") == Threshold(Decimal(80), "percent", None, Decimal(90))


@pytest.mark.parametrize("text", ["CCG Specific", "National average", "see note", "90-80%"])
def test_words_are_no_target(text: str) -> None:
    problem = parse_threshold(text)
    assert isinstance(problem, Problem)
    assert problem.code == "no_threshold"


def test_a_target_may_be_missing() -> None:
    assert parse_threshold("N/A") == Missing("not_available")


@given(st.decimals(-(10**7), 10**7, places=2))
def test_a_written_number_is_read_back(value: Decimal) -> None:
    assert parse_number(f"{value:,f}%") == Number(value, "percent")
    number = parse_number(f"{value:f}")
    assert isinstance(number, Number)
    assert number.value == value


@given(st.integers(0, 900), st.integers(0, 59))
def test_a_written_time_is_read_back(minutes: int, seconds: int) -> None:
    assert parse_number(f"{minutes}:{seconds:02d}") == Number(Decimal(60 * minutes + seconds), "seconds")


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_number(text), Number | Missing | Problem)
    assert isinstance(parse_threshold(text), Threshold | Missing | Problem)


def test_a_hostile_text_is_refused_at_once() -> None:
    assert isinstance(parse_number("1," * 100_000), Problem)
    assert isinstance(parse_threshold("<" * 100_000), Problem)
