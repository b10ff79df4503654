"""The unit of amounts whose own table states none: said elsewhere in the same paper, and
reported as taken from there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from extractors.capital_columns import Columns, columns_of
from extractors.kinds.base import Context
from extractors.parse.folding import fold, key
from extractors.parse.money import Money, money_unit, parse_money
from extractors.sheet import Sheet
from extractors.vocabulary import header_role
from schemas.document import RawTable
from schemas.finding import Finding

_PAGES_BACK = 12
"""A paper of a pack is seldom longer."""

_SAID = re.compile(
    r"\b(?:figures?|amounts?|values?|numbers?|tables?|monetary)\b.{0,60}\b(?:in|are|as|shown|stated"
    r"|expressed)\b",
    re.IGNORECASE,
)


class UnitElsewhere(NamedTuple):
    """A multiplier and where it was said, in words."""

    multiplier: int
    where: str


def settle_unit(columns: Columns, context: Context, table: RawTable) -> tuple[Columns, Finding | None]:
    """The columns with the unit of the paper around them where they state none, and what is to be said of it.

    Amounts under no stated unit have that of the paper around them, else are pounds.
    """
    bare = [c for c in columns.amounts if columns.multiplier(c) is None and not columns.is_percent(c)]
    own = [c for c in bare if _has_plain_amounts(columns, c)]
    if not own:
        return columns, None
    elsewhere = unit_elsewhere(columns, context)
    names = ", ".join(f"“{columns.heading(c)}”" for c in own[:4])
    taken = f"it is taken from {elsewhere.where}" if elsewhere else "the amounts are read as pounds"
    finding = Finding(
        "warning",
        "table",
        "unit_taken_from_elsewhere" if elsewhere else "unit_not_stated",
        f"Page {table.page}, table {table.table_no}: no unit is printed for {names}; {taken}.",
        page=table.page,
        table_no=table.table_no,
        col=own[0],
        column_name="amount_gbp",
        found=f"{elsewhere.multiplier:,}" if elsewhere else None,
        expected="£, £000 or £m in a heading, title or note",
        bbox=table.bbox,
    )
    return replace(columns, unit=elsewhere.multiplier) if elsewhere is not None else columns, finding


def _has_plain_amounts(columns: Columns, col: int) -> bool:
    """Whether amounts stand in the column without a pound sign."""
    texts = [columns.sheet.own(row, col) for row in columns.sheet.body]
    return any(
        "£" not in text and isinstance(money := parse_money(text), Money) and money.gbp for text in texts if text
    )


def unit_elsewhere(columns: Columns, context: Context) -> UnitElsewhere | None:
    """The unit of an earlier table with the same headings, else of a sentence before the
    table; None where neither is."""
    return _of_a_table(columns, context) or _of_a_sentence(columns, context)


def _of_a_table(columns: Columns, context: Context) -> UnitElsewhere | None:
    """The nearest table before this one whose headings include all of this one's columns of money."""
    mine = {key(columns.sheet.headings[col]) for col in columns.amounts} - {""}
    here = columns.sheet.table
    if not mine:
        return None
    for table in reversed(context.document.tables):
        if table.table_no >= here.table_no or here.page - table.page > _PAGES_BACK:
            continue
        if not any(money_unit(cell.text) for cell in table.cells) and not money_unit(table.title or ""):
            continue
        other = columns_of(Sheet.of(table, lambda text: header_role("capital", text)))
        if other is None or not mine <= {key(other.sheet.headings[col]) for col in other.amounts}:
            continue
        units = {other.multiplier(col) for col in other.amounts if key(other.sheet.headings[col]) in mine}
        if len(units) == 1 and (unit := units.pop()):
            return UnitElsewhere(unit, f"table {table.table_no} on page {table.page}, which has the same headings")
    return None


def _of_a_sentence(columns: Columns, context: Context) -> UnitElsewhere | None:
    """The nearest line before the table that says in what all figures are."""
    here = columns.sheet.table
    for page in reversed(context.document.pages):
        if not here.page - _PAGES_BACK <= page.number <= here.page:
            continue
        for line in reversed(page.lines):
            if page.number == here.page and line.bbox.top > here.bbox.bottom:
                continue
            if _SAID.search(line.text) and (unit := money_unit(line.text)):
                return UnitElsewhere(unit, f"page {page.number}: “{fold(line.text)[:80]}”")
    return None
