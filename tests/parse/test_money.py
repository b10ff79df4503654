"""Amounts in pounds, exactly scaled, and the units that headings state."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.money import Money, money_unit, parse_money
from extractors.parse.problem import Problem


@pytest.mark.parametrize(
    ("text", "multiplier", "gbp", "qualifier"),
    [
        ("1,500", 1000, "1500000", "exact"),
        ("243,655", 1000, "243655000", "exact"),
        ("c. 9,000.", 1000, "9000000", "approximate"),
        ("c9,000", 1000, "9000000", "approximate"),
        ("circa £9m", None, "9000000", "approximate"),
        ("up to £5m", None, "5000000", "approximate"),
        ("£9m+", 1000, "9000000", "approximate"),
        ("£9m (TBC)", None, "9000000", "approximate"),
        ("(0.4)", 10**6, "-400000", "exact"),
        ("£(5,000)", 1000, "-5000000", "exact"),
        ("-2.813*", 10**6, "-2813000", "exact"),
        ("–2.813", 10**6, "-2813000", "exact"),
        ("- £5.0m", None, "-5000000", "exact"),
        ("+24.93", 10**6, "24930000", "exact"),
        ("£1.2m", 1000, "1200000", "exact"),
        ("£7.2 million", None, "7200000", "exact"),
        ("£0.5bn", None, "500000000", "exact"),
        ("250k", None, "250000", "exact"),
        ("£750,000", None, "750000", "exact"),
        ("12 500", None, "12500", "exact"),
        ("37.9", 10**6, "37900000", "exact"),
        (".5", None, "0.5", "exact"),
        ("nil", 1000, "0", "exact"),
        ("0", 1000, "0", "exact"),
        ("2,958 [2]", 1000, "2958000", "exact"),
    ],
)
def test_an_amount_is_pounds(text: str, multiplier: int | None, gbp: str, qualifier: str) -> None:
    money = parse_money(text, multiplier)
    assert isinstance(money, Money)
    assert (money.gbp, money.qualifier) == (Decimal(gbp), qualifier)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("TBC", "to_be_confirmed"),
        ("tbd", "to_be_confirmed"),
        ("To be confirmed", "to_be_confirmed"),
        ("-", "not_stated"),
        ("N/A", "not_stated"),
        ("Various", "not_stated"),
    ],
)
def test_no_amount_has_a_reason(text: str, qualifier: str) -> None:
    assert parse_money(text, 1000) == Money(None, qualifier)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("1,50", "not_an_amount"),
        ("5)", "not_an_amount"),
        ("(5", "not_an_amount"),
        ("£1.2m - £1.5m", "several_amounts"),
        ("Phase 1: 200; Phase 2: 300", "several_amounts"),
        ("$5", "foreign_currency"),
        ("€5m", "foreign_currency"),
        ("2023/24", "several_amounts"),
        ("95%", "not_an_amount"),
        ("the whole of it", "not_an_amount"),
        ("c.", "not_an_amount"),
    ],
)
def test_what_is_no_amount_is_a_named_problem(text: str, code: str) -> None:
    problem = parse_money(text, 1000)
    assert isinstance(problem, Problem)
    assert problem.code == code


def test_a_footnotes_mark_is_kept() -> None:
    money = parse_money("-2.813*", 10**6)
    assert isinstance(money, Money)
    assert money.mark == "*"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Scheme Value (£,000)", 1000),
        ("£000", 1000),
        ("£000s", 1000),
        ("£'000s", 1000),
        ("Amount (£000’s)", 1000),
        ("'000", 1000),
        ("£k", 1000),
        ("£ thousands", 1000),
        ("(£m)", 10**6),
        ("£ million", 10**6),
        ("All figures in £m", 10**6),
        ("Running balance (£m)", 10**6),
        ("£bn", 10**9),
        ("Change (£)", 1),
        ("£", 1),
        ("£1.2m was spent", None),
        ("spend of £750,000", None),
        ("£000 and £m", None),
        ("the 2,000s", None),
        ("Capital budget", None),
        ("", None),
    ],
)
def test_a_heading_states_its_unit(text: str, unit: int | None) -> None:
    assert money_unit(text) == unit


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_scaling_is_exact(amount: Decimal, multiplier: int) -> None:
    money = parse_money(f"{amount:,f}", multiplier)
    assert isinstance(money, Money)
    assert money.gbp == amount * multiplier


@given(st.integers(0, 10**12))
def test_brackets_are_negative(pounds: int) -> None:
    assert parse_money(f"({pounds:,})") == Money(Decimal(-pounds), "exact")
    assert parse_money(f"£{pounds:,}") == Money(Decimal(pounds), "exact")


@given(st.text(max_size=200), st.sampled_from([None, 1, 1000]))
def test_no_text_raises(text: str, multiplier: int | None) -> None:
    money = parse_money(text, multiplier)
    assert isinstance(money, Problem) or (money.gbp is None) == (money.qualifier in ("to_be_confirmed", "not_stated"))
    money_unit(text)


def test_a_hostile_text_is_refused_at_once() -> None:
    assert isinstance(parse_money("*" * 100_000 + "x"), Problem)
    assert isinstance(parse_money("1" + " 000" * 50_000), Problem)
