"""One cell at a time: what it is worth, which fills are ratings, and what a heading's words say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.kinds.kpis import KIND
from extractors.kpi_layouts.axes import in_sequence
from extractors.kpi_layouts.grid import Grid, is_value
from extractors.kpi_layouts.values import Value, read_cell, read_value, stated_unit
from extractors.kpi_layouts.words import dated, is_organisation, is_total
from schemas.outcome import Scalar
from tests.kinds.tables import context, table

GREEN, AMBER, RED, GREY, PALE_BLUE = "#00B050", "#FFC000", "#FF0000", "#BFBFBF", "#DCE6F1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("93.78%", Value("93.78%", 93.78, "percent")),
        ("6:05", Value("6:05", 365.0, "seconds")),
        ("1,234*", Value("1,234*", 1234.0, "number")),
        ("(250)", Value("(250)", -250.0, "number")),
        ("£1.2m", Value("£1.2m", 1_200_000.0, "gbp")),
        ("1:8", Value("1:8", 8.0, "number")),
        ("NP", Value("NP", missing="no_patients")),
        ("#N/A", Value("#N/A", missing="not_available")),
        ("Not Reporting", Value("Not Reporting", missing="not_reported")),
        ("<5", Value("<5", missing="suppressed")),
        ("GREEN", Value("GREEN", rag="green")),
        ("R", Value("R", rag="red")),
        ("97% (Green)", Value("97% (Green)", 97.0, "percent", rag="green")),
        ("88.0% G", Value("88.0% G", 88.0, "percent", rag="green")),
        ("12 ▲", Value("12 ▲", 12.0, "number", trend="up")),
        ("↓", Value("↓", trend="down")),
        ("Latest: 97%", Value("Latest: 97%", 97.0, "percent")),
        ("71.2% (712/1,000)", Value("71.2% (712/1,000)", 71.2, "percent")),
        ("12 (3%)", Value("12 (3%)", 12.0, "number")),
        ("45/60", Value("45/60")),
        ("see note", Value("see note")),
    ],
)
def test_a_printed_value(text: str, expected: Value) -> None:
    assert read_value(text) == expected


@given(st.text(max_size=80))
def test_any_text_is_read_and_kept_as_it_is(text: str) -> None:
    value = read_value(text)
    assert value.text == text
    assert value.value is None or value.missing is None


def test_a_coloured_dot_is_a_rating() -> None:
    cell = table([["●"]]).cells[0]
    assert read_cell(replace(cell, text_colour=RED)) == Value("●", rag="red")


def test_a_drawn_arrow_beside_a_number_is_its_trend() -> None:
    assert read_cell(table([["5"]], symbols={(0, 0): "up"}).cells[0]) == Value("5", 5.0, "number", trend="up")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("£000",), ("gbp", 1000)),
        (("Rate (%)",), ("percent", 1)),
        (("", "Percentage of calls answered"), ("percent", 1)),
        (("Number of falls", "%"), ("number", 1)),
        (("Falls",), (None, 1)),
    ],
)
def test_the_nearest_heading_states_the_unit(texts: tuple[str, ...], expected: tuple[str | None, int]) -> None:
    assert stated_unit(*texts) == expected


@pytest.mark.parametrize("text", ["71%", "6:05", "NP", "-", "G", "▲", "1 234", "£9,000", "<1%", "2019"])
def test_values_look_like_values(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize("text", ["Mar-24", "Q1 2024/25", "Measure", "18+ Weeks", "52 weeks", "2023/24", ""])
def test_headings_do_not(text: str) -> None:
    assert not is_value(text)


@pytest.mark.parametrize(
    ("text", "period_text", "start", "rest"),
    [
        ("Online Jan 24 – Mar 24", "Jan 24 - Mar 24", date(2024, 1, 1), "Online"),
        ("12 mths to Dec 23", "12 mths to Dec 23", date(2023, 1, 1), ""),
        ("Quarter to Sep 24", "Quarter to Sep 24", date(2024, 7, 1), ""),
        ("52+ Week Waits - March 2024", "March 2024", date(2024, 3, 1), "52+ Week Waits"),
        ("Month 8 position", "Month 8", date(2024, 11, 1), "position"),
    ],
)
def test_a_period_within_a_heading(text: str, period_text: str, start: date, rest: str) -> None:
    found = dated(text, date(2025, 2, 5))
    assert found is not None
    assert (found.period_text, found.period.start, found.rest) == (period_text, start, rest)


def test_bare_months_run_up_to_the_meeting() -> None:
    months = ["APR", "MAY", "DEC", "JAN"]
    assert in_sequence(months, date(2021, 6, 9)) == {}
    run = in_sequence(["NOV", "DEC", "JAN"], date(2021, 6, 9))
    assert {month: (day.year, day.month) for month, day in run.items()} == {
        "NOV": (2020, 11), "DEC": (2020, 12), "JAN": (2021, 1),
    }  # fmt: skip


def test_bare_quarters_take_the_titles_year() -> None:
    run = in_sequence(["Q1", "Q2", "Q3", "Q4"], date(2025, 2, 5), ("Scorecard 2022/23",))
    assert [day.year for day in run.values()] == [2023, 2022, 2022, 2022]


@pytest.mark.parametrize("text", ["Total", "GRAND TOTAL", "Sub-total", "Total providers", "All organisations"])
def test_sums_are_known(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["Total waiting list", "Total calls answered", "Northfield Hospitals"])
def test_measures_that_begin_with_total_are_no_sums(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize("text", ["Northfield Hospitals NHS Trust", "Eastmoor Council", "England", "Larkbridge Place"])
def test_names_are_made_like_organisations(text: str) -> None:
    assert is_organisation(text)


@pytest.mark.parametrize("text", ["Sickness absence", "A&E 4 hour performance", "Mar-24", "Ophthalmology", ""])
def test_other_labels_are_not(text: str) -> None:
    assert not is_organisation(text)


def _column(name: str, rows: list[list[str]], fills: dict[tuple[int, int], str]) -> list[Scalar]:
    made = table(rows, fills=fills)
    return [record.values[name] for record in KIND.read(made, context(made)).records]


ROWS = [["Measure", "Target", "Oct-24", "Nov-24"], *[[f"Calls answered {i}", "90%", "91%", "80%"] for i in "abcd"]]


def test_fills_of_values_are_ratings() -> None:
    assert _column("rag", ROWS[:2], {(1, 2): GREEN, (1, 3): RED}) == ["green", "red"]


def test_stripes_are_no_ratings() -> None:
    fills = {(row, col): PALE_BLUE for row in (1, 3) for col in range(4)}
    assert _column("rag", ROWS, fills) == [None] * 8


def test_grey_stripes_are_no_ratings_either() -> None:
    fills = {(row, col): GREY for row in (1, 3) for col in range(4)}
    assert _column("rag", ROWS, fills) == [None] * 8


def test_one_greyed_row_is_grey() -> None:
    assert _column("rag", ROWS, {(2, col): GREY for col in range(4)}) == [
        None,
        None,
        "grey",
        "grey",
        None,
        None,
        None,
        None,
    ]


def test_a_rating_beats_the_stripe_it_stands_on() -> None:
    fills = {(row, col): PALE_BLUE for row in (1, 3) for col in range(4)} | {(1, 3): RED, (2, 3): AMBER}
    assert _column("rag", ROWS, fills)[:4] == [None, "red", None, "amber"]


def test_a_merged_label_answers_for_all_its_rows() -> None:
    grid = Grid(table([["A", "1"], ["", "2"]], spans={(0, 0): (2, 1)}))
    assert (grid.text(1, 0), grid.own(1, 0)) == ("A", "")


def test_figures_in_a_column_of_comments_are_said_to_be_unread() -> None:
    made = table(
        [["Measure", "Target", "Apr-24", "Comments"], ["Calls answered", "90%", "91%", "Better than last year"],
         ["Emails answered", "90%", "92%", "Up by much"], ["Visits", "90%", "93%", "4.5%"]]
    )  # fmt: skip
    found = KIND.read(made, context(made))
    assert len(found.records) == 3
    assert [(f.check, f.found) for f in found.findings] == [("figures_not_read", "1")]


def test_colours_without_text_are_said_to_give_no_rows() -> None:
    made = table([["Measure", "Apr-24", "May-24"], ["Calls answered", "91%", ""], ["Visits made", "80%", ""]],
                 fills={(1, 2): GREEN, (2, 2): RED})  # fmt: skip
    assert [(f.check, f.found) for f in KIND.read(made, context(made)).findings] == [("colour_without_text", "2")]


def test_a_users_own_words_are_used_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = table([["Wobble", "Apr-24", "May-24"], ["Gantries", "4", "5"], ["Trestles", "6", "7"]], title="Yard figures")
    monkeypatch.delenv("BOARDPACK_DATA", raising=False)
    assert "rows that name measures" not in KIND.match(made, context(made)).reason
    (tmp_path / "kpi_words.toml").write_text('measure = ["gantries", "trestles"]\n')
    monkeypatch.setenv("BOARDPACK_DATA", str(tmp_path))
    assert "rows that name measures" in KIND.match(made, context(made)).reason
    monkeypatch.delenv("BOARDPACK_DATA")
    assert "rows that name measures" not in KIND.match(made, context(made)).reason
