"""What a label or a heading of a performance table is: a period, an organisation, a plan, a total, a measure.

The words behind these judgements are data: `kpi_words`, `headers`, `organisations`, `measures`, all `.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from extractors.parse.finding_dates import find_stretches
from extractors.parse.folding import fold, key, plain
from extractors.parse.periods import Period, parse_period
from extractors.vocabulary import header_role, measure, organisation
from extractors.vocabulary_files import read_data, user_folder

_TOTAL = re.compile(
    r"(?:grand |sub ?|overall |column |row )?totals?"
    r"|total (?:all )?(?:providers?|organisations?|trusts?|specialties|patients)?"
    r"|all (?:providers|organisations|specialties)|sum"
)
_QUARTER_TO = re.compile(r"^(?:quarter|qtr)(?= (?:to|ending|ended)\b)", re.IGNORECASE)
_BAND = re.compile(
    r"(?:over |under |less than |more than )?\d+(?: ?(?:to )?\d+)? ?(?:weeks?|wks?|days?|hours?|months?|years?|plus)?"
)
_FIELDS = frozenset(
    {"performance", "activity", "access", "compliance", "training", "survey", "staffing", "agency", "bank"}
)
_MONTH_NUMBER = re.compile(r"(?<![a-z])(?:month|mth|period|m) ?(?:1[0-2]|[1-9])(?![\d/])", re.IGNORECASE)
_EDGE = " -:,;()[]/–—"


@dataclass(frozen=True, slots=True)
class _Words:
    organisation: re.Pattern[str]
    measure: re.Pattern[str]
    breakdown: re.Pattern[str]
    plan: re.Pattern[str]
    not_kpi: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Dated:
    """A heading with a period in it: the period as printed, and what else the heading says."""

    period: Period
    period_text: str
    rest: str


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these, as whole words; an entry may be a pattern over `key`ed text."""
    listed = [word for word in words if word]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(listed)})(?![a-z0-9])" if listed else r"(?!)")


@lru_cache(maxsize=4)
def _loaded(user: Path | None) -> _Words:
    data = read_data("kpi_words.toml", user)
    return _Words(*(_pattern(data[name]) for name in ("organisation", "measure", "breakdown", "plan", "not_kpi")))


def _words() -> _Words:
    return _loaded(user_folder())


@lru_cache(maxsize=20000)
def period_of(text: str, near: date | None = None) -> Period | None:
    """The period that all of a text is."""
    if not text or len(text) > 60 or not any(c.isdigit() or c.isalpha() for c in text):
        return None
    found = parse_period(_QUARTER_TO.sub("3 months", plain(text)), near)
    return found if isinstance(found, Period) else None


def is_period(text: str) -> bool:
    """Is all of this a period, bare months included? Whole numbers that are no years are none."""
    return period_of(text, date(2000, 6, 1)) is not None


@lru_cache(maxsize=20000)
def dated(text: str, near: date | None = None) -> Dated | None:
    """The period in a heading and the rest of it: "Online Jan 24 - Mar 24" is a period and "Online"."""
    whole = period_of(text, near)
    if whole is not None:
        return Dated(whole, fold(text), "")
    if len(text) > 200:
        return None
    bare = plain(text)
    numbered = _MONTH_NUMBER.search(bare)
    if numbered is not None and (by_number := period_of(numbered.group(), near)) is not None:
        rest = fold(f"{bare[: numbered.start()].strip(_EDGE)} {bare[numbered.end() :].strip(_EDGE)}")
        return Dated(by_number, numbered.group(), rest)
    stretches = [s for s in find_stretches(bare, near) if s.days is not None and s.precision != "year"]
    if not stretches:
        return None
    start, end = stretches[0].start, stretches[-1].end
    for begin in (_reach_back(bare, start), start):
        period = period_of(bare[begin:end], near)
        if period is not None:
            rest = fold(f"{bare[:begin].strip(_EDGE)} {bare[end:].strip(_EDGE)}")
            return Dated(period, bare[begin:end].strip(_EDGE), rest)
    return None


def without_dates(text: str) -> str:
    """What a text says besides dates and numbers."""
    bare = plain(text)
    for stretch in reversed(find_stretches(bare)):
        bare = f"{bare[: stretch.start]} {bare[stretch.end :]}"
    return re.sub(r"[\W\d_]+", " ", bare).strip()


def _reach_back(text: str, start: int) -> int:
    """To the start of "12 months to", "Quarter to", "YTD" before a date."""
    match = re.search(
        r"(?:(?:\d{1,2}|twelve|three|six) ?(?:months?|mths?)|quarter|qtr|year|ytd)(?: rolling)?"
        r"(?: (?:to|ending|ended))?(?: the)? ?$",
        text[:start],
        re.IGNORECASE,
    )
    return match.start() if match else start


@lru_cache(maxsize=20000)
def role_of(text: str) -> str | None:
    """What a column with this heading holds in a performance table, by the data file."""
    return header_role("kpis", text) if text and len(text) <= 80 else None


@lru_cache(maxsize=20000)
def is_heading_word(text: str) -> bool:
    """A heading that the data file knows."""
    return role_of(text) is not None


@lru_cache(maxsize=20000)
def is_known_organisation(text: str) -> bool:
    """An organisation of the data file."""
    return bool(text) and len(text) <= 120 and organisation(text) is not None


@lru_cache(maxsize=20000)
def is_organisation(text: str) -> bool:
    """A known organisation, or a name that is made like one ("... NHS Trust", "... Council")."""
    if not text or len(text) > 120 or is_period(text):
        return False
    if is_known_organisation(text):
        return True
    words = key(text)
    return bool(_words().organisation.search(words)) and not is_measure_like(text) and len(words.split()) <= 9


@lru_cache(maxsize=20000)
def is_measure_like(text: str) -> bool:
    """Does this read as the name of something measured?"""
    if not text or len(text) < 3:
        return False
    return measure(text) is not None or "%" in text or bool(_words().measure.search(key(text)))


@lru_cache(maxsize=20000)
def names_one_measure(text: str) -> bool:
    """A title that is a measure's own name, and not the name of a whole field ("Acute performance")."""
    if measure(text) is not None:
        return True
    found = {match.group() for match in _words().measure.finditer(key(text))}
    return bool(found - _FIELDS)


@lru_cache(maxsize=20000)
def is_band(text: str) -> bool:
    """A waiting-time or age band: "18+ weeks", "52 weeks", "under 18"."""
    return bool(_BAND.fullmatch(key(text)))


@lru_cache(maxsize=20000)
def is_breakdown_like(text: str) -> bool:
    """A specialty, a test, a cancer site, a waiting-time band, a staff group."""
    return bool(text) and bool(_words().breakdown.search(key(text)))


@lru_cache(maxsize=20000)
def is_plan(text: str) -> bool:
    """A row or column of a plan or trajectory."""
    return bool(text) and bool(_words().plan.search(key(text)))


@lru_cache(maxsize=20000)
def is_total(text: str) -> bool:
    """A row or column that sums the others."""
    return bool(_TOTAL.fullmatch(key(text)))


@lru_cache(maxsize=20000)
def is_of_another_trade(text: str) -> bool:
    """A heading of risk registers, attendance lists, agendas and the like."""
    return bool(text) and bool(_words().not_kpi.search(key(text)))


def use_words_of(folder: Path | None) -> None:
    """Judge by the data files under this folder from now on: judgements by another's are forgotten."""
    global _judged_by
    if folder == _judged_by:
        return
    _judged_by = folder
    for cached in (
        period_of,
        dated,
        role_of,
        is_heading_word,
        is_known_organisation,
        is_organisation,
        is_measure_like,
        names_one_measure,
        is_band,
        is_breakdown_like,
        is_plan,
        is_total,
        is_of_another_trade,
    ):
        cached.cache_clear()


_judged_by: Path | None = None
