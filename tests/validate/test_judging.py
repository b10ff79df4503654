"""Candidates against their Pandera models: what is held back, what is flagged, and in what words."""

from __future__ import annotations

import time

import pytest

from extractors.validate import frame, judge, models, quarantined
from schemas.outcome import Record, Scalar
from tests.kinds.tables import table

TABLE = table([["Measure", "Apr-24", "Apr-24"], *[[f"Measure {i}", "1", "2"] for i in range(1, 3000)]])
GOOD: dict[str, Scalar] = {
    "measure": "Falls", "organisation_text": None, "organisation": None, "ods_code": None, "breakdown": None,
    "series": "actual",
    "period_text": "Apr-24", "period_start": "2024-04-01", "period_end": "2024-04-30", "value_text": "3",
    "value": 3.0, "unit": "number",
    "missing": None, "threshold_text": None, "threshold": None, "better": None, "rag": None, "trend": None,
}  # fmt: skip


def kpi(row: int, col: int = 1, **changed: Scalar) -> Record:
    return Record("kpis", 1, row, col, 1, {**GOOD, **changed})


def test_good_records_pass_in_their_order() -> None:
    records = (kpi(2), kpi(1), kpi(1, 2))
    verdict = judge(records, {1: TABLE})
    assert verdict.records == records
    assert verdict.findings == ()
    assert verdict.reasons == {}


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"measure": ""}, "measure_is_printed"),
        ({"measure": None}, "measure_is_missing"),
        ({"series": "guess"}, "series_is_known"),
        ({"unit": "ratio"}, "unit_is_known"),
        ({"missing": "lost", "value": None}, "missing_is_known"),
        ({"better": "sideways"}, "better_is_known"),
        ({"rag": "pink"}, "rag_is_known"),
        ({"trend": "left"}, "trend_is_known"),
        ({"period_start": "2024-05-01"}, "period_begins_before_it_ends"),
        ({"period_start": None}, "period_begins_before_it_ends"),
        ({"period_start": "1848-04-01"}, "period_is_in_the_nhs_age"),
        ({"missing": "suppressed"}, "value_or_missing"),
    ],
)
def test_an_error_holds_back_the_whole_row(changed: dict[str, Scalar], check: str) -> None:
    verdict = judge((kpi(1), kpi(1, 2, **changed), kpi(2)), {1: TABLE})
    assert [record.row for record in verdict.records] == [2]
    assert [(f.severity, f.check, f.row, f.col) for f in verdict.findings] == [("error", check, 1, 2)]
    assert verdict.reasons.keys() == {(1, 1)}


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"value": None, "value_text": "see note"}, "value_is_read"),
        ({"value": 93780.0, "unit": "percent"}, "percent_is_plausible"),
        ({"value": -365.0, "unit": "seconds"}, "time_is_not_negative"),
        ({"measure": "Savings from a contract " * 20}, "measure_is_a_name"),
    ],
)
def test_a_warning_is_loaded_and_flagged(changed: dict[str, Scalar], check: str) -> None:
    records = (kpi(1, **changed),)
    verdict = judge(records, {1: TABLE})
    assert verdict.records == records
    assert [(f.severity, f.check) for f in verdict.findings] == [("warning", check)]


def test_a_finding_says_where_what_and_what_was_expected() -> None:
    (finding,) = judge((kpi(4, value=None, value_text="see note"),), {1: TABLE}).findings
    assert finding.message == (
        "Page 1, table 1, row 4: this is no number that can be read (“see note”); "
        "expected a number, a rating, or a sign that there is no value."
    )
    assert finding.found == "see note"
    assert finding.column_name == "value_text"
    assert finding.bbox == TABLE.cells[4 * 3 + 1].bbox


def test_one_finding_for_each_row_and_check() -> None:
    verdict = judge((kpi(1, measure=None, value=None, period_start=None),), {1: TABLE})
    checks = [finding.check for finding in verdict.findings]
    assert sorted(checks) == sorted(set(checks))
    assert {"measure_is_missing", "value_is_read", "period_begins_before_it_ends"} <= set(checks)


def test_a_column_that_no_model_knows_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="kpis has no column colour"):
        judge((Record("kpis", 1, 1, 1, 1, {**GOOD, "colour": "red"}),), {1: TABLE})


def test_the_frame_has_the_models_types_and_converts_nothing() -> None:
    made = frame("kpis", [kpi(1), kpi(2, value=None, period_start=None)])
    assert str(made["value"].dtype) == "float64"
    assert made["period_start"].isna().tolist() == [False, True]
    assert made["measure"].tolist() == ["Falls", "Falls"]


def test_every_model_says_what_each_of_its_checks_expects() -> None:
    for name, model in models().items():
        schema = model.to_schema()
        checks = [*schema.checks, *(check for column in schema.columns.values() for check in column.checks)]
        assert checks, name
        assert all(check.name and check.error and check.error != check.name for check in checks), name


def test_two_thousand_records_take_well_under_a_second() -> None:
    records = [kpi(row) for row in range(1, 2001)]
    judge(records[:1], {1: TABLE})
    begun = time.perf_counter()
    judge(records, {1: TABLE})
    assert time.perf_counter() - begun < 1.0


def test_a_row_is_quarantined_as_printed_with_merged_cells_and_twin_headings() -> None:
    made = table(
        [["Measure", "Apr", "Apr", ""], ["Falls\nin beds", "3", "4", "x"], ["", "5", "6", ""]], spans={(1, 0): (2, 1)}
    )
    held = quarantined(made, 2, "kpis", "why")
    assert held.content == {"Measure": "Falls\nin beds", "Apr": "5", "Apr (2)": "6", "col_3": ""}
    assert (held.kind, held.table_no, held.row, held.page, held.reason) == ("kpis", 1, 2, 1, "why")


def test_what_a_row_s_label_says_wrongly_is_said_once_for_the_row() -> None:
    long = "measure " * 60
    verdict = judge((kpi(1, measure=long), kpi(1, 2, measure=long), kpi(2, measure=long)), {1: TABLE})
    assert [(f.check, f.row) for f in verdict.findings] == [("measure_is_a_name", 1), ("measure_is_a_name", 2)]
    assert len(verdict.records) == 3
