"""Where in a text dates stand, of every form that board papers print: the scanner under `dates` and
`periods`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors.parse.stretches import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    Days,
    a_day,
    a_month,
    financial_year,
    full_year,
    month_number,
    months,
    nearest_year,
    quarter,
    season,
)

Precision = Literal["day", "month", "quarter", "season", "half", "financial_year", "year", "range", "part"]

YEAR_ASSUMED = "the year is not printed; it is taken from the meeting's date"
QUARTER_ASSUMED = "a quarter with one year is read as a quarter of the financial year that begins in it"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One date, or a longer stretch of days, at `start` to `end` of the text. `days` is None where there are
    no such days.
    """

    start: int
    end: int
    days: Days | None
    precision: Precision
    problem: str = ""
    """Why there are none: `impossible_date`, `no_year`, `ambiguous_date`."""
    assumption: str = ""
    day_month: tuple[int | None, int] | None = None
    """(day, month) where no year is printed."""


_ORD = r"(?:st|nd|rd|th)?"
_Y4 = r"(?:19|20|21)\d\d"
_Y = rf"'?(?:{_Y4}|\d\d)"
_GAP = r"[ \-./,]{0,3}"
_END = r"(?![\d:%£]|\.\d|,\d|/\d|st\b|nd\b|rd\b|th\b)"

_PATTERN = re.compile(
    rf"""(?<![a-z0-9£])(?:
      (?P<iso>(?P<iso_y>{_Y4})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d))(?:t[\d:.]+z?)?(?!\d)
    | (?P<dmy>(?P<dmy_d>\d{{1,2}})\ ?(?P<dmy_s>[./-])\ ?(?P<dmy_m>\d{{1,2}})
        \ ?(?P=dmy_s)\ ?(?P<dmy_y>{_Y4}|\d\d))(?![\d/])
    | (?P<q>(?:q|qtr\ ?|quarter\ )(?P<q_n>\d)\b
        (?:\ ?[(:,-]?\ ?(?P<q_m1>{MONTHS})\ ?'?(?P<q_my1>{_Y4}|\d\d)?
         \ ?(?:-|/|to)\ ?(?P<q_m2>{MONTHS})\ ?'?(?P<q_my2>{_Y4}|\d\d)?\)?)?
        (?:\ ?(?:of\ |,|-)?\ ?(?:the\ )?(?:fy\ ?)?(?P<q_y>{_Y})(?:\ ?[/-]\ ?(?P<q_y2>{_Y4}|\d\d))?(?!\d))?)
    | (?P<yq>(?:fy\ ?)?(?P<yq_y>{_Y4}|\d\d)\ ?[/-]\ ?(?P<yq_y2>{_Y4}|\d\d)\ ?-?\ ?(?:q|qtr\ ?|quarter\
    )(?P<yq_n>\d)\b)
    | (?P<h>h(?P<h_n>[12])\ ?(?:fy\ ?)?(?P<h_y>{_Y4}|\d\d)\ ?[/-]\ ?(?P<h_y2>{_Y4}|\d\d)(?!\d))
    | (?P<dd>(?P<dd_1>\d{{1,2}}){_ORD}\ ?(?:-|to|and|&)\ ?(?P<dd_2>\d{{1,2}}){_ORD}
        \ (?P<dd_m>{MONTHS})\b\.?{_GAP}(?P<dd_y>{_Y}){_END})
    | (?P<dmony>(?P<dmony_d>\d{{1,2}}){_ORD}(?:\ of)?{_GAP}(?P<dmony_m>{MONTHS})\.?(?![a-z])
        {_GAP}(?P<dmony_y>{_Y}){_END})
    | (?P<mdy>(?P<mdy_m>{MONTHS})\.?\ (?P<mdy_d>\d{{1,2}}){_ORD},?\ (?P<mdy_y>{_Y4}){_END})
    | (?P<mm>(?P<mm_1>{MONTHS})\.?\ ?(?:-|/|to|&|and)\ ?(?P<mm_2>{MONTHS})\.?(?![a-z])
        {_GAP}(?P<mm_y>{_Y}){_END})
    | (?P<s>(?P<s_n>spring|summer|autumn|winter)(?:\ of)?{_GAP}
        (?P<s_y>{_Y})(?:\ ?/\ ?(?P<s_y2>{_Y4}|\d\d))?(?!\d))
    | (?P<fy>(?P<fy_p>fy\ ?)?(?P<fy_y>{_Y4})\ ?[/-]\ ?(?P<fy_y2>{_Y4}|\d\d)(?![\d/-]))
    | (?P<fy2>(?:fy\ ?|financial\ year\ )(?P<fy2_y>\d\d)\ ?[/-]\ ?(?P<fy2_y2>\d\d)(?![\d/-]))
    | (?P<fy1>fy\ ?(?P<fy1_y>{_Y4}|\d\d)(?![\d/-]))
    | (?P<my>(?P<my_m>{MONTHS})\.?(?![a-z]){_GAP}(?P<my_y>{_Y}){_END})
    | (?P<dm>(?P<dm_d>\d{{1,2}}){_ORD}(?:\ of)?[ \-]?(?P<dm_m>{MONTHS})(?![a-z]))
    | (?P<md>(?P<md_m>{MONTHS})\.?\ (?P<md_d>\d{{1,2}}){_ORD}(?![\d:%]))
    | (?P<m>(?P<m_m>{MONTHS})(?![a-z]))
    | (?P<y>{_Y4})(?![\d/%]|\.\d|,\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def find_stretches(text: str, near: date | None = None) -> list[Stretch]:
    """Every date in a text (already `plain`), from left to right, none overlapping. `near` settles years not
    printed.
    """
    if near and not FIRST_YEAR < near.year < LAST_YEAR:
        near = None
    return [_stretch(match, near) for match in _PATTERN.finditer(text)]


def consecutive(first: str, second: str) -> int | None:
    """2023 of ("2023", "24"): the financial year two printed years name, if the second follows the first."""
    start = full_year(first)
    if start is None:
        return None
    digits = second.lstrip("'")
    follows = (start + 1) % 100 if len(digits) == 2 else start + 1
    return start if int(digits) == follows else None


def _stretch(m: re.Match[str], near: date | None) -> Stretch:
    return next(read for form, read in _READERS.items() if m.group(form) is not None)(m, near)


def _made(m: re.Match[str], days: Days | None, precision: Precision, assumption: str = "") -> Stretch:
    return Stretch(m.start(), m.end(), days, precision, "" if days else "impossible_date", assumption)


def _day(m: re.Match[str], year: str, month: int, day: str) -> Stretch:
    y = full_year(year)
    return _made(m, a_day(y, month, int(day)) if y is not None else None, "day")


def _quarter(m: re.Match[str], near: date | None) -> Stretch:
    number = int(m["q_n"])
    if not 1 <= number <= 4:
        return _made(m, None, "quarter")
    if m["q_m1"]:
        return _quarter_of_months(m, number)
    if m["q_y2"]:
        start = consecutive(m["q_y"], m["q_y2"])
        return _made(m, quarter(start, number) if start is not None else None, "quarter")
    if m["q_y"]:
        year = full_year(m["q_y"])
        return _made(m, quarter(year, number) if year else None, "quarter", QUARTER_ASSUMED)
    if near is None:
        return Stretch(m.start(), m.end(), None, "quarter", "no_year")
    middle = (5, 8, 11, 2)[number - 1]
    year = nearest_year(near, middle)
    return _made(m, quarter(year - (number == 4), number), "quarter", YEAR_ASSUMED)


def _quarter_of_months(m: re.Match[str], number: int) -> Stretch:
    """Q4 (Jan-Mar 2021), Q4 Jan 20/Mar 21: the months must be the quarter's own, in one year or the next."""
    last = m["q_my2"] or m["q_y2"] or m["q_y"]
    year2 = full_year(last) if last else None
    if year2 is None:
        return Stretch(m.start(), m.end(), None, "quarter", "no_year")
    year1 = full_year(m["q_my1"]) if m["q_my1"] else year2
    first, final = month_number(m["q_m1"]), month_number(m["q_m2"])
    start = year2 - (number == 4)
    days = quarter(start, number)
    fits = year1 is not None and (days.first.year, days.first.month) == (year1, first)
    return _made(m, days if fits and days.last.month == final else None, "quarter")


def _day_range(m: re.Match[str], _near: date | None) -> Stretch:
    year, month = full_year(m["dd_y"]), month_number(m["dd_m"])
    first = a_day(year, month, int(m["dd_1"])) if year else None
    last = a_day(year, month, int(m["dd_2"])) if year else None
    if first is None or last is None or first.first > last.last:
        return _made(m, None, "range")
    return _made(m, Days(first.first, last.last), "range")


def _month_range(m: re.Match[str], _near: date | None) -> Stretch:
    year, first, last = full_year(m["mm_y"]), month_number(m["mm_1"]), month_number(m["mm_2"])
    if year is None:
        return _made(m, None, "range")
    count = (last - first) % 12 + 1
    days = months(year - (first > last), first, count)
    return _made(m, days, "quarter" if count == 3 and first % 3 == 1 else "range")


def _season(m: re.Match[str], _near: date | None) -> Stretch:
    year, name = full_year(m["s_y"]), m["s_n"]
    two = m["s_y2"]
    if year is None or (two and consecutive(m["s_y"], two) is None):
        return _made(m, None, "season")
    if two and name.lower() == "spring":
        year += 1
    return _made(m, season(year, name), "season")


def _financial_year(m: re.Match[str], _near: date | None) -> Stretch:
    start, first, second = consecutive(m["fy_y"], m["fy_y2"]), full_year(m["fy_y"]), m["fy_y2"]
    if start is not None:
        return _made(m, financial_year(start), "financial_year")
    end = full_year(second)
    if len(second) == 4 and first and end and end > first:
        return _made(m, Days(date(first, 1, 1), date(end, 12, 31)), "range")
    if len(second) == 2 and first and 1 <= int(second) <= 12 and "-" in m.group():
        return _made(m, a_month(first, int(second)), "month")
    return _made(m, None, "financial_year")


def _two_digit_year(m: re.Match[str], _near: date | None) -> Stretch:
    start = consecutive(m["fy2_y"], m["fy2_y2"])
    return _made(m, financial_year(start) if start is not None else None, "financial_year")


def _year_ending(m: re.Match[str], _near: date | None) -> Stretch:
    year = full_year(m["fy1_y"])
    days = financial_year(year - 1) if year else None
    return _made(m, days, "financial_year", "a financial year with one year is named by the year in which it ends")


def _half(m: re.Match[str], _near: date | None) -> Stretch:
    start = consecutive(m["h_y"], m["h_y2"])
    return _made(m, months(start, (4, 10)[int(m["h_n"]) - 1], 6) if start is not None else None, "half")


def _month_year(m: re.Match[str], near: date | None) -> Stretch:
    year, month = full_year(m["my_y"]), month_number(m["my_m"])
    digits = m["my_y"].lstrip("'")
    if len(digits) == 2 and near and 1 <= int(digits) <= 31 and (year is None or abs(year - near.year) > 8):
        return _without_year(m, near, month, int(digits))
    return _made(m, a_month(year, month) if year else None, "month")


def _without_year(m: re.Match[str], near: date | None, month: int, day: int | None) -> Stretch:
    precision: Precision = "day" if day else "month"
    if near is None:
        if day and a_day(2024, month, day) is None:
            return _made(m, None, precision)
        return Stretch(m.start(), m.end(), None, precision, "no_year", "", (day, month))
    year = nearest_year(near, month, day or 15)
    days = a_day(year, month, day) if day else a_month(year, month)
    problem = "" if days else "impossible_date"
    return Stretch(m.start(), m.end(), days, precision, problem, YEAR_ASSUMED, (day, month))


def _year(m: re.Match[str], _near: date | None) -> Stretch:
    year = int(m["y"])
    return _made(m, Days(date(year, 1, 1), date(year, 12, 31)) if FIRST_YEAR <= year <= LAST_YEAR else None, "year")


def _year_quarter(m: re.Match[str], _near: date | None) -> Stretch:
    start, number = consecutive(m["yq_y"], m["yq_y2"]), int(m["yq_n"])
    return _made(m, quarter(start, number) if start is not None and 1 <= number <= 4 else None, "quarter")


_READERS: dict[str, Callable[[re.Match[str], date | None], Stretch]] = {
    "iso": lambda m, _: _day(m, m["iso_y"], int(m["iso_m"]), m["iso_d"]),
    "dmy": lambda m, _: _day(m, m["dmy_y"], int(m["dmy_m"]), m["dmy_d"]),
    "q": _quarter,
    "yq": _year_quarter,
    "h": _half,
    "dd": _day_range,
    "dmony": lambda m, _: _day(m, m["dmony_y"], month_number(m["dmony_m"]), m["dmony_d"]),
    "mdy": lambda m, _: _day(m, m["mdy_y"], month_number(m["mdy_m"]), m["mdy_d"]),
    "mm": _month_range,
    "s": _season,
    "fy": _financial_year,
    "fy2": _two_digit_year,
    "fy1": _year_ending,
    "my": _month_year,
    "dm": lambda m, near: _without_year(m, near, month_number(m["dm_m"]), int(m["dm_d"])),
    "md": lambda m, near: _without_year(m, near, month_number(m["md_m"]), int(m["md_d"])),
    "m": lambda m, near: _without_year(m, near, month_number(m["m_m"]), None),
    "y": _year,
}
