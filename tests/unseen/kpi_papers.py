"""Scorecards and series, each as another trust or council lays them out."""

from __future__ import annotations

from tests.office.flat_odf import C, Table
from tests.unseen.paper import AMBER, GREEN, GREY, NAVY, PALE, RED, TEAL, Paper, Rows, band, right


def latest_previous_rag() -> Paper:
    rows: Rows = [
        ["Indicator", "Target", "Latest period", "Latest", "Previous", "RAG", "Direction of travel"],
        ["Stroke patients admitted to a stroke unit within 4 hours", "≥ 80%", "Jul-24", right("62.4%"), right("58.0%"),
         "Red", "↑"],
        ["Clostridioides difficile cases", "≤ 4", "Aug-24", right("3"), right("5"), "Green", "↓"],
        ["Complaints answered within 40 working days", "85%", "Aug-24", right("85.1%"), right("85.1%"), "Green", "↔"],
        ["Discharge letters sent within 24 hours", "90%", "Jul-24", right("NP"), right("88%"), "Grey", ""],
        ["Average length of stay (days)", "", "Aug-24", right("5.2"), right("#N/A"), "Amber", "↑"],
    ]  # fmt: skip
    table = Table([5.4, 1.8, 2.0, 1.8, 1.8, 1.6, 2.2], rows, head_fill=PALE)
    return Paper(
        "Harrowdale and Wick NHS Foundation Trust",
        "Board of Directors meeting in public: Thursday 26 September 2024",
        "Quality indicators",
        ("Indicators are rated against the target for the latest period.", table),
    )


def coloured_dots() -> Paper:
    def dot(colour: str) -> C:
        return C("●", colour=colour, align="center")

    rows: Rows = [
        ["Key line of enquiry", "May 2024", "Jun 2024", "Jul 2024"],
        ["Hand hygiene compliance", dot(GREEN), dot(GREEN), dot(AMBER)],
        ["Safe staffing fill rate", dot(AMBER), dot(RED), dot(RED)],
        ["Safeguarding training compliance", dot(GREEN), dot(GREEN), dot(GREEN)],
        ["Falls with harm", dot(RED), dot(AMBER), dot(GREEN)],
    ]
    figures: Rows = [
        ["Measure", "Standard", "Jul 2024", "Rating"],
        ["Appraisals completed", "90%", right("91.2%"), dot(GREEN)],
        ["Vacancy rate", "< 8%", right("11.4%"), dot(RED)],
    ]
    return Paper(
        "Saltmarsh Community Health and Care NHS Trust",
        "Trust Board, Tuesday 10 September 2024",
        "Ward accreditation heat map",
        (
            Table([6.4, 2.6, 2.6, 2.6], rows, head_fill=TEAL),
            "# Our people",
            Table([6.4, 2.6, 2.6, 2.6], figures, head_fill=TEAL),
        ),
    )


def making_data_count() -> Paper:
    rows: Rows = [
        ["KPI", "Latest month", "Measure", "Target", "Variation", "Assurance", "Mean", "Lower process limit",
         "Upper process limit"],
        ["Four hour performance", "Jul 24", right("71.3%"), right("78.0%"), "Common cause", "Fail", right("70.1%"),
         right("64.2%"), right("76.0%")],
        ["Ambulance handovers over 60 minutes", "Jul 24", right("212"), right("0"), "Special cause - concern (H)",
         "Fail", right("148"), right("81"), right("215")],
        ["Cancer 28 day faster diagnosis standard", "Jun 24", right("79.4%"), right("77.0%"),
         "Special cause - improvement (H)", "Hit or miss", right("74.0%"), right("68.8%"), right("79.2%")],
        ["Staff turnover", "Jul 24", right("11.8%"), right("12.5%"), "Special cause - improvement (L)", "Hit or miss",
         right("13.0%"), right("12.1%"), right("13.9%")],
    ]  # fmt: skip
    table = Table([5.2, 2.0, 2.0, 2.0, 4.0, 2.4, 2.0, 2.4, 2.4], rows, head_fill=NAVY, size=9)
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "Board meeting in public, 24 September 2024",
        "Integrated performance report: summary of statistical process control",
        (table,),
        landscape=True,
    )


def plan_actual_variance() -> Paper:
    rows: Rows = [
        [C("£000", rows=2), C("In month", cols=3, align="center"), C("Year to date", cols=3, align="center"),
         C("Full year plan", rows=2)],
        ["Plan", "Actual", "Variance", "Plan", "Actual", "Variance"],
        ["Income from patient care", *map(right, ("31,204", "30,911", "(293)", "155,820", "154,002", "(1,818)")),
         right("374,448")],
        ["Pay costs", *map(right, ("(21,010)", "(21,644)", "(634)", "(105,050)", "(107,900)", "(2,850)")),
         right("(252,120)")],
        ["Agency spend", *map(right, ("(600)", "(712)", "(112)", "(3,000)", "(3,515)", "(515)")), right("(7,200)")],
        ["Surplus / (deficit)", *map(right, ("(410)", "(1,449)", "(1,039)", "(2,050)", "(7,233)", "(5,183)")),
         right("-")],
    ]  # fmt: skip
    table = Table([4.4, 1.9, 1.9, 1.9, 2.1, 2.1, 2.1, 2.2], rows, header_rows=2, head_fill=GREY)
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "Finance and Performance Committee – 24 September 2024",
        "Finance report",
        ("# Income and expenditure, August 2024", table),
    )


def provider_by_specialty() -> Paper:
    rows: Rows = [
        ["Specialty", "Ravensmere", "Harrowdale and Wick", "Penmoor Infirmary", "Total"],
        ["Ophthalmology", *map(right, ("112", "9", "0", "121"))],
        ["Trauma and orthopaedics", *map(right, ("418", "77", "36", "531"))],
        ["Gynaecology", *map(right, ("61", "*", "14", "75"))],
        ["Ear, nose and throat", *map(right, ("203", "58", "", "261"))],
        ["Total", *map(right, ("794", "144", "50", "988"))],
    ]
    return Paper(
        "Pennerley Vale Integrated Care Board",
        "Board meeting held in public on 19 September 2024",
        "System performance report",
        ("# Patients waiting over 52 weeks by provider and specialty, July 2024",
         Table([5.0, 2.8, 3.4, 3.2, 2.0], rows, head_fill=TEAL)),
    )  # fmt: skip


def quarters_by_year() -> Paper:
    rows: Rows = [
        [C("Measure", rows=2), C("2023/24", cols=4, align="center"), C("2024/25", cols=2, align="center"),
         C("Target", rows=2)],
        ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2"],
        ["Household waste recycled (%)", *map(right, ("41.2", "42.0", "38.9", "37.7", "43.1", "43.8")), right("45.0")],
        ["Potholes repaired within 28 days (%)", *map(right, ("88.0", "81.5", "79.9", "70.2", "84.4", "90.1")),
         right("90.0")],
        ["Families in temporary accommodation", *map(right, ("312", "330", "341", "365", "372", "1,021")), ""],
    ]  # fmt: skip
    table = Table([5.2, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 1.8], rows, header_rows=2, head_fill=PALE)
    return Paper(
        "Oxenholt Borough Council",
        "Scrutiny Committee, 21 November 2024",
        "Corporate scorecard",
        (table,),
    )


def merged_measures_over_providers() -> Paper:
    rows: Rows = [
        ["Measure", "Target", "Provider", "May-24", "Jun-24", "Jul-24"],
        [C("Four hour performance", rows=3), C("78%", rows=3), "Ravensmere Hospitals NHS Trust",
         right("70.2%"), right("70.9%"), C("71.3%", align="end", fill=RED)],
        ["Harrowdale and Wick NHS Foundation Trust", right("77.7%"), right("78.4%"),
         C("79.0%", align="end", fill=GREEN)],
        ["Pennerley Vale ICB", right("73.0%"), right("73.8%"), C("74.2%", align="end", fill=AMBER)],
        [C("Patients waiting over 65 weeks", rows=3), C("0", rows=3), "Ravensmere Hospitals NHS Trust",
         right("640"), right("588"), C("512", align="end", fill=RED)],
        ["Harrowdale and Wick NHS Foundation Trust", right("12"), right("3"), C("0", align="end", fill=GREEN)],
        ["Pennerley Vale ICB", right("652"), right("591"), C("512", align="end", fill=RED)],
    ]  # fmt: skip
    return Paper(
        "Pennerley Vale Integrated Care Board",
        "Board meeting held in public on 19 September 2024",
        "Operational plan: where we are",
        (Table([4.0, 1.6, 5.2, 2.0, 2.0, 2.0], rows, head_fill=TEAL),),
    )


def scorecard_by_domain() -> Paper:
    def rated(text: str, fill: str) -> C:
        return C(text, align="end", fill=fill)

    rows: Rows = [
        ["Ref", "Metric", "Lead", "Target", "Apr-24", "May-24", "Jun-24", "Jul-24", "YTD", "Trend"],
        [band("Safe", 10, NAVY)],
        ["S1", "Pressure ulcers, category 3 and 4", "CNO", "< 3", rated("2", GREEN), rated("4", RED),
         rated("3", AMBER), rated("1", GREEN), rated("10", AMBER), "▼"],
        ["S2", "VTE risk assessment", "CMO", "95%", rated("96.0%", GREEN), rated("95.1%", GREEN),
         rated("94.2%", AMBER), rated("95.5%", GREEN), rated("95.2%", GREEN), "▲"],
        [band("Responsive", 10, NAVY)],
        ["R1", "Referral to treatment within 18 weeks", "COO", "92%", rated("58.8%", RED), rated("59.9%", RED),
         rated("60.0%", RED), rated("61.7%", RED), "", "▲"],
        ["R2", "Cancelled operations not rebooked within 28 days", "COO", "0", rated("0", GREEN), rated("2", RED),
         rated("1", RED), rated("0", GREEN), rated("3", RED), "►"],
    ]  # fmt: skip
    table = Table([1.2, 6.4, 1.6, 1.8, 2.0, 2.0, 2.0, 2.0, 2.0, 1.6], rows, head_fill=GREY)
    return Paper(
        "Harrowdale and Wick NHS Foundation Trust",
        "Board of Directors meeting in public: Thursday 5 September 2024",
        "Integrated performance report",
        (table,),
        landscape=True,
    )


PAPERS = {
    "kpis-latest-previous-rag": latest_previous_rag,
    "kpis-coloured-dots": coloured_dots,
    "kpis-making-data-count": making_data_count,
    "kpis-plan-actual-variance": plan_actual_variance,
    "kpis-provider-by-specialty": provider_by_specialty,
    "kpis-quarters-by-year": quarters_by_year,
    "kpis-merged-measures": merged_measures_over_providers,
    "kpis-scorecard-by-domain": scorecard_by_domain,
}
