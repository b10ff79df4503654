"""Capital programmes and lists of schemes, each as another body lays them out."""

from __future__ import annotations

from tests.office.flat_odf import C, Table
from tests.unseen.paper import AMBER, GREEN, GREY, NAVY, PALE, RED, TEAL, Paper, Rows, band, right


def programme_by_year() -> Paper:
    rows: Rows = [
        ["Scheme", "2024/25", "2025/26", "2026/27", "2027/28", "Total"],
        [band("Estates", 6, TEAL)],
        ["Penmoor ward block", *map(right, ("4.2", "11.8", "6.0", "-", "22.0"))],
        ["Fire safety works", *map(right, ("0.75", "0.75", "0.75", "0.75", "3.0"))],
        [band("Digital", 6, TEAL)],
        ["Electronic patient record", *map(right, ("3.1", "5.4", "2.25", "0.5", "11.25"))],
        [C("Total programme", bold=True), *(right(x, bold=True) for x in ("8.05", "17.95", "9.0", "1.25", "36.25"))],
    ]
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "Finance and Performance Committee – 24 September 2024",
        "Capital plan",
        ("# Capital programme 2024/25 to 2027/28 (£m)",
         Table([5.6, 2.0, 2.0, 2.0, 2.0, 2.0], rows, head_fill=GREY)),
    )  # fmt: skip


def subtotals_and_reprofiling() -> Paper:
    rows: Rows = [
        ["Project", "Approved budget 2024/25", "Slippage from 2023/24", "Re-profiled to 2025/26",
         "Revised budget 2024/25", "Spend to date", "Forecast outturn", "Variance"],
        [C("£000", cols=8, align="center")],
        ["Oxenholt leisure centre roof", *map(right, ("1,200", "85", "(400)", "885", "212", "885", "0"))],
        ["Play areas", *map(right, ("240", "0", "0", "240", "196", "251", "11"))],
        [C("Sub-total: Leisure", bold=True),
         *(right(x, bold=True) for x in ("1,440", "85", "(400)", "1,125", "408", "1,136", "11"))],
        ["Station Road junction", *map(right, ("3,100", "(150)", "(2,000)", "950", "77", "950", "0"))],
        ["Bridge strengthening", *map(right, ("460", "40", "0", "500", "390", "480", "(20)"))],
        [C("Sub-total: Highways", bold=True),
         *(right(x, bold=True) for x in ("3,560", "(110)", "(2,000)", "1,450", "467", "1,430", "(20)"))],
        [C("GRAND TOTAL", bold=True),
         *(right(x, bold=True) for x in ("5,000", "(25)", "(2,400)", "2,575", "875", "2,566", "(9)"))],
    ]  # fmt: skip
    table = Table([5.4, 2.6, 2.6, 2.8, 2.6, 2.4, 2.4, 2.2], rows, header_rows=2, head_fill=PALE)
    return Paper(
        "Oxenholt Borough Council",
        "Cabinet, 12 December 2024",
        "Capital monitoring, quarter 2",
        (table,),
        landscape=True,
    )


def schemes_in_words() -> Paper:
    rows: Rows = [
        ["Scheme", "Lead body", "Source of funds", "Estimated cost", "Expected completion", "RAG"],
        ["Community diagnostic centre, Wick", "Harrowdale and Wick NHS Foundation Trust", "National programme",
         "c. £1.2m", "Spring 2025", C("", fill=AMBER)],
        ["Saltmarsh Lane health centre", "Saltmarsh Community Health and Care NHS Trust", "Sale of land", "TBC",
         "End of Q1 2025/26", C("", fill=RED)],
        ["Second CT scanner, Penmoor", "Ravensmere Hospitals NHS Trust", "Charitable funds", "£850k", "Complete",
         C("", fill=GREEN)],
        ["Decarbonisation, phase 2", "Ravensmere Hospitals NHS Trust", "Grant (£1.1m) and own funds", "£2,450,000",
         "December 2024", C("", fill=GREEN)],
        ["Shared care record", "Pennerley Vale ICB", "TBC", "", "TBC", ""],
    ]  # fmt: skip
    return Paper(
        "Pennerley Vale Integrated Care Board",
        "Board meeting held in public on 19 September 2024",
        "Estates and capital update",
        ("The schemes that the partnership has agreed to support are listed below.",
         Table([4.2, 4.0, 3.2, 2.2, 2.8, 1.2], rows, head_fill=NAVY, size=9)),
    )  # fmt: skip


def plan_and_forecast_by_funding() -> Paper:
    rows: Rows = [
        [C("Capital scheme", rows=2), C("Year to date", cols=3, align="center"),
         C("Full year", cols=3, align="center")],
        ["Plan £'000", "Actual £'000", "Variance £'000", "Plan £'000", "Forecast £'000", "Variance £'000"],
        [band("Funded internally", 7, GREY)],
        ["Backlog maintenance", *map(right, ("910", "644", "266", "2,200", "2,200", "0"))],
        ["Medical equipment", *map(right, ("400", "522", "(122)", "1,350", "1,350", "0"))],
        ["Total funded internally", *map(right, ("1,310", "1,166", "144", "3,550", "3,550", "0"))],
        [band("Funded by public dividend capital", 7, GREY)],
        ["Endoscopy unit", *map(right, ("1,500", "1,488", "12", "4,800", "5,050", "(250)"))],
        ["Cyber security", *map(right, ("100", "-", "100", "300", "300", "0"))],
        ["Total public dividend capital", *map(right, ("1,600", "1,488", "112", "5,100", "5,350", "(250)"))],
    ]  # fmt: skip
    return Paper(
        "Saltmarsh Community Health and Care NHS Trust",
        "Trust Board, Tuesday 10 September 2024",
        "Capital report, month 5",
        (Table([4.6, 2.0, 2.0, 2.2, 2.0, 2.2, 2.2], rows, header_rows=2, rules="horizontal"),),
    )


PAPERS = {
    "capital-programme-by-year": programme_by_year,
    "capital-subtotals-and-reprofiling": subtotals_and_reprofiling,
    "capital-schemes-in-words": schemes_in_words,
    "capital-plan-and-forecast": plan_and_forecast_by_funding,
}
