"""The invented board and everything its two packs say, tables apart from the figures: the one source of packs and expected rows.

Larkshire and Westmere ICB, its trusts, places and people do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

BOARD = "Larkshire and Westmere Integrated Care Board"
TRUST = "Larkham University Hospitals NHS Foundation Trust"
WESTMERE = "Westmere Hospital NHS Trust"
FERNVALE = "Fernvale Partnership NHS Foundation Trust"
AMBULANCE = "Eastmarch Ambulance Service NHS Trust"


@dataclass(frozen=True)
class Meeting:
    """One meeting of the board and the file that its pack is published as."""

    number: int
    iso: str
    day: str
    last_day: str
    last_month: int
    """Index into `figures.MONTHS` of the latest month printed; the first is twelve before it."""
    venue: str
    papers: str

    @property
    def file_name(self) -> str:
        """As published."""
        return f"larkshire-westmere-icb-board-{self.iso}.pdf"


MEETINGS = (
    Meeting(1, "2024-11-13", "Wednesday 13 November 2024", "Wednesday 11 September 2024", 12, "Council Chamber, Westmere Town Hall", "November 2024"),
    Meeting(2, "2025-01-15", "Wednesday 15 January 2025", "Wednesday 13 November 2024", 14, "Assembly Room, Larkham Corn Exchange", "January 2025"),
)

PEOPLE = (
    ("Dame Rosalind Achterberg", "Chair", "RA"),
    ("Tobias Penhallow", "Chief Executive", "TP"),
    ("Dr Nkechi Adeyemi-Ford", "Chief Medical Officer", "NAF"),
    ("Ffion Merrick", "Chief Nurse", "FM"),
    ("Gareth Quill", "Chief Finance Officer", "GQ"),
    ("Shabnam Irani-Cole", "Director of Performance", "SIC"),
    ("Oswin Tarrant", "Director of Strategy and Estates", "OT"),
    ("Leticia Brandreth", "Non-executive member", "LB"),
    ("Marcus Eddowes", "Non-executive member", "ME"),
)


@dataclass(frozen=True)
class Action:
    """A row of the action log. `due_on` is what the text allows at the latest; None where it says no day that can be."""

    ref: str
    raised: str
    raised_on: str
    item: str
    action: str
    owner: str
    due: str
    due_on: str | None
    status: str
    comments: str


_TRAJECTORY = "Bring back a recovery trajectory for 52+ week waits at Westmere Hospital, by specialty"
_SURVEY = "Share the staff survey action plan with the three place partnerships"
_FALLS = "Report on inpatient falls at Larkham General Hospital, with what was learned from the two serious incidents"
_HUB = "Confirm the funding source for the Eastmarch ambulance hub"
_DATASET = "Agree one dataset on delayed discharges with the two councils"
_VISITS = "Set out a programme of board visits to community teams"
_LETTER = "Write to NHS England about the uplift for the category 2 recovery plan"
_WINTER = "Publish the winter plan in an easy-read version"
_TERMS = "Bring terms of reference for the Digital Committee"

ACTIONS: dict[int, tuple[Action, ...]] = {
    1: (
        Action("101", "10-Jul-24", "2024-07-10", "9. Performance report", _TRAJECTORY, "Shabnam Irani-Cole", "Sep-24", "2024-09-30", "Overdue", "Drafted; the trust has yet to agree the figures for orthopaedics"),
        Action("103", "10-Jul-24", "2024-07-10", "7. Chief Executive’s report", _LETTER, "Tobias Penhallow", "31/10/2024", "2024-10-31", "Open", "Letter with the Chair for signature"),
        Action("104", "10-Jul-24", "2024-07-10", "12. Workforce plan", _SURVEY, "Ffion Merrick / Oswin Tarrant", "30/09/24, revised to 20/12/24", "2024-12-20", "Open", ""),
        Action("105", "11-Sep-24", "2024-09-11", "8. Finance report", "Circulate the month 5 capital forecast with its risks set out", "Gareth Quill", "15 November 2024", "2024-11-15", "Open", "Forecast under review with both trusts"),
        Action("106", "11-Sep-24", "2024-09-11", "10. Quality report", _FALLS, "Ffion Merrick\nDr Nkechi Adeyemi-Ford", "Nov-24", "2024-11-30", "Open", "On the forward plan"),
        Action("107", "11-Sep-24", "2024-09-11", "14. Any other business", _VISITS, "Chair", "Q4 2024/25", "2025-03-31", "Open", ""),
        Action("107", "11-Sep-24", "2024-09-11", "11. Estates and capital", _HUB, "Oswin Tarrant", "31/02/2025", None, "In progress", "Two bids submitted; outcome expected in the new year"),
        Action("108", "11-Sep-24", "2024-09-11", "9. Performance report", _DATASET, "Directors of Adult Social Services", "End of Q3 2024/25", "2024-12-31", "In progress", "First draft circulated on 4 November"),
        Action("109", "11-Sep-24", "2024-09-11", "9. Performance report", _WINTER, "Shabnam Irani-Cole", "TBC", None, "In progress", "Awaiting the printer"),
        Action("102", "10-Jul-24", "2024-07-10", "13. Committee reports", _TERMS, "Leticia Brandreth", "12.09.24", "2024-09-12", "Closing", "Adopted by the committee on 12 September; proposed for closure"),
        Action("99", "08-May-24", "2024-05-08", "8. Finance report", "Explain the movement in the prescribing forecast", "Gareth Quill", "Jul-24", "2024-07-31", "Closed", "Closed at the meeting on 10 July"),
    ),
    2: (
        Action("101", "10-Jul-24", "2024-07-10", "9. Performance report", _TRAJECTORY, "Shabnam Irani-Cole", "Sep-24", "2024-09-30", "Overdue", "Figures agreed with the trust; to come to the March meeting"),
        Action("104", "10-Jul-24", "2024-07-10", "12. Workforce plan", _SURVEY, "Ffion Merrick / Oswin Tarrant", "30/09/24, revised to 20/12/24", "2024-12-20", "Open", "Larkham and Westmere done, Eastmarch outstanding"),
        Action("107", "11-Sep-24", "2024-09-11", "14. Any other business", _VISITS, "Chair", "Q4 2024/25", "2025-03-31", "Open", "Dates offered to members"),
        Action("111", "13-Nov-24", "2024-11-13", "9. Performance report", "Explain the rise in 12 hour waits at Larkham General Hospital", "Shabnam Irani-Cole", "12 March 2025", "2025-03-12", "Open", ""),
        Action("112", "13-Nov-24", "2024-11-13", "11. Estates and capital", "Keep members informed of the emergency department scheme between meetings", "Oswin Tarrant", "Ongoing", None, "Open", "First note sent on 6 December"),
        Action("113", "13-Nov-24", "2024-11-13", "13. Any other business", "", "Tobias Penhallow", "Mar-25", "2025-03-31", "Open", ""),
        Action("106", "11-Sep-24", "2024-09-11", "10. Quality report", _FALLS, "Ffion Merrick\nDr Nkechi Adeyemi-Ford", "28 February 2025", "2025-02-28", "In progress", "Moved at the request of the Quality Committee"),
        Action("109", "11-Sep-24", "2024-09-11", "9. Performance report", _WINTER, "Shabnam Irani-Cole", "31 January 2025", "2025-01-31", "In progress", "At the printer"),
        Action("110", "11-Sep-24", "2024-09-11", "11. Estates and capital", _HUB, "Oswin Tarrant", "28/02/2025", "2025-02-28", "In progress", "Was printed as a second action 107 in November"),
        Action("108", "11-Sep-24", "2024-09-11", "9. Performance report", _DATASET, "Directors of Adult Social Services", "End of Q3 2024/25", "2024-12-31", "Closing", "Dataset in use since 9 December; proposed for closure"),
        Action("102", "10-Jul-24", "2024-07-10", "13. Committee reports", _TERMS, "Leticia Brandreth", "12.09.24", "2024-09-12", "Closed", "Closed at the meeting on 13 November"),
        Action("103", "10-Jul-24", "2024-07-10", "7. Chief Executive’s report", _LETTER, "Tobias Penhallow", "31/10/2024", "2024-10-31", "Closed", "Letter sent on 18 November; closed"),
    ),
}


@dataclass(frozen=True)
class Scheme:
    """A row of the capital schemes. `value` as printed, in thousands of pounds."""

    name: str
    lead: str
    source: str
    value: str
    value_gbp: int | None
    qualifier: str
    completion_text: str
    completion_by: str | None
    completion: str
    rag: str


SECURED = "Schemes in progress, NHS capital funding secured"
FUTURE = "Future schemes, funding to be confirmed"


def schemes(meeting: int) -> dict[str, tuple[list[Scheme], str]]:
    """Section heading -> (schemes, the printed sub-total)."""
    first = meeting == 1
    secured = [
        Scheme("Larkham General Hospital emergency department", TRUST, "UEC capital 2023/24", "12,450" if first else "13,900", 12_450_000 if first else 13_900_000, "exact", "Q2 2024/25" if first else "Q4 2024/25", "2024-09-30" if first else "2025-03-31", "scheduled", "amber" if first else "red"),
        Scheme("Westmere community diagnostic centre, phase 2", WESTMERE, "CDC programme", "c. 9,000.", 9_000_000, "approximate", "2024/25", "2025-03-31", "scheduled", "green"),
        Scheme("Eastmarch Health Hub", "LW ICB & Eastmarch District Council", "STP Wave 4", "6,300", 6_300_000, "exact", "March 2026", "2026-03-31", "scheduled", "green"),
        Scheme("Electronic patient record", f"{TRUST} / {WESTMERE}", "Frontline digitisation", "21,750", 21_750_000, "exact", "2025/26", "2026-03-31", "scheduled", "amber"),
        Scheme("Ashgrove ward: dormitories replaced by single rooms", FERNVALE, "Dormitory eradication", "3,180", 3_180_000, "exact", "Complete", None, "complete", "green"),
        Scheme("Theatres 5 and 6 ventilation", WESTMERE, "Trust capital", "1,420", 1_420_000, "exact", "2023/24", "2024-03-31", "scheduled", "red"),
    ]
    future = [
        Scheme("Larkham surgical hub", TRUST, "TBC", "38,000", 38_000_000, "exact", "TBC", None, "to_be_confirmed", ""),
        Scheme("Westmere mental health inpatient unit", FERNVALE, "New hospital programme", "TBC" if first else "62,000", None if first else 62_000_000, "to_be_confirmed" if first else "exact", "TBC", None, "to_be_confirmed", ""),
        Scheme("Harrow Lane primary care centre", "LW ICB", "TBC", "c. 4,500", 4_500_000, "approximate", "2026/27", "2027-03-31", "scheduled", ""),
        Scheme("Larkham boiler house decarbonisation", TRUST, "Public sector decarbonisation", "7,250", 7_250_000, "exact", "Q4 2026/27", "2027-03-31", "scheduled", ""),
        Scheme("Eastmarch ambulance hub", AMBULANCE, "Not yet identified", "", None, "not_stated", "TBC", None, "to_be_confirmed", ""),
    ]
    return {SECURED: (secured, "54,100"), FUTURE: (future, "49,750" if first else "111,750")}


YEARS = ("Total cost", "Prior years", "2024/25", "2025/26", "2026/27", "Later years")


def programme(meeting: int) -> list[tuple[str, tuple[str, ...]]]:
    """(scheme, its amounts in £m as printed under `YEARS`), the total row last."""
    first = meeting == 1
    return [
        ("Larkham emergency department", ("12.45", "4.10", "7.20", "1.15", "", "") if first else ("13.90", "4.10", "6.35", "3.45", "", "")),
        ("Westmere diagnostic centre, phase 2", ("9.00", "2.50", "5.00", "1.50", "", "")),
        ("Eastmarch Health Hub", ("6.30", "0.40", "1.90", "4.00", "", "")),
        ("Electronic patient record", ("21.57" if first else "21.75", "5.25", "6.00", "8.00", "2.50", "")),
        ("Ashgrove ward", ("3.18", "2.98", "0.20", "", "", "")),
        ("Westmere theatres ventilation", ("1.42", "1.10", "0.32", "", "", "")),
        ("Larkham surgical hub", ("38.00", "", "0.50", "6.50", "21.00", "10.00")),
        ("Charitable contributions", ("(0.90)", "", "(0.40)", "(0.50)", "", "")),
        ("Total", ("91.20", "16.33", "20.72", "20.65", "23.50", "10.00") if first else ("92.65", "16.33", "19.87", "22.95", "23.50", "10.00")),
    ]


AGENDA = (
    ("1", "Welcome and apologies", "Chair", "Verbal", "2.00pm"),
    ("2", "Declarations of interest", "Chair", "Verbal", "2.05pm"),
    ("3", "Minutes of the last meeting", "Chair", "Paper A", "2.10pm"),
    ("4", "Action log", "Chair", "Paper B", "2.15pm"),
    ("5", "Questions from the public", "Chair", "Verbal", "2.20pm"),
    ("6", "A patient’s story", "Chief Nurse", "Verbal", "2.30pm"),
    ("7", "Chief Executive’s report", "Chief Executive", "Paper C", "2.50pm"),
    ("8", "Finance report", "Chief Finance Officer", "Verbal", "3.05pm"),
    ("9", "Performance report and dashboards", "Director of Performance", "Paper D", "3.15pm"),
    ("10", "Quality report", "Chief Nurse", "Paper E", "3.40pm"),
    ("11", "Estates and capital", "Director of Strategy and Estates", "Paper F", "3.55pm"),
    ("12", "Forward plan", "Chair", "Paper G", "4.15pm"),
    ("13", "Any other business", "Chair", "Verbal", "4.25pm"),
)

FORWARD = (
    ("Strategy", "Five-year plan: first draft", "Estates strategy refresh", "Five-year plan: for approval"),
    ("Performance and quality", "Performance report\nQuality report", "Performance report\nMaternity review", "Performance report\nQuality report"),
    ("Money", "Budget outline", "Budget for approval", "Year-end accounts"),
    ("Governance", "Risk register", "Board effectiveness review", "Annual report"),
)
FORWARD_HEADS = {1: ("15 January 2025", "12 March 2025", "14 May 2025"), 2: ("12 March 2025", "14 May 2025", "9 July 2025")}

FAULTS: dict[int, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    1: (
        ("two actions bear the reference 107", ("Paper B: Action log",), ("107",)),
        ("no action 100 between 99 and 101", ("Paper B: Action log",), ("100",)),
        ("31 February is no day", ("Paper B: Action log",), ("31/02/2025",)),
        ("a dashboard period that spans fifteen months under the name of a quarter", ("Board performance dashboard",), ("Q4 Jan 24/Mar 25",)),
        ("a dashboard row that is four years old", ("Board performance dashboard",), ("Feb-20",)),
        ("79.12% is above the standard of 78.00% and painted red", ("Board performance dashboard",), ("79.12%",)),
        ("the whole of June’s 52+ week waits is not the sum of its places", ("Planned care: waits of 52 weeks and more",), ("2,120", "2120")),
        ("a grand total with two digits the wrong way round", ("Planned care: waits of 52 weeks and more",), ("187",)),
        ("the summary gives 1,081 where the table has 1,050", ("Paper D: Performance report",), ("1,081", "1081")),
        ("a scheme’s total cost is not the sum of its years", ("Five-year capital programme",), ("21.57",)),
        ("the total of the total costs does not add up", ("Five-year capital programme",), ("91.20", "91.2")),
    ),
    2: (
        ("no action 105 between 101 and 113", ("Paper B: Action log",), ("105",)),
        ("action 113 has an owner and a date and says nothing to be done", ("Paper B: Action log",), ("no action is printed",)),
        ("a dashboard row that is almost five years old", ("Board performance dashboard",), ("Feb-20",)),
        ("the sub-total of schemes in progress was not brought up to date", ("Paper F: Estates and capital",), ("54,100", "54100")),
        ("the summary gives 88,229 where the table has 87,229", ("Paper D: Performance report",), ("88,229", "88229")),
    ),
}
"""(what is wrong, words that are on its page, any of which a finding about it must name)."""

HISTORY = {
    "open": ["101", "104", "106", "107", "109", "110", "111", "112"],
    "overdue": {"2024-11-13": ["101", "103"], "2025-01-15": ["101", "104"]},
    "closed_since": ["102", "103"],
    "vanished": ["105"],
    "quarantined": {"2024-11-13": [], "2025-01-15": [["actions", "113"]]},
    "due_date_moved": [["106", "2024-11-30", "2025-02-28"]],
    "restated": [
        ["52+ week waits", "LW ICB", "Aug-24", 1829, 1872],
        ["52+ week waits", "LW ICB", "Jun-24", 2120, 2020],
        ["52+ week waits", "Westmere Place", "Aug-24", 474, 517],
    ],
    "capital_changes": [
        ["Larkham General Hospital emergency department", 12450000, 13900000, "2024-09-30", "2025-03-31"],
        ["Westmere mental health inpatient unit", None, 62000000, None, None],
    ],
}
"""After both packs, as of the second meeting."""
