from __future__ import annotations

from extractors.checks.date_sense import dates_are_in_order, logs_in_one_date_style, meetings_are_in_their_year
from extractors.checks.figures import figures_are_rounded, noughts_among_high_rates, thousands_in_one_style
from schemas.finding import Finding
from schemas.outcome import Record, TableKind
from tests.checks.packs import action, kpi, named, pack, said
from tests.kinds.tables import line, table

MONTHS = [f"2024-{m:02d}" for m in range(4, 13)]


def rates(texts: list[str]) -> list[Record]:
    return [kpi("North", text, period=month) for month, text in zip(MONTHS, texts, strict=True)]


def test_a_nought_among_high_rates() -> None:
    high = ["92.0%", "88.0%", "95.5%", "0.00%", "90.0%", "91.0%", "67.0%", "93.0%", "94.0%"]
    (finding,) = said(noughts_among_high_rates, pack(records=rates(high)))
    assert (finding.check, finding.found) == ("nought_among_high_rates", "0.00%")
    assert "in 2024-07; no other period is under 67.0%" in finding.message
    low = ["2.0%", "1.0%", "3.5%", "0.00%", "2.0%", "1.0%", "0.7%", "3.0%", "4.0%"]
    twice = [*high[:8], "0.00%"]
    assert said(noughts_among_high_rates, pack(records=rates(low))) == []
    assert said(noughts_among_high_rates, pack(records=rates(twice))) == []


def test_two_thirds_cut_off() -> None:
    (finding,) = said(figures_are_rounded, pack(records=[kpi("North", "66.66%"), kpi("South", "66.67%", row=2)]))
    assert (finding.check, finding.found, finding.expected) == ("cut_off_not_rounded", "66.66%", "66.67%")
    assert said(figures_are_rounded, pack(records=[kpi("North", "76.66%"), kpi("South", "66.6%", row=2)])) == []


def test_thousands_with_and_without_commas_on_one_page() -> None:
    bare = table([["Org", "A", "B", "C"], ["North", "6682", "2501", "3997"], ["South", "2790", "1007", "1460"]])
    comma = table(
        [["Org", "A", "B", "C"], ["North", "31,510", "31,220", "31,078"], ["South", "15,950", "14,750", "13,991"]]
    )
    (finding,) = said(thousands_in_one_style, pack(bare, comma))
    assert (finding.found, finding.expected, finding.table_no) == ("6682", "31,510", 1)
    years = table([["Org", "A", "B", "C"], ["North", "2019", "2020", "2021"], ["South", "2022", "2023", "2024"]])
    assert said(thousands_in_one_style, pack(years, comma)) == []


LOG = [
    ["Ref", "Raised", "Action", "Comments"],
    ["1", "07-Apr-21", "Write", "26.05.21 sent"],
    ["2", "08-Apr-21", "Ask", ""],
]


def log_styles(rows: list[list[str]], *records: Record) -> list[Finding]:
    return said(logs_in_one_date_style, pack(table(rows), records=records, kinds=[TableKind(1, "actions", "a log")]))


def test_a_log_whose_comments_write_dates_otherwise() -> None:
    (finding,) = log_styles(LOG)
    assert (finding.check, finding.found) == ("mixed_date_styles", "“07-Apr-21”, “26.05.21”")
    assert log_styles([LOG[0], ["1", "07-Apr-21", "Write", "see 2.1.3 and Spring 2021"]]) == []
    told = [action("1", raised_text="07-Apr-21"), action("2", row=2, raised_text="12/05/2021")]
    assert log_styles(LOG, *told) == []


def test_one_date_that_steps_back() -> None:
    days = [
        "19 April 2021",
        "29th April 2021",
        "6 May 2021",
        "5th May 2021",
        "12 May 2021",
        "20 May 2021",
        "25 May 2021",
    ]
    (finding,) = said(dates_are_in_order, pack(table([["Board", "Date"], *[[f"B{i}", d] for i, d in enumerate(days)]])))
    assert (finding.check, finding.row, finding.found, finding.expected) == (
        "dates_out_of_order",
        4,
        "5th May 2021",
        "on or after 6 May 2021",
    )
    mixed = [days[i] for i in (3, 0, 6, 1, 5, 2, 4)]
    assert said(dates_are_in_order, pack(table([["Board", "Date"], *[["B", d] for d in mixed]]))) == []


def test_a_meeting_a_year_too_early() -> None:
    right = line("Minutes of the Board meeting held on 5 May 2021", top=20)
    wrong = line("Reviewed after the decision of the Board on 5 May 2020.", top=200)
    (finding,) = said(meetings_are_in_their_year, pack(lines=[right, wrong]))
    assert (finding.check, finding.found, finding.expected) == ("meeting_a_year_early", "5 May 2020", "5 May 2021")
    others = [
        line("The Board meets on 31 March 2021", top=20),
        line("The Board met on 31 March 2020", top=100),
        line("The bridge opened on 5 May 2019 and the road on 5 May 2020", top=300),
    ]
    assert named(meetings_are_in_their_year, pack(lines=others)) == []
