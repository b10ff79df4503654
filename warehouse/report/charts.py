"""Charts as SVG files: KPI series with their process limits, actions by age, capital by completion year.

Colours follow NHS England's Making Data Count (as in the NHSRplotthedots package): grey common cause,
blue improvement, orange concern, purple where no direction is better.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

COMMON, BETTER, WORSE, NEUTRAL = "#7B7D7D", "#289DE0", "#E07000", "#490092"
COLOURS = {"common": COMMON, "improvement": BETTER, "concern": WORSE, "neutral": NEUTRAL}
NHS_BLUE, INK, TARGET = "#005EB8", "#212B32", "#B3140C"
PX = 96  # CSS pixels an inch: what an SVG's points are turned into


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


def _figure(width: float, height: float):  # type: ignore[no-untyped-def]
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    # The first font that the machine has is measured with; which ones it lacks is nobody's news.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    # Text stays text: it scales, it can be searched and copied, and the file stays small.
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "boardpack",
            "font.family": ["Arial", "Liberation Sans", "DejaVu Sans"],
        }
    )
    mpl.rcParams.update({"axes.spines.top": False, "axes.spines.right": False, "font.size": 8, "path.simplify": True})
    mpl.rcParams.update({"text.parse_math": False})  # a "$" in a measure's name is money, not mathematics
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure


def _drawing(figure) -> Drawing:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    width, height = figure.get_size_inches()
    return Drawing(out.getvalue(), round(width * PX), round(height * PX))


def draw_series(series: Sequence[Series], unit: str | None) -> Drawing:
    """Small multiples, one panel an organisation, with mean and process limits where they are known."""
    columns = min(2, len(series))
    rows = -(-len(series) // columns)
    figure = _figure(6.6 if columns == 2 else 4.8, 1.75 * rows + 0.1)
    axes = figure.subplots(rows, columns, squeeze=False, sharex=True)
    for axis in axes.flat[len(series) :]:
        axis.set_visible(False)
    for axis, one in zip(axes.flat, series, strict=False):
        days = [p.when.toordinal() for p in one.points]
        axis.plot(days, [p.value for p in one.points], color=COMMON, linewidth=1, zorder=1)
        for name, colour in COLOURS.items():
            chosen = [p for p in one.points if p.signal == name]
            axis.scatter([p.when.toordinal() for p in chosen], [p.value for p in chosen], s=14, color=colour, zorder=3)
        for attribute, style in (("mean", "-"), ("lower", "--"), ("upper", "--")):
            level = [getattr(p, attribute) for p in one.points]
            if all(v is not None for v in level):
                axis.plot(days, level, style, color=INK if attribute == "mean" else COMMON, linewidth=0.8, zorder=2)
        if one.threshold is not None:
            axis.axhline(one.threshold, color=TARGET, linewidth=0.9, linestyle=(0, (4, 2)))
        axis.set_title(one.label, fontsize=8.5, loc="left", color=INK)
        step = max(1, len(one.points) // 5)
        axis.set_xticks(days[::step], [p.when.strftime("%b %y") for p in one.points[::step]])
        axis.tick_params(labelsize=7, colors=INK)
        if unit == "percent":
            axis.yaxis.set_major_formatter("{x:g}%")
    return _drawing(figure)


def draw_bars(
    labels: Sequence[str], values: Sequence[float], axis_label: str, colours: Sequence[str] | None = None
) -> Drawing:
    """Horizontal bars with their values written at the end."""
    figure = _figure(6.6, 0.3 * len(labels) + 0.7)
    axis = figure.subplots()
    bars = axis.barh(range(len(labels)), values, color=list(colours) if colours else NHS_BLUE)
    axis.bar_label(bars, [f"{v:,.0f}" if float(v).is_integer() else f"{v:,.1f}" for v in values], padding=3, fontsize=8)
    axis.set_yticks(range(len(labels)), labels)
    axis.invert_yaxis()
    axis.set_xlabel(axis_label, color=INK)
    axis.margins(x=0.12)
    return _drawing(figure)


def draw_counts(labels: Sequence[str], errors: Sequence[int], warnings: Sequence[int]) -> Drawing:
    """Findings by meeting, errors under warnings."""
    figure = _figure(7.2, 2.2)
    axis = figure.subplots()
    spots = range(len(labels))
    axis.bar(spots, errors, color=TARGET, label="errors")
    axis.bar(spots, warnings, bottom=list(errors), color="#FFB81C", label="warnings")
    axis.set_xticks(spots, labels)
    axis.tick_params(labelsize=7)
    axis.set_ylabel("findings")
    axis.legend(frameon=False, fontsize=8)
    return _drawing(figure)
