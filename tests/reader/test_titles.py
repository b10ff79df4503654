"""Titles and headings above tables: real ones, and what is only the end of a paragraph."""

from __future__ import annotations

import pytest

from extractors.surroundings import describe, page_text
from extractors.tables import Painter, make_table
from extractors.titles import blocks_of, find_heading, find_title, usual_size
from extractors.verdict import judge
from schemas.document import BBox, TextLine
from tests.reader.drawn import page

TABLE = 300.0
PARAGRAPH = [
    "The number of calls fell again in the quarter, and the percentage",
    "of complaints answered within the time allowed remains below its",
    "target and so is rated red, as it was in the quarter before and",
]


def line(text: str, bottom: float, *, size: float = 11, bold: bool = False, x: float = 50) -> TextLine:
    return TextLine(text, BBox(x, bottom - size, x + 0.5 * size * len(text), bottom), size, bold, False)


def paragraph(*texts: str, bottom: float = TABLE - 8) -> list[TextLine]:
    return [line(text, bottom - 14 * up) for up, text in enumerate(reversed(texts))][::-1]


ELSEWHERE = paragraph(*PARAGRAPH, bottom=700)


def title(lines: list[TextLine]) -> str | None:
    return find_title(blocks_of(lines), TABLE, usual_size([*lines, *ELSEWHERE]))


def heading(lines: list[TextLine], above: str | None = None) -> str | None:
    return find_heading(blocks_of(lines), usual_size([*lines, *ELSEWHERE]), above)


@pytest.mark.parametrize("last", ["rated red.", "rated red", "including the Scrutiny Committee", "Committee"])
def test_the_last_line_of_a_paragraph_is_no_title(last: str) -> None:
    assert title(paragraph(*PARAGRAPH, last)) is None


@pytest.mark.parametrize("single", [
    "The significant variances are shown below:", "This table sets out the schemes and what they cost",
    "• Transforming the high streets of the region", "which are listed in full", "Schemes, risks and issues;",
])  # fmt: skip
def test_one_line_that_leads_up_to_a_table_is_no_title(single: str) -> None:
    assert title([line(single, TABLE - 6)]) is None


@pytest.mark.parametrize("text", [
    "Waits over 52 weeks by provider and specialty, Sep-24", "Present", "Table 3: what each scheme has cost is shown",
    "93. Table 2 Allocations", "Members who were present",
])  # fmt: skip
def test_a_short_plain_line_that_is_no_sentence_is_a_title(text: str) -> None:
    assert title([line(text, TABLE - 6)]) == text


def test_a_bold_line_is_a_title_whatever_it_says() -> None:
    assert title([line("What is shown below", TABLE - 6, bold=True)]) == "What is shown below"


def test_a_title_over_two_lines_is_whole() -> None:
    lines = [line("Transport projects: awards agreed before", TABLE - 20, bold=True),
             line("and allocations to 2027/28 (£000s)", TABLE - 6, bold=True)]  # fmt: skip

    assert title(lines) == "Transport projects: awards agreed before and allocations to 2027/28 (£000s)"


def test_a_title_labelled_table_may_be_a_sentence_over_lines() -> None:
    lines = paragraph("Table 4: Average number of pupils that are funded, which is not", "the number of all pupils")

    assert title(lines) == "Table 4: Average number of pupils that are funded, which is not the number of all pupils"


@pytest.mark.parametrize("aside", [
    "Source: monthly return", "All figures in £m", "£000", "(£m)", "Note: see overleaf", "Appendix 1",
    "Please note that May is an estimate.", "As at 31 March 2025",
])  # fmt: skip
def test_units_sources_and_notes_stand_between_a_table_and_its_title(aside: str) -> None:
    lines = [line("Revenue by directorate", TABLE - 24, bold=True), line(aside, TABLE - 6)]

    assert title(lines) == "Revenue by directorate"
    assert title([line(aside, TABLE - 6)]) is None


def test_a_sentence_that_leads_up_to_a_table_leaves_the_heading_above_as_its_title() -> None:
    lines = [line("6 | Capital changes", TABLE - 24, size=18, bold=True),
             line("Cabinet is asked to approve the following changes:", TABLE - 6)]  # fmt: skip

    assert title(lines) == "6 | Capital changes"


def test_a_paragraph_between_leaves_a_heading_and_no_title() -> None:
    lines = [line("Customer services", TABLE - 70, bold=True), *paragraph(*PARAGRAPH, "before.")]

    assert (title(lines), heading(lines)) == (None, "Customer services")


def test_a_heading_is_apart_from_the_paragraph_that_follows_it_closely() -> None:
    lines = [line("Road safety", TABLE - 50, bold=True), *paragraph(*PARAGRAPH, bottom=TABLE - 8)]

    assert heading(lines) == "Road safety"


def test_what_is_far_above_is_no_title_but_a_heading() -> None:
    lines = [line("Estates and capital", TABLE - 90, bold=True)]

    assert (title(lines), heading(lines)) == (None, "Estates and capital")


def test_a_much_larger_heading_stands_over_a_nearer_one() -> None:
    lines = [line("Paper F: Estates", TABLE - 120, size=20, bold=True), line("Schemes", TABLE - 60, bold=True),
             line("Schemes in progress", TABLE - 8, bold=True)]  # fmt: skip

    assert title(lines) == "Schemes in progress"
    assert heading(lines, "Schemes in progress") == "Paper F: Estates"


def test_small_print_inside_tables_makes_no_prose_a_heading() -> None:
    small = [TextLine("cell text " * 4, BBox(50, 400 + 9 * n, 300, 408 + 9 * n), 7, False, True) for n in range(60)]
    lines = paragraph(*PARAGRAPH, "before.")

    assert find_heading(blocks_of(lines), usual_size([*lines, *small]), None) is None


def test_lines_side_by_side_are_blocks_of_their_own() -> None:
    lines = [line("Left heading", 100, bold=True), line("Right heading", 100, bold=True, x=320),
             line("over two lines", 114, bold=True), line("over two more", 114, bold=True, x=320)]  # fmt: skip

    assert [block.text for block in blocks_of(lines)] == ["Left heading over two lines", "Right heading over two more"]


def test_titles_are_above_as_the_page_is_read() -> None:
    """A page whose text runs up it: its title stands left of its table."""
    rows = "".join(
        f"BT /F1 8 Tf 0 1 -1 0 {80 + 14 * row} {20 + 60 * col} Tm ({name}{row}) Tj ET "
        for row in range(5)
        for col, name in enumerate(("Ward", "Beds", "Open"))
    )
    title_line = "BT /F1 8 Tf 0 1 -1 0 60 20 Tm (Table 1: beds that are open) Tj ET "
    read = page(title_line + rows)
    tables = [make_table(read, one, Painter(read)) for one in judge(read)]
    text = page_text(read, tables)

    assert read.turned != 0
    assert [describe(table, text, tables, read.turned).title for table in tables] == ["Table 1: beds that are open"]


def test_a_title_that_reaches_into_its_table_is_above_it() -> None:
    rules = "".join(f"20 {y} m 200 {y} l S " for y in (60, 80, 100, 120)) + "".join(
        f"{x} 60 m {x} 120 l S " for x in (20, 110, 200)
    )
    cells = "".join(
        f"BT /F1 8 Tf {25 + 90 * col} {66 + 20 * row} Td (cell {row}{col}) Tj ET "
        for row in range(3)
        for col in range(2)
    )
    read = page("0.5 w " + rules + cells + "BT /F1 18 Tf 20 122 Td (Risks by place) Tj ET")
    tables = [make_table(read, one, Painter(read)) for one in judge(read)]
    text = page_text(read, tables)

    assert [describe(table, text, tables).title for table in tables] == ["Risks by place"]
