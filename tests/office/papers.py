"""Board papers as Word makes them: action logs, scorecards, finance, risk, minutes; and pages without a table."""

from __future__ import annotations

from collections.abc import Callable

from tests.office.flat_odf import C, Flat, Table, text_document

Expected = dict[str, object]
Made = tuple[str, str, list[Expected]]

GREEN, AMBER, RED = "#92d050", "#ffc000", "#ff0000"
NAVY, GREY, PALE = "#005eb8", "#d9d9d9", "#e8edee"

PROSE = (
    "The committee received the report and discussed the position at the end of the quarter. Members asked for "
    "assurance on the pace of recovery and on the plans for the winter, and heard that the programme board meets "
    "weekly. The executive lead described the risks to delivery, which are kept on the register, and confirmed "
    "that a fuller account will come to the next meeting in public."
)


def expected(page: int, table: Table, last_page: int | None = None) -> Expected:
    """A table as it should be read; repeated headings are left out of `rows`."""
    return {"page": page, "last_page": last_page or page, "rows": table.grid()}


def one_table(title: str, table: Table, *, landscape: bool = False, last_page: int = 1, after: str = PROSE) -> Made:
    """A paper with a heading, a paragraph, the table and a closing paragraph."""
    flat = Flat()
    flat.paragraph(title, 14, bold=True, outline=1)
    flat.paragraph(PROSE)
    flat.body.append(flat.table(table))
    if after:
        flat.paragraph("")
        flat.paragraph(after)
    source = text_document(
        flat, landscape=landscape, header="Fellside Community NHS Trust - Board in public", footer="Page "
    )
    return source, "fodt", [expected(1, table, last_page)]


ACTIONS = [
    ["Ref", "Meeting", "Agreed action", "Lead", "Due", "Status and update"],
    [
        "24/031",
        "14 May 2024",
        "Bring a deep dive on discharge delays to the quality committee, with the voluntary sector's view and "
        "the trend for each ward over two years",
        "Chief Nurse",
        "Jul 2024",
        "Closed. Presented on 9 July 2024.",
    ],
    ["24/034", "14 May 2024", "Circulate the estates plan", "J. Okafor", "Jun 2024", "Closed"],
    [
        "24/040",
        "9 July 2024",
        "Write to the council about the shared car park at Brook Street and report the answer, including the "
        "likely cost of the alternatives",
        "Director of Finance\nJ. Okafor",
        "Sep 2024",
        "Open. A first answer came on 2 August; the terms are being agreed with the council's solicitors.",
    ],
    ["24/041", "9 July 2024", "Add mandatory training by staff group to the scorecard", "HRD", "TBC", "Open"],
    [
        "24/047",
        "10 September 2024",
        "Review the complaints that took more than 60 days and say what each had in common",
        "Chief Nurse",
        "Nov 2024",
        "In progress. Fourteen of 22 reviewed.",
    ],
]


def action_log() -> Made:
    rows = [ACTIONS[0]]
    for turn in range(4):
        rows += [[f"{row[0]}{'abcd'[turn]}", *row[1:]] for row in ACTIONS[1:]]
    table = Table([1.8, 2.2, 5.4, 2.3, 1.7, 3.8], rows, size=9, head_fill=PALE)
    return one_table("Action log", table, last_page=2)


def action_log_split_rows() -> Made:
    long = "Agree with each place the plan for its beds and clinics. " * 7
    rows: list[list[C | str]] = [["No", "Action", "Owner", "Progress"]]
    for number in range(1, 13):
        progress = f"Update {number}: the work began in the spring and goes on. " + "More is expected later. " * 2
        rows.append([str(number), long.strip(), f"Owner {number}", progress.strip()])
    table = Table([1.2, 7.0, 2.6, 6.0], rows, size=10, split_rows=True)
    return one_table("Matters arising", table, last_page=3)


def action_log_without_repeated_headings() -> Made:
    rows: list[list[C | str]] = [
        [C("Item", bold=True), C("Minute", bold=True), C("Action", bold=True)],
    ]
    for number in range(1, 30):
        minute = f"Discussion {number}. " + PROSE[: 120 + 17 * (number % 5)].strip() + "."
        rows.append([f"{number}.", minute, "" if number % 3 else f"A{number}B"])
    table = Table([1.4, 12.6, 3.0], rows, header_rows=0, size=10)
    return one_table("Minutes of the meeting in public", table, last_page=2, after="")


def rag_dashboard() -> Made:
    def rag(word: str) -> C:
        return C(word, fill={"Green": GREEN, "Amber": AMBER, "Red": RED}[word], align="center")

    rows: list[list[C | str]] = [
        [
            C("Measure", rows=2),
            C("Target", rows=2),
            C("Performance", cols=3, align="center"),
            C("Rating", cols=2, align="center"),
            C("Trend", rows=2),
        ],
        ["Apr 24", "May 24", "Jun 24", "Latest", "Previous"],
        ["Seen within four hours", "≥ 76%", "71.2%", "72.9%", "74.8%", rag("Amber"), rag("Red"), "▲"],
        ["Referral to treatment, 18 weeks", "92%", "61.0%", "61.4%", "60.2%", rag("Red"), rag("Red"), "▼"],
        ["Cancer, 28 day diagnosis", "77%", "78.1%", "79.0%", "79.0%", rag("Green"), rag("Green"), "►"],
        ["Diagnostics over six weeks", "< 5%", "14.8%", "12.1%", "9.7%", rag("Amber"), rag("Red"), "▲"],
        ["Sickness absence", "4.5%", "5.1%", "4.9%", "4.4%", rag("Green"), rag("Amber"), "▲"],
    ]
    return one_table(
        "Performance dashboard",
        Table([4.6, 1.6, 1.7, 1.7, 1.7, 2.0, 2.0, 1.5], rows, header_rows=2, head_fill=GREY),
    )


def number(text: str, *, bold: bool = False, rule: str | None = None, fill: str | None = None) -> C:
    return C(text, align="end", bold=bold, rule=rule, fill=fill)


def finance_half_ruled() -> Made:
    def line(label: str, *values: str, bold: bool = False, rule: str = "") -> list[C | str]:
        return [C(label, bold=bold, rule=rule), *(number(v, bold=bold, rule=rule) for v in values)]

    rows: list[list[C | str]] = [
        [
            C("", rule="t"),
            C("Year to date", cols=3, align="center", rule="tb"),
            C("Full year forecast", cols=3, align="center", rule="tb"),
        ],
        [
            C("£000", rule="b"),
            *(number(v, rule="b") for v in ("Plan", "Actual", "Variance", "Plan", "Forecast", "Variance")),
        ],
        line("Income from patient care", "112,430", "113,002", "572", "224,860", "225,900", "1,040"),
        line("Other income", "8,200", "7,951", "(249)", "16,400", "16,400", "-"),
        line("Total income", "120,630", "120,953", "323", "241,260", "242,300", "1,040", bold=True, rule="tb"),
        line("Pay", "(81,115)", "(83,470)", "(2,355)", "(162,230)", "(165,900)", "(3,670)"),
        line("Drugs", "(9,870)", "(10,044)", "(174)", "(19,740)", "(20,100)", "(360)"),
        line("Other non-pay", "(28,001)", "(27,310)", "691", "(56,002)", "(55,100)", "902"),
        line(
            "Surplus / (deficit)",
            "1,644",
            "129",
            "(1,515)",
            "3,288",
            "1,200",
            "(2,088)",
            bold=True,
            rule="tb",
        ),
    ]
    table = Table([4.6, 2.1, 2.1, 2.1, 2.1, 2.1, 2.1], rows, header_rows=2, rules="none")
    return one_table("Finance report, month 6", table)


def savings_horizontal_rules() -> Made:
    rows: list[list[C | str]] = [
        ["Scheme", "Lead", "Target £k", "Identified £k", "Delivered £k", "Risk"],
        ["Procurement", "Director of Finance", number("1,200"), number("1,150"), number("610.5"), "Low"],
        [
            "Theatre productivity and the move of day surgery to the new unit",
            "Chief Operating Officer",
            number("2,400"),
            number("1,700"),
            number("402.0"),
            "High",
        ],
        [
            "Agency staffing",
            "Chief People Officer",
            number("3,000"),
            number("2,950"),
            number("1,844.7"),
            "Medium",
        ],
        ["Estates and energy", "Director of Estates", number("450"), number("450"), number("0.0"), "Medium"],
        [C("Total", bold=True), "", number("7,050"), number("6,250"), number("2,857.2"), ""],
    ]
    return one_table(
        "Cost improvement programme",
        Table([5.0, 3.8, 2.0, 2.2, 2.2, 1.8], rows, rules="horizontal"),
    )


def workforce_banded() -> Made:
    groups = ["Nursing", "Medical", "Allied health", "Scientific", "Administrative", "Estates"]
    rows: list[list[C | str]] = [["Staff group", "Establishment", "In post", "Vacancy", "Turnover", "Sickness"]]
    for index, group in enumerate(groups):
        rows.append(
            [
                group,
                number(f"{1200 - 170 * index}.4"),
                number(f"{1100 - 160 * index}.0"),
                number(f"{8 + index}.{index}%"),
                number(f"1{index}.2%"),
                number(f"{4 + index / 10:.1f}%"),
            ]
        )
    return one_table("Workforce", Table([4.2, 2.6, 2.4, 2.2, 2.2, 2.2], rows, rules="none", band=PALE, head_fill=GREY))


def merged_first_column() -> Made:
    rows: list[list[C | str]] = [
        ["Goal", "Objective", "Measure", "Q1", "Q2"],
        [C("Safe care", rows=3), "Fewer falls", "Falls per 1,000 bed days", "6.1", "5.8"],
        ["Fewer pressure ulcers", "Category 2 and above", "14", "11"],
        ["Learning from deaths", "Reviews done in time", "88%", "94%"],
        [C("Good places to work", rows=2), "Less turnover", "Leavers in twelve months", "13.2%", "12.9%"],
        ["Fair recruitment", "Relative likelihood of appointment", "1.41", "1.38"],
        ["Value", "Balanced books", "Variance from plan", "(£0.4m)", "(£1.5m)"],
    ]
    return one_table("Strategy: progress", Table([3.0, 4.2, 5.4, 2.0, 2.0], rows))


def borderless_figures() -> Made:
    rows: list[list[C | str]] = [
        ["", number("2021/22"), number("2022/23"), number("2023/24")],
        ["Elective admissions", number("18,220"), number("19,104"), number("20,377")],
        ["Emergency admissions", number("31,566"), number("32,018"), number("33,950")],
        ["Births", number("2,918"), number("2,870"), number("2,795")],
        ["Outpatient attendances", number("244,100"), number("251,733"), number("263,012")],
    ]
    return one_table("Activity", Table([6.0, 2.6, 2.6, 2.6], rows, rules="none"))


def agenda_borderless() -> Made:
    rows: list[list[C | str]] = [
        ["Item", "Time", "Subject", "Lead", "Paper"],
        ["1", "10:00", "Welcome and apologies", "Chair", "Verbal"],
        ["2", "10:05", "Declarations of interest", "Chair", "A"],
        ["3", "10:10", "Minutes of the last meeting and matters arising from them", "Chair", "B"],
        ["4", "10:20", "Patient story", "Chief Nurse", "Verbal"],
        [
            "5",
            "10:40",
            "Integrated performance report for the second quarter",
            "Chief Operating Officer",
            "C",
        ],
        ["6", "11:20", "Finance report", "Director of Finance", "D"],
        ["7", "11:45", "Questions from the public", "Chair", "Verbal"],
    ]
    return one_table("Agenda", Table([1.4, 1.8, 7.6, 4.0, 2.0], rows, rules="none", size=10), after="")


def dotted_rules() -> Made:
    rows: list[list[C | str]] = [
        ["Ward", "Fill rate, day", "Fill rate, night", "Care hours per patient day"],
        ["Ash", "94%", "101%", "7.9"],
        ["Beech", "88%", "97%", "8.4"],
        ["Cedar", "101%", "99%", "11.2"],
    ]
    return one_table("Safe staffing", Table([4.0, 3.6, 3.6, 4.4], rows, rules="dotted"))


def risk_register() -> Made:
    def score(value: int) -> C:
        return C(str(value), fill=RED if value >= 15 else AMBER if value >= 8 else GREEN, align="center")

    head = ["ID", "Risk", "Controls", "Inherent", "Current", "Target", "Actions and dates", "Owner"]
    rows: list[list[C | str]] = [list(head)]
    rows.append([C("Strategic objective 1: timely care", cols=8, fill=GREY, bold=True)])
    rows += [
        [
            f"R{index:02d}",
            f"If demand grows faster than planned in area {index}, then patients wait longer, which leads to harm",
            "Weekly access meeting\nValidation of lists\nMutual aid",
            score(20),
            score(22 - 3 * index),
            score(6),
            f"Open the second theatre (March 2025)\nAgree the winter plan ({index} October 2024)",
            "COO" if index % 2 else "CMO",
        ]
        for index in range(1, 6)
    ]
    table = Table([1.3, 5.6, 4.4, 1.9, 1.9, 1.7, 6.4, 1.8], rows, head_fill=NAVY, size=9)
    return one_table("Board assurance framework", table, landscape=True, after="")


def scorecard_months() -> Made:
    months = [
        f"{m} {y}"
        for y, ms in (("23", "Jul Aug Sep Oct Nov Dec"), ("24", "Jan Feb Mar Apr May Jun Jul"))
        for m in ms.split()
    ]
    rows: list[list[C | str]] = [["Indicator", "Standard", *months, "YTD"]]
    names = [
        "A&E four hour standard (all types)",
        "Ambulance handovers over 60 minutes",
        "18 weeks, incomplete pathways",
        "62 day cancer standard",
        "Never events",
        "Friends and family, would recommend",
    ]
    for i, name in enumerate(names):
        cells: list[C | str] = [name, "0" if i == 4 else f"{95 - i}%"]
        for j in range(13):
            text = str((i + j) % 2) if i == 4 else "" if (i, j) == (1, 2) else f"{70 + (7 * i + 3 * j) % 25}.{j % 10}%"
            cells.append(C(text, fill=(GREEN, AMBER, RED)[(i + j) % 3] if text else None, align="center"))
        cells.append(C("6" if i == 4 else f"8{i}.1%", align="center"))
        rows.append(cells)
    table = Table([4.6, 1.6, *[1.35] * 13, 1.5], rows, size=6.5, padding=0.05, head_fill=PALE)
    return one_table("Integrated performance report: scorecard", table, landscape=True)


def front_sheet() -> Made:
    rows: list[list[C | str]] = [
        [C("Report title", bold=True), C("Quarterly report of the guardian of safe working hours", cols=3)],
        [C("Meeting", bold=True), "Board in public", C("Date", bold=True), "12 November 2024"],
        [C("Executive lead", bold=True), "Chief Medical Officer", C("Agenda item", bold=True), "9"],
        [C("Purpose", bold=True), C("For assurance", cols=3)],
        [
            C("Summary", bold=True),
            C(
                "Exception reports rose to 41 in the quarter. Two fines were levied. The rota at Brook Street is "
                "compliant again.",
                cols=3,
            ),
        ],
    ]
    return one_table("Front sheet", Table([3.2, 6.4, 3.0, 4.2], rows, header_rows=0, size=10))


def two_tables_stacked() -> Made:
    first = Table([5.0, 3.0, 3.0], [["Income", "Plan", "Actual"], ["Grants", "210", "212"], ["Fees", "34", "29"]])
    second = Table([5.0, 3.0, 3.0], [["Spending", "Plan", "Actual"], ["Pay", "180", "191"], ["Rent", "40", "40"]])
    flat = Flat()
    flat.paragraph("Charity accounts", 14, bold=True, outline=1)
    flat.paragraph("Table 1: income, £000")
    flat.body.append(flat.table(first))
    flat.paragraph("")
    flat.paragraph("Table 2: spending, £000")
    flat.body.append(flat.table(second))
    return text_document(flat), "fodt", [expected(1, first), expected(1, second)]


def narrow_columns_wrapped_headings() -> Made:
    rows: list[list[C | str]] = [
        [
            "Capital scheme",
            "Approved budget 2024/25 £000",
            "Spend to date £000",
            "Forecast outturn £000",
            "Slippage into 2025/26 £000",
            "Completion",
        ],
        [
            "Backlog maintenance, north site",
            number("1,750"),
            number("612"),
            number("1,702"),
            number("48"),
            "Mar-25",
        ],
        [
            "Replacement of the electronic patient record, including interfaces and training",
            number("4,300"),
            number("1,004"),
            number("3,100"),
            number("1,200"),
            "Q2 2025/26",
        ],
        ["CT scanner", number("c. 900."), number("0"), number("900"), number("0"), "TBC"],
        [C("Total", bold=True), number("6,950"), number("1,616"), number("5,702"), number("1,248"), ""],
    ]
    return one_table("Capital programme", Table([4.4, 2.2, 2.2, 2.2, 2.4, 2.2], rows))


def vertical_labels() -> Made:
    """An integrated report: domains set upwards down the first column, months set upwards over narrow ones."""
    months = [
        "Aug-23",
        "Sep-23",
        "Oct-23",
        "Nov-23",
        "Dec-23",
        "Jan-24",
        "Feb-24",
        "Mar-24",
        "Apr-24",
        "May-24",
        "Jun-24",
        "Jul-24",
        "Aug-24",
    ]
    rows: list[list[C | str]] = [
        ["", "Measure", "Target", *(C(month, sideways=True, align="center") for month in months)]
    ]
    domains = {
        "Safe": ["Falls with harm", "Pressure ulcers, category 2 and above", "Never events"],
        "Effective": ["Readmissions within 30 days", "Length of stay, non-elective"],
        "Caring": ["Complaints", "Friends and family test", "Mixed sex breaches"],
    }
    for d, (domain, measures) in enumerate(domains.items()):
        for m, measure in enumerate(measures):
            first: list[C | str] = [C(domain, rows=len(measures), sideways=True, align="center")] if m == 0 else []
            values = [
                C(
                    str((7 * d + 5 * m + 3 * j) % 40),
                    fill=(GREEN, AMBER, RED)[(d + m + j) % 3],
                    align="center",
                )
                for j in range(13)
            ]
            rows.append([*first, measure, f"≤ {10 + d + m}", *values])
    table = Table([1.0, 6.2, 1.7, *[1.15] * 13], rows, size=8, padding=0.05, head_fill=PALE)
    return one_table("Integrated performance report", table, landscape=True)


def minutes_borderless() -> Made:
    rows: list[list[C | str]] = [
        [C("Item", bold=True), C("Discussion", bold=True), C("Action", bold=True)],
    ]
    subjects = ["Apologies", "Declarations", "Chair's report", "Performance", "Finance", "Any other business"]
    for index, subject in enumerate(subjects):
        rows.append(
            [
                f"{index + 1}",
                f"{subject}. {PROSE[: 130 + 40 * index].strip()}.",
                ("JO", "", "AB", "", "CD", "")[index],
            ]
        )
    return one_table("Minutes", Table([1.6, 13.0, 2.4], rows, rules="none", size=10), after="")


def hairline_rules() -> Made:
    rows: list[list[C | str]] = [
        ["Standard", "Threshold", "This month", "Last month", "Better or worse"],
        ["Cancer, two weeks", "93%", "91.2%", "88.7%", "Better"],
        ["Cancer, 31 days", "96%", "97.4%", "97.9%", "Worse"],
        ["Cancer, 62 days, all routes taken together", "85%", "62.0%", "61.1%", "Better"],
        ["Diagnostic tests within six weeks", "99%", "", "84.3%", "Not reported"],
    ]
    return one_table(
        "Constitution standards",
        Table([6.2, 2.6, 2.6, 2.6, 3.0], rows, rules="hairline", head_fill=NAVY),
    )


def title_row_merged() -> Made:
    rows: list[list[C | str]] = [
        [C("Quality account: priorities, second quarter", cols=4, bold=True, fill=NAVY, colour="#ffffff")],
        [C("Priority", bold=True), C("Sponsor", bold=True), C("Position", bold=True), C("Rating", bold=True)],
        ["Sepsis screening", "Medical director", "On track", C("Green", fill=GREEN)],
        ["Nutrition", "Chief nurse", "Two wards behind", C("Amber", fill=AMBER)],
    ]
    return one_table("Priorities", Table([4.4, 4.0, 5.4, 2.6], rows, header_rows=2))


def blank_spacer_rows() -> Made:
    rows: list[list[C | str]] = [
        ["Balance sheet, £m", number("March"), number("September")],
        ["Property, plant and equipment", number("212.4"), number("215.0")],
        ["Intangible assets", number("4.1"), number("3.8")],
        [C("Total non-current assets", bold=True), number("216.5", bold=True), number("218.8", bold=True)],
        ["", "", ""],
        ["Receivables", number("31.0"), number("27.7")],
        ["Cash", number("18.9"), number("12.2")],
        [C("Total current assets", bold=True), number("49.9", bold=True), number("39.9", bold=True)],
    ]
    return one_table("Balance sheet", Table([7.0, 3.0, 3.0], rows, rules="none"))


def table_in_a_cell() -> Made:
    inner = Table([3.0, 2.0, 2.0], [["Ward", "Beds", "Open"], ["Ash", "24", "20"], ["Elm", "28", "28"]], size=9)
    flat = Flat()
    flat.paragraph("Winter plan", 14, bold=True, outline=1)
    style = flat.style(
        "table-cell", '<style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.2cm"/>'
    )
    wide = flat.style("table-column", '<style:table-column-properties style:column-width="8.5cm"/>')
    whole = flat.style("table", '<style:table-properties style:width="17cm" table:align="left"/>')
    text = flat.paragraph_style(10)
    flat.body.append(
        f'<table:table table:style-name="{whole}"><table:table-column table:style-name="{wide}"/>'
        f'<table:table-column table:style-name="{wide}"/><table:table-row>'
        f'<table:table-cell table:style-name="{style}"><text:p text:style-name="{text}">{PROSE}</text:p>'
        f'</table:table-cell><table:table-cell table:style-name="{style}">'
        f'<text:p text:style-name="{text}">Beds that will open:</text:p>{flat.table(inner)}'
        f'<text:p text:style-name="{text}"/></table:table-cell></table:table-row></table:table>'
    )
    return text_document(flat), "fodt", [expected(1, inner)]


def letter() -> Made:
    flat = Flat()
    tabs = '<style:tab-stops><style:tab-stop style:position="11cm"/></style:tab-stops>'
    style = flat.paragraph_style(10, tabs=tabs)
    lines = [
        ("Our ref: FS/24/118", "Fellside Community NHS Trust"),
        ("Your ref:", "Brook Street"),
        ("Date: 4 November 2024", "Fellside FS1 2AB"),
        ("", "01632 960 123"),
    ]
    for left, right in lines:
        flat.body.append(f'<text:p text:style-name="{style}">{left}<text:tab/>{right}</text:p>')
    for _ in range(3):
        flat.paragraph(PROSE)
    return text_document(flat), "fodt", []


def two_column_prose() -> Made:
    flat = Flat()
    flat.paragraph("Chair's report", 14, bold=True, outline=1)
    section = flat.style(
        "section",
        '<style:section-properties><style:columns fo:column-count="2" fo:column-gap="0.8cm">'
        '<style:column style:rel-width="1*"/><style:column style:rel-width="1*"/></style:columns>'
        "</style:section-properties>",
    )
    style = flat.paragraph_style(10, extra='fo:margin-bottom="0.2cm"')
    body = "".join(f'<text:p text:style-name="{style}">{n}. {PROSE}</text:p>' for n in range(1, 9))
    flat.body.append(f'<text:section text:style-name="{section}" text:name="two">{body}</text:section>')
    return text_document(flat, footer="Page "), "fodt", []


def contents_page() -> Made:
    flat = Flat()
    flat.paragraph("Contents", 14, bold=True)
    style = flat.paragraph_style(
        11,
        tabs='<style:tab-stops><style:tab-stop style:position="16.5cm" style:type="right"'
        ' style:leader-style="dotted" style:leader-text="."/></style:tab-stops>',
    )
    subjects = [
        "Minutes",
        "Action log",
        "Chief executive's report",
        "Performance",
        "Finance",
        "Workforce",
        "Risk",
    ]
    for number_, subject in enumerate(subjects, 1):
        flat.body.append(f'<text:p text:style-name="{style}">{number_}. {subject}<text:tab/>{number_ * 7}</text:p>')
    return text_document(flat), "fodt", []


def numbered_list() -> Made:
    flat = Flat()
    flat.paragraph("Recommendations", 14, bold=True, outline=1)
    style = flat.paragraph_style(
        10,
        extra='fo:margin-left="1.2cm" fo:text-indent="-1.2cm" fo:margin-bottom="0.2cm"',
        tabs='<style:tab-stops><style:tab-stop style:position="1.2cm"/></style:tab-stops>',
    )
    for number_ in range(1, 8):
        flat.body.append(
            f'<text:p text:style-name="{style}">{number_}.{number_ % 3}<text:tab/>{PROSE[: 90 + 30 * number_]}</text:p>'
        )
    return text_document(flat), "fodt", []


def boxed_paragraph() -> Made:
    flat = Flat()
    flat.paragraph("Summary", 14, bold=True, outline=1)
    frame = Table([16.5], [[PROSE]], header_rows=0, size=10)
    flat.body.append(flat.table(frame))
    flat.paragraph("")
    flat.paragraph(PROSE)
    return text_document(flat), "fodt", []


DOCUMENTS: dict[str, Callable[[], Made]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        action_log,
        action_log_split_rows,
        action_log_without_repeated_headings,
        rag_dashboard,
        finance_half_ruled,
        savings_horizontal_rules,
        workforce_banded,
        merged_first_column,
        borderless_figures,
        agenda_borderless,
        dotted_rules,
        risk_register,
        scorecard_months,
        front_sheet,
        two_tables_stacked,
        narrow_columns_wrapped_headings,
        vertical_labels,
        minutes_borderless,
        hairline_rules,
        title_row_merged,
        blank_spacer_rows,
        table_in_a_cell,
        two_column_prose,
        contents_page,
        numbered_list,
        boxed_paragraph,
        letter,
    )
}
