"""The unit of amounts whose own table states none: said elsewhere in the same paper, and
reported as taken from there."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.capital_columns import Columns, columns_of
from extractors.kinds.base import Context
from extractors.parse.folding import fold, key
from extractors.parse.money import money_unit
from extractors.sheet import Sheet
from extractors.vocabulary import header_role

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
