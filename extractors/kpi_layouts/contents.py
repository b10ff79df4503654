"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.kpi_layouts.grid import Grid, is_value
from extractors.kpi_layouts.values import dot_rating
from extractors.kpi_layouts.words import is_period
from extractors.parse.dates import When, parse_date
from extractors.parse.rag import DOT, parse_rag, parse_trend


@dataclass(slots=True)
class Contents:
    """Counts over the cells of a column's body."""

    values: int = 0
    numbers: int = 0
    texts: int = 0
    long_texts: int = 0
    ratings: int = 0
    trends: int = 0
    periods: int = 0
    dates: int = 0
    """Cells that say when and nothing else: years, days, "Ongoing", "TBC"."""
    blanks: int = 0
    distinct: set[str] = field(default_factory=set)

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.values + self.texts

    @property
    def is_deadlines(self) -> bool:
        """Whether all that is said is when."""
        return self.dates == self.filled


def contents_of(grid: Grid, body: list[int], col: int) -> Contents:
    """The contents of one column; a merged cell counts where it begins."""
    seen = Contents()
    for row in body:
        cell = grid.cell(row, col)
        if cell is None or cell.row != row or cell.col != col:
            continue
        text = grid.own(row, col)
        if text:
            _add_text(seen, text)
            if DOT.fullmatch(text):
                seen.ratings += dot_rating(cell) is not None
        elif cell.symbol is not None:
            seen.trends += 1
            seen.values += 1
        else:
            seen.blanks += 1
    return seen


def _add_text(seen: Contents, text: str) -> None:
    seen.distinct.add(text)
    seen.dates += isinstance(parse_date(text), When)
    if is_period(text) and not text.replace(" ", "").isdigit():
        seen.periods += 1
        seen.texts += 1
    elif is_value(text):
        seen.values += 1
        if isinstance(parse_rag(text), str):
            seen.ratings += 1
        elif len(text) <= 3 and isinstance(parse_trend(text), str):
            seen.trends += 1
        elif any(c.isdigit() for c in text):
            seen.numbers += 1
    else:
        seen.texts += 1
        seen.long_texts += len(text) > 40
        seen.trends += isinstance(parse_trend(text), str)
