"""The law, for any table under every kind: each row loaded, quarantined, ignored with a reason, or a heading."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.classify import THRESHOLD, known_kinds
from extractors.kinds.base import Kind
from extractors.records import LawBroken, hold_to_the_law, read_table, to_result
from schemas.document import RawTable, Trend
from schemas.outcome import PackMeta, PackResult, Record, RowFate, TableKind
from tests.kinds.tables import context, document, table

WORDS = [
    "", "", "Measure", "KPI", "Target", "Threshold", "Latest", "Previous", "RAG", "Trend", "YTD", "2023/24 YTD",
    "Plan", "Actual", "Variance",
    "Mar-24", "Apr-24", "Q1", "Q3 2023/24", "2024/25", "Latest Data", "Provider", "Organisation", "Specialty",
    "Total", "Grand Total",
    "Ref", "Action", "Owner", "Due", "Status", "Open", "Closed", "Scheme", "Scheme value (£000)", "Completion",
    "Funding source", "£m",
    "NHS Northfield CCG", "Eastmoor NHS Trust", "A&E 4 hour performance", "Sickness absence",
    "% of calls answered", "New ward",
    "93.78%", "6:05", "1,234", "(250)", "c. 9,000.", "TBC", "NP", "#N/A", "n/a", "-", "*", "0", "GREEN", "A",
    "Red", "▲", "↓",
    "Anne Example", "31/02/2024", "07-Apr-21", "Complete",
    "A long sentence that says what has been done and what is still to be done.",
    "Source: invented", "line one\nline two", "=1+1", "<b>x</b>", "\u202e", "½", "12.5.3", "Q9 2021/22",
]  # fmt: skip
HEADINGS = [
    "Measure", "Indicator", "Target", "Latest Data", "Apr-24", "May-24", "Jun-24", "NHS Northfield CCG",
    "Eastmoor NHS Trust", "Trend", "RAG", "YTD",
    "Ref", "Action", "Owner", "Due", "Status", "Comments", "Scheme", "Lead organisation", "Scheme value (£000)",
    "Completion", "2024/25", "2025/26",
]  # fmt: skip
texts = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(max_size=12))
fills = st.sampled_from(["#FF0000", "#00B050", "#FFC000", "#BFBFBF", "#0070C0", "#DCE6F1"])


@st.composite
def tables(draw: st.DrawFn) -> RawTable:
    n_cols = draw(st.integers(1, 7))
    rows = draw(st.lists(st.lists(texts, min_size=n_cols, max_size=n_cols), min_size=1, max_size=8))
    if draw(st.booleans()):
        rows.insert(0, draw(st.lists(st.sampled_from(HEADINGS), min_size=n_cols, max_size=n_cols)))
    places = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, n_cols - 1))
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    if draw(st.booleans()):
        row, col = draw(places)
        spans[row, col] = (draw(st.integers(1, len(rows) - row)), draw(st.integers(1, n_cols - col)))
    arrows: st.SearchStrategy[Trend] = st.sampled_from(["up", "down", "flat"])
    return table(
        rows,
        header_rows=draw(st.integers(0, min(3, len(rows)))),
        title=draw(st.none() | texts),
        heading=draw(st.none() | texts),
        notes=tuple(draw(st.lists(texts, max_size=2))),
        fills=draw(st.dictionaries(places, fills, max_size=6)),
        symbols=draw(st.dictionaries(places, arrows, max_size=3)),
        spans=spans,
    )


@pytest.mark.parametrize("kind", known_kinds(), ids=lambda kind: kind.name)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=tables())
def test_a_kind_reads_any_table_and_forgets_no_row(kind: Kind, made: RawTable) -> None:
    found = kind.read(made, context(made))
    loaded = {record.row for record in found.records}
    fated = [fate.row for fate in found.fates]
    held = {row.row for row in found.quarantine}
    assert len(set(fated)) == len(fated)
    assert not loaded & set(fated)
    if found.records or found.fates or kind.match(made, context(made)).score >= THRESHOLD:
        assert loaded | set(fated) | held == set(range(made.n_rows))
    assert all(fate.reason for fate in found.fates if fate.fate in ("ignored", "quarantined"))
    assert all(record.table_no == made.table_no for record in found.records)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=st.lists(tables(), min_size=1, max_size=3))
def test_a_document_of_any_tables_keeps_the_law(made: list[RawTable]) -> None:
    result = to_result(document(*made, lines=("Board meeting", "9 June 2021")))
    hold_to_the_law(result)
    assert len(result.kinds) == len(made)
    assert [held for held in result.findings if held.check in ("kind_failed", "row_unaccounted_for")] == []


def _result(records: tuple[Record, ...], fates: tuple[RowFate, ...]) -> PackResult:
    doc = document(table([["Measure", "Apr-24"], ["Falls", "3"]]))
    return PackResult(doc, PackMeta(), (TableKind(1, "kpis", ""),), records, (), fates, (), "x")


RECORD = Record("kpis", 1, 1, 1, 1, {})
HEADER, LOADED = RowFate(1, 0, "header"), RowFate(1, 1, "loaded")


def test_the_law_accepts_a_balanced_result() -> None:
    hold_to_the_law(_result((RECORD,), (HEADER, LOADED)))


@pytest.mark.parametrize(
    ("records", "fates"),
    [
        ((RECORD,), (HEADER,)),
        ((RECORD,), (HEADER, LOADED, LOADED)),
        ((), (HEADER, LOADED)),
        ((RECORD,), (HEADER, RowFate(1, 1, "ignored", "blank"))),
        ((), (HEADER, RowFate(1, 1, "ignored"))),
        ((), (HEADER, RowFate(1, 1, "quarantined", "why"))),
        ((RECORD,), (HEADER, LOADED, RowFate(1, 2, "ignored", "blank"))),
    ],
    ids=[
        "no fate",
        "two fates",
        "loaded without record",
        "record of an ignored row",
        "no reason",
        "no content",
        "no such row",
    ],
)
def test_the_law_is_broken_by(records: tuple[Record, ...], fates: tuple[RowFate, ...]) -> None:
    with pytest.raises(LawBroken):
        hold_to_the_law(_result(records, fates))


def test_a_reader_that_fails_costs_its_table_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    made = table([["Measure", "Apr-24"], ["Falls", "3"]])
    monkeypatch.setattr("extractors.records.kind_named", lambda _: None)
    found = read_table(made, "kpis", context(made))
    assert found.records == ()
    assert [row.content for row in found.quarantine] == [
        {"Measure": "Measure", "Apr-24": "Apr-24"},
        {"Measure": "Falls", "Apr-24": "3"},
    ]
    assert [(f.severity, f.check) for f in found.findings] == [("error", "kind_failed")]
