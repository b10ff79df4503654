"""Waiting lists, workforce, response times, council indicators: tables whose columns are no months."""

from __future__ import annotations

from tests.office.flat_odf import C, Table
from tests.unseen.paper import AMBER, GREEN, GREY, NAVY, PALE, RED, Paper, Rows, right


def specialty_by_band() -> Paper:
    rows: Rows = [
        [C("Treatment function", rows=2), C("Number of patients waiting", cols=4, align="center"),
         C("% within 18 weeks", rows=2)],
        ["0-18 weeks", "18-26 weeks", "26-52 weeks", "52+ weeks"],
        ["Cardiology", *map(right, ("1,204", "310", "122", "4", "73.4%"))],
        ["Dermatology", *map(right, ("2,050", "801", "377", "19", "63.1%"))],
        ["General surgery", *map(right, ("1,877", "690", "545", "88", "58.7%"))],
        ["Urology", *map(right, ("990", "402", "260", "51", "58.1%"))],
    ]  # fmt: skip
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "Board meeting in public, 24 September 2024",
        "Waiting list",
        ("# Incomplete pathways by treatment function, July 2024",
         Table([4.6, 2.4, 2.4, 2.4, 2.4, 2.4], rows, header_rows=2, head_fill=PALE)),
    )  # fmt: skip


def workforce_by_staff_group() -> Paper:
    rows: Rows = [
        ["Staff group", "Establishment (WTE)", "In post (WTE)", "Vacancy rate", "Turnover (12 months)",
         "Sickness absence"],
        ["Nursing and midwifery", *map(right, ("1,412.5", "1,290.1", "8.7%", "10.9%", "5.2%"))],
        ["Medical and dental", *map(right, ("610.0", "588.4", "3.5%", "7.1%", "1.8%"))],
        ["Allied health professionals", *map(right, ("402.2", "371.0", "7.8%", "12.4%", "3.9%"))],
        ["Estates and ancillary", *map(right, ("350.0", "341.3", "2.5%", "9.0%", "6.6%"))],
    ]  # fmt: skip
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "People Committee – 17 September 2024",
        "Workforce report",
        ("# Workforce by staff group, July 2024", Table([4.6, 2.6, 2.4, 2.2, 2.6, 2.4], rows, rules="horizontal")),
    )


def ambulance_response_times() -> Paper:
    rows: Rows = [
        ["Response times (mm:ss)", "Standard", "May-24", "Jun-24", "Jul-24"],
        ["Category 1 mean", "7:00", *map(right, ("8:21", "8:40", "8:02"))],
        ["Category 1 90th centile", "15:00", *map(right, ("14:58", "15:31", "14:12"))],
        ["Category 2 mean", "30:00", *map(right, ("33:05", "38:47", "31:50"))],
        ["Category 3 90th centile", "2:00:00", *map(right, ("4:12:09", "5:01:33", "3:58:20"))],
    ]
    return Paper(
        "Eastermoor Ambulance Service NHS Trust",
        "Public Board, Wednesday 28 August 2024",
        "Operational performance",
        (Table([5.4, 2.4, 2.4, 2.4, 2.4], rows, head_fill=GREY),),
    )


def council_indicators() -> Paper:
    rows: Rows = [
        ["PI ref", "Performance indicator", "Good is", "2022/23 outturn", "2023/24 outturn", "Target 2024/25",
         "Q2 2024/25", "Status", "Comments"],
        ["HS03", "Average days to re-let a council home", "Lower", right("31.4"), right("36.0"), right("28.0"),
         right("33.9"), C("Red", fill=RED), "Two contractors left in June."],
        ["PL01", "Major planning applications decided in time", "Higher", right("88%"), right("91%"), right("90%"),
         right("94%"), C("Green", fill=GREEN), ""],
        ["LE07", "Visits to leisure centres", "Higher", right("402,118"), right("431,560"), right("440,000"),
         right("221,004"), C("Amber", fill=AMBER), "Half-year figure."],
        ["CS02", "Calls abandoned", "Lower", right("9.1%"), right("7.7%"), right("5%"), right("Awaiting data"), "", ""],
    ]  # fmt: skip
    return Paper(
        "Oxenholt Borough Council",
        "Cabinet, 12 December 2024",
        "Quarterly performance report",
        (Table([1.4, 5.4, 1.8, 2.2, 2.2, 2.2, 2.2, 2.0, 4.6], rows, head_fill=PALE),),
        landscape=True,
    )


def dashboard_of_two_trusts() -> Paper:
    rows: Rows = [
        [C("Measure", rows=2), C("Threshold", rows=2), C("Latest data", rows=2),
         C("Ravensmere Hospitals", cols=3, align="center"), C("Penmoor Infirmary", cols=3, align="center")],
        ["Actual", "Trend", "YTD", "Actual", "Trend", "YTD"],
        ["Diagnostic waits over 6 weeks", "< 1%", "Jul-24", C("14.2%", fill=RED), "↓", "15.9%", C("0.8%", fill=GREEN),
         "→", "0.9%"],
        ["Cancer 62 days, all routes", "70%", "Jun-24", C("66.1%", fill=AMBER), "↑", "64.0%", C("71.2%", fill=GREEN),
         "↑", ""],
        ["Mixed sex accommodation breaches", "0", "Jul-24", C("7", fill=RED), "↑", "19", C("Not Reporting", fill=GREY),
         "", ""],
    ]  # fmt: skip
    return Paper(
        "Pennerley Vale Integrated Care Board",
        "Board meeting held in public on 19 September 2024",
        "Quality and performance dashboard",
        (Table([5.4, 2.0, 2.2, 2.2, 1.6, 2.0, 2.6, 1.6, 2.0], rows, header_rows=2, head_fill=NAVY),),
        landscape=True,
    )


def timescales_without_figures() -> Paper:
    rows: Rows = [
        ["Outcome measures", "Timescale", "Progress"],
        ["The share of adults who smoke will have fallen from 13.1% to 9%", "2027", ""],
        ["Four in five care leavers will be in work, education or training", "2026", ""],
        ["Years of healthy life at birth will have risen by one year", "March 2029", ""],
    ]
    return Paper(
        "Oxenholt Borough Council",
        "Health and Wellbeing Board, 5 November 2024",
        "Outcomes framework",
        (Table([9.4, 3.0, 4.0], rows, head_fill=PALE),),
    )


PAPERS = {
    "kpis-specialty-by-band": specialty_by_band,
    "kpis-workforce-by-group": workforce_by_staff_group,
    "kpis-ambulance-times": ambulance_response_times,
    "kpis-council-indicators": council_indicators,
    "kpis-dashboard-two-trusts": dashboard_of_two_trusts,
    "kpis-timescales-without-figures": timescales_without_figures,
}
