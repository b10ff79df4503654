"""Charts as SVG: KPI series with their process limits, actions by age, capital by completion year.

Colours follow NHS England's Making Data Count (as in the NHSRplotthedots package): grey common cause,
blue improvement, orange concern, purple where no direction is better.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.report.svg import lighten

COMMON, BETTER, WORSE, NEUTRAL = "#7b7d7d", "#289de0", "#e07000", "#490092"
COLOURS = {"common": COMMON, "improvement": BETTER, "concern": WORSE, "neutral": NEUTRAL}
NHS_BLUE, INK, TARGET, AMBER = "#005eb8", "#212b32", "#b3140c", "#ffb81c"
DARK = {INK: "#e8edee", COMMON: "#a9b0b3", NHS_BLUE: "#5aa9f0", TARGET: "#ff8a80", NEUTRAL: "#b98be0"}
PX = 96  # CSS pixels an inch: what an SVG's points are turned into
LIMITS_FROM = 12
"""Points from which process limits are steady; Making Data Count calls fewer provisional."""


@dataclass(frozen=True, slots=True)
class Point:
    """One month or quarter of a series."""

    when: date
    value: float
    mean: float | None
    lower: float | None
    upper: float | None
    signal: str
    """`common`, `improvement`, `concern` or `neutral`."""


@dataclass(frozen=True, slots=True)
class Series:
    """One organisation's values of a measure, in order of time."""

    label: str
    points: tuple[Point, ...]
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG file's bytes and its size in CSS pixels."""

    data: bytes
    width: int
    height: int


def _figure(width: float, height: float) -> Any:
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    # Text stays text: a reader's machine has the fonts that this one lacks.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "boardpack",
            "font.family": ["Arial", "Liberation Sans", "DejaVu Sans"],
            "font.size": 9,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": COMMON,
            "text.color": INK,
            "axes.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "text.parse_math": False,  # a "$" in a measure's name is money, not mathematics
        }
    )
    figure = Figure(figsize=(width, height))
    FigureCanvasSVG(figure)
    return figure


def _drawing(figure: Any) -> Drawing:
    out = io.BytesIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    width, height = figure.get_size_inches()
    return Drawing(lighten(out.getvalue(), DARK), round(width * PX), round(height * PX))


def draw_series(series: Sequence[Series], unit: str | None) -> Drawing:
    """Small multiples, one panel an organisation, with mean and process limits where they are known."""
    columns = min(2, len(series))
    rows = -(-len(series) // columns)
    width, height = 6.4, (1.75 if columns == 2 else 2.3) * rows + 0.15
    figure = _figure(width, height)
    # Set by hand: matplotlib's own layout engines draw each figure several times.
    figure.subplots_adjust(
        left=0.6 / width, right=1 - 0.15 / width, top=1 - 0.3 / height, bottom=0.3 / height, wspace=0.28, hspace=0.56
    )
    for number, one in enumerate(series, 1):
        _draw_panel(figure.add_subplot(rows, columns, number), one, unit, 4 if columns == 2 else 8)
    return _drawing(figure)


def _draw_panel(axis: Any, one: Series, unit: str | None, most: int) -> None:
    days = [p.when.toordinal() for p in one.points]
    axis.plot(days, [p.value for p in one.points], color=COMMON, linewidth=1, zorder=1)
    for name, colour in COLOURS.items():
        chosen = [p for p in one.points if p.signal == name]
        if chosen:
            axis.scatter([p.when.toordinal() for p in chosen], [p.value for p in chosen], s=14, color=colour, zorder=3)
    for attribute, style in (("mean", "-"), ("lower", "--"), ("upper", "--")):
        level = [getattr(p, attribute) for p in one.points]
        if all(v is not None for v in level):
            axis.plot(days, level, style, color=INK if attribute == "mean" else COMMON, linewidth=0.8, zorder=2)
    if one.threshold is not None:
        axis.axhline(one.threshold, color=TARGET, linewidth=0.9, linestyle=(0, (4, 2)))
    label = one.label if len(one.label) <= 40 else one.label[:39] + "…"
    axis.set_title(label, fontsize=9.5, loc="left", color=INK)
    step = max(1, -(-len(one.points) // most))
    axis.set_xticks(days[::step], [p.when.strftime("%b %y") for p in one.points[::step]])
    axis.tick_params(labelsize=8.5)
    axis.locator_params(axis="y", nbins=5)
    if unit == "percent":
        axis.yaxis.set_major_formatter("{x:g}%")
    else:
        axis.yaxis.set_major_formatter("{x:,g}")


def draw_bars(labels: Sequence[str], values: Sequence[float], axis_label: str) -> Drawing:
    """Horizontal bars with their values written at the end."""
    width, height = 6.4, 0.32 * len(labels) + 0.65
    figure = _figure(width, height)
    longest = max((len(label) for label in labels), default=0)
    figure.subplots_adjust(
        left=(0.3 + 0.07 * longest) / width, right=1 - 0.1 / width, top=1 - 0.05 / height, bottom=0.46 / height
    )
    axis = figure.add_subplot()
    bars = axis.barh(range(len(labels)), values, color=NHS_BLUE)
    axis.bar_label(bars, [f"{v:,.0f}" if float(v).is_integer() else f"{v:,.1f}" for v in values], padding=3, fontsize=9)
    axis.set_yticks(range(len(labels)), labels)
    axis.invert_yaxis()
    axis.set_xlabel(axis_label, color=INK)
    axis.margins(x=0.12)
    if all(float(v).is_integer() for v in values):
        axis.xaxis.get_major_locator().set_params(integer=True)
    return _drawing(figure)


def draw_counts(labels: Sequence[str], errors: Sequence[int], warnings: Sequence[int]) -> Drawing:
    """Findings by meeting, errors under warnings."""
    width, height = 6.4, 2.2
    figure = _figure(width, height)
    figure.subplots_adjust(left=0.6 / width, right=1 - 0.1 / width, top=1 - 0.3 / height, bottom=0.3 / height)
    axis = figure.add_subplot()
    spots = range(len(labels))
    axis.bar(spots, errors, width=min(0.8, 0.12 * len(labels)), color=TARGET, label="errors")
    axis.bar(spots, warnings, width=min(0.8, 0.12 * len(labels)), bottom=list(errors), color=AMBER, label="warnings")
    step = max(1, -(-len(labels) // 12))
    axis.set_xticks(list(spots)[::step], labels[::step])
    axis.set_xlim(-0.6, len(labels) - 0.4)
    axis.tick_params(labelsize=8.5)
    axis.yaxis.get_major_locator().set_params(integer=True, nbins=5)
    axis.set_ylabel("findings")
    axis.legend(frameon=False, fontsize=8, ncols=2, loc="lower left", bbox_to_anchor=(0, 0.98), borderaxespad=0)
    return _drawing(figure)
