"""Stretches of days: months, quarters of NHS financial years (April to March), seasons and their parts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1948, 2100
"""The NHS begins in 1948; a year outside these is a misprint."""

MONTHS = (
    "jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
"""A pattern of month names, in English, long and short."""

_NUMBERS = {
    name: i
    for i, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


class Days(NamedTuple):
    """From the first to the last day, both included; `first <= last`."""

    first: date
    last: date


def month_number(name: str) -> int:
    """1 to 12, of a name that `MONTHS` matches."""
    return _NUMBERS[name[:3].lower()]


def full_year(digits: str) -> int | None:
    """2021 of "2021", "21" and "'21"; None outside 1948 to 2100."""
    year = int(digits.lstrip("'"))
    if len(digits.lstrip("'")) == 2:
        year += 2000 if year < 70 else 1900
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def a_day(year: int, month: int, day: int) -> Days | None:
    """That day; None where the calendar has none."""
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Days(only, only)


def a_month(year: int, month: int) -> Days:
    """That month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months(year: int, month: int, count: int) -> Days:
    """`count` whole months from that month on."""
    end = year * 12 + month - 1 + count - 1
    return Days(date(year, month, 1), a_month(end // 12, end % 12 + 1).last)


def financial_year(start: int) -> Days:
    """1 April of `start` to 31 March."""
    return months(start, 4, 12)


def quarter(start: int, number: int) -> Days:
    """Quarter 1 to 4 of the financial year that begins in April of `start`."""
    return months(start + (number == 4), (4, 7, 10, 1)[number - 1], 3)


def season(year: int, name: str) -> Days:
    """Spring from March, summer from June, autumn from September, winter from December into the next year."""
    return months(year, {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[name.lower()], 3)


def part(days: Days, name: str) -> Days:
    """The early, mid or late third of a stretch; its `start` and `end` are its first and last day alone."""
    if name == "end":
        return Days(days.last, days.last)
    if name == "start":
        return Days(days.first, days.first)
    third = ((days.last - days.first).days + 1) // 3
    if name == "early":
        return Days(days.first, days.first + timedelta(days=max(0, third - 1)))
    if name == "mid":
        return Days(days.first + timedelta(days=third), days.last - timedelta(days=third))
    return Days(days.last - timedelta(days=max(0, third - 1)), days.last)


def financial_year_of(day: date) -> int:
    """The year in whose April the financial year of `day` begins."""
    return day.year if day.month >= 4 else day.year - 1


def nearest_year(near: date, month: int, day: int = 15) -> int:
    """The year in which that month (and day) is nearest to `near`."""

    def distance(year: int) -> int:
        return abs((date(year, month, min(day, 28)) - near).days)

    return min((near.year - 1, near.year, near.year + 1), key=distance)
