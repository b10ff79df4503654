from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from extractors.stitch import TagPart, stitch
from schemas.document import RawTable
from tests.stitch.parts import pages, part, text

HEAD = ["Ref", "Action", "Owner"]


def words(tables: list[RawTable] | tuple[RawTable, ...]) -> Counter[str]:
    return Counter(word for table in tables for cell in table.cells for word in cell.text.split())


def covered(table: RawTable) -> Counter[tuple[int, int]]:
    return Counter(
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    )


def test_a_table_without_repeated_headings_goes_on_at_the_top_of_the_next_page() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=780, header_rows=1)
    lower = part([["2", "Send", "CD"]], page=2, table_no=2, top=60)

    (whole,) = stitch([upper, lower], pages([], [])).tables

    assert whole.grid() == [HEAD, ["1", "Write", "AB"], ["2", "Send", "CD"]]
    assert (whole.page, whole.last_page, whole.n_rows, whole.repeated_header_rows) == (1, 2, 3, ())
    assert [cell.page for cell in whole.cells if cell.row == 2] == [2, 2, 2]
    assert [cell.bbox.top for cell in whole.cells if cell.row == 2] == [60, 60, 60]
    assert "joined over pages 1 to 2" in whole.reason


def test_repeated_headings_stay_as_rows_and_are_marked() -> None:
    rows = [[HEAD, [f"{page}.1", "Write", "AB"]] for page in (1, 2, 3)]
    parts = [part(found, page=page, table_no=page, bottom=400, header_rows=1) for page, found in enumerate(rows, 1)]

    (whole,) = stitch(parts, pages([], [], [])).tables

    assert whole.grid() == [row for found in rows for row in found]
    assert whole.repeated_header_rows == (2, 4)
    assert whole.header_rows == 1
    assert "its headings repeated on 2 pages" in whole.reason


def test_headings_of_two_rows_are_both_recognised_though_only_one_was_told() -> None:
    head = [["Measure", "2024/25", ""], ["", "Plan", "Actual"]]
    upper = part([*head, ["A", "1", "2"]], page=1, table_no=1, bottom=780, header_rows=1)
    lower = part([*head, ["B", "3", "4"]], page=2, table_no=2, header_rows=1)

    (whole,) = stitch([upper, lower], pages([], [])).tables

    assert whole.repeated_header_rows == (3, 4)
    assert whole.header_rows == 2


def test_a_heading_between_them_parts_two_tables_with_the_same_headings() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=780, header_rows=1)
    lower = part([HEAD, ["2", "Send", "CD"]], page=2, table_no=2, top=240, header_rows=1)

    tables = stitch([upper, lower], pages([], [text("Children's services", 220)])).tables

    assert [table.grid() for table in tables] == [upper.grid(), lower.grid()]
    assert [table.table_no for table in tables] == [1, 2]


def test_a_paragraph_below_ends_a_table() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=600, header_rows=1)
    lower = part([["2", "Send", "CD"]], page=2, table_no=2)

    lines = [text("The committee noted the actions.", 640)]

    assert len(stitch([upper, lower], pages(lines, [])).tables) == 2


def test_running_lines_and_page_numbers_do_not_part_a_table() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=760, header_rows=1)
    lower = part([["2", "Send", "CD"]], page=2, table_no=2, top=70)
    lines = [
        [text("Board of Directors", 30), text(f"Page {number} of 2", 800), text(f"- {number} -", 815)]
        for number in (1, 2)
    ]

    assert len(stitch([upper, lower], pages(*lines)).tables) == 1


def test_captions_with_running_numbers_are_no_running_lines() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, top=80, header_rows=1)
    lower = part([HEAD, ["2", "Send", "CD"]], page=2, table_no=2, top=80, header_rows=1)
    lines = [[text(f"Table {number}: actions", 60)] for number in (1, 2)]

    assert len(stitch([upper, lower], pages(*lines)).tables) == 2


def test_the_title_again_with_continued_does_not_part_a_table() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, top=200, header_rows=1, title="Action log")
    lower = part([HEAD, ["2", "Send", "CD"]], page=2, table_no=2, top=200, header_rows=1)

    (whole,) = stitch([upper, lower], pages([], [text("Action log (continued)", 180)])).tables

    assert whole.repeated_header_rows == (2,)


def test_other_columns_or_a_half_empty_page_make_another_table() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=780, header_rows=1)
    elsewhere = part([["2", "Send", "CD"]], page=2, table_no=2, left=300)
    assert len(stitch([upper, elsewhere], pages([], [])).tables) == 2

    short = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=200, header_rows=1)
    below = part([["2", "Send", "CD"]], page=2, table_no=2)
    assert len(stitch([short, below], pages([], [])).tables) == 2


def test_a_sheet_that_goes_on_sideways_is_not_stitched_below() -> None:
    left = part([["Ref", "Scheme", "2024/25"], ["1", "Roof", "5"]], page=1, table_no=1, bottom=780)
    right = part([["Ref", "Scheme", "2025/26"], ["1", "Roof", "7"]], page=2, table_no=2)

    assert len(stitch([left, right], pages([], [])).tables) == 2


def test_the_tags_join_what_a_footnote_parts() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=400, header_rows=1)
    lower = part([["2", "Send", "CD"]], page=2, table_no=2)
    lines = [text("Note: closed actions are left out.", 420)]

    told = {1: TagPart(7, 0, 1), 2: TagPart(7, 2, 2)}

    assert len(stitch([upper, lower], pages(lines, []), told).tables) == 1
    assert len(stitch([upper, lower], pages(lines, []), {**told, 2: TagPart(8, 0, 0)}).tables) == 2


def test_a_row_cut_by_the_page_end_is_put_together_when_its_text_runs_on() -> None:
    upper = part(
        [HEAD, ["1", "Write to the council about the", "AB"]],
        page=1,
        table_no=1,
        bottom=780,
        header_rows=1,
    )
    lower = part([["", "new clinic and its opening", ""], ["2", "Send", "CD"]], page=2, table_no=2)

    stitched = stitch([upper, lower], pages([], []))

    (whole,) = stitched.tables
    assert whole.grid() == [
        HEAD,
        ["1", "Write to the council about the\nnew clinic and its opening", "AB"],
        ["2", "Send", "CD"],
    ]
    cut = next(cell for cell in whole.cells if (cell.row, cell.col) == (1, 1))
    assert (cut.page, cut.bbox.top) == (1, 768)
    (finding,) = stitched.findings
    assert (finding.check, finding.table_no, finding.row, finding.page) == ("row_cut_by_page_end", 1, 1, 1)
    assert "from page 1 to page 2" in finding.message


def test_a_new_row_under_a_merged_first_column_is_not_swallowed() -> None:
    upper = part([HEAD, ["1", "Write.", "AB"]], page=1, table_no=1, bottom=780, header_rows=1)
    lower = part([["", "Send the letter", "CD"], ["2", "Call", "EF"]], page=2, table_no=2)

    (whole,) = stitch([upper, lower], pages([], [])).tables

    assert whole.n_rows == 4
    assert whole.grid()[2] == ["", "Send the letter", "CD"]


def test_a_second_amount_under_the_same_scheme_stays_a_row() -> None:
    head = ["Scheme", "Year", "Amount", "Reason"]
    upper = part([head, ["Roof", "24-25", "+0.1", "grant"]], page=1, table_no=1, bottom=780)
    lower = part([["", "25-26", "+0.2", ""]], page=2, table_no=2)

    (whole,) = stitch([upper, lower], pages([], [])).tables

    assert whole.grid()[-1] == ["", "25-26", "+0.2", ""]


def test_the_tags_tell_a_cut_row_below_repeated_headings() -> None:
    upper = part([HEAD, ["1", "Write to all.", "AB"]], page=1, table_no=1, bottom=780, header_rows=1)
    lower = part([HEAD, ["", "Then report.", ""], ["2", "Send", "CD"]], page=2, table_no=2, header_rows=1)

    stitched = stitch([upper, lower], pages([], []), {1: TagPart(7, 0, 1), 2: TagPart(7, 1, 2)})

    (whole,) = stitched.tables
    assert whole.grid() == [HEAD, ["1", "Write to all.\nThen report.", "AB"], HEAD, ["2", "Send", "CD"]]
    assert whole.repeated_header_rows == (2,)
    assert "the document's tags say so" in stitched.findings[0].message


def test_a_part_whose_column_was_not_seen_takes_the_finer_columns() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, bottom=780, header_rows=1)
    lower = part([["2", "Send"]], page=2, table_no=2, widths=[60.0, 120.0])

    (whole,) = stitch([upper, lower], pages([], [])).tables

    assert (whole.n_rows, whole.n_cols) == (3, 3)
    assert [(cell.col, cell.col_span) for cell in whole.cells if cell.row == 2] == [(0, 1), (1, 2)]


def test_of_two_tables_on_a_page_only_the_lower_one_goes_on() -> None:
    first = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=1, top=80, header_rows=1)
    second = part([HEAD, ["9", "Call", "XY"]], page=1, table_no=2, bottom=780, header_rows=1)
    lower = part([["2", "Send", "CD"]], page=2, table_no=3)

    tables = stitch([first, second, lower], pages([], [])).tables

    assert [table.n_rows for table in tables] == [2, 3]


def test_twenty_eight_pages_become_one_table() -> None:
    parts = [
        part(
            [HEAD, *([str(page), f"row{row}", "AB"] for row in range(20))],
            page=page,
            table_no=page,
            header_rows=1,
        )
        for page in range(1, 29)
    ]

    (whole,) = stitch(parts, pages(*[[] for _ in range(28)])).tables

    assert (whole.n_rows, whole.last_page) == (28 * 21, 28)
    assert whole.repeated_header_rows == tuple(range(21, 28 * 21, 21))


texts = st.sampled_from(["", "", "1", "12.5", "Write to the", "new clinic", "AB", "Done.", "TBC"])
grids = st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=5)


@given(st.lists(st.tuples(grids, st.booleans()), min_size=1, max_size=4), st.booleans())
def test_no_word_is_lost_and_no_place_is_covered_twice(found: list[tuple[list[list[str]], bool]], tagged: bool) -> None:
    parts = [
        part([*([HEAD] if headed else []), *rows], page=page, table_no=page, bottom=780)
        for page, (rows, headed) in enumerate(found, 1)
    ]
    told = {made.table_no: TagPart(1, made.page, made.page + 1) for made in parts} if tagged else None

    stitched = stitch(parts, pages(*[[] for _ in parts]), told)

    assert words(stitched.tables) == words(parts)
    assert sum(table.n_rows for table in stitched.tables) + len(stitched.findings) == sum(made.n_rows for made in parts)
    for table in stitched.tables:
        places = covered(table)
        assert set(places.values()) == {1}
        assert set(places) == {(row, col) for row in range(table.n_rows) for col in range(table.n_cols)}
        assert [table.table_no for table in stitched.tables] == list(range(1, len(stitched.tables) + 1))


def test_tables_far_apart_are_left_alone() -> None:
    upper = part([HEAD, ["1", "Write", "AB"]], page=1, table_no=5, bottom=780, header_rows=1)
    lower = part([HEAD, ["2", "Send", "CD"]], page=3, table_no=8, header_rows=1)

    tables = stitch([upper, lower], pages([], [], [])).tables

    assert tables == (replace(upper, table_no=1), replace(lower, table_no=2))
