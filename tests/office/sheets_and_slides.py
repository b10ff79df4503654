"""Slides and wide sheets: fills with white rules, tables side by side, pages turned, charts."""

from __future__ import annotations

from collections.abc import Callable

from tests.office.flat_odf import (
    C,
    Flat,
    Table,
    bar,
    dot,
    outlined,
    placed,
    sheet,
    slides,
    stroke,
    text_box,
)
from tests.office.papers import AMBER, GREEN, GREY, NAVY, PALE, RED, Made, expected, one_table

WHITE = "#ffffff"
ROTATED = {"page-turned-sideways": 270}
"""Documents whose pages get a /Rotate, and by how much."""


def slide_white_rules() -> Made:
    rows: list[list[C | str]] = [
        [
            C(text, fill=NAVY, colour=WHITE, bold=True)
            for text in ("Priority", "Led by", "Timescale", "Measure", "Rating")
        ]
    ]
    for index, (what, rating) in enumerate(
        (
            ("Same day care in every place", GREEN),
            ("Fewer people smoke", AMBER),
            ("Better starts in life", RED),
            ("Warm homes", GREEN),
        )
    ):
        fill = PALE if index % 2 else "#c8d8e8"
        rows.append(
            [
                C(what, fill=fill),
                C(
                    ("Place directors", "Public health", "Children's board", "Housing partnership")[index],
                    fill=fill,
                ),
                C(f"March 202{5 + index}", fill=fill),
                C(f"{10 + index}% fewer than in 2023, seen in each quarter's return to the board", fill=fill),
                C("", fill=rating),
            ]
        )
    table = Table([6.0, 4.6, 3.6, 8.0, 2.6], rows, rules="white", size=12, header_rows=0)
    flat = Flat()
    things = [
        text_box(flat, "Our priorities for the year", 1.2, 0.6, 20, 24),
        placed(flat, flat.table(table), 1.2, 2.6, 24.8, 8.0),
        text_box(flat, "Fellside Integrated Care Board", 1.2, 14.4, 12, 9),
    ]
    source = slides(flat, [things])
    return source, "fodp", [expected(1, table)]


def slide_side_by_side() -> Made:
    left = Table(
        [4.0, 2.4, 2.4],
        [
            ["Place", "Plan", "Actual"],
            ["North", "112", "109"],
            ["Dales", "98", "101"],
            ["Coast", "140", "133"],
        ],
        size=12,
        header_rows=0,
    )
    right = Table(
        [4.6, 3.0, 3.0],
        [
            ["Provider", "Waiting", "Change"],
            ["Fellside", "4,120", "-3%"],
            ["Moorland", "2,977", "+1%"],
            ["Estuary", "6,040", "-6%"],
        ],
        size=12,
        header_rows=0,
    )
    flat = Flat()
    things = [
        text_box(flat, "Flow and waiting", 1.2, 0.6, 20, 24),
        placed(flat, flat.table(left), 1.2, 3.0, 8.8, 4.0),
        placed(flat, flat.table(right), 13.0, 3.0, 10.6, 4.0),
    ]
    return slides(flat, [things]), "fodp", [expected(1, left), expected(1, right)]


def slide_chart() -> Made:
    flat = Flat()
    things = [text_box(flat, "Patients waiting over 52 weeks", 1.2, 0.6, 20, 24)]
    for step in range(6):
        y = 12.5 - 1.8 * step
        things += [stroke(flat, 3.0, y, 25.0, y), text_box(flat, f"{200 * step:,}", 1.2, y - 0.4, 2.0, 10)]
    for index, month in enumerate(["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]):
        x, high = 3.6 + 2.7 * index, 2.0 + (index * 5) % 7
        things += [bar(flat, x, 12.5 - high, 1.4, high, NAVY), text_box(flat, month, x, 12.7, 2.2, 10)]
    return slides(flat, [things]), "fodp", []


def slide_cards() -> Made:
    """Tiles with one figure each, as title pages of performance packs have: no table."""
    flat = Flat()
    things = [text_box(flat, "The quarter at a glance", 1.2, 0.6, 20, 24)]
    for index, (figure, label) in enumerate(
        (("74.8%", "seen within four hours"), ("6,040", "waiting over 18 weeks"), ("£1.5m", "behind plan"))
    ):
        x = 1.4 + 8.8 * index
        things += [
            bar(flat, x, 3.0, 7.6, 4.4, PALE),
            text_box(flat, figure, x + 0.6, 3.6, 6.0, 28),
            text_box(flat, label, x + 0.6, 5.6, 6.6, 12),
        ]
    return slides(flat, [things]), "fodp", []


def section_rows_and_totals() -> Made:
    def head(text: str) -> list[C | str]:
        return [C(text, cols=5, bold=True, fill=GREY)]

    def money(*values: str, bold: bool = False) -> list[C | str]:
        return [C(value, align="end", bold=bold) for value in values]

    rows: list[list[C | str]] = [
        ["Scheme", "2024/25 £000", "2025/26 £000", "2026/27 £000", "Total £000"],
        head("Schools"),
        ["Annual enhancement", *money("8,417", "8,000", "8,000", "24,417")],
        ["Roof repairs", *money("507", "0", "", "507")],
        [C("Schools total", bold=True), *money("8,924", "8,000", "8,000", "24,924", bold=True)],
        head("Highways"),
        ["Bridge at Mill Lane", *money("629", "520", "260", "1,409")],
        ["Cycle route 4, from the station to the hospital and the college", *money("239", "-239", "0", "0")],
        [C("Highways total", bold=True), *money("868", "281", "260", "1,409", bold=True)],
        [C("Programme total", bold=True), *money("9,792", "8,281", "8,260", "26,333", bold=True)],
    ]
    return one_table("Capital programme 2024 to 2027", Table([6.2, 2.6, 2.6, 2.6, 2.6], rows, head_fill=PALE))


def page_turned_sideways() -> Made:
    rows: list[list[C | str]] = [
        ["Committee", "Chair", "Meetings held", "Quorate", "Attendance"],
        ["Quality", "A. Whitfield", "6", "6", "91%"],
        ["Finance and performance", "B. Osei", "11", "11", "88%"],
        ["People", "C. Lindqvist", "5", "4", "79%"],
        ["Audit and risk", "D. Marsh", "5", "5", "95%"],
    ]
    return one_table("Committees' attendance", Table([7.0, 5.0, 4.0, 3.4, 3.4], rows), landscape=True)


def slide_rag_dots() -> Made:
    """Ratings as circles laid over the cells: nothing in the text layer."""
    rows: list[list[C | str]] = [["Programme", "Sponsor", "Now", "Before"]]
    programmes = [("Urgent care", "COO"), ("Planned care", "COO"), ("Digital", "CIO"), ("Estates", "CFO")]
    rows += [[name, sponsor, "", ""] for name, sponsor in programmes]
    table = Table([8.0, 5.0, 3.0, 3.0], rows, size=14, header_rows=0)
    flat = Flat()
    things = [
        text_box(flat, "Programmes", 1.2, 0.6, 20, 24),
        placed(flat, flat.table(table), 1.2, 3.0, 19.0, 6.0),
    ]
    for row in range(4):
        for col in range(2):
            colour = (GREEN, AMBER, RED)[(row + col) % 3]
            things.append(dot(flat, 15.4 + 3.0 * col, 4.4 + 1.2 * row, 0.6, colour))
    return slides(flat, [things]), "fodp", [expected(1, table)]


def slide_organisation_chart() -> Made:
    flat = Flat()
    things = [text_box(flat, "Who reports to whom", 1.2, 0.6, 20, 24)]
    things += [outlined(flat, "Chief executive", 11.0, 3.0, 6.0, 1.6), stroke(flat, 14.0, 4.6, 14.0, 5.6)]
    things.append(stroke(flat, 4.0, 5.6, 24.0, 5.6))
    for index, name in enumerate(("Nursing", "Medicine", "Finance", "People", "Operations")):
        x = 2.0 + 5.0 * index
        things += [stroke(flat, x + 2.0, 5.6, x + 2.0, 6.4), outlined(flat, name, x, 6.4, 4.0, 1.4)]
        things += [
            outlined(flat, f"Deputy, {name.lower()}", x, 8.8, 4.0, 1.4),
            stroke(flat, x + 2, 7.8, x + 2, 8.8),
        ]
    return slides(flat, [things]), "fodp", []


def sheet_that_goes_on_sideways() -> Made:
    """A wide sheet: three years on the first page, three on the second, the first columns on both."""
    years = [f"20{24 + n}/{25 + n}" for n in range(6)]
    schemes = [
        "Roofs",
        "Boilers and heating",
        "Theatre 4",
        "Ward upgrade",
        "Records system",
        "Car park",
        "Lifts",
    ]
    rows: list[list[C | str]] = [["Ref", "Scheme", *years], ["", "", *["£000"] * 6]]
    for index, scheme in enumerate(schemes):
        amounts = [f"{(37 * (index + 1) * (year + 2)) % 1900:,}" for year in range(6)]
        rows.append([str(index + 1), scheme, *(C(amount, align="end") for amount in amounts)])
    table = Table([1.6, 7.0, *[4.2] * 6], rows, header_rows=2)
    flat = Flat()
    source = sheet(flat, table, repeat_columns=2, break_before=5)
    grid = table.grid()
    left, right = [row[:5] for row in grid], [row[:2] + row[5:] for row in grid]
    return (
        source,
        "fods",
        [{"page": 1, "last_page": 1, "rows": left}, {"page": 2, "last_page": 2, "rows": right}],
    )


DOCUMENTS: dict[str, Callable[[], Made]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        slide_white_rules,
        slide_side_by_side,
        slide_chart,
        slide_cards,
        section_rows_and_totals,
        page_turned_sideways,
        slide_rag_dots,
        slide_organisation_chart,
        sheet_that_goes_on_sideways,
    )
}
