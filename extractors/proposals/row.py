"""A row of an unruled table: one line at first, then what wraps with it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.proposals.lines import Item, is_number


@dataclass(slots=True)
class RowCell:
    """A cell of a row: its first and last column, its words in order."""

    first: int
    last: int
    items: list[Item]

    @property
    def text(self) -> str:
        """The words."""
        return " ".join(item.text for item in self.items)


@dataclass(slots=True)
class Row:
    """A row: one line at first."""

    top: float
    bottom: float
    cells: list[RowCell]

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2

    def is_data(self) -> bool:
        """At least half of the cells beside the label hold figures."""
        values = [c for c in self.cells if c.first > 0]
        return bool(values) and sum(is_number(c.text) for c in values) >= 0.5 * len(values)

    def take(self, other: Row) -> None:
        """Makes the other's lines part of this row."""
        for cell in other.cells:
            over = [c for c in self.cells if not (c.last < cell.first or c.first > cell.last)]
            if not over:
                self.cells.append(RowCell(cell.first, cell.last, list(cell.items)))
                continue
            kept = over[0]
            kept.first, kept.last = min(kept.first, cell.first), max(kept.last, cell.last)
            kept.items += cell.items
            for gone in over[1:]:
                kept.first, kept.last = min(kept.first, gone.first), max(kept.last, gone.last)
                kept.items += gone.items
                self.cells.remove(gone)
        self.bottom = max(self.bottom, other.bottom)
