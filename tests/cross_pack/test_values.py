from __future__ import annotations

from pathlib import Path

from tests.cross_pack.store import checks, empty, found, insert, kpi, pack
from tests.warehouse.packs import ask, load_all, result
from tests.warehouse.packs import kpi as kpi_row
from warehouse import kpi_history


def test_a_restated_value_says_both() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    kpi(db, "may", "2025-03", 93.78)
    kpi(db, "may", "2025-04", 88.12)
    kpi(db, "june", "2025-03", 91.02)
    kpi(db, "june", "2025-04", 88.12)
    (finding,) = found(db, "june")
    assert (finding.check, finding.found, finding.expected) == ("value_restated", "91.02%", "93.78%")
    assert (finding.page, finding.table_no, finding.row, finding.col) == (7, 2, 1, 3)
    assert finding.message == (
        "“Answered in time” for North Trust in Mar-25 was 93.78% at the meeting of 2025-05-01 (page 7) "
        "and is now 91.02%."
    )


def test_rounding_a_figure_that_came_and_another_organisation_are_no_restatements() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    kpi(db, "may", "2025-03", 93.78)
    kpi(db, "june", "2025-03", 93.8, value_text="93.8%")
    kpi(db, "may", "2025-04", None, missing="not_reported")
    kpi(db, "june", "2025-04", 90.0)
    kpi(db, "may", "2025-02", 70.0, organisation_text="South Trust")
    kpi(db, "june", "2025-02", 71.0)
    assert checks(db, "june") == []


def test_a_figure_that_is_gone_is_withdrawn() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    kpi(db, "may", "2025-03", 93.78)
    kpi(db, "june", "2025-03", None, value_text="#N/A", missing="not_available")
    assert [(f.check, f.found) for f in found(db, "june")] == [("value_withdrawn", "#N/A")]


def test_a_measure_with_another_name_is_recognised_by_its_figures() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    for month, value in (("2025-01", 81.23), ("2025-02", 82.34), ("2025-03", 83.45)):
        kpi(db, "may", month, value, measure="Calls answered")
        kpi(db, "june", month, value, measure="Telephony: response rate")
    (finding,) = found(db, "june")
    assert (finding.check, finding.found, finding.expected) == (
        "measure_renamed",
        "Telephony: response rate",
        "Calls answered",
    )
    assert "3 of their figures agree" in finding.message


def test_a_measure_with_a_like_name_is_recognised_and_another_band_is_not() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    kpi(db, "may", "2025-03", 10.11, measure="Complaints answered within target time")
    kpi(db, "june", "2025-04", 20.22, measure="Complaints answered within target times")
    kpi(db, "may", "2025-03", 10.33, measure="Waits over 18 weeks")
    kpi(db, "june", "2025-04", 20.44, measure="Waits over 52 weeks")
    assert [(f.check, f.found) for f in found(db, "june")] == [
        ("measure_renamed", "Complaints answered within target times")
    ]


def test_names_that_the_vocabulary_joins_are_one_measure() -> None:
    db = empty()
    pack(db, "may", "2025-05-01")
    pack(db, "june", "2025-06-01")
    for printed in ("Calls answered", "Answering of calls"):
        insert(db, "dimensions.measure_names", printed=printed, measure_key="calls answered")
    kpi(db, "may", "2025-03", 81.23, measure="Calls answered")
    kpi(db, "june", "2025-03", 80.23, measure="Answering of calls")
    assert checks(db, "june") == ["value_restated"]


def test_a_year_to_date_grows_and_is_restated_only_when_its_year_is_long_over() -> None:
    year = {"series": "ytd", "period_text": "2024/25 YTD", "period_start": "2024-04-01", "period_end": "2025-03-31"}
    db = empty()
    for pack_id, day in (
        ("may", "2025-05-01"),
        ("june", "2025-06-01"),
        ("august", "2025-08-01"),
        ("october", "2025-10-01"),
    ):
        pack(db, pack_id, day)
    for pack_id, value in (("may", 88.1), ("june", 88.2), ("august", 88.3), ("october", 88.4)):
        kpi(db, pack_id, "2025-03", value, **year)
    assert checks(db, "june") == checks(db, "august") == []
    (finding,) = found(db, "october")
    assert (finding.check, finding.found, finding.expected) == ("value_restated", "88.40%", "88.30%")
    kpi_history.touch_all(db)
    kpi_history.refresh(db)


def test_the_view_of_restated_values_holds_a_year_to_date_fast_just_so(tmp_path: Path) -> None:
    year = {"series": "ytd", "period_text": "2024/25 YTD", "period_start": "2024-04-01", "period_end": "2025-03-31"}
    packs = [
        result(meeting=f"2025-{month:02d}-01", kpis=[kpi_row("2025-03", value, **year)])
        for month, value in ((5, 88.1), (6, 88.2), (8, 88.3), (10, 88.4))
    ]
    path = tmp_path / "boardpack.duckdb"
    load_all(path, *packs)
    asked = "SELECT earlier_value, value, earlier_meeting_date::VARCHAR FROM kpi_restatements"
    assert ask(path, asked) == [(88.3, 88.4, "2025-08-01")]
