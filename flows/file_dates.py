"""The meeting's date in a file's name: `board-2024-06-05.pdf`, `5 June 2024 papers.pdf`, `2024_06.pdf`."""

from __future__ import annotations

import calendar
import re
from datetime import date

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_WORDS = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[-_.](0?[1-9]|1[0-2])[-_.](20\d\d)(?!\d)")
IN_WORDS = re.compile(rf"(?<!\d)(\d{{1,2}})?(?:st|nd|rd|th)?[-_. ]*\b({_WORDS})[-_., ]*(20\d\d)(?!\d)", re.IGNORECASE)


def date_in_name(name: str) -> date | None:
    """The date, the month's first day where no day is given; None where there is none that can be."""
    tries = [(m[1], m[2], m[3]) for m in ISO.finditer(name)]
    tries += [(m[3], m[2], m[1]) for m in DAY_FIRST.finditer(name)]
    spaced = name.replace("_", " ")
    tries += [(m[3], str(MONTHS[m[2].lower()]), m[1] or "1") for m in IN_WORDS.finditer(spaced)]
    for year, month, day in tries:
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
