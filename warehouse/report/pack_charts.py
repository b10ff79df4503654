"""Which charts a pack gets: its series with process limits, its open actions by age, its capital by completion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from warehouse.report import charts, words
from warehouse.report.queries import Row

MOST_CHARTS = 40
MOST_PANELS = 12
"""Series in one figure; a measure with more has several figures."""
MOST_BYTES = 700_000
"""Of all charts of a pack; what is not drawn is counted and said."""
LEAST_POINTS = 5
SIGNALS = {
    "common_cause": "common",
    "improvement": "improvement",
    "concern": "concern",
    "neutral_high": "neutral",
    "neutral_low": "neutral",
}
"""The view's `variation` -> a colour of the chart."""
VARIATION_WORDS = {
    "concern": "concern",
    "improvement": "improvement",
    "neutral_high": "unusually high",
    "neutral_low": "unusually low",
    "common_cause": "common cause",
}
ASSURANCE_WORDS = {
    "passing": "meets the threshold month after month",
    "failing": "falls short of the threshold month after month",
    "hit_or_miss": "hit or miss",
}
ORDER = ("concern", "neutral_high", "neutral_low", "improvement", "common_cause")


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of the report. `note` says what it does not show."""

    id: str
    title: str
    alt: str
    src: str
    width: int
    height: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """The last point of a series, and what the rules of Making Data Count say of it."""

    measure: str
    organisation: str
    last: str
    when: str
    variation: str
    variation_words: str
    assurance: str
    points: int
    chart: str | None


@dataclass(slots=True)
class PackCharts:
    """Charts by view, the files that they lead to, the signals, and how many measures were not drawn."""

    by_view: dict[str, list[Chart]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    signals: list[Signal] = field(default_factory=list)
    not_drawn: int = 0

    @property
    def n_bytes(self) -> int:
        """Bytes of all charts."""
        return sum(map(len, self.files.values()))

    def add(self, view: str, name: str, title: str, alt: str, drawing: charts.Drawing, note: str = "") -> str:
        """The chart's id on its page."""
        src = f"chart-{view}-{name}.svg"
        self.files[src] = drawing.data
        chart = Chart(f"chart-{name}", title, alt, src, drawing.width, drawing.height, note)
        self.by_view.setdefault(view, []).append(chart)
        return chart.id


def draw_pack(pack: Row, rows: dict[str, list[Row]], series: Sequence[Row]) -> PackCharts:
    """Every chart of a pack, in the order of its pages."""
    drawn = PackCharts()
    _draw_kpis(series, drawn)
    _draw_actions(pack, rows["actions"], drawn)
    _draw_capital(rows["capital_schemes"], drawn)
    return drawn


def _draw_kpis(series: Sequence[Row], drawn: PackCharts) -> None:
    number = 0
    for title, unit, lines in _figures(series):
        chart = None
        if number < MOST_CHARTS and drawn.n_bytes < MOST_BYTES:
            number += 1
            chart = _draw_lines(f"{number:03d}", title, unit, lines, drawn)
        else:
            drawn.not_drawn += 1
        drawn.signals += [_signal(line, unit, chart) for line in lines]
    drawn.signals.sort(key=lambda s: (ORDER.index(s.variation), s.assurance != ASSURANCE_WORDS["failing"]))


SPANS = {1: "month", 3: "quarter", 12: "year"}
Line = list[Row]
"""The points of one series, in order of time."""


def _figures(series: Sequence[Row]) -> Iterator[tuple[str, str | None, list[Line]]]:
    """(title, unit, series) for each chart.

    A measure's organisations share a chart; where a measure is printed by age or by service instead, those do.
    """
    spans: dict[str, set[int]] = {}
    for r in series:
        spans.setdefault(r["measure_key"], set()).add(r["months"])
    for (key, unit, months), grouped in groupby(series, key=lambda r: (r["measure_key"], r["unit"], r["months"])):
        by = f", by {SPANS.get(months, f'{months} months')}" if len(spans[key]) > 1 else ""
        lines = [list(g) for _, g in groupby(grouped, key=lambda r: (r["breakdown"], r["organisation_key"]))]
        lines = [line for line in lines if len(line) >= LEAST_POINTS]
        breakdowns = [line[-1]["breakdown"] for line in lines]
        if len(set(breakdowns)) == len(lines):
            name = lines[-1][-1]["measure"] if len(lines) > 1 else _title(lines[-1]) if lines else ""
            yield from _pages(name + by, unit, lines)
        else:
            for _, of_one in groupby(lines, key=lambda line: line[-1]["breakdown"]):
                several = list(of_one)
                yield from _pages(_title(several[-1]) + by, unit, several)


def _pages(title: str, unit: str | None, lines: list[Line]) -> Iterator[tuple[str, str | None, list[Line]]]:
    count = -(-len(lines) // MOST_PANELS)
    for number in range(count):
        part = f" ({number + 1} of {count})" if count > 1 else ""
        chosen = lines[number * MOST_PANELS : (number + 1) * MOST_PANELS]
        yield title + part, unit, chosen


def _title(line: Line) -> str:
    last = line[-1]
    return f"{last['measure']} ({last['breakdown']})" if last["breakdown"] else str(last["measure"])


def _draw_lines(name: str, title: str, unit: str | None, lines: list[Line], drawn: PackCharts) -> str:
    by_breakdown = len({line[-1]["breakdown"] for line in lines}) > 1
    panels = [_panel(line, by_breakdown=by_breakdown) for line in lines]
    first, last = min(p.points[0].when for p in panels), max(p.points[-1].when for p in panels)
    said = ", ".join(f"{s.label} {words.say_measured(s.points[-1].value, unit)}".strip() for s in panels)
    alt = f"{title}, {first:%B %Y} to {last:%B %Y}. Last values: {said}"
    return drawn.add("kpis", name, title, alt, charts.draw_series(panels, unit))


def _panel(line: Line, *, by_breakdown: bool) -> charts.Series:
    points = tuple(
        charts.Point(
            p["period_end"], p["value"], p["mean"], p["lower_limit"], p["upper_limit"], SIGNALS[p["variation"]]
        )
        for p in line
    )
    threshold = next((p["threshold"] for p in reversed(line) if p["threshold"] is not None), None)
    names = [line[-1]["breakdown"] if by_breakdown else "", line[-1]["organisation"]]
    return charts.Series(", ".join(filter(None, names)), points, threshold)


def _signal(line: Line, unit: str | None, chart: str | None) -> Signal:
    last = line[-1]
    return Signal(
        _title(line),
        last["organisation"],
        words.say_measured(last["value"], unit),
        f"{last['period_end']:%b %Y}",
        last["variation"],
        VARIATION_WORDS[last["variation"]],
        ASSURANCE_WORDS.get(last["assurance"] or "", ""),
        len(line),
        chart,
    )


WAITING = ("open", "in_progress", "overdue")
AGES = ((31, "under a month"), (92, "1 to 3 months"), (183, "3 to 6 months"), (10**6, "over 6 months"))


def _draw_actions(pack: Row, actions: Sequence[Row], drawn: PackCharts) -> None:
    meeting = pack["meeting_date"]
    waiting = [a for a in actions if a["status"] in WAITING]
    ages = [(meeting - a["raised_on"]).days for a in waiting if meeting and a["raised_on"]]
    if len(ages) < 2:
        return
    counts = dict.fromkeys((label for _, label in AGES), 0)
    for age in ages:
        counts[next(label for limit, label in AGES if age < limit)] += 1
    alt = "Open actions by age: " + ", ".join(f"{label} {n}" for label, n in counts.items())
    undated = len(waiting) - len(ages)
    note = f"{words.say_count(undated, 'open action')} without a date raised not drawn." if undated else ""
    drawing = charts.draw_bars(list(counts), list(counts.values()), "actions")
    drawn.add("actions", "age", "Open actions by age on the day of the meeting", alt, drawing, note)


def _draw_capital(schemes: Sequence[Row], drawn: PackCharts) -> None:
    totals: dict[tuple[int, str], float] = {}
    for s in schemes:
        if s["value_gbp"] is not None:
            key = _completion(s)
            totals[key] = totals.get(key, 0.0) + float(s["value_gbp"]) / 1e6
    if len(totals) < 2:
        return
    ordered = {label: round(totals[rank, label], 1) for rank, label in sorted(totals)}
    alt = "Scheme value by completion, £ million: " + ", ".join(f"{k} {v:,.1f}" for k, v in ordered.items())
    unpriced = sum(s["value_gbp"] is None for s in schemes)
    note = f"{words.say_count(unpriced, 'scheme')} without a value not drawn." if unpriced else ""
    drawing = charts.draw_bars(list(ordered), list(ordered.values()), "£ million")
    drawn.add("capital_schemes", "completion", "Value of schemes by financial year of completion", alt, drawing, note)


def _completion(scheme: Row) -> tuple[int, str]:
    """(order, label): a financial year (April to March), or the words that stand for one."""
    by = scheme["completion_by"]
    if by:
        start = by.year - (by.month < 4)
        return start, f"{start}/{(start + 1) % 100:02d}"
    if scheme["completion"] == "complete":
        return 0, "complete"
    return 9999, (scheme["completion"] or "not stated").replace("_", " ")
