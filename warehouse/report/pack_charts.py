"""Which charts a pack gets: its series with process limits, its open actions by age, its capital by completion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from warehouse.report import charts, words
from warehouse.report.queries import Row

MOST_CHARTS = 60
LEAST_POINTS = 5
SIGNALS = {"improvement": "improvement", "concern": "concern", "neutral": "neutral", "special": "neutral"}
MOST_PANELS = 6


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of the report."""

    title: str
    alt: str
    src: str
    width: int
    height: int


Drawn = tuple[str, Chart, bytes]
"""(view, chart, the SVG's bytes)."""


def draw_pack(pack: Row, rows: dict[str, list[Row]], series: list[Row]) -> Iterator[Drawn]:
    """Every chart of a pack, in the order of its page."""
    yield from _draw_kpis(series)
    yield from _draw_actions(pack, rows["actions"])
    yield from _draw_capital(rows["capital_schemes"])


def _drawn(view: str, name: str, title: str, alt: str, drawing: charts.Drawing) -> Drawn:
    return view, Chart(title, alt, f"{view}-{name}.svg", drawing.width, drawing.height), drawing.data


def _panels(rows: Iterable[Row], measure: str) -> list[charts.Series]:
    panels = []
    for organisation, points in groupby(rows, key=lambda r: r["organisation"]):
        listed = list(points)
        if len(listed) < LEAST_POINTS:
            continue
        drawn = tuple(
            charts.Point(
                p["period_end"],
                p["value"],
                p["mean"],
                p["lower_limit"],
                p["upper_limit"],
                SIGNALS.get(p["signal"], "common"),
            )
            for p in listed
        )
        threshold = next((p["threshold"] for p in reversed(listed) if p["threshold"] is not None), None)
        panels.append(charts.Series(organisation or measure, drawn, threshold))
    return panels[:MOST_PANELS]


def _draw_kpis(series: list[Row]) -> Iterator[Drawn]:
    number = 0
    for (_, breakdown, unit), grouped in groupby(series, key=lambda r: (r["measure_key"], r["breakdown"], r["unit"])):
        rows = list(grouped)
        measure = rows[0]["measure"]
        panels = _panels(rows, measure)
        if not panels or number >= MOST_CHARTS:
            continue
        number += 1
        title = f"{measure} ({breakdown})" if breakdown else measure
        span = f"{panels[0].points[0].when:%B %Y} to {panels[0].points[-1].when:%B %Y}"
        last = ", ".join(f"{s.label} {words.say_value(s.points[-1].value)}" for s in panels)
        yield _drawn("kpis", f"{number:03d}", title, f"{title}, {span}; last: {last}", charts.draw_series(panels, unit))


WAITING = ("open", "in_progress", "overdue")
AGES = ((31, "under a month"), (92, "1 to 3 months"), (183, "3 to 6 months"), (10**6, "over 6 months"))


def _draw_actions(pack: Row, actions: list[Row]) -> Iterator[Drawn]:
    meeting = pack["meeting_date"]
    ages = [(meeting - a["raised_on"]).days for a in actions if meeting and a["status"] in WAITING and a["raised_on"]]
    if len(ages) < 2:
        return
    counts = dict.fromkeys((label for _, label in AGES), 0)
    for age in ages:
        counts[next(label for limit, label in AGES if age < limit)] += 1
    alt = "Open actions by age: " + ", ".join(f"{label} {n}" for label, n in counts.items())
    drawing = charts.draw_bars(list(counts), list(counts.values()), "actions")
    yield _drawn("actions", "age", "Open actions by age at the meeting", alt, drawing)


def _draw_capital(schemes: list[Row]) -> Iterator[Drawn]:
    totals: dict[str, float] = {}
    for s in schemes:
        if s["value_gbp"] is None:
            continue
        by = s["completion_by"]
        said = (s["completion"] or "not stated").replace("_", " ")
        label = f"by March {by.year + (by.month > 3)}" if by else said
        totals[label] = totals.get(label, 0.0) + float(s["value_gbp"]) / 1e6
    if len(totals) < 2:
        return
    ordered = {label: round(totals[label], 1) for label in sorted(totals)}
    alt = "Scheme value by completion, £ million: " + ", ".join(f"{k} {v:,.1f}" for k, v in ordered.items())
    drawing = charts.draw_bars(list(ordered), list(ordered.values()), "£ million")
    yield _drawn("capital_schemes", "completion", "Value by completion, financial years", alt, drawing)
