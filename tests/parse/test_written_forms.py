"""A value written in any of the forms that board papers use is read back as that value; a form that is none is a
named problem, never another value."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.dates import When, parse_date
from extractors.parse.money import Money, parse_money
from extractors.parse.numbers import Missing, MissingReason, Number, missing_reason, parse_number
from extractors.parse.periods import Period, Relative, parse_period
from extractors.parse.problem import Problem

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip
YEARS = st.integers(1950, 2098)
AMOUNTS = st.decimals(0, 10**7, places=2)
SPACES = st.sampled_from(["", " ", "\n", "\u00a0"])


def consecutive(year: int, form: str) -> str:
    """2024/25 in one of the ways it is written."""
    return form.format(a=year, b=f"{(year + 1) % 100:02d}", c=year + 1)


FINANCIAL_YEARS = st.sampled_from(["{a}/{b}", "{a}-{b}", "{a}/{c}", "{a} / {b}", "{a}\u2013{b}"])


def whole_months(year: int, month: int, count: int) -> tuple[date, date]:
    """From the first day of a month to the last day of the month `count` later."""
    end = year * 12 + month - 1 + count
    return date(year, month, 1), date(end // 12, end % 12 + 1, 1) - timedelta(days=1)


@st.composite
def money(draw: st.DrawFn) -> tuple[str, Decimal, str]:
    """A text, the pounds that it means in a column of £000, and how sure."""
    amount = draw(AMOUNTS).quantize(Decimal("0.01"))
    scale, factor = draw(st.sampled_from([("", 10**3), ("k", 10**3), ("m", 10**6), ("bn", 10**9), (" million", 10**6)]))
    about = draw(st.sampled_from(["", "c. ", "c.", "c ", "circa ", "approx. ", "approximately ", "~", "up to "]))
    negative = draw(st.booleans()) and not about
    pound = draw(st.sampled_from(["", "£"]))
    digits = f"{amount:,f}" if draw(st.booleans()) else f"{amount:f}"
    body = f"({pound}{digits}{scale})" if negative else f"{pound}{digits}{scale}"
    stop = draw(st.sampled_from(["", "."])) if not negative and not scale else ""
    value = -amount * factor if negative else amount * factor
    return f"{about}{body}{stop}", value, "approximate" if about else "exact"


@given(money(), SPACES)
def test_money_in_every_form(made: tuple[str, Decimal, str], space: str) -> None:
    text, pounds, qualifier = made
    assert parse_money(space + text + space, 1000) == Money(pounds, qualifier)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "multiplier", "pounds"),
    [("c. 9,000.", 1000, 9_000_000), ("£1.2m", 1000, 1_200_000), ("(249)", 1000, -249_000), ("-", 1000, None)],
)
def test_money_as_real_tables_print_it(text: str, multiplier: int, pounds: int | None) -> None:
    found = parse_money(text, multiplier)
    assert isinstance(found, Money)
    assert found.gbp == pounds


@pytest.mark.parametrize(
    "text",
    [
        "1,23", "12,3456", "1,2345,678", "£1.2.3m", "£1m - £2m", "£1m to £2m", "1 2345", "(1,200", "1,200)", "--5", "£",
        "12 14", "4/5", "$3m", "€1,000", "£2m 2024/25", "1,200 (900)", "k", "m", "5x", "£5 each", "1e6",
    ],
)  # fmt: skip
@pytest.mark.parametrize("multiplier", [None, 1, 1000])
def test_what_is_no_single_amount_is_a_problem(text: str, multiplier: int | None) -> None:
    assert isinstance(parse_money(text, multiplier), Problem), parse_money(text, multiplier)


@given(
    AMOUNTS, st.sampled_from(["%", " %", " per cent", "percent", "pp"]), st.sampled_from(["", "-", "\u2212", "+", "("])
)
def test_percentages_in_every_form(amount: Decimal, sign: str, before: str) -> None:
    text = f"({amount:,f}{sign})" if before == "(" else f"{before}{amount:,f}{sign}"
    value = -amount if before in ("-", "\u2212", "(") else amount
    assert parse_number(text) == Number(value, "percent")


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_hours_minutes_and_seconds(hours: int, minutes: int, seconds: int) -> None:
    value = Decimal(3600 * hours + 60 * minutes + seconds)
    assert parse_number(f"{hours}:{minutes:02d}:{seconds:02d}") == Number(value, "seconds")
    assert parse_number(f"{hours}h {minutes}m {seconds}s") == Number(value, "seconds")
    assert parse_number(f"-{minutes}:{seconds:02d}") == Number(Decimal(-(60 * minutes + seconds)), "seconds")


@given(st.integers(0, 999), st.integers(60, 99))
def test_no_minute_has_more_than_sixty_seconds(minutes: int, seconds: int) -> None:
    found = parse_number(f"{minutes}:{seconds}")
    assert isinstance(found, Problem) or (isinstance(found, Number) and found.unit == "ratio")


@given(st.integers(1, 99), st.integers(1, 999))
def test_a_ratio_in_a_column_of_ratios_is_no_time(one: int, many: int) -> None:
    assert parse_number(f"{one}:{many}", ratio=True) == Number(Decimal(many) / Decimal(one), "ratio")


SIGNS: list[tuple[str, MissingReason]] = [
    ("NP", "no_patients"), ("No patients", "no_patients"), ("#N/A", "not_available"), ("N/A", "not_available"),
    ("n/a", "not_available"), ("#DIV/0!", "not_available"), ("#REF!", "not_available"), ("-", "not_available"),
    ("\u2013", "not_available"), ("Not Reporting", "not_reported"), ("Not reported", "not_reported"),
    ("Awaiting data", "not_reported"), ("*", "suppressed"), ("<5", "suppressed"), ("[c]", "suppressed"),
    ("No data", "not_available"), ("TBC", "not_available"), ("Data not available", "not_available"),
]  # fmt: skip


@given(st.sampled_from(SIGNS), SPACES, st.sampled_from([str, str.upper, str.lower]))
def test_signs_for_no_value(sign: tuple[str, MissingReason], space: str, case: type[str]) -> None:
    text, reason = sign
    assert parse_number(space + case(text) + space) == Missing(reason)


@given(st.sampled_from(SIGNS), st.integers(10, 999))
def test_a_sign_beside_a_number_is_neither(sign: tuple[str, MissingReason], number: int) -> None:
    """ "NP 12" is not 12, and not without value either. A dash is the number's own, a star its footnote's mark."""
    text, _ = sign
    if text in ("-", "\u2013", "*", "<5", "[c]"):
        return
    assert isinstance(parse_number(f"{text} {number}"), Problem)
    assert missing_reason(f"{text} {number}") is None


@given(
    YEARS,
    st.integers(1, 4),
    FINANCIAL_YEARS,
    st.sampled_from(["Q{n} {y}", "Quarter {n} {y}", "Qtr {n} {y}", "{y} Q{n}"]),
)
def test_quarters_of_financial_years(year: int, number: int, form: str, around: str) -> None:
    text = around.format(n=number, y=consecutive(year, form))
    first, last = whole_months(year + (number == 4), (4, 7, 10, 1)[number - 1], 3)
    assert parse_date(text) == When(first, last, "quarter")
    assert parse_period(text) == Period(first, last, "quarter")
    assert parse_date(f"End of {text}") == When(last, last, "day")


@given(YEARS, st.integers(1, 4), st.integers(2, 60))
def test_a_quarter_of_years_that_do_not_follow_each_other(year: int, number: int, gap: int) -> None:
    found = parse_date(f"Q{number} {year}/{(year + gap) % 100:02d}")
    assert isinstance(found, Problem)
    assert found.code == "impossible_date"


@given(YEARS, st.integers(5, 9))
def test_no_year_has_more_than_four_quarters(year: int, number: int) -> None:
    assert isinstance(parse_date(f"Q{number} {year}/{(year + 1) % 100:02d}"), Problem)


@given(YEARS, st.sampled_from([("Spring", 3), ("Summer", 6), ("Autumn", 9), ("Winter", 12)]))
def test_seasons(year: int, season: tuple[str, int]) -> None:
    name, month = season
    first, last = whole_months(year, month, 3)
    assert parse_date(f"{name} {year}") == When(first, last, "season")
    assert parse_date(f"By {name.lower()} {year}") == When(first, last, "season")


@given(YEARS, st.integers(1, 12), st.sampled_from(["{m} {y}", "{s} {y}", "{s}-{t}", "{s} {t}", "{s}'{t}", "{m}, {y}"]))
def test_months(year: int, month: int, form: str) -> None:
    name = MONTHS[month - 1]
    if "{t}" in form and not 1970 <= year <= 2069:
        return
    text = form.format(m=name, s=name[:3], y=year, t=f"{year % 100:02d}")
    first, last = whole_months(year, month, 1)
    assert parse_date(text) == When(first, last, "month")
    assert parse_period(text) == Period(first, last, "month")
    begin = date(year - (month < 4), 4, 1)
    assert parse_period(f"YTD {text}") == Period(begin, last, "ytd")
    assert parse_period(f"12 months to {text}") == Period(*_year_to(year, month), "rolling")


def _year_to(year: int, month: int) -> tuple[date, date]:
    return whole_months(year - (month < 12), month % 12 + 1, 12)


@given(YEARS, FINANCIAL_YEARS)
def test_financial_years(year: int, form: str) -> None:
    text = consecutive(year, form)
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    assert parse_date(text) == When(first, last, "financial_year")
    assert parse_period(f"{text} YTD") == Period(first, last, "ytd")


@given(
    YEARS,
    st.integers(1, 12),
    st.integers(1, 31),
    st.sampled_from(["{d}/{m:02d}/{y}", "{d} {n} {y}", "{y}-{m:02d}-{d:02d}"]),
)
def test_days_that_no_calendar_has(year: int, month: int, day: int, form: str) -> None:
    text = form.format(d=day, m=month, n=MONTHS[month - 1], y=year)
    try:
        real = date(year, month, day)
    except ValueError:
        found = parse_date(text)
        assert isinstance(found, Problem)
        assert found.code == "impossible_date"
    else:
        assert parse_date(text) == When(real, real, "day")


@given(st.integers(1, 12), st.integers(1, 12))
def test_two_small_numbers_are_no_date(one: int, other: int) -> None:
    """ "03/04" may be a day and month or a financial year: nothing is guessed, with a meeting's date or without."""
    for near in (None, date(2024, 6, 1)):
        assert isinstance(parse_date(f"{one:02d}/{other:02d}", near), Problem)


@pytest.mark.parametrize("text", ["Latest", "Previous month", "YTD", "Year to date", "This quarter"])
def test_words_that_are_periods_beside_others(text: str) -> None:
    assert isinstance(parse_period(text, date(2024, 6, 1)), Relative)


@pytest.mark.parametrize(
    "text", ["Target 2024/25", "by March 2025", "Ongoing", "TBC", "Q1 Q2", "Mar-21 and Apr-22", "2024 2025 2026", "97%"]
)
def test_what_is_no_period_is_a_problem(text: str) -> None:
    assert isinstance(parse_period(text, date(2024, 6, 1)), Problem)
