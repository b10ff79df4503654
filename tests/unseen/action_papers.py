"""Logs, plans and minutes, each as another trust lays them out."""

from __future__ import annotations

from tests.office.flat_odf import C, Table
from tests.unseen.paper import AMBER, BLUE, GREEN, GREY, NAVY, PALE, RED, TEAL, Paper, Rows, band


def status_as_colour() -> Paper:
    rows: Rows = [
        ["Minute ref", "Date raised", "Agreed action", "By whom", "By when", "Progress", "RAG"],
        [
            "112/24", "4 July 2024", "Bring the winter plan to the Board with the costs of each escalation step",
            "COO", "5 September 2024", "On today's agenda", C("", fill=BLUE),
        ],
        [
            "115/24", "4 July 2024", "Confirm the number of consultants without a job plan", "CMO", "August 2024",
            "Data validated; two divisions outstanding", C("", fill=AMBER),
        ],
        ["118/24", "4 July 2024", "Circulate the stroke pathway review", "CNO", "31/07/24", "", C("", fill=GREEN)],
        [
            "97/24", "2 May 2024", "Agree a date for the joint session with the council of governors",
            "Chair /\nCo Sec",
            "30 June 2024", "Governors have offered dates in October", C("", fill=RED),
        ],
    ]  # fmt: skip
    table = Table([1.9, 2.2, 5.2, 1.8, 2.2, 3.4, 1.1], rows, head_fill=TEAL)
    return Paper(
        "Harrowdale and Wick NHS Foundation Trust",
        "Board of Directors meeting in public: Thursday 5 September 2024",
        "Matters arising and action tracker",
        ("Key: Blue – completed; Green – on track; Amber – some delay; Red – overdue", table),
    )


def plan_by_theme() -> Paper:
    rows: Rows = [
        ["", "What we will do", "Who will lead", "By when", "How we will know"],
        [band("Theme 1: Getting the basics right", 5, TEAL)],
        ["1.1", "Publish one set of opening hours for every walk-in service", "Director of Primary Care", "Q2 2024/25",
         "Pages agree with each other"],
        ["1.2", "Move repeat prescriptions to the app in all 14 practices", "Chief Pharmacist", "Autumn 2024",
         "Share of repeats ordered online"],
        [band("Theme 2: Our people", 5, TEAL)],
        ["2.1", "Offer every new starter a buddy from another team", "Director of People", "Ongoing",
         "Survey in spring"],
        ["2.2", "Open the second staff rest area at Penmoor", "Estates / Director of People",
         "By the end of December 2024", "Handed over"],
        ["2.3", "Agree the teaching plan with the two universities", "Medical Director", "2025/26", "Plan signed"],
        ["2.4", "Review the exit interviews", "Director of People", "TBC", "To be agreed"],
    ]  # fmt: skip
    table = Table([1.0, 6.0, 3.4, 3.2, 3.4], rows, head_fill=NAVY)
    return Paper(
        "Pennerley Vale Integrated Care Board",
        "Board meeting held in public on 18 July 2024",
        "Delivery plan 2024/25: our commitments",
        ("The plan has two themes. Each commitment has a lead, who reports to the committee every quarter.", table),
    )


def decision_log() -> Paper:
    rows: Rows = [
        ["Decision no.", "Meeting", "Decision taken", "Taken by", "Implementation date", "Status"],
        ["D/24/07", "12/03/2024", "Approve the purchase of the Saltmarsh Lane site", "Board", "1 April 2024",
         "Implemented"],
        ["D/24/09", "14/05/2024", "Close the minor injuries unit at weekends until a second practitioner is in post",
         "Board", "1 June 2024", "Implemented"],
        ["D/24/12", "09/07/2024", "Delegate the award of the catering contract to the finance committee", "Board",
         "30 September 2024", "In progress"],
    ]  # fmt: skip
    table = Table([2.0, 2.2, 6.2, 1.8, 2.8, 2.2], rows, rules="horizontal")
    return Paper(
        "Saltmarsh Community Health and Care NHS Trust",
        "Trust Board, Tuesday 10 September 2024",
        "Decision log",
        ("The log lists decisions of the Board that change a service or commit money.", table),
    )


def issue_log() -> Paper:
    rows: Rows = [
        ["ID", "Raised", "Issue", "Priority", "Action to resolve", "Owner", "Target date", "Status"],
        ["I-021", "Jan-24", "Letters sent to old addresses", "High",
         "Switch the print queue to the national demographic service and test with 200 letters", "Head of IT",
         "Mar-24", "Closed"],
        ["I-026", "Mar-24", "No cover for the fracture clinic on bank holidays", "Medium",
         "Agree a rota with the neighbouring trust", "Ops Director", "Jul-24", "Open - overdue"],
        ["I-030", "Jun-24", "Two theatres share one ventilation plant", "High",
         "Bring the business case for a second plant to the capital group", "Estates", "Nov-24", "Open"],
    ]  # fmt: skip
    table = Table([1.3, 1.5, 3.4, 1.6, 4.4, 2.0, 1.8, 1.9], rows, size=8.5, head_fill=GREY)
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "Finance and Performance Committee – 24 September 2024",
        "Issues log",
        (table,),
    )


def minutes_with_action_column() -> Paper:
    rows: Rows = [
        [C("Item", bold=True, fill=PALE), C("Discussion", bold=True, fill=PALE), C("Action", bold=True, fill=PALE)],
        ["24/61", "Welcome and apologies. The Chair welcomed members and the two observers from the patient panel. "
         "Apologies had come from Dr Anand.", ""],
        ["24/62", "Minutes of the last meeting. The minutes of 6 June were agreed as a true record, subject to the "
         "spelling of one name on the third page.", ""],
        ["24/63", "Quality report. The Chief Nurse described the rise in falls on two wards at night. It was AGREED "
         "that the falls group would report on lighting and on call bells to the next meeting.", "Action: JB"],
        ["24/64", "Finance report. The deficit had widened by £0.4m. Members asked to see the agency spend of each "
         "ward beside its vacancies. The Director of Finance would circulate the figures before the end of the "
         "month.", "Action: TH/RK"],
        ["24/65", "Any other business. There was none. The meeting closed at 4.20pm and would be followed by a visit "
         "to the new endoscopy unit.", ""],
    ]  # fmt: skip
    table = Table([1.8, 12.4, 2.8], rows, header_rows=1)
    return Paper(
        "Ravensmere Hospitals NHS Trust",
        "Quality Committee: minutes of the meeting held on 4 July 2024",
        "Minutes",
        (table,),
    )


def front_sheet() -> Paper:
    rows: Rows = [
        [C("Meeting", bold=True), C("Board of Directors in public", cols=3)],
        [C("Title of paper", bold=True), C("Integrated performance report, month 4", cols=3)],
        [C("Author", bold=True), "Mei Lindqvist, Head of Performance", C("Executive lead", bold=True),
         "Chief Operating Officer"],
        [C("Agenda item", bold=True), "9", C("Date", bold=True), "5 September 2024"],
        [C("Purpose", bold=True), C("For decision ☐   For assurance ☒   For information ☐", cols=3)],
        [C("Action requested", bold=True),
         C("The Board is asked to note the position and to agree the recovery plan for cancer.", cols=3)],
        [C("Links to strategy", bold=True), C("Objective 2: timely care", cols=3)],
        [C("Risk", bold=True), C("BAF 3: failure to reduce waits. Current score 16.", cols=3)],
        [C("Previously considered by", bold=True), C("Finance and Performance Committee, 27 August 2024", cols=3)],
    ]  # fmt: skip
    grid: Rows = [
        ["Report title", "Author", "Purpose", "Action requested", "Status"],
        ["Integrated performance report", "Mei Lindqvist", "Assurance", "To note the report and approve the recovery "
         "plan for cancer services", "Final"],
    ]  # fmt: skip
    return Paper(
        "Harrowdale and Wick NHS Foundation Trust",
        "Board of Directors meeting in public: Thursday 5 September 2024",
        "Front sheet",
        (
            Table([4.2, 5.4, 3.2, 4.4], rows, header_rows=0, size=10),
            "# Paper at a glance",
            Table([3.6, 3.2, 2.4, 6.0, 2.0], grid, head_fill=PALE),
        ),
    )


PAPERS = {
    "actions-status-as-colour": status_as_colour,
    "actions-plan-by-theme": plan_by_theme,
    "actions-decision-log": decision_log,
    "actions-issue-log": issue_log,
    "actions-minutes-column": minutes_with_action_column,
    "none-front-sheet": front_sheet,
}
