"""A row that a page end cuts in two: its cells go on at the top of the next page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas.document import Cell
from schemas.finding import Finding

VALUE = re.compile(r"[-+−–(£$€~<>≥≤c.\s]*\d[\d.,/:%\-–\s]*\)?[kKmM%]?\)?|n/?a|tbc|[✓✗xX\-–—]", re.IGNORECASE)
BREAKS_OFF = re.compile(r"([,\-–/&]|\b(a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with))$", re.IGNORECASE)
GOES_ON = re.compile(r"[a-z,;)]")


@dataclass(frozen=True, slots=True)
class CutRow:
    """Row `row` of the whole table is printed on two pages."""

    row: int
    below_row: int
    """The row of the lower part that is its second half."""
    page: int
    next_page: int
    why: str

    def finding(self, table_no: int) -> Finding:
        """What a reader must know: the second half has no box of its own."""
        return Finding(
            severity="info",
            scope="row",
            check="row_cut_by_page_end",
            message=(
                f"A row goes on from page {self.page} to page {self.next_page} and was put together "
                f"({self.why}); its cells' boxes show the part on page {self.page}."
            ),
            page=self.page,
            table_no=table_no,
            row=self.row,
        )


def cut_row(
    above: Sequence[Cell], last_row: int, below: Sequence[Cell], first_body_row: int, told: bool
) -> CutRow | None:
    """The row that goes on over the page end, if one does.

    `told`: the tags say that both halves are one row. Otherwise the second half must lack the first column's
    text, print only prose under prose, and carry on a sentence: a new row under a merged cell must not be
    swallowed.
    """
    upper = _by_column(cell for cell in above if cell.row + cell.row_span - 1 >= last_row)
    lower = {cell.col: cell for cell in below if cell.row == first_body_row}
    if not upper or not lower or any(cell.row_span > 1 for cell in lower.values()):
        return None
    if any(cell.text.strip() and cell.col not in upper for cell in lower.values()):
        return None
    if not told and not _runs_on(upper, lower):
        return None
    return CutRow(
        last_row,
        first_body_row,
        upper[min(upper)].page,
        lower[min(lower)].page,
        "the document's tags say so" if told else "its text runs on and its first column is blank",
    )


def _by_column(cells: Iterable[Cell]) -> dict[int, Cell]:
    """Each column and the cell that covers it."""
    return {col: cell for cell in cells for col in range(cell.col, cell.col + cell.col_span)}


def _runs_on(upper: dict[int, Cell], lower: dict[int, Cell]) -> bool:
    if any(cell.row_span > 1 for cell in upper.values()):
        return False
    if 0 not in lower or lower[0].text.strip() or 0 not in upper or not upper[0].text.strip():
        return False
    pairs = [(upper[col].text.strip(), cell.text.strip()) for col, cell in lower.items() if cell.text.strip()]
    if not pairs or any(not before or VALUE.fullmatch(before) or VALUE.fullmatch(after) for before, after in pairs):
        return False
    running = sum(bool(GOES_ON.match(after) or BREAKS_OFF.search(before)) for before, after in pairs)
    return running == len(pairs) or (running > 0 and 2 * len(pairs) <= len(lower))


def mend(above: Sequence[Cell], below: Sequence[Cell], cut: CutRow) -> tuple[list[Cell], list[Cell]]:
    """Both parts with the second half's text in the first half's cells; the rows after it move up."""
    owner = _by_column(cell for cell in above if cell.row + cell.row_span - 1 >= cut.row)
    halves: dict[tuple[int, int], list[Cell]] = {}
    for cell in sorted(below, key=lambda cell: cell.col):
        if cell.row == cut.below_row and cell.text.strip():
            whole = owner[cell.col]
            halves.setdefault((whole.row, whole.col), []).append(cell)
    upper = []
    for cell in above:
        rest = halves.get((cell.row, cell.col), [])
        text = "\n".join(half.text for half in rest)
        if rest and cell.text.strip():
            cell = replace(cell, text=f"{cell.text}\n{text}")
        elif rest:
            cell = replace(cell, text=text, page=rest[0].page, bbox=rest[0].bbox, fill=rest[0].fill)
        upper.append(cell)
    lower = [
        replace(cell, row=cell.row - 1) if cell.row > cut.below_row else cell
        for cell in below
        if cell.row != cut.below_row
    ]
    return upper, lower
