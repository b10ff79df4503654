"""The shapes of capital schemes and of their money by year: one row a scheme, one row a scheme and column."""

# Pandera is untyped for mypy: its base class and its decorators are Any.
# mypy: disable-error-code="misc,untyped-decorator"
from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

QUALIFIERS = ("exact", "approximate", "to_be_confirmed", "not_stated")
COMPLETIONS = ("complete", "scheduled", "to_be_confirmed", "not_stated")
RAGS = ("red", "amber", "green", "blue", "grey")

_EARLIEST, _LATEST = pd.Timestamp(1948, 1, 1), pd.Timestamp(2101, 12, 31)
"""The NHS begins in 1948; a later day than the second is a misprint."""

_MOST = 1e11
"""Pounds: more than all capital of the NHS in ten years is a unit misread."""


def _text(**checks: Any) -> Any:
    return pa.Field(nullable=True, **checks)


class SchemeRow(pa.DataFrameModel):
    """A row of `capital_schemes`, before its place in the warehouse is added. Text is as printed, folded."""

    section: Series[pd.StringDtype] = _text()
    scheme: Series[pd.StringDtype] = pa.Field(nullable=False)
    lead_organisation: Series[pd.StringDtype] = _text()
    funding_source: Series[pd.StringDtype] = _text()
    value_text: Series[pd.StringDtype] = _text()
    value_gbp: Series[float] = _text()
    value_qualifier: Series[pd.StringDtype] = pa.Field(nullable=False)
    completion_text: Series[pd.StringDtype] = _text()
    completion_from: Series[pd.Timestamp] = _text()
    completion_by: Series[pd.Timestamp] = _text()
    completion: Series[pd.StringDtype] = pa.Field(nullable=False)
    rag: Series[pd.StringDtype] = _text()
    ref: Series[pd.StringDtype] = _text()
    description: Series[pd.StringDtype] = _text()

    class Config:
        """Nothing is converted on the way in and nothing is left out on the way through."""

        strict = True
        coerce = False
        metadata = {"warnings": ("value_is_plausible",)}  # noqa: RUF012

    @pa.check("scheme", name="scheme_is_printed", error="a scheme's name")
    @classmethod
    def _scheme_is_printed(cls, scheme: Series[pd.StringDtype]) -> Series[bool]:
        return scheme.str.strip().str.len() > 0

    @pa.check(
        "value_qualifier",
        name="qualifier_is_known",
        error="one of: exact, approximate, to_be_confirmed, not_stated",
    )
    @classmethod
    def _qualifier_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(QUALIFIERS)

    @pa.check(
        "completion",
        name="completion_is_known",
        error="one of: complete, scheduled, to_be_confirmed, not_stated",
    )
    @classmethod
    def _completion_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(COMPLETIONS)

    @pa.check("rag", name="rag_is_known", error="one of: red, amber, green, blue, grey")
    @classmethod
    def _rag_is_known(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        return text.isin(RAGS)

    @pa.check("value_gbp", name="value_is_plausible", error="less than £100 billion")
    @classmethod
    def _value_is_plausible(cls, value: Series[float]) -> Series[bool]:
        return value.abs() < _MOST

    @pa.check("completion_by", name="completion_in_the_nhs_age", error="a day from 1948 to 2101")
    @classmethod
    def _completion_in_the_nhs_age(cls, day: Series[pd.Timestamp]) -> Series[bool]:
        return day.between(_EARLIEST, _LATEST)

    @pa.dataframe_check(
        name="value_agrees_with_qualifier",
        error="a value exactly where it is exact or approximate",
        ignore_na=False,
    )
    @classmethod
    def _value_agrees_with_qualifier(cls, rows: pd.DataFrame) -> Series[bool]:
        has = rows["value_qualifier"].isin(("exact", "approximate"))
        return rows["value_gbp"].notna() == has

    @pa.dataframe_check(
        name="completion_begins_before_it_ends",
        error="a first day and a last day that is not before it",
        ignore_na=False,
    )
    @classmethod
    def _completion_begins_before_it_ends(cls, rows: pd.DataFrame) -> Series[bool]:
        start, end = rows["completion_from"], rows["completion_by"]
        return (start.isna() & end.isna()) | (start.notna() & end.notna() & (start <= end))


class ProfileRow(pa.DataFrameModel):
    """A row of `capital_profile`, before its place in the warehouse is added. Text is as printed, folded."""

    scheme: Series[pd.StringDtype] = pa.Field(nullable=False)
    heading: Series[pd.StringDtype] = pa.Field(nullable=False)
    financial_year: Series[pd.StringDtype] = _text()
    amount_gbp: Series[float] = _text()
    amount_text: Series[pd.StringDtype] = pa.Field(nullable=False)
    ref: Series[pd.StringDtype] = _text()
    section: Series[pd.StringDtype] = _text()
    lead_organisation: Series[pd.StringDtype] = _text()
    year_text: Series[pd.StringDtype] = _text()

    class Config:
        """Nothing is converted on the way in and nothing is left out on the way through."""

        strict = True
        coerce = False
        metadata = {"warnings": ("amount_is_plausible",)}  # noqa: RUF012

    @pa.check("scheme", name="profile_has_a_scheme", error="a scheme's name")
    @classmethod
    def _profile_has_a_scheme(cls, scheme: Series[pd.StringDtype]) -> Series[bool]:
        return scheme.str.strip().str.len() > 0

    @pa.check("heading", name="profile_has_a_heading", error="the column's heading")
    @classmethod
    def _profile_has_a_heading(cls, heading: Series[pd.StringDtype]) -> Series[bool]:
        return heading.str.len() > 0

    @pa.check("financial_year", name="financial_year_is_one", error="a financial year such as 2024/25")
    @classmethod
    def _financial_year_is_one(cls, text: Series[pd.StringDtype]) -> Series[bool]:
        start = pd.to_numeric(text.str.slice(0, 4), errors="coerce")
        end = pd.to_numeric(text.str.slice(5), errors="coerce")
        return text.str.fullmatch(r"(19|20|21)\d\d/\d\d") & ((start + 1) % 100 == end)

    @pa.check("amount_gbp", name="amount_is_plausible", error="less than £100 billion")
    @classmethod
    def _amount_is_plausible(cls, value: Series[float]) -> Series[bool]:
        return value.abs() < _MOST


MODELS: dict[str, type[pa.DataFrameModel]] = {"capital_schemes": SchemeRow, "capital_profile": ProfileRow}
"""Fact table -> the shape of its rows."""

READS: dict[str, str] = {
    "scheme_is_missing": "no scheme's name stands in this row",
    "scheme_is_printed": "no scheme's name stands in this row",
    "qualifier_is_known": "the value's qualifier is none that schemes have",
    "completion_is_known": "the completion is none that schemes have",
    "rag_is_known": "the rating is none that is in use",
    "value_is_plausible": "the value is far out of any range: the table's unit may be misread",
    "completion_in_the_nhs_age": "the completion lies outside the years 1948 to 2101",
    "value_agrees_with_qualifier": "a value and its qualifier contradict each other",
    "completion_begins_before_it_ends": "the completion ends before it begins",
    "profile_has_a_scheme": "an amount stands beside no scheme",
    "profile_has_a_heading": "an amount stands under no heading",
    "financial_year_is_one": "the column's heading is no financial year",
    "amount_is_plausible": "the amount is far out of any range: the table's unit may be misread",
}
"""Check -> what is wrong, in words that finish the sentence "Row 4 of table 12: ..."."""
