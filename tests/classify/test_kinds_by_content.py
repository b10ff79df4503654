"""Which kind a table is, why, and which tables go on under the headings before them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from extractors.classify import classify, kind_named, known_kinds, looks_like_data
from extractors.headings_before import goes_on, under_headings_of
from extractors.kinds.base import Context, Extraction, Match
from extractors.records import to_result
from schemas.document import RawTable
from schemas.outcome import PackMeta
from tests.kinds.tables import context, document, table

DASHBOARD = table(
    [
        ["Measure", "Target", "Apr-24", "May-24"],
        ["A&E 4 hour performance", "78%", "71%", "70%"],
        ["Sickness absence", "4%", "5%", "5%"],
    ]
)
OTHERS = {
    "attendance": [["Member", "5 Jan", "2 Feb", "1 Mar"], ["Ann Example", "P", "A", "P"], ["Bo Sample", "P", "P", "A"]],
    "risk register": [
        ["Risk", "Likelihood", "Impact", "Score", "Trend"],
        ["Loss of a supplier", "3", "4", "12", "↑"],
        ["Fire", "1", "5", "5", "→"],
    ],
    "agenda": [
        ["Item", "Subject", "Lead", "Time"],
        ["1", "Apologies", "Chair", "2.00pm"],
        ["2", "Minutes", "Chair", "2.05pm"],
    ],
    "contents": [["Item", "Page"], ["Minutes", "3"], ["Finance report", "20"]],
    "terms of reference": [
        ["Organisation", "Role", "Votes"],
        ["Northfield Hospitals", "Chair", "1"],
        ["Eastmoor NHS Trust", "Chief executive", "1"],
    ],
    "front sheet": [["Report title", "Annual plan"], ["Author", "Ann Example"], ["Date", "5 June 2024"]],
    "front sheet in a row": [
        ["Report title", "Author", "Executive lead", "Purpose", "Action required", "Date of meeting"],
        ["Finance report", "A Sample", "CFO", "Assurance", "The Board is asked to note the report", "5 September 2024"],
    ],
    "front sheet with a status": [
        ["Agenda item", "Title", "Presenter", "Action requested", "Paper ref", "Status"],
        ["7", "Quality report for the first quarter", "Chief Nurse", "To receive and note", "BD/24/07", "Final"],
    ],
    "plan of work with crosses": [
        ["Item", "Lead", "June", "July", "September"],
        ["Finance report", "CFO", "X", "X", "X"],
        ["Annual plan", "CEO", "", "X", ""],
    ],
    "forward plan": [
        ["", "9 June 2024", "14 July 2024"],
        ["Strategy", "Estates", "Data"],
        ["Updates", "Chair", "Chair"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_tables_of_other_trades_are_not_forced_into_performance(name: str) -> None:
    (verdict,) = classify(context(table(OTHERS[name]))).kinds
    assert verdict.kind is None
    assert verdict.reason.startswith("no kind fits")


def test_a_milestone_s_date_is_by_when() -> None:
    plan = table(
        [["Milestone", "Owner", "Date", "RAG"], ["Contract signed with the supplier", "CFO", "July 2024", "A"]]
    )
    (verdict,) = classify(context(plan)).kinds
    assert verdict.kind == "actions"
    (record,) = kind_named("actions").read(plan, context(plan)).records
    assert (record.values["due_on"], record.values["raised_on"]) == ("2024-07-31", None)


def test_the_reason_names_what_was_recognised() -> None:
    (verdict,) = classify(context(DASHBOARD)).kinds
    assert verdict.kind == "kpis"
    assert "headings for measure, threshold" in verdict.reason
    assert "2 columns of periods" in verdict.reason


def test_every_kind_in_the_package_is_found() -> None:
    assert {"actions", "capital", "kpis"} <= {kind.name for kind in known_kinds()}


def test_each_trade_is_told_from_the_others() -> None:
    log = table([["Ref", "Action", "Owner", "Due", "Status"], ["1", "Write to the board", "AE", "Mar-24", "Open"]])
    schemes = table(
        [
            ["Scheme", "Lead organisation", "Scheme value (£000)", "Completion"],
            ["New ward", "Northfield", "9,000", "2025"],
        ]
    )
    verdicts = classify(context(log, DASHBOARD, schemes)).kinds
    assert [verdict.kind for verdict in verdicts] == ["actions", "kpis", "capital"]


def test_a_continuation_without_headings_takes_those_before_it() -> None:
    rest = table([["Staff turnover", "12%", "13%", "12%"], ["Appraisals", "95%", "88%", "90%"]], header_rows=0, page=2)
    verdict = classify(context(DASHBOARD, rest))
    assert verdict.headed_by == {2: 1}
    assert verdict.kinds[1].kind == "kpis"
    assert "goes on below table 1" in verdict.kinds[1].reason


def test_a_continuation_of_a_continuation_looks_back_to_the_headings() -> None:
    rest = table([["Staff turnover", "12%", "13%", "12%"]], header_rows=0, page=2)
    last = table([["Appraisals", "95%", "88%", "90%"]], header_rows=0, page=3)
    assert classify(context(DASHBOARD, rest, last)).headed_by == {2: 1, 3: 1}


@pytest.mark.parametrize(
    "rest",
    [
        table([["Staff turnover", "12%", "13%"]], header_rows=0, page=2),
        table([["Staff turnover", "12%", "13%", "12%"]], header_rows=0, page=4),
        table([["Measure", "Target", "Jun-24", "Jul-24"], ["Falls", "0", "1", "2"]], header_rows=1, page=2),
    ],
    ids=["fewer columns", "pages between", "headings of its own"],
)
def test_a_table_does_not_go_on(rest: RawTable) -> None:
    assert not goes_on(DASHBOARD, rest)


def test_a_table_with_the_same_headings_is_a_table_of_its_own() -> None:
    again = replace(DASHBOARD, header_rows=0, page=2, last_page=2)
    assert classify(context(DASHBOARD, again)).headed_by == {}


def test_borrowed_headings_stand_above_and_rows_move_down() -> None:
    rest = table([["Staff turnover", "12%", "13%", "12%"]], header_rows=0, page=2)
    shown, above = under_headings_of(rest, DASHBOARD)
    assert above == 1
    assert shown.grid() == [["Measure", "Target", "Apr-24", "May-24"], ["Staff turnover", "12%", "13%", "12%"]]


@dataclass(frozen=True, slots=True)
class Fixed:
    name: str
    score: float

    def match(self, table: RawTable, context: Context) -> Match:
        return Match(self.score, f"it looks like {self.name}")

    def read(self, table: RawTable, context: Context) -> Extraction:
        return Extraction()


def _classified(*kinds: Fixed) -> tuple[str | None, list[str]]:
    verdict = classify(Context(document(table(OTHERS["contents"])), PackMeta()), kinds)
    return verdict.kinds[0].kind, [finding.check for finding in verdict.findings]


def test_the_best_score_wins() -> None:
    assert _classified(Fixed("a", 0.6), Fixed("b", 0.9)) == ("b", [])


def test_below_the_threshold_nothing_wins() -> None:
    assert _classified(Fixed("a", 0.49)) == (None, ["tables_of_no_kind"])


def test_a_near_tie_is_a_finding() -> None:
    assert _classified(Fixed("a", 0.71), Fixed("b", 0.7)) == ("a", ["kind_near_tie"])


def test_numbers_of_no_kind_are_a_finding_and_text_is_none() -> None:
    numbers = table([["x", "y"], *[[str(i), str(i * i)] for i in range(10, 14)]])
    verdict = classify(Context(document(numbers, table(OTHERS["contents"])), PackMeta()), (Fixed("a", 0.1),))
    said = [(finding.check, finding.table_no, finding.found) for finding in verdict.findings]
    assert said == [("table_without_kind", 1, None), ("tables_of_no_kind", None, "1")]
    assert "2 (page 1)" in verdict.findings[1].message
    assert looks_like_data(numbers)
    assert not looks_like_data(table(OTHERS["agenda"]))


def test_ratings_by_colour_alone_are_data_too() -> None:
    wards = table(
        [["Ward", "Falls", "Meals"], ["A", "", ""], ["B", "", ""], ["C", "", ""]],
        fills={(row, col): ("#00b050", "#ff0000")[col - 1] for row in (1, 2, 3) for col in (1, 2)},
    )
    assert looks_like_data(wards)


def test_figures_below_headings_that_were_cut_off_take_them_across_a_strip() -> None:
    """The headings stand in a table of their own; below them a narrow coloured column divides the first in two."""
    head = table([["Reserve", "Opening balance", "Forecast balance"]], header_rows=1)
    rest = table([["Insurance", "", "-12.4", "-13.6"], ["Trading", "", "-1.7", "-1.7"]], header_rows=0)
    left, strip = rest.cells[0].bbox.x0, 10.0
    edges = [left, left + 60 - strip, left + 60, left + 120, left + 180]
    cells = tuple(
        replace(cell, bbox=cell.bbox._replace(x0=edges[cell.col], x1=edges[cell.col + 1], top=cell.bbox.top + 20))
        for cell in rest.cells
    )
    rest = replace(rest, cells=cells)
    assert goes_on(head, rest)
    shown, above = under_headings_of(rest, head)
    assert above == 1
    assert shown.grid()[0] == ["Reserve", "", "Opening balance", "Forecast balance"]
    assert [cell.col_span for cell in shown.cells if cell.row == 0] == [2, 1, 1]


def test_a_kind_whose_judging_fails_costs_no_pack_and_is_said() -> None:
    @dataclass(frozen=True, slots=True)
    class Faulty(Fixed):
        def match(self, table: RawTable, context: Context) -> Match:
            raise KeyError("item")

    (verdict,) = classify(context(DASHBOARD), (Faulty("a", 0.0), Fixed("b", 0.2))).kinds
    assert verdict.kind is None
    assert "a: the judging failed: KeyError" in verdict.reason


def test_a_second_column_of_actions_is_the_item_and_refs_stand_elsewhere() -> None:
    log = table([["Action", "Owner", "Action"], ["1", "AE", "Write to the board"], ["2", "BS", "Reply to the council"]])
    assert classify(context(log)).kinds[0].kind in ("actions", None)


def test_figures_below_three_rows_of_headings_of_which_one_reads_as_a_row() -> None:
    """What a kind reads from borrowed headings belongs to no row of the table below them."""
    head = table([["Measure", "Target", "Apr-24", "May-24"], ["Falls", "NP", "NP", "NP"]], header_rows=1)
    rest = table([["Staff turnover", "12%", "13%", "12%"], ["Appraisals", "95%", "88%", "90%"]], header_rows=0, page=2)
    result = to_result(document(head, rest))
    assert sorted({record.row for record in result.records if record.table_no == 2}) == [0, 1]
