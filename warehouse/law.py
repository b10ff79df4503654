"""The law: each row of a table with a kind is header, loaded, quarantined or ignored, once, and the counts balance."""

from __future__ import annotations

from collections import Counter

from schemas.outcome import PackResult
from warehouse.errors import LawBroken


def uphold(result: PackResult) -> None:
    """Returns where every row is accounted for. Raises `LawBroken` naming the first table and row that are not."""
    kinds = {verdict.table_no: verdict.kind for verdict in result.kinds}
    fates: dict[int, dict[int, str]] = {}
    for fate in result.fates:
        mine = fates.setdefault(fate.table_no, {})
        if fate.row in mine:
            raise _broken(result, fate.table_no, fate.row, f"is both {mine[fate.row]} and {fate.fate}")
        mine[fate.row] = fate.fate
    records = Counter((record.table_no, record.row) for record in result.records)
    held = {(row.table_no, row.row) for row in result.quarantine}
    numbers = {table.table_no for table in result.document.tables}
    for number, row in sorted([*records, *held]):
        if number not in numbers or kinds.get(number) is None:
            raise _broken(result, number, row, "is a record of a table that has no kind")
    for table in result.document.tables:
        if kinds.get(table.table_no) is None:
            continue
        mine = fates.get(table.table_no, {})
        for row in range(table.n_rows):
            place = (table.table_no, row)
            fate_of_row = mine.pop(row, None)
            if fate_of_row is None:
                raise _broken(result, *place, "has no fate")
            if (fate_of_row == "loaded") != (place in records):
                raise _broken(result, *place, f"is {fate_of_row} and has {records[place]} records")
            if (fate_of_row == "quarantined") != (place in held):
                raise _broken(result, *place, f"is {fate_of_row} but is it in quarantine? {place in held}")
        if mine:
            raise _broken(result, table.table_no, min(mine), "has a fate but does not exist")


def _broken(result: PackResult, table_no: int, row: int, what: str) -> LawBroken:
    return LawBroken(
        f"{result.document.file_name}: row {row} of table {table_no} {what}; nothing of the pack was stored,"
        " please report this"
    )
