"""Dates, counts and money as the report's readers say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


def say_date(value: date | None) -> str:
    """`9 June 2021`; nothing for None."""
    return f"{value.day} {value:%B %Y}" if value else ""


def say_count(number: int, noun: str, nouns: str | None = None) -> str:
    """`1 row`, `2 rows`, `1,200 rows`; `nouns` where an s does not make the plural."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def say_measured(value: float, unit: str | None) -> str:
    """A KPI's value with its unit: `93.58%`, `6:05`, `£1,200`, `5,321`."""
    if unit == "seconds":
        return f"{int(value) // 60}:{int(value) % 60:02d}"
    number = say_value(float(value)) or ""
    if unit == "gbp":
        return f"£{number}"
    return f"{number}%" if unit == "percent" else number


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
    if isinstance(value, (float, Decimal)):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def say_list(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Can this pack be trusted: a tone, a few words, and why in one sentence.

    `tone` is `good`, `warning` or `error`.
    """

    tone: str
    short: str
    sentence: str


def give_verdict(pack: Mapping[str, object]) -> Verdict:
    """From the pack's outcome and its counts of printed rows and findings."""
    errors, warnings = _int(pack["n_errors"]), _int(pack["n_warnings"])
    held, unread = _int(pack["n_quarantined"]), _int(pack["n_unread"])
    if pack["outcome"] == "failed":
        return Verdict(
            "error", "Not loaded", f"Nothing of this pack was read: {pack['reason'] or 'no reason is kept'}."
        )
    if not _int(pack["n_loaded"]) and not held:
        return Verdict(
            "warning",
            "Nothing found",
            "No action, KPI or capital scheme was found in this pack. The tables that were found are listed.",
        )
    lost = [say_count(unread, "page") + " could not be read"] if unread else []
    if held:
        lost.insert(0, f"{say_count(held, 'printed row')} {'is' if held == 1 else 'are'} held back")
    if errors or lost:
        seen = f"{say_count(errors, 'error')} to look at" if errors else ""
        return Verdict("error", "Not complete" if lost else "Look first", "; ".join(filter(None, (*lost, seen))) + ".")
    pictures, strange = _int(pack["n_pictures"]), _int(pack["n_strange"])
    unseen = (
        [f"{say_count(pictures, 'page')} without text {'is' if pictures == 1 else 'are'} pictures."] if pictures else []
    )
    other = (
        [f"{say_count(strange, 'table')} of numbers {'fits' if strange == 1 else 'fit'} no kind."] if strange else []
    )
    if warnings or pictures:
        read = [f"Read the {say_count(warnings, 'warning')} before you quote from it."] if warnings else []
        said = " ".join(["No row is held back.", *unseen, *other, *read])
        return Verdict("warning", "Complete, with doubts", said)
    return Verdict("good", "Complete", " ".join(["No row is held back and no check found anything wrong.", *other]))


def _int(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0
