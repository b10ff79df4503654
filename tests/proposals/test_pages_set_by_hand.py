"""Pages as statisticians, auditors and programme offices set them, drawn by hand: nothing but text and a few rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.reader import read_document
from tests.page.handmade import centred, pdf, right, rule, text, width

Grid = list[list[str]]

PROSE = "Agencies reported that the funds were spent in line with the plans that had been approved"


def read(parts: Sequence[str], folder: Path) -> list[Grid]:
    path = folder / "page.pdf"
    path.write_bytes(pdf(["\n".join(parts)]))
    return [[[" ".join(cell.split()) for cell in row] for row in table.grid()] for table in read_document(path).tables]


def figures(xs: Sequence[float], y: float, values: Sequence[str], *, bold: bool = False) -> list[str]:
    return [right(x, y, value, bold=bold) for x, value in zip(xs, values, strict=True)]


def test_leaders_and_headings_over_two_columns(tmp_path: Path) -> None:
    rows = [
        ["All regions", "7,162", "6,037", "13,431", "11,883", "-12.2"],
        ["North", "104.2", "91.5", "284.1", "247.9", "-12.7"],
        ["South", "17.0", "15.8", "12.9", "12.9", "(X)"],
        ["East", "188.4", "129.0", "174.2", "153.9", "-11.7"],
    ]
    parts = [text(50, 760, "Table 1. Employment by industry", bold=True), rule(50, 742, 560, 742)]
    parts += [centred(270, 732, "Construction"), centred(420, 732, "Manufacturing"), centred(530, 732, "Change,")]
    parts += [
        rule(215, 728, 325, 728),
        rule(365, 728, 475, 728),
        text(100, 718, "Region"),
        centred(530, 718, "percent"),
    ]
    parts += [centred(x, 718, year) for x, year in ((240, "2008"), (300, "2009"), (390, "2008"), (450, "2009"))]
    parts.append(rule(50, 712, 560, 712))
    for number, (region, *values) in enumerate(rows):
        y = 700 - 12 * number
        leaders = "." * int((165 - width(region)) / width("."))
        parts += [text(50, y, f"{region} {leaders}"), *figures((255, 315, 405, 465, 548), y, values)]
    parts += [
        rule(50, 660, 560, 660),
        text(50, 648, "X Not applicable. Source: annual survey, unpublished tables.", size=7),
    ]

    (grid,) = read(parts, tmp_path)

    assert grid[:2] == [
        ["", "Construction", "", "Manufacturing", "", "Change,"],
        ["Region", "2008", "2009", "2008", "2009", "percent"],
    ]
    assert [[cells[0].rstrip(" ."), *cells[1:]] for cells in grid[2:]] == rows


def test_sections_are_rows_and_years_stand_over_their_columns(tmp_path: Path) -> None:
    body = [
        ["Operations:", "", "", "", ""],
        ["Salaries", "1,204", "1,198", "1,250", "1,240"],
        ["Travel", "88", "71", "90", "84"],
        ["Total operations", "1,292", "1,269", "1,340", "1,324"],
        ["Capital:", "", "", "", ""],
        ["Equipment", "310", "298", "280", "275"],
        ["Total capital", "310", "298", "280", "275"],
    ]
    xs = (322, 382, 462, 522)
    parts = [text(72, 740, "Schedule of expenditure", bold=True, size=11)]
    parts += [centred(330, 716, "Year 2023", bold=True), centred(470, 716, "Year 2024", bold=True)]
    parts += [centred(x - 15, 700, head, bold=True) for x, head in zip(xs, ("Budget", "Actual") * 2, strict=True)]
    for number, (label, *values) in enumerate(body):
        y = 682 - 13 * number
        total = label.startswith("Total")
        parts.append(text(72 if total or label.endswith(":") else 81, y, label, bold=total))
        parts += figures(xs, y, values, bold=total) if values[0] else []

    (grid,) = read(parts, tmp_path)

    assert grid == [["", "Year 2023", "", "Year 2024", ""], ["", "Budget", "Actual", "Budget", "Actual"], *body]


def test_a_label_whose_last_line_has_the_figures(tmp_path: Path) -> None:
    parts = [
        text(60, 720, "Program", bold=True),
        *(right(x, 720, h, bold=True) for x, h in ((320, "Awarded"), (420, "Spent"))),
    ]
    lines = [
        ("Weatherization assistance", "4,750,000", "1,225,310"),
        ("Block grants for the regions", "2,800,450", "1,904,306"),
        ("Electric grid reliability and", "", ""),
        ("modernization", "3,400,000", "310,227"),
        ("Total", "10,950,450", "3,439,843"),
    ]
    for number, (label, *values) in enumerate(lines):
        y = 704 - 13 * number
        parts += [text(60, y, label), *(figures((320, 420), y, values) if values[0] else [])]

    (grid,) = read(parts, tmp_path)

    assert [row[0] for row in grid] == [
        "Program",
        "Weatherization assistance",
        "Block grants for the regions",
        "Electric grid reliability and modernization",
        "Total",
    ]
    assert grid[3] == ["Electric grid reliability and modernization", "3,400,000", "310,227"]


@pytest.mark.parametrize("left", [50, 295])
def test_a_table_in_one_column_of_a_page_of_prose(left: int, tmp_path: Path) -> None:
    words = PROSE.split()
    wanted = [["Agency", "2008", "2009"], ["Farms", "1,204", "1,310"], ["Trade", "88", "97"], ["Energy", "640", "702"]]
    parts = []
    for column in (50, 295):
        for line in range(30):
            if column != left or not 8 <= line <= 14:
                said = " ".join(words[line % 5 : line % 5 + 8])
                parts.append(text(column, 740 - 12 * line, said))
    for number, (label, *values) in enumerate(wanted):
        y = 641 - 13 * number
        parts += [
            text(left, y, label, bold=number == 0),
            *figures((left + 130, left + 200), y, values, bold=number == 0),
        ]

    assert read(parts, tmp_path) == [wanted]


def test_headings_closer_than_a_gap_part_over_their_columns(tmp_path: Path) -> None:
    heads = ((72, "Difference"), (279, "Portugal"), (322, "Greece"), (378, "Spain"))
    rows = [
        ["Q1 2009", "-0.01", "0.45", "0.21"],
        ["Q2 2009", "0.17", "0.70", "0.26"],
        ["Q3 2009", "0.64", "0.72", "0.56"],
    ]
    parts = [text(x, 700, head) for x, head in heads] + [rule(70, 696, 420, 696), rule(70, 712, 420, 712)]
    for number, row in enumerate(rows):
        parts += [text(x, 684 - 13 * number, cell) for (x, _), cell in zip(heads, row, strict=True)]
    parts.append(rule(70, 652, 420, 652))

    assert read(parts, tmp_path) == [[["Difference", "Portugal", "Greece", "Spain"], *rows]]


CHARTS = {
    "a scale at the side of a legend": [
        (60, 700, "12000"),
        (200, 700, "Hospital"),
        (60, 684, "10000"),
        (200, 684, "Home"),
    ],
    "a scale at the side of names": [
        *((60, 700 - 20 * n, str(300 - 100 * n)) for n in range(3)),
        *(
            (120 + 90 * n, 690 - 40 * m, name)
            for m in range(2)
            for n, name in enumerate(("North", "South", "East", "West"))
        ),
    ],
    "bars with their figures over a scale from nought": [
        *((60, 700 - 20 * n, str(2001 + 4 * n)) for n in range(4)),
        *((150 + 120 * k, 700 - 20 * n, f"{30.5 + n + 9 * k:.1f}") for n in range(4) for k in range(3)),
        *((110 + 60 * k, 620, f"{20 * k}%") for k in range(6)),
    ],
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_is_no_table(chart: list[tuple[float, float, str]], tmp_path: Path) -> None:
    assert read([text(x, y, said) for x, y, said in chart], tmp_path) == []


def test_justified_prose_is_no_table(tmp_path: Path) -> None:
    words = (PROSE + " and the board heard that the fuller account will come to it in the spring").split()
    parts = []
    for line in range(8):
        said = words[(5 * line) % 9 : (5 * line) % 9 + 7]
        space = (480 - sum(width(word) for word in said)) / (len(said) - 1)
        x = 60.0
        for word in said:
            parts.append(text(round(x, 2), 700 - 12 * line, word))
            x += width(word) + space

    assert read(parts, tmp_path) == []


@pytest.mark.parametrize("last", [("Budget", "Spend"), ("2024/25", "2025/26")])
def test_headings_outside_of_their_grid_belong_to_it(last: tuple[str, str], tmp_path: Path) -> None:
    xs = (50, 200, 300, 370, 440)
    rows = [
        ["Hub", "Place team", "1,200", "310"],
        ["Scanner", "Imaging", "900", "880"],
        ["Roof", "Estates", "77", "12"],
    ]
    parts = [text(52, 790, "Capital schemes", bold=True, size=12)]
    parts += [text(x + 3, 772, "£000", bold=True) for x in (300, 370)]
    parts += [text(x + 3, 761, head, bold=True) for x, head in zip(xs, ("Scheme", "Lead", *last), strict=False)]
    parts += [rule(50, y, 440, y) for y in (755, 739, 723, 707)] + [rule(x, 755, x, 707) for x in xs]
    for number, row in enumerate(rows):
        parts += [text(x + 3, 744 - 16 * number, cell) for x, cell in zip(xs, row, strict=False)]

    assert read(parts, tmp_path) == [[["Scheme", "Lead", f"£000 {last[0]}", f"£000 {last[1]}"], *rows]]


def test_labels_wrap_in_a_frame_that_draws_columns_only(tmp_path: Path) -> None:
    lines = [
        (["Waits over 52 weeks"], ["12", "10", "9"]),
        (["Complaints answered within", "25 working days"], ["88%", "91%", "90%"]),
        (["Falls"], ["31", "28", "35"]),
        (["Sickness absence, rolling", "twelve months"], ["5.1%", "5.0%", "4.8%"]),
    ]
    parts = [rule(50, y, 500, y) for y in (640, 742, 760)] + [rule(x, 640, x, 760) for x in (50, 230, 320, 410, 500)]
    parts += [
        text(53, 747, "Measure", bold=True),
        *(centred(x, 747, q, bold=True) for x, q in ((275, "Q1"), (365, "Q2"), (455, "Q3"))),
    ]
    y = 728
    for label, values in lines:
        parts += [text(53, y - 11 * k, said) for k, said in enumerate(label)]
        parts += [centred(x, y, value) for x, value in zip((275, 365, 455), values, strict=True)]
        y -= 11 * len(label) + 6

    assert read(parts, tmp_path) == [
        [["Measure", "Q1", "Q2", "Q3"], *([" ".join(label), *values] for label, values in lines)]
    ]


def test_a_title_between_two_tables_without_rules_parts_them(tmp_path: Path) -> None:
    first = [
        ["Trust", "Total", "52 weeks"],
        ["North", "11,218", "877"],
        ["South", "6,785", "1,300"],
        ["East", "6,477", "554"],
    ]
    second = [
        ["Site", "Lists", "Used", "Lost"],
        ["Main", "120", "112", "8"],
        ["Day unit", "98", "97", "1"],
        ["Eyes", "40", "38", "2"],
    ]
    parts = [text(60, 760, "Table 1: waiting lists", bold=True), text(60, 674, "Table 2: theatre use", bold=True)]
    for top, rows, xs in ((744, first, (300, 370)), (658, second, (250, 330, 410))):
        for number, (label, *values) in enumerate(rows):
            y = top - 14 * number
            parts += [text(60, y, label, bold=number == 0), *figures(xs, y, values, bold=number == 0)]

    assert read(parts, tmp_path) == [first, second]


def test_headings_and_units_set_to_the_left_over_figures_set_to_the_right(tmp_path: Path) -> None:
    heads = (
        ("Annual", "budget"),
        ("Profiled", "budget"),
        ("Actual", "to date"),
        ("Forecast", "outturn"),
        ("Forecast", "variance"),
    )
    starts, ends = (184, 252, 320, 388, 462), (246, 314, 383, 456, 530)
    rows = [
        ["Adult social care", "88,410", "58,900", "61,250", "92,300", "3,890"],
        ["Children and families", "61,007", "40,700", "44,012", "66,120", "5,113"],
        ["Waste", "19,350", "12,900", "12,640", "19,000", "(350)"],
    ]
    parts = [rule(51, y, 533, y) for y in (712, 684, 666, 650, 634, 618)]
    parts += [text(54, 696, "Service", bold=True), *(text(x, 672, "£000", bold=True) for x in starts)]
    for x, words in zip(starts, heads, strict=True):
        parts += [text(x, 702 - 11 * k, word, bold=True) for k, word in enumerate(words)]
    for number, (label, *values) in enumerate(rows):
        parts += [text(54, 655 - 16 * number, label), *figures(ends, 655 - 16 * number, values)]

    assert read(parts, tmp_path) == [[["Service", *(" ".join(words) for words in heads)], ["", *["£000"] * 5], *rows]]
