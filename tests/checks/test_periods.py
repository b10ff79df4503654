from __future__ import annotations

from extractors.checks.periods import (
    actual_figures_are_past,
    dashboard_rows_are_current,
    one_period_style,
    series_are_as_long_as_said,
    year_to_date_columns,
)
from schemas.outcome import Record
from tests.checks.packs import kpi, pack, said

MONTHS = [f"2024-{m:02d}" for m in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]


def test_a_row_that_stood_still() -> None:
    records = [kpi("North", "10", measure=f"Measure {i}", row=i) for i in range(1, 5)]
    late = kpi("North", "8", measure="Lagging", row=5, period="2024-12")
    assert said(dashboard_rows_are_current, pack(records=[*records, late])) == []
    old = kpi("North", "8", measure="Frozen", row=6, period="2024-02")
    (finding,) = said(dashboard_rows_are_current, pack(records=[*records, late, old]))
    assert (finding.check, finding.row, finding.found, finding.expected) == (
        "stale_period",
        6,
        "2024-02",
        "2025-03",
    )


def test_a_series_has_old_months_rightly() -> None:
    records = [kpi("North", "10", measure=m, period=month) for m in "ABC" for month in MONTHS]
    assert said(dashboard_rows_are_current, pack(records=records)) == []


def test_figures_of_the_future() -> None:
    (finding,) = said(actual_figures_are_past, pack(records=[kpi("North", "10", period="2025-07"), kpi("North", "9")]))
    assert (finding.check, finding.found) == ("period_after_meeting", "2025-07")
    assert said(actual_figures_are_past, pack(records=[kpi("North", "10", period="2025-06")])) == []
    plan = [kpi("Plan", "10", period="2025-09", series="plan")]
    assert said(actual_figures_are_past, pack(records=plan)) == []
    limit = [kpi("Council", "90", measure="Limit on sums invested", period="2025-09")]
    assert said(actual_figures_are_past, pack(records=limit)) == []


def series(months: list[str]) -> list[Record]:
    return [kpi("North", "10", period=month) for month in months]


def test_a_series_shorter_than_the_page_says() -> None:
    lines = ["The table shows performance for a rolling 13-month period to March 2025."]
    (finding,) = said(series_are_as_long_as_said, pack(records=series(MONTHS), lines=lines))
    assert (finding.check, finding.found, finding.expected) == (
        "series_shorter_than_stated",
        "12 months",
        "13 months",
    )
    assert said(series_are_as_long_as_said, pack(records=series(["2024-03", *MONTHS]), lines=lines)) == []
    assert said(series_are_as_long_as_said, pack(records=series(MONTHS))) == []


def test_a_plan_that_begins_later_than_the_page_says() -> None:
    lines = ["Performance is rated against the plans from September 2024 onwards."]
    plan = [kpi("Plan", "10", series="plan", period=month, row=2) for month in MONTHS[8:]]
    (finding,) = said(series_are_as_long_as_said, pack(records=series(MONTHS) + plan, lines=lines))
    assert (finding.check, finding.found, finding.expected) == (
        "plan_starts_later_than_stated",
        "2024-12",
        "September 2024",
    )
    whole = [kpi("Plan", "10", series="plan", period=month, row=2) for month in MONTHS[5:]]
    assert said(series_are_as_long_as_said, pack(records=series(MONTHS) + whole, lines=lines)) == []


def with_ytd(values: dict[str, list[str]]) -> list[Record]:
    """Organisation -> the figures of three months and the year to date."""
    records = []
    for row, (name, texts) in enumerate(values.items(), start=1):
        records += [
            kpi(name, text, period=month, row=row)
            for month, text in zip(["2024-11", "2024-12", "2025-01"], texts[:3], strict=True)
        ]
        records.append(kpi(name, texts[3], period="2024/25 YTD", series="ytd", row=row))
    return records


ROLLING = {
    "A": ["5.1", "4.9", "5.3", "5.3"],
    "B": ["2.1", "2.0", "2.9", "2.9"],
    "C": ["9.3", "9.9", "9.0", "9.0"],
}


def test_a_year_to_date_that_repeats_the_last_month() -> None:
    (finding,) = said(year_to_date_columns, pack(records=with_ytd(ROLLING)))
    assert (finding.check, finding.severity) == ("ytd_repeats_last_period", "info")
    counted = {name: ["1.1", "2.2", "3.3", "3.3"] for name in "ABC"}
    assert said(year_to_date_columns, pack(records=with_ytd(counted))) == []
    averaged = {name: [*texts[:3], "4.4"] for name, texts in ROLLING.items()}
    assert said(year_to_date_columns, pack(records=with_ytd(averaged))) == []


def test_one_year_to_date_unlike_the_others() -> None:
    odd = {**ROLLING, "All": ["5.5", "5.4", "5.6", "8.8"]}
    (finding,) = said(year_to_date_columns, pack(records=with_ytd(odd)))
    assert (finding.check, finding.found, finding.expected) == ("ytd_unlike_the_others", "8.8", "5.6")


def test_quarters_in_two_styles() -> None:
    records = [kpi("North", "1", period="Q3 2024/2025"), kpi("North", "2", period="Q4 2024/25")]
    assert [f.check for f in said(one_period_style, pack(records=records))] == ["mixed_period_styles"]
    records = [
        kpi("North", "1", period="Q3 2024/25"),
        kpi("North", "2", period="Q4 2024/25"),
        kpi("North", "2"),
    ]
    assert said(one_period_style, pack(records=records)) == []
