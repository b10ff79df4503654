from __future__ import annotations

from extractors.checks.prose import (
    notes_that_change_figures,
    prose_and_series_agree,
    prose_and_undated_tables_agree,
)
from tests.checks.packs import kpi, kpis, named, pack, said
from tests.kinds.tables import line, table

COMPARED = [
    "In March there were 5,314 patients who waited more than 6 weeks compared to",
    "5,027 in February. Those waiting 10 weeks were 2,719 compared to 3,100 in February.",
]
HEAD = ["", "6+ Weeks", "10+ Weeks"]


def stale(total: list[str], lines: list[str] = COMPARED) -> list[str]:
    rows = [HEAD, ["North", "2,511", "1,662"], ["South", "1,194", "462"], total]
    return [f.found or "" for f in said(prose_and_undated_tables_agree, pack(table(rows), lines=lines))]


def test_a_table_that_shows_last_months_figures() -> None:
    assert stale(["Total", "5,027", "3,100"]) == ["5,027, 3,100"]
    rows = [HEAD, ["Total", "5,027", "3,100"]]
    (finding,) = said(prose_and_undated_tables_agree, pack(table(rows), lines=COMPARED))
    assert (finding.check, finding.row, finding.col, finding.expected) == (
        "prose_disagrees_with_table",
        1,
        1,
        "5,314, 2,719",
    )
    assert finding.message.startswith("On page 1, the row “Total” shows what the text gives for February")


def test_a_table_that_shows_this_months_figures_or_others() -> None:
    assert stale(["Total", "5,314", "2,719"]) == []
    assert stale(["Total", "9,999", "8,888"]) == []
    assert stale(["Total", "5,027", "3,100"], []) == []


def test_a_series_holds_earlier_figures_rightly() -> None:
    rows = [["Waits", "Feb-25", "Mar-25"], ["Total", "5,027", "5,300"]]
    assert said(prose_and_undated_tables_agree, pack(table(rows), lines=COMPARED)) == []


PROOF = kpis([("Waiting list", ["36,726", "15,470", "52,196"])], ["North", "South", "Partnership"], table_no=9, page=9)


def told(sentence: str, value: str = "4,443", measure: str = "52+ Week Waits") -> list[str]:
    records = [*PROOF, kpi("Partnership", value, measure=measure), kpi("North", "3,000", measure=measure)]
    return named(prose_and_series_agree, pack(records=records, lines=[sentence]))


def test_a_sentence_that_contradicts_its_table() -> None:
    assert told("In March there were 4,434 people waiting longer than 52 weeks.") == ["prose_disagrees_with_table"]
    assert told("In March there were 3,300 people at North waiting longer than 52 weeks.") == [
        "prose_disagrees_with_table"
    ]


def test_sentences_that_do_not() -> None:
    assert told("In March there were 4,443 people waiting longer than 52 weeks.") == []
    assert told("In April there were 4,434 people waiting longer than 52 weeks.") == []
    assert told("In March there were 4,434 people waiting longer than 18 weeks.") == []
    assert told("In March there were 4,434 people on a pathway.") == []
    assert told("In March 22.1% of people waited longer than 52 weeks.") == []
    assert told("In March 4,434 of 5,511 people waited longer than 52 weeks.") == []
    assert told("In March the target for waits of 52 weeks was 4,000.") == []


def test_a_note_that_gives_figures_another_month() -> None:
    note = "Cancer data for North shows February performance, as this is the latest reported position."
    (finding,) = said(notes_that_change_figures, pack(records=[kpi("North", "93.0%")], lines=[note]))
    assert (finding.check, finding.found, finding.expected) == (
        "note_gives_other_period",
        "2025-03",
        "February",
    )
    same = "Cancer data for North shows March performance."
    other = "Cancer data for East shows February performance."
    assert said(notes_that_change_figures, pack(records=[kpi("North", "93.0%")], lines=[same, other])) == []


def test_a_note_that_figures_are_awaited() -> None:
    lines = [line("There were 17 breaches in March; those of South are still awaited.", top=20)]
    rows = table([["Month", "Breaches"], ["Mar", "17"]])
    assert named(notes_that_change_figures, pack(rows, lines=lines)) == ["note_says_incomplete"]
    assert said(notes_that_change_figures, pack(rows, lines=["A reply from the minister is expected."])) == []
