"""The questions of docs/questions.md: each statement runs, and answers what the sample packs say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import ingest
from flows.sources import find_files
from warehouse.query import query

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = {
    int(number): sql for number, sql in re.findall(r"^### (\d+)\. .*?```sql\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
}
NOVEMBER, JANUARY = "2024-11-13", "2025-01-15"
Ask = Callable[[int], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The answer to a question over both sample packs, as rows by column, dates and amounts as text and numbers."""
    warehouse = tmp_path_factory.mktemp("questions") / "boardpack.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
        ends = ingest(find_files(sorted(map(str, SAMPLES.glob("*.pdf")))), warehouse, workers=2)
    assert [end.said for end in ends if end.end != "loaded"] == []

    def answer(number: int) -> list[dict[str, Any]]:
        found = query(warehouse, QUESTIONS[number])
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        return [{**row, "meeting": str(row["meeting_date"])} for row in rows]

    yield answer


def of(rows: list[dict[str, Any]], *columns: str, **where: Any) -> list[tuple[Any, ...]]:
    """These columns of the rows that have these values."""
    return [tuple(row[c] for c in columns) for row in rows if all(row[c] == v for c, v in where.items())]


def test_there_are_twenty_five() -> None:
    assert sorted(QUESTIONS) == list(range(1, 26))


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_each_runs_and_says_whose_pack(ask: Ask, number: int) -> None:
    rows = ask(number)
    assert {row["organisation"] for row in rows} <= {"Larkshire and Westmere Integrated Care Board"}
    assert {row["meeting"] for row in rows} <= {NOVEMBER, JANUARY}


@pytest.mark.parametrize("number", sorted(QUESTIONS))
def test_none_names_an_organisation_or_a_day(number: int) -> None:
    assert not re.search(r"\d{4}-\d\d|\bNHS\b|Trust\b", QUESTIONS[number])


@pytest.mark.parametrize("number", sorted(set(QUESTIONS) - {9, 15, 18}))
def test_the_samples_hold_an_answer(ask: Ask, number: int) -> None:
    assert ask(number)


def test_overdue_actions(ask: Ask) -> None:
    assert of(ask(1), "meeting", "ref", "days_overdue") == [
        (NOVEMBER, "101", 44),
        (NOVEMBER, "103", 13),
        (JANUARY, "101", 107),
        (JANUARY, "104", 26),
    ]


def test_actions_by_status(ask: Ask) -> None:
    assert of(ask(2), "status_text", "actions", "of_all", meeting=JANUARY) == [
        ("Open", 4, 11),
        ("In progress", 3, 11),
        ("Closed", 2, 11),
        ("Closing", 1, 11),
        ("Overdue", 1, 11),
    ]


def test_numbers_left_out_of_the_log(ask: Ask) -> None:
    assert of(ask(3), "meeting", "missing") == [(NOVEMBER, "100"), (JANUARY, "105")]


def test_the_minutes_actions_in_the_log(ask: Ask) -> None:
    rows = ask(4)
    assert all(row["in_log"] for row in rows)
    assert of(rows, "ref", "minutes_owner", "log_owner", owner_agrees=False) == [
        ("108", "SIC", "Directors of Adult Social Services")
    ]
    assert of(rows, "ref", "minutes_owner", meeting=NOVEMBER, owner_agrees=True) == [
        ("105", "GQ"),
        ("106", "FM, NAF"),
        ("107", "OT"),
        ("107", "Chair"),
        ("109", "SIC"),
    ]


def test_what_was_agreed(ask: Ask) -> None:
    assert of(ask(5), "meeting", "item") == [(NOVEMBER, "3"), (JANUARY, "3"), (JANUARY, "4")]
    assert ask(5)[2]["decision"].endswith("The board AGREED to close action 102")


def test_who_was_there(ask: Ask) -> None:
    rows = ask(6)
    assert of(rows, "person", "initials", "in_list", meeting=NOVEMBER)[2] == ("Dr Nkechi Adeyemi-Ford", "NAF", 8)
    assert len(of(rows, "person", meeting=JANUARY, list="present")) == 9
    assert not any(row["initials_shared"] for row in rows)


def test_items_without_a_paper(ask: Ask) -> None:
    assert of(ask(7), "item", meeting=JANUARY) == [("1",), ("2",), ("5",), ("6",), ("8",), ("13",)]


def test_standards_missed(ask: Ask) -> None:
    rows = {row["organisation_text"]: row for row in ask(8) if row["meeting"] == JANUARY}
    assert {name: row["of_measures"] for name, row in rows.items()} == dict.fromkeys(
        ("LW ICB", "Larkham Place", "Eastmarch Place", "Westmere Place"), 14
    )
    assert all(row["missed"] + row["not_judged"] <= row["of_measures"] for row in rows.values())
    assert rows["Eastmarch Place"]["missed"] < rows["LW ICB"]["missed"]


def test_the_largest_shortfalls(ask: Ask) -> None:
    worst = of(ask(10), "measure", "points", meeting=JANUARY, organisation_text="LW ICB")
    assert worst[0] == ("Referral to treatment: within 18 weeks", -29.96)
    assert 1 < len(worst) <= 5
    assert sorted(points for _, points in worst) == [points for _, points in worst]


def test_months_against_plan(ask: Ask) -> None:
    found = of(ask(11), "period_text", "variance", meeting=NOVEMBER, measure="52+ week waits")
    assert found == [
        ("Apr-24", 43),
        ("May-24", 75),
        ("Jun-24", 200),
        ("Jul-24", 33),
        ("Aug-24", 69),
        ("Sep-24", 121),
    ]


def test_largest_rises(ask: Ask) -> None:
    found = of(
        ask(12), "period_text", "rise", meeting=NOVEMBER, measure="52+ week waits", organisation_text="Eastmarch Place"
    )
    assert found == [("Jun-24", 12)]


def test_shares_of_the_list(ask: Ask) -> None:
    found = of(ask(13), "organisation_text", "value", "share_pct", meeting=NOVEMBER, page=12)
    assert found == [
        ("Eastmarch Place", 266, 14.77),
        ("Westmere Place", 485, 26.93),
        ("Larkham Place", 1050, 58.3),
        ("LW ICB", 1801, 100),
    ]
    changes = of(ask(13), "change_in_a_year", "year_before", meeting=NOVEMBER, page=12, organisation_text="LW ICB")
    assert changes == [(1801 - 2548, "Sep-23")]


def test_worst_months(ask: Ask) -> None:
    found = of(ask(14), "value", meeting=NOVEMBER, measure="52+ week waits", organisation_text="LW ICB")
    assert found == [(2548,)]


def test_who_treats_what(ask: Ask) -> None:
    first = ask(16)[0]
    assert (first["value"], first["organisation_total"], first["grand_total"], first["share_pct"]) == (
        412,
        1022,
        1801,
        round(100 * 412 / 783, 2),
    )


def test_text_against_tables(ask: Ask) -> None:
    assert of(ask(17), "meeting", "page", "found", "expected") == [
        (NOVEMBER, 8, "1,081", "1,050"),
        (JANUARY, 8, "88,229", "87,229"),
    ]


def test_value_of_the_capital_programme(ask: Ask) -> None:
    found = of(ask(19), "schemes", "known_gbp", "approximate_gbp", "without_value", meeting=JANUARY, page=16)
    assert sorted(found) == [
        (5, 111_750_000, 4_500_000, ["Eastmarch ambulance hub"]),
        (6, 55_550_000, 9_000_000, None),
    ]


def test_sources_of_funding(ask: Ask) -> None:
    known = dict(of(ask(20), "funding_source", "known_gbp", meeting=JANUARY))
    assert (known["CDC programme"], known["Frontline digitisation"], known["TBC"]) == (
        9_000_000,
        21_750_000,
        42_500_000,
    )


def test_schemes_without_a_completion_date(ask: Ask) -> None:
    assert of(ask(21), "scheme", "completion_text", meeting=JANUARY) == [
        ("Larkham surgical hub", "TBC"),
        ("Westmere mental health inpatient unit", "TBC"),
        ("Eastmarch ambulance hub", "TBC"),
    ]


def test_largest_schemes(ask: Ask) -> None:
    assert of(ask(22), "value_gbp", "scheme", meeting=JANUARY)[0] == (
        62_000_000,
        "Westmere mental health inpatient unit",
    )
    assert len(of(ask(22), "scheme", meeting=JANUARY)) == 5


def test_markers_for_no_figure(ask: Ask) -> None:
    found = dict(of(ask(23), "marker", "cells", meeting=JANUARY))
    assert (found["TBC"], found["#N/A"], found["NP"], found["approximate"]) == (5, 1, 1, 2)


def test_dashboards_against_series(ask: Ask) -> None:
    found = of(ask(24), "page", "series_page", "cells", "differences", meeting=NOVEMBER)
    assert sorted(found) == [(9, 11, 4, 0), (9, 11, 4, 0), (9, 12, 4, 0), (9, 13, 4, 0), (9, 13, 4, 0)]


def test_places_of_a_figure(ask: Ask) -> None:
    assert of(ask(25), "places", "pages", "stands_in", meeting=NOVEMBER, figure=86253) == [
        (3, [8, 9, 11], ["table 5", "table 7", "text"])
    ]
