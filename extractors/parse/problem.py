"""Why a text has no value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that is no value, by name, so that it can be reported and never guessed over."""

    code: str
    """snake_case: `blank`, `no_date`, `impossible_date`, `several_dates`, `ambiguous_date`, `not_a_number`,
    ...
    """
    message: str
    """One plain sentence."""
