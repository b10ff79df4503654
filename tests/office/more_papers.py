"""More papers as Word makes them: finance set close, blocks framed apart, text without rules, commentary under rows."""

from __future__ import annotations

from collections.abc import Callable

from tests.office.flat_odf import C, Flat, Table, text_document
from tests.office.papers import AMBER, GREEN, GREY, NAVY, PALE, PROSE, RED, Made, expected, number, one_table


def budget_figures_close() -> Made:
    """Two years of three columns on both sides of the label, the wide figures nearly touching."""
    lines = [
        ("1,315,610.6", "", "1,315,610.6", "Revised base", "1,428,670.2", "836.6", "1,429,506.8"),
        ("31,721.5", "", "31,721.5", "Base budget changes", "10,320.7", "-744.1", "9,576.6"),
        ("10,798.4", "505.1", "11,303.5", "Pay", "21,845.7", "626.9", "22,472.6"),
        ("49,568.4", "1,695.6", "51,264.0", "Prices", "41,407.1", "1,944.4", "43,351.5"),
        ("209,578.3", "-9,380.7", "200,197.6", "Total spending", "151,171.3", "55,028.1", "206,199.4"),
        ("-16,195.0", "", "-16,195.0", "Efficiency", "574.6", "-65.0", "509.6"),
        ("-88,865.5", "6,920.2", "-81,945.3", "Total savings", "-61,527.1", "-35,098.5", "-96,625.6"),
        ("1,429,506.8", "0.0", "1,429,506.8", "Net budget", "1,531,279.8", "0.0", "1,531,279.8"),
    ]
    rows: list[list[C | str]] = [
        [
            *(C(head, align="end", bold=True) for head in ("Core", "External", "Total")),
            "",
            *(C(head, align="end", bold=True) for head in ("Core", "External", "Total")),
        ]
    ]
    rows += [[*(number(v) for v in line[:3]), line[3], *(number(v) for v in line[4:])] for line in lines]
    return one_table("Revenue plan", Table([1.85, 1.65, 1.9, 6.0, 1.9, 1.65, 1.9], rows, rules="none", padding=0.06))


def blocks_framed_apart() -> Made:
    """Allocations and totals in frames of their own under the list, as programmes are set out."""

    def block(*rows: tuple[str, str, str], fill: str | None = None) -> list[list[C | str]]:
        return [[C(label, fill=fill), number(march, fill=fill), number(june, fill=fill)] for label, march, june in rows]

    gap: list[list[C | str]] = [[C("", rule="tb"), C("", rule="tb"), C("", rule="tb")]]
    rows: list[list[C | str]] = [["Schemes, £000", number("March"), number("June")]]
    rows += block(("North ward refurbishment", "1,613", "1,613"), ("Imaging suite", "3,723", "3,790"))
    rows += block(("Car park", "999", "1,020"))
    rows += gap
    rows += block(
        ("Repayments", "-9,632", "-9,632"), ("Digital programme", "6,500", "6,500"), ("Nature fund", "-", "5,000")
    )
    rows += gap
    rows += block(("Completed projects", "20,962", "20,962"), fill=GREY)
    rows += gap
    rows += block(("Total", "24,165", "29,253"), fill=PALE)
    table = Table([9.0, 3.0, 3.0], rows, head_fill=GREY)
    return one_table("Capital programme", table)


def commentary_under_rows() -> Made:
    """Level rules, and under each line of figures a line of text over all columns of figures."""

    def line(label: str, *values: str, said: str) -> list[list[C | str]]:
        return [
            [C(label, rule="t"), *(number(v, rule="t") for v in values)],
            [C("", rule=""), C(said, cols=4, rule="")],
        ]

    rows: list[list[C | str]] = [
        [C(head, bold=True, rule="t", align="end" if k else "start") for k, head in enumerate(HEADS)],
    ]
    rows += line("Agency staff", "-3,041.1", "-1,200.0", "-1,200.0", "1,841.1", said=PROSE[:150])
    rows += line("Procurement", "-2,500.0", "-2,500.0", "-2,500.0", "0.0", said=PROSE[110:290])
    rows += line("Estates", "-900.0", "-450.0", "-450.0", "450.0", said=PROSE[:98])
    rows.append([C("Total", bold=True, rule="tb"), *(number(v, bold=True, rule="tb") for v in TOTALS)])
    return one_table("Savings", Table([5.0, 2.8, 2.8, 2.8, 2.8], rows))


HEADS = ("Saving", "Target £000", "Forecast £000", "Delivered £000", "Shortfall £000")
TOTALS = ("-6,441.1", "-4,150.0", "-4,150.0", "2,291.1")


def variances_explained() -> Made:
    """No rules: figures, and beside them an explanation that wraps."""
    rows: list[list[C | str]] = [
        [
            C("Service", bold=True),
            *(C(head, bold=True, align="end") for head in ("Budget £m", "Forecast £m", "Variance £m")),
            C("What lies behind it", bold=True),
        ]
    ]
    services = [
        ("Residential care", "97.5", "124.9", "+27.4", PROSE[:170]),
        ("Community services for older people", "35.4", "41.7", "+6.3", PROSE[20:110]),
        ("Transport", "13.0", "16.4", "+3.4", "More journeys than were planned."),
        ("Libraries", "8.2", "8.0", "-0.2", PROSE[:105]),
    ]
    rows += [[name, number(a), number(b), number(c), said.strip()] for name, a, b, c, said in services]
    return one_table("Revenue position", Table([4.0, 2.0, 2.2, 2.2, 6.6], rows, rules="none", size=9, padding=0.15))


def two_level_headings_without_rules() -> Made:
    """Years over plan and actual, nothing drawn."""
    rows: list[list[C | str]] = [
        ["", *(C(year, cols=2, align="center", bold=True) for year in ("2022/23", "2023/24", "2024/25"))],
        [C("Elective activity", bold=True), *(C(head, bold=True, align="end") for head in ("Plan", "Actual") * 3)],
    ]
    for label, *values in (
        ("Day cases", "10,200", "9,870", "10,400", "10,512", "10,900", "10,655"),
        ("Inpatients", "2,150", "1,990", "2,200", "2,048", "2,240", "2,101"),
        ("Outpatients, first", "31,000", "30,120", "31,500", "31,964", "32,000", "32,417"),
        ("Outpatients, follow-up", "62,400", "65,030", "61,000", "63,220", "58,000", "60,119"),
    ):
        rows.append([label, *(number(v) for v in values)])
    return one_table("Activity", Table([4.6, *[2.0] * 6], rows, rules="none", header_rows=2))


def action_list_level_rules() -> Made:
    """An action log with a rule under each row and none between columns; cells wrap."""
    rows: list[list[C | str]] = [["No.", "Action", "Lead", "Due", "Progress"]]
    for k, (lead, due) in enumerate([("Chief Nurse", "Jul 24"), ("HRD", "Sep 24"), ("Director of Finance", "TBC")]):
        rows.append([f"{k + 1}", PROSE[30 * k : 150 + 45 * k].strip(), lead, due, PROSE[200 : 232 + 40 * k].strip()])
    rows.append(["4", "Circulate the plan", "J. Okafor", "Oct 24", "Done"])
    return one_table("Actions", Table([1.2, 6.6, 2.6, 1.8, 4.8], rows, rules="horizontal"))


def filled_heading_text_only() -> Made:
    """A heading bar, text in columns, no rules and no figures."""
    rows: list[list[C | str]] = [
        ["Objective", "Executive lead", "Committee", "Assurance"],
        ["Better care together", "Chief Nurse", "Quality", "Partial"],
        ["A workforce for the future, in every place that we serve", "Director of People", "People", "Significant"],
        ["Living within our means", "Director of Finance", "Finance and performance", "Limited"],
        ["Digital by choice", "Chief Information Officer", "Digital", "Partial"],
    ]
    return one_table("Assurance framework", Table([6.4, 3.8, 4.0, 2.8], rows, rules="none", head_fill=NAVY))


def rag_by_fill_alone() -> Made:
    """Cells that are a colour and nothing else."""
    fills = {"g": GREEN, "a": AMBER, "r": RED}

    def line(label: str, colours: str) -> list[C | str]:
        return [label, *(C("", fill=fills[c]) for c in colours)]

    rows: list[list[C | str]] = [
        ["Programme", "Scope", "Cost", "Time", "Benefits", "Overall"],
        line("Electronic records", "ggrag"),
        line("Community hubs", "gaagr"),
        line("Theatres", "rraga"),
    ]
    return one_table("Programmes", Table([5.0, 2.0, 2.0, 2.0, 2.0, 2.0], rows))


def upright_rules_only() -> Made:
    """Rules between columns and none between rows."""
    rows: list[list[C | str]] = [
        [C(head, bold=True, rule="lr") for head in ("Ward", "Beds", "Occupied", "Staff on duty", "Escalation")]
    ]
    for ward, *values in (
        ("Ash", "24", "22", "6", "None"),
        ("Elm", "28", "28", "7", "Level 2"),
        ("Oak, including the four beds that were opened in November", "18", "17", "5", "None"),
        ("Yew", "30", "25", "6", "Level 1"),
    ):
        rows.append([C(ward, rule="lr"), *(C(v, rule="lr", align="center") for v in values)])
    return one_table("Wards", Table([5.5, 2.0, 2.4, 3.0, 3.0], rows))


def tables_side_by_side() -> Made:
    """Two small tables beside each other on a portrait page, in a frame of no lines."""
    left = Table(
        [3.4, 2.0, 2.0], [["Sickness", "May", "June"], ["Nursing", "5.1%", "4.9%"], ["Medical", "2.2%", "2.0%"]]
    )
    right = Table(
        [3.4, 2.0, 2.0], [["Turnover", "May", "June"], ["Nursing", "9.8%", "9.9%"], ["Medical", "6.0%", "5.7%"]]
    )
    flat = Flat()
    flat.paragraph("Workforce", 14, bold=True, outline=1)
    flat.paragraph(PROSE)
    style = flat.style("table-cell", '<style:table-cell-properties fo:border="none" fo:padding="0.1cm"/>')
    wide = flat.style("table-column", '<style:table-column-properties style:column-width="8.6cm"/>')
    whole = flat.style("table", '<style:table-properties style:width="17.2cm" table:align="left"/>')
    text = flat.paragraph_style(10)
    cells = "".join(
        f'<table:table-cell table:style-name="{style}">{flat.table(table)}<text:p text:style-name="{text}"/>'
        "</table:table-cell>"
        for table in (left, right)
    )
    flat.body.append(
        f'<table:table table:style-name="{whole}"><table:table-column table:style-name="{wide}"/>'
        f'<table:table-column table:style-name="{wide}"/><table:table-row>{cells}</table:table-row></table:table>'
    )
    flat.paragraph(PROSE)
    return text_document(flat), "fodt", [expected(1, left), expected(1, right)]


def years_on_the_next_page() -> Made:
    """A programme whose later years stand on the next page beside the same schemes."""
    schemes = ["Backlog maintenance", "Imaging", "Electronic records", "Theatres", "Community hubs", "Total"]
    early = ("2024/25", "2025/26", "2026/27", "2027/28")
    late = ("2028/29", "2029/30", "2030/31", "Later", "Total")

    def part(years: tuple[str, ...], seed: int) -> Table:
        rows: list[list[C | str]] = [["Ref", "Scheme", *(number(year, bold=True) for year in years)]]
        for k, scheme in enumerate(schemes):
            values = [f"{(seed * 137 + 411 * k + 59 * j) % 4900:,}" for j in range(len(years))]
            rows.append([str(k + 1) if scheme != "Total" else "", scheme, *(number(v) for v in values)])
        return Table([1.2, 5.0, *[2.1] * len(years)], rows)

    first, second = part(early, 3), part(late, 8)
    flat = Flat()
    flat.paragraph("Capital programme, £000: years 1 to 4", 14, bold=True, outline=1)
    flat.body.append(flat.table(first))
    new_page = flat.paragraph_style(14, bold=True, extra='fo:break-before="page" fo:margin-bottom="0.2cm"')
    flat.body.append(
        f'<text:h text:style-name="{new_page}" text:outline-level="1">'
        "Capital programme, £000: years 5 and later</text:h>"
    )
    flat.body.append(flat.table(second))
    return text_document(flat, footer="Page "), "fodt", [expected(1, first), expected(2, second)]


def notes_under_a_table() -> Made:
    """Footnotes set close under a table without rules are no rows of it."""
    rows: list[list[C | str]] = [
        [C("Measure", bold=True), *(C(m, bold=True, align="end") for m in ("April", "May", "June"))],
        ["Four hour waits, %*", number("71.2"), number("72.9"), number("74.8")],
        ["Ambulance handovers over an hour", number("118"), number("97"), number("103")],
        ["Twelve hour waits", number("12"), number("9"), number("n/a")],
    ]
    notes = "* All types. Figures for June are provisional and will be revised in the next report to the board."
    return one_table("Urgent care", Table([6.0, 2.4, 2.4, 2.4], rows, rules="none"), after=notes)


DOCUMENTS: dict[str, Callable[[], Made]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        budget_figures_close,
        blocks_framed_apart,
        commentary_under_rows,
        variances_explained,
        two_level_headings_without_rules,
        action_list_level_rules,
        filled_heading_text_only,
        rag_by_fill_alone,
        upright_rules_only,
        tables_side_by_side,
        years_on_the_next_page,
        notes_under_a_table,
    )
}
