"""Totals that no word marks: a row in which every amount is the sum of the rows above it."""

from __future__ import annotations

from decimal import Decimal

from extractors.capital_columns import Columns
from extractors.parse.money import Money, parse_money

_FEWEST = 2
"""Rows that a sum must have, and columns in which it must agree."""


def unmarked_totals(columns: Columns) -> frozenset[int]:
    """Body rows whose amounts, in two columns at least, are all the sums of those since the last total.

    A row that adds up in one column only may do so by chance; a scheme's row never adds up in several.
    """
    sheet = columns.sheet
    found: set[int] = set()
    since: list[dict[int, Decimal]] = []
    for row in sheet.body:
        sort = sheet.sort(row)
        if sort == "total":
            since = []
        elif sort == "section heading":
            continue
        elif sort == "body":
            amounts = _amounts(columns, row)
            if _adds_up(amounts, since):
                found.add(row)
                since = []
            elif amounts:
                since.append(amounts)
    return frozenset(found)


def _amounts(columns: Columns, row: int) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for col in columns.amounts:
        money = parse_money(columns.sheet.own(row, col))
        if isinstance(money, Money) and money.gbp is not None:
            found[col] = money.gbp
    return found


def _adds_up(amounts: dict[int, Decimal], since: list[dict[int, Decimal]]) -> bool:
    if len(since) < _FEWEST or sum(value != 0 for value in amounts.values()) < _FEWEST:
        return False
    return all(
        value == sum((above.get(col, Decimal(0)) for above in since), Decimal(0)) for col, value in amounts.items()
    )
