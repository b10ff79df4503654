"""A table as its kinds read it: headings over columns, body rows below, merged cells wherever they reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from extractors.parse.folding import fold, key
from extractors.parse.money import money_unit
from extractors.parse.numbers import missing_reason
from extractors.parse.periods import Period, parse_period
from schemas.document import Cell, RawTable

RowSort = Literal["header", "repeated header", "blank", "section heading", "total", "body"]

_HEADER_SEARCH = 6
"""Headings stand in the first rows; title rows may stand above them."""

_LONGEST_HEADING = 120
"""Characters: a row with a longer text is no row of headings, and nor is any row below it."""

_LONGEST_LINE = 60
"""Characters: a text below known headings that is longer is what stands under them."""

_DIGIT = re.compile(r"\d")
_TOTAL = re.compile(r"^(?:sub ?|grand |overall |running |net |gross )*totals?\b|\b(?:sub ?|grand )totals?$|\btotals?$")
_NUMBERS = re.compile(r"^[-+(£]*[\d.,]+[%)kmbn*]*$", re.IGNORECASE)
_SUBHEADING = re.compile(
    r"^(?:year \d{1,2}|£|'?000s?|%|actual|plan|budget|forecast|variance|total|latest|previous|q[1-4]|ytd)$"
)


@dataclass(frozen=True)
class Sheet:
    """`table` with its heading rows settled: as far as the layout tells, and as far as their
    words are known."""

    table: RawTable
    n_header: int
    """How many leading rows are headings (or titles above them)."""

    @classmethod
    def of(cls, table: RawTable, role: Callable[[str], str | None]) -> Sheet:
        """The table under the headings that `role` knows best; where it knows none, under
        those of the layout."""
        bare = cls(table, 0)
        said = min(table.header_rows, table.n_rows)
        while said > 1 and len(bare.row_cells(said - 1)) < 2:
            said -= 1
        start = bare._known_row(role)
        if start is None:
            return cls(table, bare.heading_end(said - 1) if said else 0)
        found = bare.heading_end(start)
        if said <= found + 2:
            while found < said and bare._could_head(found):
                found += 1
        return cls(table, found)

    def _could_head(self, row: int) -> bool:
        """No sentence and no figure: headings have digits in dates, years and units alone."""
        texts = [text for text in self.row_texts(row) if text]
        return all(
            len(text) <= _LONGEST_LINE
            and (not _DIGIT.search(text) or money_unit(text) is not None or isinstance(parse_period(text), Period))
            for text in texts
        )

    def _known_row(self, role: Callable[[str], str | None]) -> int | None:
        """The row among the first in which most roles are known, two at least."""
        best, known = None, 1
        for row in range(min(_HEADER_SEARCH, self.table.n_rows)):
            texts = [text for text in self.row_texts(row) if text]
            if len(texts) > 1 and any(len(text) > _LONGEST_HEADING for text in texts):
                break
            roles = [found for text in texts if (found := role(text))]
            if len(set(roles)) > known and 3 * len(roles) >= len(texts):
                best, known = row, len(set(roles))
        return best

    def heading_end(self, row: int) -> int:
        """The first row after a heading row that is no second line of headings ("Year 1", "£000s")."""
        end = row + 1
        spanned = [cell.row + cell.row_span for cell in self.table.cells if cell.row <= row < cell.row + cell.row_span]
        end = max([end, *(value for value in spanned if value <= row + 3)])
        while end < self.table.n_rows:
            texts = [key(text) for text in self.row_texts(end) if text]
            own = [cell for cell in self.table.cells if cell.row == end and cell.text.strip()]
            if not own or not all(_SUBHEADING.match(text) or money_unit(text) for text in texts):
                break
            end += 1
        return end

    @cached_property
    def _places(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, col): cell
            for cell in self.table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        }

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that stands at, or covers, this place."""
        return self._places.get((row, col))

    def text(self, row: int, col: int) -> str:
        """Its text, folded; a merged cell's text in every place that it covers."""
        cell = self._places.get((row, col))
        return fold(cell.text) if cell else ""

    def down(self, row: int, col: int) -> str:
        """The text of the cell that stands here or in a row above and reaches down to here, in
        this column."""
        cell = self._places.get((row, col))
        return fold(cell.text) if cell and cell.col == col else ""

    def own(self, row: int, col: int) -> str:
        """The text printed at this very place: a merged cell's at its top left alone."""
        cell = self._places.get((row, col))
        return fold(cell.text) if cell and (cell.row, cell.col) == (row, col) else ""

    def row_texts(self, row: int) -> list[str]:
        """The row's texts by column; a cell over several columns once, at its first."""
        return [self.own(row, col) if self._starts(row, col) else "" for col in range(self.table.n_cols)]

    @cached_property
    def _filled(self) -> dict[int, list[Cell]]:
        filled: dict[int, list[Cell]] = {}
        for cell in self.table.cells:
            if cell.text.strip():
                filled.setdefault(cell.row, []).append(cell)
        return filled

    def row_cells(self, row: int) -> list[Cell]:
        """The cells that begin in this row and hold text."""
        return self._filled.get(row, [])

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Over each column what its heading rows print, top to bottom, a title over the whole
        table left out."""
        return tuple(" ".join(self.heading_lines(col)) for col in range(self.table.n_cols))

    def heading_lines(self, col: int) -> list[str]:
        """The heading cells over a column, top to bottom."""
        lines: list[str] = []
        seen: set[tuple[int, int]] = set()
        for row in range(self.n_header):
            cell = self._places.get((row, col))
            if cell is None or (cell.row, cell.col) in seen:
                continue
            seen.add((cell.row, cell.col))
            if cell.col_span >= self.table.n_cols > 1 or self._is_title(row):
                continue
            if text := fold(cell.text):
                lines.append(text)
        return lines

    @cached_property
    def title_rows(self) -> tuple[str, ...]:
        """Titles inside the table, above its headings."""
        return tuple(
            text for row in range(self.n_header) if self._is_title(row) for text in self.row_texts(row) if text
        )

    @cached_property
    def across(self) -> tuple[str, ...]:
        """What heading rows print over the whole table: a title, a unit."""
        over = (cell for cell in self.table.cells if cell.col_span >= self.table.n_cols > 1)
        return tuple(text for cell in over if cell.row < self.n_header and (text := fold(cell.text)))

    def _is_title(self, row: int) -> bool:
        """A lone text in the first row, above further headings: over the whole table, or a
        unit for all of it."""
        filled = self.row_cells(row)
        if row != 0 or self.table.n_cols <= 2 or self.n_header < 2 or len(filled) != 1 or filled[0].row_span > 1:
            return False
        wide = filled[0].col_span > self.table.n_cols // 2 or filled[0].col == 0
        return wide or (money_unit(filled[0].text) is not None and not re.search(r"\d\d[/-]\d\d", filled[0].text))

    @cached_property
    def body(self) -> range:
        """The rows below the headings."""
        return range(self.n_header, self.table.n_rows)

    def sort(self, row: int) -> RowSort:
        """What kind of row it is, as far as any table's rows can be told apart."""
        return self._sorts[row]

    @cached_property
    def _sorts(self) -> tuple[RowSort, ...]:
        return tuple(self._sort_of(row) for row in range(self.table.n_rows))

    def _sort_of(self, row: int) -> RowSort:
        if row < self.n_header:
            return "header"
        if row in self.table.repeated_header_rows or self._repeats(row):
            return "repeated header"
        texts = [(cell, fold(cell.text)) for cell in self.row_cells(row)]
        if not texts:
            return "blank" if not any(self.text(row, col) for col in range(self.table.n_cols)) else "body"
        if _is_total(texts, self.table.n_cols):
            return "total"
        if len(texts) == 1 and self._is_section(texts[0][0]):
            return "section heading"
        return "body"

    def page(self, row: int) -> int:
        """The page on which the row stands."""
        return next((cell.page for cell in self.table.cells if cell.row == row), self.table.page)

    def _repeats(self, row: int) -> bool:
        texts = [key(text) for text in self.row_texts(row)]
        if sum(bool(text) for text in texts) < 2:
            return False
        return any(texts == [key(text) for text in self.row_texts(head)] for head in range(self.n_header))

    def _is_section(self, cell: Cell) -> bool:
        """One text in a row of several columns, in its first columns, that is neither number
        nor sign for no value."""
        text = fold(cell.text)
        if self.table.n_cols < 2 or _NUMBERS.match(text) or missing_reason(text) or cell.row_span > 1:
            return False
        if any(self._covers(cell.row, col) for col in range(self.table.n_cols)):
            return False
        return cell.col_span > 1 or cell.col <= 2

    def _covers(self, row: int, col: int) -> bool:
        """Whether a text cell from a row above reaches into this place."""
        cell = self._places.get((row, col))
        return cell is not None and cell.row < row and bool(cell.text.strip())

    def _starts(self, row: int, col: int) -> bool:
        cell = self._places.get((row, col))
        return cell is not None and (cell.row, cell.col) == (row, col)


def _is_total(texts: list[tuple[Cell, str]], n_cols: int) -> bool:
    """A row whose first words are "Total" or end in it, with numbers beside them or alone over the table."""
    words = [text for _, text in texts if not _NUMBERS.match(text)]
    if not words:
        return False
    return any(_TOTAL.search(key(text)) for text in words[:2]) and len(words) <= max(2, n_cols // 2)
