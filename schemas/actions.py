"""The shape of an action: one row per row of an action log, action plan, decision or issue log."""

# Pandera is untyped for mypy: its base class and its decorators are Any.
# mypy: disable-error-code="misc,untyped-decorator"
from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

STATUSES = ("open", "in_progress", "overdue", "closing", "closed")

_EARLIEST, _LATEST = pd.Timestamp(1948, 1, 1), pd.Timestamp(2101, 12, 31)
"""The NHS begins in 1948; a later day than the second is a misprint."""

_LONG_AGO = pd.Timedelta(days=366 * 25)


def _text(**checks: Any) -> Any:
    return pa.Field(nullable=True, **checks)


class ActionRow(pa.DataFrameModel):
    """A row of `actions`, before its place in the warehouse is added. Text is as printed, folded."""

    ref: Series[pd.StringDtype] = _text()
    raised_text: Series[pd.StringDtype] = _text()
    raised_on: Series[pd.Timestamp] = _text()
    item: Series[pd.StringDtype] = _text()
    action: Series[pd.StringDtype] = pa.Field(nullable=False)
    owner: Series[pd.StringDtype] = _text()
    due_text: Series[pd.StringDtype] = _text()
    due_on: Series[pd.Timestamp] = _text()
    status_text: Series[pd.StringDtype] = _text()
    status: Series[pd.StringDtype] = _text()
    comments: Series[pd.StringDtype] = _text()

    class Config:
        """Nothing is converted on the way in and nothing is left out on the way through."""

        strict = True
        coerce = False
        metadata = {  # noqa: RUF012
            "warnings": ("due_is_after_raised", "action_was_raised_lately")
        }

    @pa.check("action", name="action_is_printed", error="what is to be done, in words")
    @classmethod
    def _action_is_printed(cls, action: Series[pd.StringDtype]) -> Series[bool]:
        return action.str.strip().str.len() > 0

    @pa.check("status", name="status_is_known", error="one of: open, in_progress, overdue, closing, closed")
    @classmethod
    def _status_is_known(cls, status: Series[pd.StringDtype]) -> Series[bool]:
        return status.isin(STATUSES)

    @pa.check("raised_on", name="raised_in_the_nhs_age", error="a day from 1948 to 2101")
    @classmethod
    def _raised_in_the_nhs_age(cls, day: Series[pd.Timestamp]) -> Series[bool]:
        return day.between(_EARLIEST, _LATEST)

    @pa.check("due_on", name="due_in_the_nhs_age", error="a day from 1948 to 2101")
    @classmethod
    def _due_in_the_nhs_age(cls, day: Series[pd.Timestamp]) -> Series[bool]:
        return day.between(_EARLIEST, _LATEST)

    @pa.dataframe_check(
        name="due_is_after_raised",
        error="a due date that is not before the day on which the action was raised",
        ignore_na=False,
    )
    @classmethod
    def _due_is_after_raised(cls, rows: pd.DataFrame) -> Series[bool]:
        raised, due = rows["raised_on"], rows["due_on"]
        return raised.isna() | due.isna() | (raised <= due)

    @pa.dataframe_check(
        name="action_was_raised_lately",
        error="a due date within 25 years of the day on which the action was raised",
        ignore_na=False,
    )
    @classmethod
    def _action_was_raised_lately(cls, rows: pd.DataFrame) -> Series[bool]:
        raised, due = rows["raised_on"], rows["due_on"]
        return raised.isna() | due.isna() | (due - raised <= _LONG_AGO)


MODELS: dict[str, type[pa.DataFrameModel]] = {"actions": ActionRow}
"""Fact table -> the shape of its rows."""

READS: dict[str, str] = {
    "action_is_missing": "no action is printed in this row",
    "action_is_printed": "no action is printed in this row",
    "status_is_known": "the status is none that actions have",
    "raised_in_the_nhs_age": "the day on which it was raised lies outside the years 1948 to 2101",
    "due_in_the_nhs_age": "the due date lies outside the years 1948 to 2101",
    "due_is_after_raised": "the due date is before the day on which the action was raised",
    "action_was_raised_lately": "the due date is more than 25 years after the action was raised",
}
"""Check -> what is wrong, in words that finish the sentence "Row 4 of table 12: ..."."""
