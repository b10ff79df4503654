"""Bands that hold one another: who waits 52 weeks and more is among those who wait 18 and more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractors.checks.evidence import Evidence
from extractors.checks.grid import Grid, read_grid
from schemas.finding import Finding

_BAND = re.compile(
    r"(?:(?P<over>over|more than|greater than|at least|>=?|≥)\s*)?(?P<n>\d{1,4})\s*(?P<plus>\+|plus"
    r"|or more|and over)?\s*-?\s*"
    r"(?P<unit>weeks?|wks?|days?|months?|hours?|hrs?|minutes?|mins?)\b\s*(?P<after>\+|or more|and over"
    r"|plus)?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\btotal\b|\ball\b|waiting list|list size", re.IGNORECASE)


def longer_waits_are_fewer(evidence: Evidence) -> Iterator[Finding]:
    """In a table with columns such as 18+, 26+ and 52+ weeks, no row has more in a longer band than in a
    shorter one.
    """
    for table in evidence.document.tables:
        grid = read_grid(table)
        bands = _bands(grid)
        if len(bands) < 2:
            continue
        for row in range(grid.first, table.n_rows):
            for (_, near), (_, far) in pairwise(bands):
                fewer, more = grid.numbers[row][near], grid.numbers[row][far]
                if fewer is None or more is None or more.value <= fewer.value or fewer.unit != more.unit:
                    continue
                page = grid.page_of(row)
                yield Finding(
                    "warning",
                    "row",
                    "longer_band_is_larger",
                    f"On page {page}, “{grid.labels[row]}” has {grid.texts[row][far]} under "
                    f"“{grid.headings[far]}” but only "
                    f"{grid.texts[row][near]} under “{grid.headings[near]}”, which should hold them all.",
                    page=page,
                    table_no=table.table_no,
                    row=row,
                    col=far,
                    found=grid.texts[row][far],
                    expected=f"at most {grid.texts[row][near]}",
                )


def _bands(grid: Grid) -> list[tuple[Decimal, int]]:
    """(length, column) of open-ended bands of one unit, shortest first

    a column of all who wait comes before them.
    """
    found: list[tuple[Decimal, int]] = []
    units: set[str] = set()
    for col, heading in enumerate(grid.headings):
        match = _BAND.search(heading)
        if match and (match["over"] or match["plus"] or match["after"]):
            units.add(match["unit"].lower().rstrip("s"))
            found.append((Decimal(match["n"]), col))
    if len(found) < 2 or len(units) != 1 or len({length for length, _ in found}) != len(found):
        return []
    found.sort()
    wholes = [
        c for c in range(len(grid.headings)) if _WHOLE.search(grid.headings[c]) and not _BAND.search(grid.headings[c])
    ]
    return [*((Decimal(0), col) for col in wholes[:1]), *found]
