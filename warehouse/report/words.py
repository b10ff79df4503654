"""Dates, counts and money as the report's readers say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime


def say_date(value: date | None) -> str:
    """`9 June 2021`; nothing for None."""
    return f"{value.day} {value:%B %Y}" if value else ""


def say_count(number: int, noun: str) -> str:
    """`1 row`, `2 rows`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say_value(value: object) -> str | None:
    """A cell of a report's table; None stays None."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


OUTCOMES = {
    "loaded": "loaded",
    "loaded_with_findings": "loaded, with findings",
    "failed": "failed",
}


def give_verdict(pack: Mapping[str, object]) -> tuple[str, str]:
    """(tone, sentence): can this pack be trusted, in one sentence."""
    errors, warnings = _int(pack["n_errors"]), _int(pack["n_warnings"])
    held = _int(pack["n_quarantined"])
    loaded = say_count(_int(pack["n_loaded"]), "row")
    if pack["outcome"] == "failed":
        return "error", f"This pack was not loaded: {pack['reason'] or 'no reason is recorded'}."
    if not _int(pack["n_loaded"]) and not held:
        return (
            "warning",
            "No action, KPI or capital scheme was found in this pack. The tables that were found are listed.",
        )
    if errors or held:
        back = f"{say_count(held, 'row')} {'is' if held == 1 else 'are'} held back" if held else "none is held back"
        return (
            "error",
            f"Use it with care: {loaded} were loaded, but {back} and {say_count(errors, 'error')} "
            "should be looked at first.",
        )
    if warnings:
        return (
            "warning",
            f"{loaded} were loaded and none was held back. {say_count(warnings, 'warning')} to read "
            "before you quote from it.",
        )
    return "good", f"{loaded} were loaded, none was held back, and every check was passed."


def _int(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
