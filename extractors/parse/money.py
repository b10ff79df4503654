"""Money: amounts in pounds, exact, and the units that headings, titles and notes state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractors.parse.folding import plain
from extractors.parse.problem import Problem

Qualifier = Literal["exact", "approximate", "to_be_confirmed", "not_stated"]

THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
LONGEST = 160
"""No amount or number is printed with more characters: a longer text is prose."""
_SCALES = {"k": THOUSAND, "t": THOUSAND, "m": MILLION, "b": BILLION}


@dataclass(frozen=True, slots=True)
class Money:
    """`gbp` in pounds, after scaling; None where `qualifier` says why there is none."""

    gbp: Decimal | None
    qualifier: Qualifier
    mark: str = ""
    """A footnote's mark printed at the amount: `*`, `†`, `[1]`."""


_TO_BE = re.compile(
    r"(?:t\.?b\.?[cda]\.?|to be (?:confirmed|determined|agreed|advised|decided)|subject to (?:approval"
    r"|business case|bid)\b.*)",
    re.IGNORECASE,
)
_NOT_STATED = re.compile(
    r"(?:-+|n/?a|not applicable|not (?:known|stated|available|yet known)|unknown|none|various|\.+|\?+)",
    re.IGNORECASE,
)
_NIL = re.compile(r"(?:nil|zero)", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:c(?:a|irca)?\.? ?(?=[£\d(-])|circa |approx(?:imately|\.)? ?|around |about |up to |est(?:imated"
    r"|\.)? ?|~ ?|in the region of |at least |over |>|<)",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?: ?(?:[*†‡§#^]|\[\d{1,2}\]|[¹²³⁰⁴-⁹]))+$")
_AMOUNT = re.compile(
    r"""^(?P<pound0>£(?=\())?(?P<open>\()?\ ?(?P<sign>[-+])?\ ?(?P<pound>£)?\ ?(?P<sign2>[-+])?\ ?
    (?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\ \d{3})+|\d+)?(?P<fraction>\.\d+)?
    \ ?(?P<scale>k|thousand|m|mn|mill?|million|bn|billion)?(?![a-z\d])\ ?(?P<close>\))?(?P<dot>\.)?
    (?P<plus>\+)?(?P<tbc>\ ?\(?tbc\)?)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_FOREIGN = re.compile(r"[$€¥]|\b(?:usd|eur|euros?)\b", re.IGNORECASE)

_UNITS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (
        THOUSAND,
        re.compile(
            r"£ ?,?'?,?000'?s?(?![\d,])|£ ?'?k'?s?\b(?!\w)|£ ?thousands?\b|(?<![\d,£])'?000'?s\b"
            r"|(?<![\w,])'000(?!\d)"
            r"|\bin thousands\b|\(000\)|(?<!\w)gbp ?(?:k|000s?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        MILLION,
        re.compile(r"£ ?'?(?:m|mn|millions?|mill)'?s?\b|\bin (?:£ ?)?millions\b|(?<!\w)gbp ?m\b", re.IGNORECASE),
    ),
    (BILLION, re.compile(r"£ ?(?:bn|billions?)\b|\bin billions\b", re.IGNORECASE)),
)
_POUNDS = re.compile(r"^£$|\(£\)|£ ?$|\bin (?:whole )?pounds\b|\(gbp\)|£s\b", re.IGNORECASE)


def money_unit(text: str) -> int | None:
    """The multiplier that a heading, title or note states: 1,000 of "£000", 1,000,000 of "£m", 1 of "(£)";
    else None.

    An amount is no unit: "£1.2m" in a note states none. Two different units in one text state none either.
    """
    text = plain(text)
    found = {multiplier for multiplier, pattern in _UNITS if pattern.search(text)}
    if len(found) == 1:
        return found.pop()
    return 1 if not found and _POUNDS.search(text) else None


def parse_money(text: str, multiplier: int | None = None) -> Money | Problem:
    """The amount that all of a text is, in pounds.

    `multiplier` is the column's unit; a unit in the cell itself ("£1.2m") stands instead of it. "c. 9,000."
    with 1,000 is
    9,000,000 and approximate; brackets are negative. Problems: `blank`, `not_an_amount`, `several_amounts`,
    `foreign_currency`.
    """
    text = plain(text)
    if not text:
        return Problem("blank", "the cell is blank")
    if len(text) > LONGEST:
        return Problem("not_an_amount", f"“{text[:80]}...” is too long for an amount")
    bare = text.strip(" *")
    if _TO_BE.fullmatch(bare):
        return Money(None, "to_be_confirmed")
    if _NOT_STATED.fullmatch(bare):
        return Money(None, "not_stated")
    if _NIL.fullmatch(bare):
        return Money(Decimal(0), "exact")
    if _FOREIGN.search(text):
        return Problem("foreign_currency", f"“{text[:80]}” is not in pounds")
    about = _ABOUT.match(text)
    amount = text[about.end() :] if about else text
    mark = _MARK.search(amount)
    match = _AMOUNT.match(amount[: mark.start()] if mark else amount)
    if match is None or not (match["digits"] or match["fraction"]):
        return _no_amount(text)
    if bool(match["open"]) != bool(match["close"]) or (match["sign"] and match["sign2"]):
        return _no_amount(text)
    value = Decimal((match["digits"] or "0").replace(",", "").replace(" ", "") + (match["fraction"] or ""))
    if match["scale"]:
        value *= _SCALES[match["scale"][0].lower()]
    elif multiplier is not None:
        value *= multiplier
    if match["open"] or "-" in ((match["sign"] or "") + (match["sign2"] or "")):
        value = -value
    approximate = about or match["tbc"] or match["plus"]
    return Money(value, "approximate" if approximate else "exact", mark.group().strip() if mark else "")


def _no_amount(text: str) -> Problem:
    amounts = re.findall(r"£? ?\d[\d,]*(?:\.\d+)?", text)
    if len(amounts) > 1:
        return Problem("several_amounts", f"“{text[:80]}” holds {len(amounts)} numbers")
    return Problem("not_an_amount", f"“{text[:80]}” is no amount of money")
