"""The shape of a KPI value: one row per value printed in a performance table."""

# Pandera is untyped for mypy: its base class and its decorators are Any.
# mypy: disable-error-code="misc,untyped-decorator"
from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

SERIES = ("actual", "ytd", "plan")
UNITS = ("percent", "number", "seconds", "gbp")
MISSING = ("not_reported", "no_patients", "not_available", "suppressed")
BETTER = ("higher", "lower")
RAGS = ("red", "amber", "green", "blue", "grey")
TRENDS = ("up", "down", "flat")

_EARLIEST, _LATEST = pd.Timestamp(1948, 1, 1), pd.Timestamp(2101, 12, 31)
"""The NHS begins in 1948; a later period than the second is a misprint."""

_PLAUSIBLE_PERCENT = 1000
_LONGEST_NAME = 400
"""Characters: finance tables name a saving in a paragraph; a longer text may be a comment taken for a name."""


def _text(**checks: Any) -> Any:
    return pa.Field(nullable=True, **checks)


class KpiRow(pa.DataFrameModel):
    """A row of `kpis`, before its place in the warehouse is added. Text is as printed, folded."""

    measure: Series[pd.StringDtype] = pa.Field(nullable=False)
    organisation_text: Series[pd.StringDtype] = _text()
    organisation: Series[pd.StringDtype] = _text()
    ods_code: Series[pd.StringDtype] = _text()
    breakdown: Series[pd.StringDtype] = _text()
    series: Series[pd.StringDtype] = pa.Field(nullable=False)
    period_text: Series[pd.StringDtype] = _text()
    period_start: Series[pd.Timestamp] = _text()
    period_end: Series[pd.Timestamp] = _text()
    value_text: Series[pd.StringDtype] = pa.Field(nullable=False)
    value: Series[float] = _text()
    unit: Series[pd.StringDtype] = _text()
    missing: Series[pd.StringDtype] = _text()
    threshold_text: Series[pd.StringDtype] = _text()
    threshold: Series[float] = _text()
    better: Series[pd.StringDtype] = _text()
    rag: Series[pd.StringDtype] = _text()
    trend: Series[pd.StringDtype] = _text()

    class Config:
        """Nothing is converted on the way in and nothing is left out on the way through."""

        strict = True
        coerce = False
        metadata = {  # noqa: RUF012
            "warnings": ("value_is_read", "percent_is_plausible", "time_is_not_negative", "measure_is_a_name")
        }

    @pa.check("measure", name="measure_is_printed", error="a measure's name")
    @classmethod
    def _measure_is_printed(cls, measure: Series[pd.StringDtype]) -> Series[bool]:
        return measure.str.len() > 0

    @pa.check("measure", name="measure_is_a_name", error=f"a name of up to {_LONGEST_NAME} characters")
    @classmethod
    def _measure_is_a_name(cls, measure: Series[pd.StringDtype]) -> Series[bool]:
        return measure.str.len() <= _LONGEST_NAME

    @pa.check("value_text", name="value_is_printed", error="the value's text")
    @classmethod
    def _value_is_printed(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.str.len() > 0

    @pa.check("series", name="series_is_known", error="one of: actual, ytd, plan")
    @classmethod
    def _series_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(SERIES)

    @pa.check("unit", name="unit_is_known", error="one of: percent, number, seconds, gbp")
    @classmethod
    def _unit_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(UNITS)

    @pa.check(
        "missing",
        name="missing_is_known",
        error="one of: not_reported, no_patients, not_available, suppressed",
    )
    @classmethod
    def _missing_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(MISSING)

    @pa.check("better", name="better_is_known", error="one of: higher, lower")
    @classmethod
    def _better_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(BETTER)

    @pa.check("rag", name="rag_is_known", error="one of: red, amber, green, blue, grey")
    @classmethod
    def _rag_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(RAGS)

    @pa.check("trend", name="trend_is_known", error="one of: up, down, flat")
    @classmethod
    def _trend_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(TRENDS)

    @pa.check("period_start", name="period_is_in_the_nhs_age", error="a day from 1948 to 2101")
    @classmethod
    def _period_is_in_the_nhs_age(cls, day: Series[pd.Timestamp]) -> Series[bool]:
        return day.between(_EARLIEST, _LATEST)

    @pa.dataframe_check(
        name="period_begins_before_it_ends",
        error="a first day and a last day that is not before it",
        ignore_na=False,
    )
    @classmethod
    def _period_begins_before_it_ends(cls, rows: pd.DataFrame) -> Series[bool]:
        start, end = rows["period_start"], rows["period_end"]
        return (start.isna() & end.isna()) | (start.notna() & end.notna() & (start <= end))

    @pa.dataframe_check(name="value_or_missing", error="a value, or why there is none: not both", ignore_na=False)
    @classmethod
    def _value_or_missing(cls, rows: pd.DataFrame) -> Series[bool]:
        return ~(rows["value"].notna() & rows["missing"].notna())

    @pa.dataframe_check(
        name="value_is_read", error="a number, a rating, or a sign that there is no value", ignore_na=False
    )
    @classmethod
    def _value_is_read(cls, rows: pd.DataFrame) -> Series[bool]:
        return rows["value"].notna() | rows["missing"].notna() | rows["rag"].notna() | rows["trend"].notna()

    @pa.dataframe_check(
        name="percent_is_plausible",
        error=f"a percentage from -{_PLAUSIBLE_PERCENT} to {_PLAUSIBLE_PERCENT}",
        ignore_na=False,
    )
    @classmethod
    def _percent_is_plausible(cls, rows: pd.DataFrame) -> Series[bool]:
        is_percent = rows["unit"].eq("percent").fillna(False).astype(bool)
        return ~(is_percent & (rows["value"].abs() > _PLAUSIBLE_PERCENT))

    @pa.dataframe_check(name="time_is_not_negative", error="a time of 0 seconds or more", ignore_na=False)
    @classmethod
    def _time_is_not_negative(cls, rows: pd.DataFrame) -> Series[bool]:
        is_time = rows["unit"].eq("seconds").fillna(False).astype(bool)
        return ~(is_time & (rows["value"] < 0) & rows["breakdown"].isna())


MODELS: dict[str, type[pa.DataFrameModel]] = {"kpis": KpiRow}
"""Fact table -> the shape of its rows."""

READS: dict[str, str] = {
    "measure_is_printed": "no measure's name stands beside the value",
    "measure_is_a_name": "the measure's name is as long as a paragraph",
    "value_is_printed": "the value has no text",
    "period_is_in_the_nhs_age": "the period lies outside the years 1948 to 2101",
    "period_begins_before_it_ends": "the period ends before it begins",
    "value_or_missing": "the row has both a value and a reason for having none",
    "value_is_read": "this is no number that can be read",
    "percent_is_plausible": "the percentage is far out of any range",
    "time_is_not_negative": "a time cannot be negative",
}
"""Check -> what is wrong, in words that finish the sentence "Row 4 of table 12: ..."."""
