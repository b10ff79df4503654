"""A value on its way to becoming a record: everything that its place in the table says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extractors.kpi_layouts.values import Value, stated_unit
from extractors.parse.folding import fold
from extractors.parse.numbers import Better, Threshold, parse_threshold
from extractors.parse.periods import Period
from extractors.parse.rag import Rag
from extractors.vocabulary import measure as known_measure
from extractors.vocabulary import organisation as known_organisation
from schemas.document import Trend
from schemas.outcome import Record, Scalar

_AND_ANOTHER = re.compile(r"[,;]\s+(?=[A-Za-z])")


class Place(NamedTuple):
    """The cell of a value."""

    row: int
    col: int
    page: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A value and its dimensions, as printed."""

    place: Place
    measure: str | None
    organisation_text: str | None
    breakdown: str | None
    series: str
    period_text: str | None
    period: Period | None
    value: Value
    threshold_text: str | None = None
    rag: Rag | None = None
    trend: Trend | None = None
    unit_texts: tuple[str, ...] = ()
    better: Better | None = None
    """Which way is good, as a column of the table says."""


def to_record(draft: Draft, table_no: int) -> Record:
    """The draft as a row of `kpis`: units settled, thresholds typed, organisations by canonical name."""
    target = _target(draft.threshold_text)
    known = known_measure(draft.measure) if draft.measure else None
    value, unit = _in_unit(draft, target, known.unit if known else None)
    named = known_organisation(draft.organisation_text) if draft.organisation_text and draft.series != "plan" else None
    better = draft.better or (target.better if target else None) or (known.better if known else None)
    values: dict[str, Scalar] = {
        "measure": draft.measure,
        "organisation_text": draft.organisation_text,
        "organisation": named.name if named else None,
        "ods_code": named.ods_code if named else None,
        "breakdown": draft.breakdown,
        "series": draft.series,
        "period_text": draft.period_text,
        "period_start": draft.period.start.isoformat() if draft.period else None,
        "period_end": draft.period.end.isoformat() if draft.period else None,
        "value_text": draft.value.text or (draft.trend or ""),
        "value": value,
        "unit": unit if value is not None else None,
        "missing": draft.value.missing,
        "threshold_text": fold(draft.threshold_text) if draft.threshold_text else None,
        "threshold": float(target.value) if target else None,
        "better": better,
        "rag": draft.rag,
        "trend": draft.trend,
    }
    return Record("kpis", table_no, draft.place.row, draft.place.col, draft.place.page, values)


def _target(text: str | None) -> Threshold | None:
    """The target that a text states, or the first of several: "Target: 95%, Floor: 90%"."""
    for part in (text, _AND_ANOTHER.split(text, maxsplit=1)[0]) if text else ():
        found = parse_threshold(part)
        if isinstance(found, Threshold):
            return found
    return None


def _in_unit(draft: Draft, target: Threshold | None, known: str | None) -> tuple[float | None, str | None]:
    """The value with the unit it is printed in, or that its headings, its target or its measure state."""
    value, unit = draft.value.value, draft.value.unit
    if value is None or unit != "number":
        return value, unit
    stated, multiplier = stated_unit(*draft.unit_texts)
    if stated == "gbp":
        return value * multiplier, "gbp"
    if stated == "seconds":
        return value * multiplier, "seconds"
    if stated == "number":
        return value, "number"
    looks_percent = stated == "percent" or (target is not None and target.unit == "percent") or known == "percent"
    return value, "percent" if looks_percent and abs(value) <= 200 else "number"
