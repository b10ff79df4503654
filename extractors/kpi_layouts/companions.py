"""What goes with a value in its row: its target, its rating, its arrow, its unit."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.kpi_layouts.axes import NOTE_THRESHOLD
from extractors.kpi_layouts.colours import Ratings
from extractors.kpi_layouts.columns import Column
from extractors.kpi_layouts.grid import Grid
from extractors.kpi_layouts.headings import Heading
from extractors.kpi_layouts.roles import BREAKDOWN_ROLES
from extractors.kpi_layouts.values import dot_rating
from extractors.parse.folding import fold, plain
from extractors.parse.numbers import Better, polarity
from extractors.parse.rag import Rag, parse_rag, parse_trend
from schemas.document import Trend


class Companions:
    """The columns of a block that say something of its values."""

    __slots__ = (
        "_grid",
        "_latest",
        "_noted",
        "_polarities",
        "_rags",
        "_ratings",
        "_thresholds",
        "_trends",
        "_units",
        "_values",
    )

    def __init__(
        self,
        grid: Grid,
        columns: Sequence[Column],
        values: Sequence[Column],
        headings: dict[int, Heading],
        ratings: Ratings,
        *,
        by_measure: bool,
    ) -> None:
        self._grid, self._values, self._ratings = grid, values, ratings
        self._trends = [c for c in columns if c.role == "trend"]
        self._rags = [c for c in columns if c.role == "rag"]
        self._thresholds = [c for c in columns if c.role == "threshold"]
        self._units = [c for c in columns if c.role == "unit"]
        self._polarities = [c for c in columns if c.role == "polarity"]
        self._latest = _latest(values, headings)
        self._noted = None if by_measure else _noted_threshold(grid)

    def threshold(self, row: int, column: Column) -> str | None:
        """The target of the value's own group, or of the row; else one that a line beside the table states."""
        if not self._thresholds:
            return self._noted if column.role in ("period", "ytd", "organisation") else None
        grouped = [c for c in self._thresholds if c.group and c.group == column.group]
        alone = [c for c in self._thresholds if not c.group or len(self._thresholds) == 1]
        rest = [] if any(c.group for c in self._thresholds) else self._thresholds
        return next((text for c in (*grouped, *alone, *rest) if (text := self._grid.text(row, c.col))), None)

    def trend(self, row: int, column: Column) -> Trend | None:
        """The arrow beside the value; one arrow for a whole row is the latest value's."""
        if len(self._trends) == 1:
            beside = self._trends[0] if self._latest is not None and self._latest.col == column.col else None
        else:
            beside = self._next(column, self._trends) if column.role != "ytd" else None
        if beside is None:
            return None
        cell = self._grid.cell(row, beside.col)
        if cell is not None and cell.symbol is not None:
            return cell.symbol
        found = parse_trend(self._grid.text(row, beside.col))
        return found if isinstance(found, str) else None

    def rag(self, row: int, column: Column) -> Rag | None:
        """The rating in the column beside the value, or that the value's own fill shows."""
        own = self._ratings.of(row, column.col)
        if not self._rags or column.role in BREAKDOWN_ROLES or own is not None:
            return own
        if len(self._rags) == 1:
            beside = self._rags[0] if self._latest is not None and self._latest.col == column.col else None
        else:
            beside = self._next(column, self._rags)
        if beside is None:
            return None
        found = parse_rag(self._grid.text(row, beside.col))
        if isinstance(found, str):
            return found
        cell = self._grid.cell(row, beside.col)
        dot = dot_rating(cell) if cell is not None else None
        return dot or self._ratings.of(row, beside.col)

    def better(self, row: int) -> Better | None:
        """Which way is good, where a column says so."""
        return next((side for c in self._polarities if (side := polarity(self._grid.text(row, c.col)))), None)

    def unit(self, row: int) -> str:
        """What a column of units says of the row."""
        return next((self._grid.text(row, c.col) for c in self._units), "")

    def _next(self, column: Column, others: Sequence[Column]) -> Column | None:
        """The next at its right, before another value."""
        values = [c.col for c in self._values]
        for other in others:
            if other.col > column.col and not any(column.col < col < other.col for col in values):
                return other
        return None


def _latest(values: Sequence[Column], headings: dict[int, Heading]) -> Column | None:
    """The value that one arrow or rating for a whole row speaks of: the latest."""
    actual = [
        c
        for c in values
        if c.role not in BREAKDOWN_ROLES
        and c.role not in ("previous", "plan", "ytd")
        and headings[c.col].series is None
    ]
    candidates = actual or list(values)
    if not candidates:
        return None
    if latest := [c for c in candidates if c.role == "latest" and headings[c.col].period is None]:
        return latest[0]
    dated = [(p.end, -p.start.toordinal(), c.col) for c in candidates if (p := headings[c.col].period) is not None]
    if dated:
        newest = max(dated)[2]
        return next(c for c in candidates if c.col == newest)
    return candidates[0]


def _noted_threshold(grid: Grid) -> str | None:
    """A line beside the table that states one target for all of it."""
    stated = {
        fold(match["value"])
        for note in grid.table.notes
        if len(note) < 60 and (match := NOTE_THRESHOLD.match(plain(note)))
    }
    return stated.pop() if len(stated) == 1 else None
