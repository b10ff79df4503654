"""Findings from meeting to meeting: one chart a board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from warehouse.report import charts
from warehouse.report.queries import Row

MOST_CHARTS = 12
MOST_MEETINGS = 24


@dataclass(frozen=True, slots=True)
class Trend:
    """A board's findings by meeting: a chart and the same in words."""

    organisation: str
    src: str
    alt: str
    width: int
    height: int
    data: bytes


def draw_trends(rows: Sequence[Row]) -> list[Trend]:
    """Charts of the boards with at least two meetings, the longest histories first, no more than twelve."""
    boards = [(name, list(meetings)[-MOST_MEETINGS:]) for name, meetings in groupby(rows, lambda r: r["organisation"])]
    boards = sorted((b for b in boards if len(b[1]) >= 2), key=lambda b: (-len(b[1]), b[0]))
    trends = []
    for number, (name, meetings) in enumerate(boards[:MOST_CHARTS], 1):
        drawing = charts.draw_counts(
            [m["meeting"] for m in meetings], [m["errors"] for m in meetings], [m["warnings"] for m in meetings]
        )
        said = "; ".join(f"{m['meeting']}: {m['errors']} errors, {m['warnings']} warnings" for m in meetings)
        alt = f"Findings by meeting. {said}"
        trends.append(Trend(name, f"trend-{number}.svg", alt, drawing.width, drawing.height, drawing.data))
    return trends
