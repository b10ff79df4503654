"""Why a row of a performance table gives no values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.kpi_layouts.columns import Column
from extractors.kpi_layouts.grid import Block, Grid
from extractors.kpi_layouts.words import is_total
from schemas.outcome import RowFate

_NOTE = re.compile(r"page \d+(?: of \d+)?$|(?:all )?(?:figures|amounts|values|numbers) .{0,20}\bin\b", re.IGNORECASE)
"""A page's foot or a unit for the whole table, among its rows."""
_LONG = 120
"""Characters: a lone text that is longer heads no section."""


def why_no_values(
    grid: Grid, block: Block, values: Sequence[Column], row: int, labels: Mapping[str, str]
) -> RowFate | None:
    """The fate of a row that can give none; None where it may give some. `labels`: axis -> what names the row."""
    table_no = grid.table.table_no
    if row in block.repeated:
        return RowFate(table_no, row, "header", "repeated header")
    if grid.is_blank(row):
        return RowFate(table_no, row, "ignored", "blank")
    texts = grid.row_texts(row)
    first = texts[0][1] if texts else ""
    named = labels.get("measure") or labels.get("organisation") or labels.get("breakdown") or labels.get("period")
    if is_total(named or first) or is_total(first):
        return RowFate(table_no, row, "ignored", "total")
    if not grid.has_values(row) and any(_NOTE.match(text) for _, text in texts):
        return RowFate(table_no, row, "ignored", "note")
    filled = [c for c in values if grid.own(row, c.col) or grid.symbol(row, c.col)]
    whole = len({id(grid.cell(row, col)) for col in range(grid.n_cols)}) == 1
    if len(texts) == 1 and (not filled or (whole and grid.n_cols > 1)):
        is_note = len(first) > _LONG or first.lower().startswith(("source", "note", "*", "key"))
        return RowFate(table_no, row, "ignored", "note" if is_note else "section heading")
    return None
