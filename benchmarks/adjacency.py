"""Adjacency relations: how far two tables agree on which cells are neighbours.

The measure of the ICDAR 2013 table competition (Göbel, Hassan, Oro, Orsi): each cell with text and the next one to its
right and below make a relation; text is compared without white space, quotes and dashes folded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2212": "-", "\u00ad": None})
SPACE = re.compile(r"\s+")

ARROW = re.compile(r"[↑→↓←↔▲▼►◄⇧⇩⇨⬆⬇➡]+|up|down|flat")
"""A drawn arrow's name or the sign for it: whether it has text differs from reader to reader."""

Relations = Counter[tuple[str, str, str, int]]


class Placed(NamedTuple):
    """A cell of a table: its first and last row and column, from 0, and its text."""

    row: int
    col: int
    last_row: int
    last_col: int
    text: str


class Table(NamedTuple):
    """A table as some reader or some person sees it on one page."""

    page: int
    cells: tuple[Placed, ...]
    confidence: float = 1.0


class Score(NamedTuple):
    """Relations that are right, that were read, that are wanted. Scores add up."""

    right: int = 0
    read: int = 0
    wanted: int = 0

    def plus(self, other: Score) -> Score:
        """Both together."""
        return Score(self.right + other.right, self.read + other.read, self.wanted + other.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1; 1 where nothing is wanted and nothing read."""
        total = self.read + self.wanted
        return 2 * self.right / total if total else 1.0


def unspanned(table: Table) -> Table:
    """The table as rows of text: a merged cell's text at its top left, arrows left out. So are tables written down
    without spans.
    """
    cells = (
        Placed(c.row, c.col, c.row, c.col, "" if ARROW.fullmatch(c.text.strip().lower()) else c.text)
        for c in table.cells
    )
    return table._replace(cells=tuple(cells))


def from_rows(page: int, rows: Sequence[Sequence[str | None]]) -> Table:
    """A table of cells that span nothing."""
    return Table(
        page, tuple(Placed(r, c, r, c, text or "") for r, row in enumerate(rows) for c, text in enumerate(row))
    )


def relations(table: Table, *, blanks: bool) -> Relations:
    """The table's relations. With `blanks` two cells with a blank one between are another relation than two without."""
    texts = [SPACE.sub("", cell.text.translate(FOLDED)).lower() for cell in table.cells]
    held: dict[tuple[int, int], int] = {}
    for number, (cell, text) in enumerate(zip(table.cells, texts, strict=True)):
        if text:
            for row in range(cell.row, cell.last_row + 1):
                for col in range(cell.col, cell.last_col + 1):
                    held[row, col] = number
    found: set[tuple[str, int, int]] = set()
    out: Relations = Counter()
    for way in "right", "below":
        lane, place = (0, 1) if way == "right" else (1, 0)
        before: dict[int, tuple[int, int]] = {}
        for spot in sorted(held, key=lambda s: (s[lane], s[place])):
            number = held[spot]
            last = before.get(spot[lane])
            if last is not None and last[1] != number and (way, last[1], number) not in found:
                found.add((way, last[1], number))
                out[texts[last[1]], texts[number], way, spot[place] - last[0] - 1 if blanks else 0] += 1
            before[spot[lane]] = (spot[place], number)
    return out


def score(wanted: Table, read: Table, *, blanks: bool) -> Score:
    """One table read against one wanted."""
    a, b = relations(wanted, blanks=blanks), relations(read, blanks=blanks)
    return Score(sum((a & b).values()), sum(b.values()), sum(a.values()))


def best(wanted: Table, read: Sequence[Table]) -> tuple[Score, Table | None]:
    """The table of the same page that fits best, and how well. Blanks do not count."""
    here = [(score(wanted, table, blanks=False), table) for table in read if table.page == wanted.page]
    nothing = Score(0, 0, sum(relations(wanted, blanks=False).values()))
    return max(here, key=lambda s: s[0].f1, default=(nothing, None))


def document(wanted: Sequence[Table], read: Sequence[Table]) -> Score:
    """A whole document: tables of one page paired best first, whatever else was read counts against it."""
    told = [relations(table, blanks=True) for table in wanted]
    seen = [relations(table, blanks=True) for table in read]
    pairs = sorted(
        (-sum((told[i] & seen[j]).values()), i, j)
        for i in range(len(wanted))
        for j in range(len(read))
        if wanted[i].page == read[j].page
    )
    used: set[int] = set()
    done: set[int] = set()
    right = 0
    for negative, i, j in pairs:
        if i not in done and j not in used:
            done.add(i)
            used.add(j)
            right -= negative
    return Score(right, sum(map(Counter.total, seen)), sum(map(Counter.total, told)))
