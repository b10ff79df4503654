"""Labels of time: figures older than their neighbours, figures of the future, series shorter than the page
says, year-to-date columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from extractors.checks.evidence import Evidence, Value
from extractors.checks.wording import about
from extractors.parse.finding_dates import find_stretches
from extractors.parse.folding import plain
from schemas.finding import Finding

_LAG = timedelta(days=180)
"""Quarterly and late-validated figures lag by up to five months; older ones have stopped."""

_AHEAD = re.compile(
    r"\b(?:forecasts?|project(?:ed|ions?)|plan(?:ned|s)?|budget(?:s|ed)?|limits?|targets?|trajector(?:y|ies)|estimate[sd]?"
    r"|expected|outlook|proposed|programme|profile|boundary|indicators?|strategy|future|requirement|mtfp|mtfs)\b",
    re.IGNORECASE,
)
_ROLLING = re.compile(
    r"\brolling (?P<a>\d{1,2})[ -]?months?\b|\b(?P<b>\d{1,2})[ -]months? (?:rolling )?period\b", re.IGNORECASE
)
_ONWARDS = re.compile(
    r"\b(?:from )?(?P<date>[A-Z][a-z]+ (?:20)\d\d) onwards?\b|\bfrom (?P<from>[A-Z][a-z]+ (?:20)\d\d)\b"
)


def dashboard_rows_are_current(evidence: Evidence) -> Iterator[Finding]:
    """Where each measure of a table has one latest period, none is half a year older than the others."""
    for values in _by_table(evidence).values():
        ends: dict[str, set[date]] = defaultdict(set)
        for value in values:
            if value.series == "actual" and value.period_end:
                ends[value.measure].add(value.period_end)
        if len(ends) < 3 or any(len(days) > 1 for days in ends.values()):
            continue
        newest = max(max(days) for days in ends.values())
        usual, count = Counter(max(days) for days in ends.values()).most_common(1)[0]
        reference = usual if count * 2 >= len(ends) else newest
        usual_text = next(v.period_text for v in values if v.period_end == reference)
        for measure, days in ends.items():
            if reference - max(days) < _LAG:
                continue
            first = next(v for v in values if v.measure == measure and v.series == "actual")
            yield Finding(
                "warning",
                "row",
                "stale_period",
                f"On page {first.page}, “{measure}” is of {first.period_text} while the table's other rows "
                f"are of {usual_text}: it has "
                "stood still.",
                page=first.page,
                table_no=first.table_no,
                row=first.row,
                column_name="period_text",
                found=first.period_text,
                expected=usual_text,
            )


def actual_figures_are_past(evidence: Evidence) -> Iterator[Finding]:
    """An actual figure is of a period that had begun at the meeting; a budget, a limit or a forecast is none.

    One finding for each table and period.
    """
    meeting = evidence.meeting_date
    seen: set[tuple[int, str]] = set()
    for value in evidence.values:
        if meeting is None or value.series != "actual" or value.value is None or value.period_start is None:
            continue
        table = evidence.tables.get(value.table_no)
        about = (value.measure, value.organisation_text, value.breakdown, value.period_text)
        titles = (table.title, table.heading) if table else ()
        if _AHEAD.search(" ".join(text for text in (*about, *titles) if text)):
            continue
        if value.period_start > meeting and (value.table_no, value.period_text) not in seen:
            seen.add((value.table_no, value.period_text))
            yield Finding(
                "warning",
                "cell",
                "period_after_meeting",
                f"On page {value.page}, “{value.measure}” has figures for {value.period_text}, which "
                f"begins after the meeting of {meeting}.",
                page=value.page,
                table_no=value.table_no,
                row=value.row,
                col=value.col,
                column_name="period_text",
                found=value.period_text,
                expected=f"on or before {meeting}",
            )


def series_are_as_long_as_said(evidence: Evidence) -> Iterator[Finding]:
    """A page that speaks of a rolling 13-month period shows thirteen months, and a plan "from September
    onwards" begins then.
    """
    for values in _by_table(evidence).values():
        months = {v.period_end for v in values if v.series == "actual" and _is_month(v)}
        if len(months) < 4:
            continue
        first = values[0]
        sentences = " ".join(evidence.sentences.get(first.page, []))
        stated = {int(m["a"] or m["b"]) for m in _ROLLING.finditer(plain(sentences))}
        if len(stated) == 1 and 6 <= (said := stated.pop()) <= 36 and len(months) < said and len(months) >= said - 3:
            yield Finding(
                "info",
                "table",
                "series_shorter_than_stated",
                f"Page {first.page} speaks of {said} months, but the table “{first.measure}” has {len(months)}.",
                page=first.page,
                table_no=first.table_no,
                found=f"{len(months)} months",
                expected=f"{said} months",
            )
        yield from _plan_starts(values, sentences)


def year_to_date_columns(evidence: Evidence) -> Iterator[Finding]:
    """A year-to-date column either repeats the last period for every organisation (the measure rolls or
    accumulates) or for none.
    """
    by_measure: dict[tuple[int, str, str], list[Value]] = defaultdict(list)
    for value in evidence.values:
        if value.value is not None:
            by_measure[value.table_no, value.measure, value.breakdown].append(value)
    for values in by_measure.values():
        last: dict[str, Value] = {}
        for value in values:
            if value.series == "actual" and value.period_end:
                known = last.get(value.organisation)
                if known is None or (known.period_end or date.min) < value.period_end:
                    last[value.organisation] = value
        to_date = {v.organisation: v for v in values if v.series == "ytd" and v.organisation in last}
        periods = {v.period_text for v in values if v.series == "actual"}
        if len(to_date) < 3 or len(periods) < 3:
            continue
        equal = [org for org, v in to_date.items() if v.value == last[org].value]
        telling = [org for org in equal if to_date[org].value not in (0, 100)]
        odd = [org for org in to_date if org not in equal]
        if len(telling) >= 2 and len(odd) == 1 and len(equal) >= 3:
            value, end = to_date[odd[0]], last[odd[0]]
            yield about(
                value,
                "warning",
                "cell",
                "ytd_unlike_the_others",
                f"On page {value.page}, the year to date of “{value.measure}” repeats {end.period_text} "
                "for every organisation but "
                f"{value.organisation_text}, which has {value.value_text} where {end.value_text} would be "
                "expected.",
                expected=end.value_text,
            )
        elif not odd and len(telling) >= 3 and not _accumulates(values):
            value = to_date[telling[0]]
            yield about(
                value,
                "info",
                "table",
                "ytd_repeats_last_period",
                f"On page {value.page}, the year-to-date column of “{value.measure}” repeats "
                f"{last[telling[0]].period_text} for every "
                "organisation: the measure rolls, and the heading says otherwise.",
            )


def one_period_style(evidence: Evidence) -> Iterator[Finding]:
    """The periods of one table are written in one style."""
    for values in _by_table(evidence).values():
        styles: dict[str, str] = {}
        for value in values:
            if value.series == "actual" and value.period_text.upper().startswith("Q"):
                styles.setdefault(re.sub(r"\d", "9", value.period_text), value.period_text)
        if len(styles) > 1:
            shown = ", ".join(f"“{text}”" for text in styles.values())
            yield Finding(
                "info",
                "table",
                "mixed_period_styles",
                f"The table on page {values[0].page} writes its quarters in {len(styles)} styles: {shown}.",
                page=values[0].page,
                table_no=values[0].table_no,
                column_name="period_text",
                found=shown,
            )


def _plan_starts(values: list[Value], sentences: str) -> Iterator[Finding]:
    plans = [v for v in values if v.series == "plan" and v.period_start]
    if not plans or not re.search(r"\bplans?\b|\btrajector", sentences, re.IGNORECASE):
        return
    stated = set()
    for sentence in re.split(r"(?<=[.])\s", sentences):
        if re.search(r"\bplans?\b|\btrajector", sentence, re.IGNORECASE):
            for match in _ONWARDS.finditer(sentence):
                stated |= {s.days.first for s in find_stretches(plain(match["date"] or match["from"])) if s.days}
    first = min(plans, key=lambda v: v.period_start or date.max)
    starts = [v.period_start for v in values if v.series == "actual" and v.period_start]
    if len(stated) != 1 or first.period_start is None or not starts:
        return
    said = stated.pop()
    if min(starts) <= said < first.period_start:
        yield Finding(
            "info",
            "row",
            "plan_starts_later_than_stated",
            f"Page {first.page} says that plans run from {said:%B %Y}, but “{first.organisation_text}” of "
            f"“{first.measure}” has its first "
            f"figure in {first.period_text}.",
            page=first.page,
            table_no=first.table_no,
            row=first.row,
            found=first.period_text,
            expected=f"{said:%B %Y}",
        )


def _by_table(evidence: Evidence) -> dict[int, list[Value]]:
    by_table: dict[int, list[Value]] = defaultdict(list)
    for value in evidence.values:
        by_table[value.table_no].append(value)
    return by_table


def _is_month(value: Value) -> bool:
    start, end = value.period_start, value.period_end
    return bool(start and end and 27 <= (end - start).days <= 31)


def _accumulates(values: list[Value]) -> bool:
    """The figures of the last financial year only rise, as those of a count from April do."""
    series: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        if value.series == "actual" and value.period_end and value.value is not None:
            series[value.organisation].append(value)
    rising = 0
    for own in series.values():
        own.sort(key=lambda v: v.period_end or date.min)
        newest = own[-1].period_end or date.min
        april = date(newest.year - (newest.month < 4), 4, 1)
        year = [v.value for v in own if v.period_end and v.period_end > april and v.value is not None]
        rising += len(year) >= 3 and all(a <= b for a, b in pairwise(year))
    return rising >= len(series)
