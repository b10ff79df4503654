"""A second set of layouts: minutes with actions in words, plan and actual as rows, wards, sites, milestones."""

from __future__ import annotations

from tests.office.flat_odf import C, Table
from tests.unseen.paper import AMBER, BLUE, GREEN, GREY, NAVY, PALE, RED, TEAL, Paper, Rows, band, right

BOARD = ("Ludwell and Tarrant Healthcare NHS Trust", "Trust Board in public, 28 November 2024")
COUNCIL = ("Marlhaven City Council", "Overview and Scrutiny Committee, 14 January 2025")


def figures(text: str) -> list[C | str]:
    """A cell for each word."""
    return [right(word) for word in text.split()]


def minutes_with_actions_in_words() -> Paper:
    rows: Rows = [
        ["Item", "Discussion and outcome", "Action"],
        ["1.", "Apologies. Apologies were received from the Deputy Chief Executive and from two governors.", ""],
        ["2.", "Patient story. The Board heard from a carer about the wait for an appointment letter after discharge, "
         "and thanked her for speaking so plainly.", "Director of Nursing to write to the carer by 13 December 2024"],
        ["3.", "Winter plan. The plan was approved. Members asked how bed closures for cleaning would be reported "
         "during the holiday weeks.", "COO to bring weekly bed figures to the January meeting"],
        ["4.", "Date of next meeting. The Board will meet on 30 January 2025 in the lecture theatre at Tarrant.", ""],
    ]  # fmt: skip
    return Paper(*BOARD, "Minutes", (Table([1.4, 9.8, 5.8], rows, head_fill=PALE),))


def log_of_meetings() -> Paper:
    rows: Rows = [
        ["Meeting", "Ref", "Action", "Owner", "Original due date", "Revised due date", "BRAG", "Update"],
        [C("26 Sept 2024", rows=3), "58", "Report on corridor care", "COO", "Oct 24", "Nov 24", "A", "On the agenda"],
        ["59", "Publish the gender pay gap figures", "CPO / Head of Comms", "31 Oct 24", "", "B", "Published"],
        ["60", "Agree a response to the inspection report", "CEO", "Oct 24", "Dec 24", "R",
         "Draft delayed by a month"],
        [C("25 July 2024", rows=2), "51", "Map the estate against the green plan", "DoE", "Q3 2024/25", "", "G", ""],
        ["52", "Refresh the whistleblowing policy", "Company Secretary", "TBC", "January 2025", "G",
         "Consultation open"],
    ]  # fmt: skip
    return Paper(
        *BOARD,
        "Action log",
        ("B – complete, A – in progress with some risk, R – overdue, G – on track",
         Table([2.0, 1.1, 4.2, 2.4, 1.9, 1.9, 1.3, 2.8], rows, size=8.5, head_fill=GREY)),
    )  # fmt: skip


def recommendations_of_scrutiny() -> Paper:
    rows: Rows = [
        ["No.", "Recommendation", "Accepted?", "Responsible officer", "Target date", "Progress"],
        ["R1", "That the cabinet member reports each quarter on missed bin collections by ward", "Yes",
         "Head of Waste", "31 March 2025", "First report drafted."],
        ["R2", "That residents are told of roadworks four weeks ahead", "Yes", "Head of Highways", "Spring 2025",
         "Letters agreed with contractors."],
        ["R3", "That free parking for carers is tried for a year", "In part", "Parking Manager", "2025/26", ""],
    ]  # fmt: skip
    return Paper(*COUNCIL, "Review of street services: action plan", (Table([1.2, 6.0, 2.0, 3.0, 2.2, 3.0], rows),))


def plan_and_actual_as_rows() -> Paper:
    rows: Rows = [
        ["Indicator", "", "Aug-24", "Sep-24", "Oct-24"],
        [C("A&E attendances", rows=3), "Plan", *map(right, ("9,400", "9,300", "9,500"))],
        ["Actual", *map(right, ("9,871", "9,644", "10,020"))],
        ["Variance", *map(right, ("471", "344", "520"))],
        [C("Elective admissions", rows=3), "Plan", *map(right, ("2,100", "2,240", "2,300"))],
        ["Actual", *map(right, ("1,988", "2,251", "2,187"))],
        ["Variance", *map(right, ("(112)", "11", "(113)"))],
    ]
    return Paper(*BOARD, "Activity against plan", (Table([5.0, 2.4, 2.4, 2.4, 2.4], rows, head_fill=TEAL),))


def thirteen_months() -> Paper:
    months = ["Oct 23", "Nov 23", "Dec 23", "Jan 24", "Feb 24", "Mar 24", "Apr 24", "May 24", "Jun 24", "Jul 24",
              "Aug 24", "Sep 24", "Oct 24"]  # fmt: skip
    rows: Rows = [
        ["Domain", "Measure", "Target", *months],
        [C("Access", rows=2, sideways=True), "62 day cancer", "70%",
         *figures("58% 57% 60% 55% 61% 63% 64% 62% 60% 66% 67% 65% 69%")],
        ["Diagnostics in 6 weeks", "95%", *figures("71% 72% 70% 69% 74% 75% 77% 78% 78% 80% 79% 82% 83%")],
        [C("Safety", rows=2, sideways=True), "Falls per 1,000 bed days", "6.0",
         *figures("6.1 6.4 6.9 7.0 6.6 6.2 6.0 5.9 5.7 5.8 6.1 5.5 5.4")],
        ["MRSA bacteraemia", "0", *figures("0 1 0 0 0 0 0 0 1 0 0 0 0")],
    ]  # fmt: skip
    table = Table([1.2, 4.2, 1.5, *([1.45] * 13)], rows, size=7.5, head_fill=NAVY, padding=0.05)
    return Paper(*BOARD, "Scorecard, thirteen months", (table,), landscape=True)


def shares_and_intervals() -> Paper:
    rows: Rows = [
        ["Audit measure", "Q1 2024/25", "Q2 2024/25"],
        ["Sepsis: antibiotics within one hour", right("85% (17/20)"), right("91.3% (21/23)")],
        ["Hospital mortality (SHMI)", right("1.02 (0.96–1.08)"), right("0.99 (0.93–1.05)")],
        ["Hip fracture: theatre within 36 hours", right("71% (52/73)"), right("n/a")],
    ]
    return Paper(*BOARD, "Clinical audit", (Table([7.0, 4.0, 4.0], rows, rules="horizontal"),))


def sites_as_columns() -> Paper:
    rows: Rows = [
        ["Indicator (October 2024)", "Target", "Tarrant", "Ludwell", "Chalke Ford", "Trust"],
        ["Bed occupancy", "92%", C("97.1%", fill=RED), C("93.0%", fill=AMBER), C("88.4%", fill=GREEN), "94.4%"],
        ["Discharges before noon", "33%", C("18.0%", fill=RED), C("21.5%", fill=RED), C("34.0%", fill=GREEN), "20.3%"],
        ["Patients with no criteria to reside", "< 60", "71", "44", "12", "127"],
    ]  # fmt: skip
    return Paper(*BOARD, "Flow through our hospitals", (Table([5.6, 1.8, 2.2, 2.2, 2.4, 2.0], rows, head_fill=PALE),))


def safe_staffing() -> Paper:
    rows: Rows = [
        [C("Ward", rows=2), C("Day", cols=2, align="center"), C("Night", cols=2, align="center"), C("CHPPD", rows=2)],
        ["Registered fill rate", "Care staff fill rate", "Registered fill rate", "Care staff fill rate"],
        ["Ashdown", *map(right, ("96.1%", "104.0%", "98.8%", "121.5%", "7.4"))],
        ["Bramley", *map(right, ("88.0%", "97.2%", "94.1%", "103.3%", "6.9"))],
        ["Critical care", *map(right, ("101.2%", "-", "100.4%", "-", "27.1"))],
    ]
    return Paper(
        *BOARD,
        "Safe staffing",
        ("# Fill rates by ward, October 2024",
         Table([4.0, 2.8, 2.8, 2.8, 2.8, 1.8], rows, header_rows=2, head_fill=GREY)),
    )  # fmt: skip


def council_budget_monitoring() -> Paper:
    rows: Rows = [
        ["Service", "Annual budget", "Profiled budget", "Actual to date", "Forecast outturn", "Forecast variance"],
        ["", "£000", "£000", "£000", "£000", "£000"],
        ["Adult social care", *map(right, ("88,410", "58,900", "61,250", "92,300", "3,890"))],
        ["Children's services", *map(right, ("61,007", "40,700", "44,012", "66,120", "5,113"))],
        ["Waste and street scene", *map(right, ("19,350", "12,900", "12,640", "19,000", "(350)"))],
        [C("Total", bold=True), *(right(x, bold=True) for x in ("168,767", "112,500", "117,902", "177,420", "8,653"))],
    ]
    return Paper(
        *COUNCIL, "Revenue monitoring, month 8 2024/25",
        (Table([4.6, 2.4, 2.4, 2.4, 2.6, 2.6], rows, header_rows=2, rules="horizontal"),),
    )  # fmt: skip


def changes_by_year() -> Paper:
    rows: Rows = [
        ["Project", "Year", "Amount (£m)", "Reason"],
        [band("Highways", 4)],
        ["Ring road resurfacing", "24-25", right("+1.250"), "Grant brought forward"],
        ["", "25-26", right("-0.900"), "Rephased from next year"],
        ["Footbridge, Canal Street", "24-25", right("0.075"), "Developer contribution"],
        [band("Schools", 4)],
        ["Northgate primary", "24-25", right("-0.310"), "Tender lower than budget"],
    ]
    return Paper(
        *COUNCIL, "Changes to the capital programme",
        ("Members are asked to approve the changes below.", Table([6.0, 2.0, 2.6, 6.0], rows, head_fill=TEAL)),
    )  # fmt: skip


def milestones() -> Paper:
    rows: Rows = [
        ["Capital scheme", "Business case", "Start on site", "Completion", "Cost (£m)", "RAG"],
        ["Tarrant emergency department", "Approved", "June 2025", "Q4 2026/27", right("41.5"), C("Amber", fill=AMBER)],
        ["Ludwell solar roof", "Not required", "Started", "31 March 2025", right("c. 0.9"), C("Green", fill=GREEN)],
        ["Pathology relocation", "TBC", "TBC", "TBC", right("TBC"), C("Red", fill=RED)],
    ]
    return Paper(*BOARD, "Capital projects: milestones", (Table([5.0, 2.6, 2.6, 2.8, 2.0, 1.8], rows, head_fill=PALE),))


def funding_as_columns() -> Paper:
    rows: Rows = [
        [C("Scheme", rows=2), C("Financed by (£'000)", cols=4, align="center"), C("Total cost (£'000)", rows=2)],
        ["Grants", "Capital receipts", "Borrowing", "Developer contributions"],
        ["Library refit", *map(right, ("250", "400", "", "150", "800"))],
        ["Cycle route 9", *map(right, ("3,200", "", "1,100", "-", "4,300"))],
        [C("Total", bold=True), *(right(x, bold=True) for x in ("3,450", "400", "1,100", "150", "5,100"))],
    ]
    return Paper(
        *COUNCIL, "How the capital programme is paid for",
        (Table([4.4, 2.2, 2.6, 2.2, 2.8, 2.6], rows, header_rows=2),),
    )  # fmt: skip


def other_trades() -> Paper:
    attendance: Rows = [
        ["Member", "26 Sept", "31 Oct", "28 Nov"],
        ["Ada Winterbourne (Chair)", "✓", "✓", "✓"],
        ["Rafe Okonkwo", "✓", "A", "✓"],
        ["Mina Hartigan", "A", "✓", "✓"],
    ]
    interests: Rows = [
        ["Name", "Role", "Nature of interest", "Date declared"],
        ["Ada Winterbourne", "Chair", "Trustee of a hospice", "April 2024"],
        ["Rafe Okonkwo", "Non-executive", "Partner works for a supplier of beds", "May 2024"],
    ]
    risks: Rows = [
        ["Risk", "Likelihood", "Impact", "Current score", "Target score", "Mitigating action", "Owner"],
        ["Loss of the single lift at Ludwell", C("4", fill=AMBER), C("4", fill=AMBER), C("16", fill=RED),
         C("8", fill=AMBER), "Second lift in the plan for 2025/26", "DoE"],
        ["Failure of the telephone exchange", "2", "5", C("10", fill=AMBER), C("5", fill=GREEN), "Move to the cloud",
         "CIO"],
    ]  # fmt: skip
    agenda: Rows = [
        ["Time", "Item", "Purpose", "Lead", "Paper"],
        ["10.00", "Welcome", "", "Chair", "Verbal"],
        ["10.05", "Minutes of the last meeting", "Approve", "Chair", "1"],
        ["10.15", "Performance report", "Discuss", "COO", "2"],
    ]
    return Paper(
        *BOARD,
        "Board papers",
        ("# Agenda", Table([1.8, 5.6, 2.4, 2.4, 2.0], agenda, head_fill=BLUE), "# Attendance",
         Table([6.0, 2.2, 2.2, 2.2], attendance), "# Interests", Table([3.6, 3.0, 6.0, 3.0], interests), "# Risks",
         Table([4.0, 1.8, 1.6, 1.8, 1.8, 4.0, 1.6], risks, size=8.5)),
    )  # fmt: skip


def names_in_the_middle() -> Paper:
    rows: Rows = [
        [C("2024/25", cols=3, align="center", bold=True), "", C("2025/26", cols=3, align="center", bold=True)],
        ["Core", "Grant", "Total", "", "Core", "Grant", "Total"],
        ["£000", "£000", "£000", "", "£000", "£000", "£000"],
        [*figures("12,400.5 310.0 12,710.5"), "Base budget", *figures("13,020.1 290.0 13,310.1")],
        [*figures("640.2"), "", right("640.2"), "Pay awards", *figures("702.9 12.5 715.4")],
        [*figures("(210.0) - (210.0)"), "Savings", *figures("(455.5) - (455.5)")],
    ]  # fmt: skip
    table = Table([2.0, 2.0, 2.0, 4.4, 2.0, 2.0, 2.0], rows, header_rows=3, rules="grid")
    return Paper(*COUNCIL, "Budget for next year", ("# High level budget", table))


PAPERS = {
    "kpis-names-in-the-middle": names_in_the_middle,
    "actions-minutes-in-words": minutes_with_actions_in_words,
    "actions-log-of-meetings": log_of_meetings,
    "actions-scrutiny-recommendations": recommendations_of_scrutiny,
    "kpis-plan-and-actual-as-rows": plan_and_actual_as_rows,
    "kpis-thirteen-months": thirteen_months,
    "kpis-shares-and-intervals": shares_and_intervals,
    "kpis-sites-as-columns": sites_as_columns,
    "kpis-safe-staffing": safe_staffing,
    "kpis-council-budget": council_budget_monitoring,
    "capital-changes-by-year": changes_by_year,
    "capital-milestones": milestones,
    "capital-funding-as-columns": funding_as_columns,
    "none-other-trades": other_trades,
}
