"""A table as positions: which cell covers each, what it says, which rows are headings, where blocks begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.kpi_layouts.values import DRAWN_DOT, dot_rating
from extractors.kpi_layouts.words import is_heading_word, is_period
from extractors.parse.folding import fold, key, plain
from extractors.parse.numbers import missing_reason
from extractors.parse.rag import DOT, parse_rag, parse_trend
from schemas.document import Cell, RawTable, Trend

_NUMERIC = re.compile(
    r"""[(\[<>≤≥~£+-]*\ ?[£]?\d[\d,.: ]*(?:\ ?(?:%|pp|ppts?|k|m|mn|bn|hrs?|mins?|secs?))?[)\]]*
    (?:\ ?(?:[*†‡#^]|\[\d+\]|\([pr]\)))*""",
    re.IGNORECASE | re.VERBOSE,
)
_UNIT = re.compile(r"£? ?'?(?:000'?s?)|£ ?(?:k|m|mn|millions?|thousands?)?|%", re.IGNORECASE)
"""A unit under a heading, and no value: "£000", "£m", "%"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ARROWS = re.compile(r"[↑⇑▲△⬆⇧↗↓⇓▼▽⬇⇩↘→⇒►▶⬌↔⇔➔➡▬⮕↕🡅🡇]+")
_RATED = re.compile(r"\((?:red|amber|green|blue|grey|[rag])\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """Heading rows and the body rows under them. Most tables are one block; stacked ones share a grid."""

    title: str | None
    """A row of one cell over the headings, e.g. the measure's name."""
    title_rows: tuple[int, ...]
    headings: tuple[int, ...]
    body: tuple[int, ...]
    repeated: tuple[int, ...]
    """Rows of the body that print the headings again."""


class Grid:
    """Texts and cells by position; a merged cell answers for every position that it covers."""

    __slots__ = ("_at", "n_cols", "n_rows", "table")

    def __init__(self, table: RawTable) -> None:
        self.table = table
        self.n_rows, self.n_cols = table.n_rows, table.n_cols
        self._at: dict[tuple[int, int], Cell] = {}
        for printed in table.cells:
            drawn = not fold(printed.text) and dot_rating(printed) is not None
            cell = replace(printed, text=DRAWN_DOT) if drawn else printed
            for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
                for col in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                    self._at.setdefault((row, col), cell)

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that covers this position."""
        return self._at.get((row, col))

    def text(self, row: int, col: int) -> str:
        """What the covering cell says, folded."""
        cell = self._at.get((row, col))
        return fold(cell.text) if cell else ""

    def symbol(self, row: int, col: int) -> Trend | None:
        """The arrow that stands at this very position."""
        cell = self._at.get((row, col))
        return cell.symbol if cell and cell.row == row and cell.col == col else None

    def own(self, row: int, col: int) -> str:
        """What stands at this very position: '' where a merged cell only reaches over it."""
        cell = self._at.get((row, col))
        return fold(cell.text) if cell and cell.row == row and cell.col == col else ""

    def row_texts(self, row: int) -> list[tuple[int, str]]:
        """(column, text) of the cells that begin in this row and say something."""
        return [(col, text) for col in range(self.n_cols) if (text := self.own(row, col))]

    def has_values(self, row: int) -> bool:
        """Does a cell of this row, other than its first, hold a value?"""
        return any(
            is_value(text) or (cell is not None and cell.symbol is not None)
            for col in range(1 if self.n_cols > 1 else 0, self.n_cols)
            if (cell := self.cell(row, col)) is not None and cell.row == row and cell.col == col
            for text in (fold(cell.text),)
        )

    def is_blank(self, row: int) -> bool:
        """Nothing is printed in this row, of its own or from a cell that reaches into it."""
        return all(not self.text(row, col) for col in range(self.n_cols)) and not any(
            cell.symbol for col in range(self.n_cols) if (cell := self.cell(row, col)) is not None
        )

    def blocks(self) -> list[Block]:
        """The table cut at rows of new headings."""
        starts = self._heading_runs()
        found = []
        for i, (first, last) in enumerate(starts):
            end = starts[i + 1][0] if i + 1 < len(starts) else self.n_rows
            titles = tuple(row for row in range(first, last) if self._is_title(row, last))
            headings = tuple(row for row in range(first, last) if row not in titles)
            body = tuple(range(last, end))
            known = {self._row_key(row) for row in (*headings, *titles)} - {""}
            repeated = tuple(
                row
                for row in body
                if row in self.table.repeated_header_rows or (self._row_key(row) in known and not self.has_values(row))
            )
            title = next((text for row in reversed(titles) for _, text in self.row_texts(row)), None)
            found.append(Block(title, titles, headings, body, repeated))
        return found

    def _row_key(self, row: int) -> str:
        texts = self.row_texts(row)
        return " | ".join(f"{col} {key(text)}" for col, text in texts) if len(texts) > 1 else ""

    def _is_title(self, row: int, last: int) -> bool:
        """One text over headings that follow."""
        texts = self.row_texts(row)
        return len(texts) <= 1 and any(len(self.row_texts(below)) > 1 for below in range(row + 1, last))

    def _heading_runs(self) -> list[tuple[int, int]]:
        """(first, one past the last) of each run of heading rows, the first possibly empty."""
        first_end = self._first_headings()
        runs = [(0, first_end)]
        row = first_end
        while row < self.n_rows:
            if row not in self.table.repeated_header_rows and self._is_new_heading(row, runs[-1]):
                start = row
                while start - 1 > runs[-1][1] and self._one_text_only(start - 1):
                    start -= 1
                end = row + 1
                while end < self.n_rows and self._is_new_heading(end, runs[-1]):
                    end += 1
                runs.append((start, end))
                row = end
            else:
                row += 1
        return runs

    def _one_text_only(self, row: int) -> bool:
        return len(self.row_texts(row)) == 1 and not self.has_values(row)

    def _is_new_heading(self, row: int, before: tuple[int, int]) -> bool:
        """A row inside the table that heads what follows: periods or heading words, and no values."""
        texts = self.row_texts(row)
        beside = [text for col, text in texts if col > 0]
        if len(beside) < 2 or self.has_values(row):
            return False
        if self._row_key(row) in {self._row_key(head) for head in range(*before)}:
            return row > 0 and row - 1 > before[1] and self._one_text_only(row - 1)
        known = sum(is_period(text) or is_heading_word(text) for text in beside)
        if any(len(text) > 60 for text in beside):
            return False
        return known >= max(2, 0.6 * len(beside))

    def _first_headings(self) -> int:
        """How many leading rows are headings: no values in them, and each after the first looks like one."""
        without_values = 0
        while without_values < self.n_rows and (
            not self.has_values(without_values)
            or (without_values < 3 and (self.is_rating_legend(without_values) or self._is_years(without_values)))
        ):
            without_values += 1
        if without_values == 0:
            return 0
        hint = min(self.table.header_rows, without_values)
        if without_values == self.n_rows:
            return max(hint, 1) if self.n_rows > 1 else 0
        end = max(hint, 1)
        while end < without_values and self._goes_on_as_heading(end):
            end += 1
        while end > 1 and self._is_section(end - 1) and not all(self._one_text_only(r) for r in range(end)):
            end -= 1
        return end

    def _is_section(self, row: int) -> bool:
        """One text at the left, below fuller headings: a section's heading and no part of the headings."""
        texts = self.row_texts(row)
        return len(texts) == 1 and texts[0][0] == 0 and any(len(self.row_texts(r)) > 1 for r in range(row))

    def _goes_on_as_heading(self, row: int) -> bool:
        texts = self.row_texts(row)
        above = [self.row_texts(r) for r in range(row)]
        if not texts:
            return row > 0
        if all(len(texts_above) <= 1 for texts_above in above):
            return len(texts) > 1 or row + 1 < self.n_rows
        beside = [text for col, text in texts if col > 0]
        if not beside:
            return False
        if self._names_and_dates(row) and any(self._names_and_dates(r) for r in range(row)):
            return False
        known = sum(is_period(text) or is_heading_word(text) for text in beside)
        first = self.cell(row, 0)
        open_left = not self.text(row, 0) or (first is not None and first.row < row)
        if known >= 0.5 * len(beside) or (open_left and all(len(text) <= 60 for text in beside)):
            return True
        full = len(texts) >= 0.8 * self.n_cols and all(len(text) <= 30 for _, text in texts)
        return full and row + 1 < self.n_rows and is_value(self.text(row + 1, 0))

    def _names_and_dates(self, row: int) -> bool:
        """A name at the left and dates beside it: one such row heads a table, several are its body."""
        return bool(self.own(row, 0)) and sum(is_period(text) for col, text in self.row_texts(row) if col > 0) >= 2

    def _is_years(self, row: int) -> bool:
        """Years standing alone as headings look like counts."""
        beside = [text for col, text in self.row_texts(row) if col > 0 and is_value(text)]
        years = [int(text) for text in beside if _YEAR.fullmatch(text)]
        return len(years) >= 2 and len(years) == len(beside) and years == list(range(years[0], years[0] + len(years)))

    def is_rating_legend(self, row: int) -> bool:
        """R, A, G as headings over counts."""
        beside = [(col, text) for col, text in self.row_texts(row) if col > 0]
        rated = [col for col, text in beside if isinstance(parse_rag(text), str)]
        names = {parse_rag(text) for col, text in beside if col in rated}
        if len(names) < 2 or len(names) != len(rated) or row + 1 >= self.n_rows:
            return False
        below = [self.text(under, col) for col in rated for under in range(row + 1, min(row + 4, self.n_rows))]
        return any(text.isdigit() for text in below) and all(not text or text.isdigit() for text in below)


def is_unit(text: str) -> bool:
    """Is all of this a unit: "£000", "£m", "%"?"""
    return bool(_UNIT.fullmatch(plain(text)))


@lru_cache(maxsize=20000)
def is_value(text: str) -> bool:
    """Does this look like a value: a number, a time, an amount, a rating, an arrow, or a sign for none?"""
    bare = plain(text)
    if not bare or len(bare) > 60 or _UNIT.fullmatch(bare):
        return False
    if _ARROWS.search(bare):
        bare = _ARROWS.sub("", bare).strip()
        if not bare:
            return True
    bare = _RATED.sub("", bare).strip()
    if _NUMERIC.fullmatch(bare):
        return not is_period(bare) or bool(_YEAR.fullmatch(bare))
    if missing_reason(bare) is not None or DOT.fullmatch(bare):
        return True
    if isinstance(parse_rag(bare), str):
        return True
    return len(bare) <= 24 and isinstance(parse_trend(bare), str) and " " not in bare and len(bare) <= 3
