from __future__ import annotations

from extractors.checks.summaries import summaries_agree
from schemas.finding import Finding
from tests.checks.packs import kpi, kpis, pack, said

PLACES = ["North Place", "Eastmarch Place", "South Place", "The Partnership"]
PROOF = kpis([("Waiting list", ["36,726", "15,470", "10,004", "62,200"])], PLACES, table_no=8, page=8)
WAITS = kpis([("Waits of 52 weeks", ["1,050", "266", "485", "1,801"])], PLACES, table_no=9, page=9)


def found(sentence: str) -> list[Finding]:
    return said(summaries_agree, pack(records=[*PROOF, *WAITS], lines=[sentence]))


def test_one_of_several_figures_is_not_the_table_s() -> None:
    (finding,) = found("In North 1,081 people had waited 52 weeks, in Eastmarch 266 and in South 485.")
    assert (finding.check, finding.page, finding.found, finding.expected) == (
        "summary_disagrees_with_table",
        1,
        "1,081",
        "1,050",
    )
    assert "the table on page 9 has 1,050 for North Place in 2025-03 under “Waits of 52 weeks”" in finding.message


def test_the_whole_is_the_figure_that_no_organisation_claims() -> None:
    (finding,) = found("The list stood at 63,200, of whom 36,726 live in North, 15,470 in Eastmarch, 10,004 in South.")
    assert (finding.found, finding.expected) == ("63,200", "62,200")


def test_figures_that_agree_or_that_another_table_has_are_not_told() -> None:
    assert found("In North 1,050 people had waited, in Eastmarch 266 and in South 485; in all 1,801.") == []
    assert found("North has 36,726 waiting; Eastmarch 266 and South 485 waited 52 weeks.") == []


def test_too_little_to_know_the_table_by() -> None:
    assert found("In North 1,081 people had waited 52 weeks, in Eastmarch 266 and in South 999.") == []
    assert found("In North 1,081 people had waited 52 weeks and 266 in Eastmarch.") == []


def test_a_figure_far_from_the_table_s_is_of_another_measure() -> None:
    assert found("North spent 4,711 hours; 266 waited in Eastmarch and 485 in South.") == []


def test_a_year_to_date_is_not_what_a_month_s_sentence_is_held_against() -> None:
    to_date = [
        kpi(place, text, series="ytd", table_no=9)
        for place, text in zip(PLACES, ["1,050", "266", "485", "1"], strict=True)
    ]
    sentence = "In North 1,081 people had waited 52 weeks, in Eastmarch 266 and in South 485."
    assert said(summaries_agree, pack(records=[*PROOF, *to_date], lines=[sentence])) == []
