"""Charts: the NHS's colours for the view's own words, nothing left out in silence, small files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.warehouse.packs import action, kpi, load_all, result, scheme
from warehouse.connect import reading
from warehouse.report import charts, queries
from warehouse.report.pack_charts import MOST_PANELS, SIGNALS, VARIATION_WORDS, PackCharts, draw_pack
from warehouse.report.queries import ask
from warehouse.report.svg import lighten
from warehouse.report.trend import draw_trends

VIEW = Path(__file__).parents[2] / "warehouse" / "sql" / "views" / "50_spc.sql"


def test_every_variation_of_the_view_has_a_colour_and_a_word() -> None:
    case = re.search(r"THEN 'common_cause'(.+?)END AS variation", VIEW.read_text("utf-8"), re.DOTALL)
    assert case
    said = {"common_cause", *re.findall(r"'(\w+)'", case[1].replace("'higher'", ""))}
    assert said == set(SIGNALS) == set(VARIATION_WORDS)
    assert set(SIGNALS.values()) == set(charts.COLOURS)


def drawn(path: Path, *packs: Any) -> PackCharts:
    load_all(path, *packs)
    pack_id = packs[-1].document.pack_id
    with reading(path) as connection:
        (pack,) = (p for p in ask(connection, queries.PACKS) if p["pack_id"] == pack_id)
        rows = {view: ask(connection, sql, pack_id) for view, sql in queries.ROWS.items()}
        return draw_pack(pack, rows, ask(connection, queries.SERIES, pack_id, pack_id))


def two_years(last: float) -> list[tuple[str, float]]:
    """Months that go up and down about 92, the last of them far away."""
    values = [90.0, 94.0] * 11 + [90.0, last]
    return [(f"{2023 + n // 12}-{n % 12 + 1:02d}", value) for n, value in enumerate(values)]


def panels(svg: bytes) -> list[str]:
    """The titles of a figure's panels."""
    texts = [e for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("}text")]
    return ["".join(e.itertext()) for e in texts if "font-size: 9.5px" in e.get("style", "")]


def dots(svg: bytes, colour: str) -> int:
    """How many points have this colour."""
    uses = [e for e in ElementTree.fromstring(svg).iter() if e.tag.endswith("}use")]
    return sum(f"fill: {colour}" in e.get("style", "") for e in uses)


def test_a_fall_below_the_limits_is_a_concern_in_orange(path: Path) -> None:
    rows = [kpi(month, value, better="higher", threshold=95.0) for month, value in two_years(78)]
    found = drawn(path, result(kpis=rows))
    (chart,) = found.by_view["kpis"]
    svg = found.files[chart.src]
    assert dots(svg, charts.WORSE) == 1
    assert dots(svg, charts.COMMON) == 23
    assert dots(svg, charts.BETTER) == dots(svg, charts.NEUTRAL) == 0
    (signal,) = found.signals
    assert (signal.variation, signal.last, signal.when) == ("concern", "78", "Dec 2024")
    assert "Last values: Saltmarsh Trust 78" in chart.alt


def test_without_a_better_direction_it_is_purple(path: Path) -> None:
    rows = [kpi(month, value) for month, value in two_years(106)]
    found = drawn(path, result(kpis=rows))
    assert dots(found.files[found.by_view["kpis"][0].src], charts.NEUTRAL) == 1
    assert found.signals[0].variation_words == "unusually high"


def test_more_organisations_than_panels_take_a_second_figure(path: Path) -> None:
    rows = [
        kpi(f"2024-{n:02d}", n, organisation_text=f"Trust {k:02d}", organisation=f"Trust {k:02d}")
        for k in range(MOST_PANELS + 2)
        for n in range(1, 7)
    ]
    found = drawn(path, result(kpis=rows))
    assert [c.title for c in found.by_view["kpis"]] == ["Lifeboats ready (1 of 2)", "Lifeboats ready (2 of 2)"]
    assert found.by_view["kpis"][1].alt.endswith("Last values: Trust 12 6, Trust 13 6")
    assert [s.chart for s in found.signals].count("chart-002") == 2


def test_a_measure_by_age_is_one_figure_and_months_are_apart_from_quarters(path: Path) -> None:
    ages = [kpi(f"2024-{n:02d}", n, breakdown=age) for age in ("under 5", "5 to 9") for n in range(1, 7)]
    quarters = [
        {**kpi(f"{y}-{m:02d}", 50 + m), "period_start": f"{y}-{m - 2:02d}-01", "period_text": f"Q{m // 3} {y}"}
        for y in (2022, 2023)
        for m in (3, 6, 9, 12)
    ]
    months = [kpi(f"2024-{n:02d}", n) for n in range(1, 7)]
    found = drawn(path, result(kpis=[*ages, *quarters, *months]))
    assert [(c.title, len(panels(found.files[c.src]))) for c in found.by_view["kpis"]] == [
        ("Lifeboats ready, by month", 3),
        ("Lifeboats ready, by quarter", 1),
    ]
    by_month = panels(found.files[found.by_view["kpis"][0].src])
    assert by_month == ["Saltmarsh Trust", "5 to 9, Saltmarsh Trust", "under 5, Saltmarsh Trust"]
    assert sorted(s.points for s in found.signals) == [6, 6, 6, 8]


def test_what_is_not_drawn_is_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.report.pack_charts.MOST_CHARTS", 1)
    found = drawn(path, result(kpis=[kpi(f"2024-{n:02d}", n, name) for name in "ABC" for n in range(1, 7)]))
    assert (len(found.by_view["kpis"]), found.not_drawn, len(found.signals)) == (1, 2, 3)


def test_a_series_runs_over_packs_also_where_the_later_one_printed_it_again(path: Path) -> None:
    first = [kpi(f"2024-{n:02d}", n) for n in range(1, 7)]
    earlier = result(meeting="2024-07-10", kpis=first)
    later = result(meeting="2025-01-15", kpis=[*first, *(kpi(f"2024-{n:02d}", n) for n in range(7, 10))])
    found = drawn(path, later, earlier)
    assert [s.points for s in found.signals] == [9]


def test_actions_by_age_count_the_open_ones(path: Path) -> None:
    found = drawn(
        path,
        result(
            actions=[
                action("1", raised_on="2025-01-01"),
                action("2", raised_on="2024-11-01", status="in_progress"),
                action("3", raised_on="2023-01-01", status="overdue"),
                action("4", raised_on="2023-01-01", status="closed"),
                action("5"),
            ]
        ),
    )
    (chart,) = found.by_view["actions"]
    assert chart.alt == ("Open actions by age: under a month 1, 1 to 3 months 1, 3 to 6 months 0, over 6 months 1")
    assert chart.note == "1 open action without a date raised not drawn."


def test_capital_by_the_financial_year_of_completion(path: Path) -> None:
    found = drawn(
        path,
        result(
            capital_schemes=[
                scheme("A", 1_500_000, "2024-03-31"),
                scheme("B", 2_000_000, "2024-04-01"),
                scheme("C", 250_000, "2025-03-31"),
                scheme("D", 4_000_000),
                scheme("E", None),
            ]
        ),
    )
    (chart,) = found.by_view["capital_schemes"]
    assert chart.alt == "Scheme value by completion, £ million: 2023/24 1.5, 2024/25 2.2, to be confirmed 4.0"
    assert chart.note == "1 scheme without a value not drawn."


def point(month: int, value: float) -> charts.Point:
    return charts.Point(date(2024, month, 28), value, 5.0, 1.0, 9.0, "common")


def test_an_svg_is_light_and_follows_dark_pages() -> None:
    series = [charts.Series(f"Trust & {n} <b>", tuple(point(m, m) for m in range(1, 13))) for n in range(6)]
    drawing = charts.draw_series(series, "percent")
    root = ElementTree.fromstring(drawing.data)
    assert len(drawing.data) < 40_000
    texts = ["".join(e.itertext()) for e in root.iter() if e.tag.endswith("}text")]
    assert "Trust & 5 <b>" in texts and "Jan 24" in texts
    assert b"metadata" not in drawing.data and b"prefers-color-scheme: dark" in drawing.data
    numbers = re.findall(rb"\d\.\d{2,}", b" ".join(re.findall(rb' (?:d|x|y|transform)="([^"]+)"', drawing.data)))
    assert numbers == []


def test_shortening_changes_no_words_and_keeps_what_is_used() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><defs>'
        b'<style>*{}</style><path id="a" d="M 1.23456 2"/><clipPath id="c"><rect width="3.99999"/></clipPath></defs>'
        b'<use xlink:href="#a" x="10.04999" id="spare" clip-path="url(#c)"/><text x="1.5">12.3456%</text></svg>'
    )
    light = lighten(svg, {"#000000": "#ffffff"}).decode()
    assert 'd="M 1.2 2"' in light and 'x="10"' in light and 'width="4"' in light and 'x="1.5"' in light
    assert "12.3456%" in light
    assert 'id="a"' in light and 'id="c"' in light and "spare" not in light


def test_a_board_with_one_meeting_has_no_trend() -> None:
    rows = [
        {"organisation": "A", "meeting": "Jan 2024", "errors": 1, "warnings": 2},
        {"organisation": "B", "meeting": "Jan 2024", "errors": 0, "warnings": 0},
        {"organisation": "B", "meeting": "Mar 2024", "errors": 3, "warnings": 4},
    ]
    (trend,) = draw_trends(rows)
    assert trend.organisation == "B"
    assert trend.alt == "Findings by meeting. Jan 2024: 0 errors, 0 warnings; Mar 2024: 3 errors, 4 warnings"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(93.58, "percent", "93.58%"), (365, "seconds", "6:05"), (1200000, "gbp", "£1,200,000"), (5321, "number", "5,321")],
)
def test_a_value_is_said_with_its_unit(value: float, unit: str, said: str) -> None:
    from warehouse.report.words import say_measured

    assert say_measured(value, unit) == said
