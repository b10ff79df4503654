from __future__ import annotations

import time

from extractors.checks.agreement import measure_words, printed_once, same_measure_agrees, targets_agree
from extractors.checks.ordering import longer_waits_are_fewer
from extractors.checks.rag import rating_fits_threshold
from schemas.outcome import Record
from tests.checks.packs import kpi, kpis, named, pack, said
from tests.kinds.tables import table

ORGS = ["North", "South", "West", "All"]


def test_a_dashboard_and_a_series_are_matched_by_their_figures() -> None:
    dashboard = kpis([("RTT - 18 weeks", ["67.34%", "69.80%", "57.39%", "64.90%"])], ORGS)
    series = kpis([("Waits", ["67.34%", "69.80%", "57.39%", "64.90%"])], ORGS, table_no=2, page=5)
    assert said(same_measure_agrees, pack(records=dashboard + series)) == []
    series = kpis([("Waits", ["67.34%", "69.80%", "57.93%", "64.90%"])], ORGS, table_no=2, page=5)
    (finding,) = said(same_measure_agrees, pack(records=dashboard + series))
    assert (finding.check, finding.table_no, finding.page) == ("same_measure_disagrees", 2, 5)
    assert (finding.found, finding.expected) == ("57.93%", "57.39%")


def test_one_name_is_one_measure_whatever_its_figures() -> None:
    one = kpis([("Falls", ["3", "4", "5", "12"])], ORGS)
    other = kpis([("Falls", ["2", "4", "6", "12"])], ORGS, table_no=2)
    assert named(same_measure_agrees, pack(records=one + other)) == ["same_measure_disagrees"] * 2


def test_unlike_measures_of_another_period_or_by_round_figures_are_not_compared() -> None:
    one = kpis([("Falls", ["3", "4", "5", "12"])], ORGS)
    other = kpis([("Ulcers", ["3", "4", "5", "13"])], ORGS, table_no=2)
    later = kpis([("Falls", ["8", "8", "8", "24"])], ORGS, table_no=3, period="2025-04")
    assert said(same_measure_agrees, pack(records=one + other + later)) == []


def test_rounding_is_agreement() -> None:
    one = kpis([("Seen", ["67.34%", "69.80%", "57.39%", "64.90%"])], ORGS)
    other = kpis([("Seen", ["67.3%", "69.8%", "57.4%", "64.9%"])], ORGS, table_no=2)
    assert said(same_measure_agrees, pack(records=one + other)) == []


def test_one_table_that_gives_two_figures_for_one_thing() -> None:
    records = [kpi("North", "10", row=1), kpi("North", "10", row=2), kpi("North", "12", row=3)]
    (finding,) = said(printed_once, pack(records=records))
    assert (finding.check, finding.row, finding.found, finding.expected) == (
        "printed_twice_differently",
        3,
        "12",
        "10",
    )


def test_rows_that_nothing_tells_apart_are_one_finding() -> None:
    records = [kpi("", str(10 + row), measure="Budget", row=row) for row in range(1, 9)]
    (finding,) = said(printed_once, pack(records=records))
    assert (finding.check, finding.scope, finding.found) == ("rows_not_told_apart", "table", "7")


def test_telling_words() -> None:
    assert measure_words("Cancer Two Week Wait") == measure_words("Cancer waits - 2 weeks")
    assert measure_words("18 Week Waits") != measure_words("52 Week Waits")


BANDS = [["Specialty", "Total waiting list", "18+ Weeks", "26+ Weeks", "52+ Weeks"]]


def test_longer_waits_hold_no_more_people() -> None:
    good = [*BANDS, ["Eyes", "11,218", "5,131", "3,134", "877"], ["Ears", "10", "0", "0", "0"]]
    assert said(longer_waits_are_fewer, pack(table(good))) == []
    bad = [*BANDS, ["Eyes", "11,218", "5,131", "3,134", "3,877"], ["Ears", "10", "12", "0", "0"]]
    found = said(longer_waits_are_fewer, pack(table(bad)))
    assert [(f.check, f.row, f.col) for f in found] == [
        ("longer_band_is_larger", 1, 4),
        ("longer_band_is_larger", 2, 2),
    ]
    assert found[0].found == "3,877"


def test_closed_bands_and_one_band_are_not_ordered() -> None:
    closed = [["Specialty", "0-18 weeks", "18-26 weeks"], ["Eyes", "5", "9"]]
    single = [["Specialty", "Seen", "52+ weeks"], ["Eyes", "5", "9"]]
    assert said(longer_waits_are_fewer, pack(table(closed), table(single))) == []


def rated(value: str, rag: str, better: str | None = "higher", threshold: float = 95.0) -> list[str]:
    return named(
        rating_fits_threshold,
        pack(records=[kpi("North", value, rag=rag, better=better, threshold=threshold)]),
    )


def test_green_that_misses_and_red_that_meets() -> None:
    assert rated("93.0%", "green") == ["rating_contradicts_threshold"]
    assert rated("97.0%", "red") == ["rating_contradicts_threshold"]
    assert rated("3", "green", "lower", 0) == ["rating_contradicts_threshold"]
    assert rated("0", "red", "lower", 0) == ["rating_contradicts_threshold"]


def test_right_ratings_amber_and_unknown_directions_say_nothing() -> None:
    assert rated("97.0%", "green") == rated("95.0%", "green") == rated("93.0%", "red") == []
    assert rated("93.0%", "amber") == rated("97.0%", "amber") == []
    assert rated("93.0%", "green", None) == []
    assert rated("2", "red", "lower", 0) == rated("0", "green", "lower", 0) == []


def test_a_table_whose_colours_follow_another_rule_is_one_finding() -> None:
    def records(texts: str) -> list[Record]:
        return [
            kpi("North", text, row=row, rag="green", better="higher", threshold=95.0)
            for row, text in enumerate(texts.split(), start=1)
        ]

    (finding,) = said(rating_fits_threshold, pack(records=records("70.0% 80.0% 85.0% 90.0% 97.0%")))
    assert (finding.check, finding.found, finding.scope) == ("ratings_follow_another_rule", "4", "table")
    few = records("70.0% 80.0% 85.0% 97.0% 98.0%")
    assert named(rating_fits_threshold, pack(records=few)) == ["rating_contradicts_threshold"] * 3


def test_a_threshold_that_is_not_the_plan_of_its_series() -> None:
    dashboard = kpis([("Health checks", ["27.31%", "24.88%", "29.47%", "27.06%"])], ORGS, threshold=22.5)
    series = kpis([("Checks by quarter", ["27.31%", "24.88%", "29.47%", "27.06%"])], ORGS, table_no=2, page=5)
    plan = [kpi("The plan", "30.00%", measure="Checks by quarter", table_no=2, page=5, series="plan")]
    (finding,) = said(targets_agree, pack(records=dashboard + series + plan))
    assert (finding.check, finding.found, finding.expected, finding.page) == ("targets_differ", "22.5%", "30.00%", 1)
    same = [kpi("The plan", "22.5%", measure="Checks by quarter", table_no=2, page=5, series="plan")]
    assert said(targets_agree, pack(records=dashboard + series + same)) == []
    assert said(targets_agree, pack(records=dashboard + plan)) == []


def test_a_thousand_tables_are_compared_in_a_moment() -> None:
    records = [
        kpi(org, f"{7 * n + i:,}", measure=f"Measure {n}", table_no=n)
        for n in range(1000)
        for i, org in enumerate(ORGS)
    ]
    evidence = pack(records=records)
    begun = time.process_time()
    assert said(same_measure_agrees, evidence) == []
    assert time.process_time() - begun < 3
