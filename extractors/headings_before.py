"""Tables that print no headings of their own and go on under those of the table before."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.column_match import match_columns, moved
from schemas.document import RawTable

_SAME_PLACE = 8.0
"""Points by which the columns of a table and of its continuation may differ."""

_MOST_HEADINGS = 3
"""A table of so few rows, none with a number, is the headings of the next."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"^[(£+-]{0,3}\d[\d,.: ]*[%)kmbn]{0,3}$", re.IGNORECASE)

Spans = tuple[tuple[int, int], ...]


def is_number(text: str) -> bool:
    """Whether all of a text is a number, an amount, a percentage or a time."""
    return bool(_NUMBER.match(text.strip()))


def goes_on(previous: RawTable, table: RawTable) -> bool:
    """Does `table` stand next after `previous`, in the same columns, without headings of its own?"""
    if table.n_cols < 2 or _has_headings(table):
        return False
    if not previous.last_page <= table.page <= previous.last_page + 1:
        return False
    return _spans(previous, table) is not None


def is_headings_only(table: RawTable) -> bool:
    """A heading row or two, cut off from the rows below."""
    return 1 <= table.n_rows <= _MOST_HEADINGS and not any(is_number(cell.text) for cell in table.cells)


def under_headings_of(table: RawTable, head: RawTable) -> tuple[RawTable, int]:
    """`table` with the heading rows of `head` put above it, and how many rows those are."""
    rows = head.n_rows if is_headings_only(head) else max(1, head.header_rows)
    spans = _spans(head, table) or tuple((col, col) for col in range(head.n_cols))
    above = tuple(
        moved(replace(cell, row_span=min(cell.row_span, rows - cell.row)), spans, 0)
        for cell in head.cells
        if cell.row < rows
    )
    below = tuple(replace(cell, row=cell.row + rows) for cell in table.cells)
    return (
        replace(
            table,
            cells=above + below,
            n_rows=table.n_rows + rows,
            header_rows=rows,
            repeated_header_rows=tuple(row + rows for row in table.repeated_header_rows),
            title=table.title or head.title,
            heading=table.heading or head.heading,
            notes=tuple(dict.fromkeys((*table.notes, *head.notes))),
        ),
        rows,
    )


def prints_the_same_first_row(previous: RawTable, table: RawTable) -> bool:
    """Both begin with the same texts: the headings are printed again."""
    return _first_row(table) == _first_row(previous)


def begins_with_values(table: RawTable) -> bool:
    """Numbers in the first row, years apart: no headings stand there."""
    return any(
        is_number(cell.text) and not _YEAR.fullmatch(cell.text.strip())
        for cell in table.cells
        if cell.row == 0 and cell.col > 0
    )


def _has_headings(table: RawTable) -> bool:
    """Whether one of the rows that the layout takes for headings is more than a section's name or a row of figures."""
    for row in range(table.header_rows):
        texts = [cell.text for cell in table.cells if cell.row == row and cell.text.strip()]
        if len(texts) > 1 and not any(is_number(text) for text in texts):
            return True
    return False


def _spans(previous: RawTable, table: RawTable) -> Spans | None:
    """For each column of `previous` the columns of `table` that stand below it; None where they do not."""
    if table.n_cols == previous.n_cols:
        ours, theirs = _lefts(table), _lefts(previous)
        both = ours.keys() & theirs.keys()
        near = sum(abs(ours[col] - theirs[col]) <= _SAME_PLACE for col in both)
        alike = len(both) >= 2 and near >= 0.8 * len(both)
        return tuple((col, col) for col in range(table.n_cols)) if alike else None
    matched = match_columns(previous, previous.last_page, table, table.page) if table.n_cols > previous.n_cols else None
    return matched.upper if matched is not None and matched.n_cols == table.n_cols else None


def _first_row(table: RawTable) -> list[str]:
    return [" ".join(cell.text.split()).lower() for cell in table.cells if cell.row == 0]


def _lefts(table: RawTable) -> dict[int, float]:
    found: dict[int, float] = {}
    for cell in table.cells:
        if cell.col_span == 1 and cell.col not in found:
            found[cell.col] = cell.bbox.x0
    return found
