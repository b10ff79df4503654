from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page import read_page
from extractors.proposals.base import Proposal
from extractors.proposals.tags import propose
from schemas.page import Page, Rule, TagCell, TagTable, Word

OFFICE = Path(__file__).parents[1] / "office"
Placed = tuple[int, int, float, float, str]
"""Told row, told column, x, y, text."""


def page_of(
    tables: Sequence[Sequence[Placed]],
    *,
    loose: Sequence[tuple[float, float, str]] = (),
    spans: dict[str, tuple[int, int]] | None = None,
    headers: Sequence[str] = (),
    first_row: int = 0,
    v_rules: Sequence[float] = (),
) -> Page:
    """A page with these tagged tables; letters are 5 points wide; `loose` is untagged.

    A text with line breaks is that many lines, 12 points apart.
    """
    words: list[Word] = []
    tags = []
    mcid = 0
    for number, table in enumerate(tables):
        cells = []
        for row, col, x, y, text in table:
            for down, line in enumerate(text.split("\n")):
                at = x
                for word in line.split():
                    top = y + 12.0 * down
                    words.append(Word(at, top, at + 5.0 * len(word), top + 10, word, 10, False, None, mcid))
                    at += 5.0 * (len(word) + 1)
            row_span, col_span = (spans or {}).get(text, (1, 1))
            cells.append(TagCell(row, col, row_span, col_span, text in headers, (mcid,)))
            mcid += 1
        n_rows = max(cell.row for cell in cells) + 1
        n_cols = max(cell.col + cell.col_span for cell in cells)
        tags.append(TagTable(number + 1, n_rows, n_cols, tuple(cells), first_row, first_row + n_rows - 1))
    words += [Word(x, y, x + 5.0 * len(text), y + 10, text, 10, False, None, -1) for x, y, text in loose]
    rules = tuple(Rule(x, 0.0, 800.0, "#000000") for x in v_rules)
    return Page(1, 595.0, 842.0, 0, tuple(words), (), rules, (), (), tuple(tags), 100, 0, 0)


def texts(page: Page, proposal: Proposal) -> list[list[str]]:
    grid = [[""] * proposal.n_cols for _ in range(proposal.n_rows)]
    for cell in proposal.cells:
        grid[cell.row][cell.col] = " ".join(page.words[index].text for index in cell.words)
    return grid


FIGURES = [
    (0, 0, 50.0, 50.0, "Place"),
    (0, 1, 150.0, 50.0, "Plan"),
    (0, 2, 250.0, 50.0, "Actual"),
    (1, 0, 50.0, 70.0, "North"),
    (1, 1, 150.0, 70.0, "112"),
    (1, 2, 250.0, 70.0, "109"),
]


def test_a_table_as_told() -> None:
    page = page_of([FIGURES], headers=["Place", "Plan", "Actual"])

    (found,) = propose(page)

    assert texts(page, found) == [["Place", "Plan", "Actual"], ["North", "112", "109"]]
    assert (found.method, found.header_rows, found.group, found.group_rows) == ("tags", 1, 1, (0, 1))
    assert found.bbox.x0 <= 50 and found.bbox.x1 >= 280


def test_cells_told_too_far_left_stand_where_x_puts_them() -> None:
    """Acrobat leaves cells without content out of its tree and tells those after them too far left."""
    rows = [*FIGURES, (2, 0, 50.0, 90.0, "Coast"), (2, 1, 250.0, 90.0, "5")]
    page = page_of([rows])

    (found,) = propose(page)

    assert texts(page, found)[2] == ["Coast", "", "5"]


def test_figures_set_right_and_headings_set_left_are_one_column() -> None:
    rows = [
        (0, 0, 50.0, 50.0, "Place"),
        (0, 1, 150.0, 50.0, "Plan"),
        (0, 2, 250.0, 50.0, "Actual"),
        (1, 0, 50.0, 70.0, "North"),
        (1, 1, 190.0, 70.0, "1"),
        (1, 2, 290.0, 70.0, "2"),
        (2, 0, 50.0, 90.0, "Coast"),
        (2, 1, 290.0, 90.0, "3"),
    ]
    page = page_of([rows])

    (found,) = propose(page)

    assert texts(page, found) == [["Place", "Plan", "Actual"], ["North", "1", "2"], ["Coast", "", "3"]]


def test_an_empty_column_is_kept() -> None:
    rows = [*FIGURES[:3], (0, 3, 350.0, 50.0, "Comment"), *FIGURES[3:]]
    page = page_of([rows])

    (found,) = propose(page)

    assert texts(page, found)[1] == ["North", "112", "109", ""]


def test_a_merged_cell_told_as_one_row_grows_over_the_rows_that_it_stands_beside() -> None:
    rows = [
        (0, 0, 50.0, 62.0, "Safe"),
        (0, 1, 150.0, 50.0, "Falls"),
        (0, 2, 250.0, 50.0, "6.1"),
        (1, 1, 150.0, 74.0, "Ulcers"),
        (1, 2, 250.0, 74.0, "14"),
        (2, 0, 50.0, 98.0, "Fair"),
        (2, 1, 150.0, 98.0, "Pay"),
        (2, 2, 250.0, 98.0, "1.2"),
    ]
    page = page_of([rows])

    (found,) = propose(page)

    merged = next(cell for cell in found.cells if (cell.row, cell.col) == (0, 0))
    assert merged.row_span == 2
    assert texts(page, found) == [["Safe", "Falls", "6.1"], ["", "Ulcers", "14"], ["Fair", "Pay", "1.2"]]


def test_rows_told_out_of_order_are_not_believed() -> None:
    rows = [
        (row, col, 50.0 + 100 * col, 50.0 + 20 * place, f"r{row}c{col}")
        for row, place in enumerate((3, 0, 2, 1))
        for col in range(3)
    ]

    assert propose(page_of([rows])) == []


def test_a_frame_round_a_page_of_text_is_no_table() -> None:
    prose = "\n".join(["words in a box that holds the whole of the paper"] * 10)
    page = page_of([[(0, 0, 50.0, 50.0, prose), (0, 1, 400.0, 50.0, "A"), (1, 0, 50.0, 300.0, "end")]])

    assert propose(page) == []


def test_one_column_or_two_cells_are_no_table() -> None:
    assert propose(page_of([[(row, 0, 50.0, 50.0 + 20 * row, f"line{row}") for row in range(4)]])) == []
    assert propose(page_of([[(0, 0, 50.0, 50.0, "Title"), (0, 1, 200.0, 50.0, "Date")]])) == []


def test_words_that_no_tag_claims_are_in_the_cell_where_they_stand() -> None:
    page = page_of([FIGURES], loose=[(170.0, 70.0, "*")])

    (found,) = propose(page)

    assert texts(page, found)[1] == ["North", "112 *", "109"]


def test_a_table_whose_words_are_mostly_untagged_is_not_believed() -> None:
    loose = [(50.0 + 60 * n, 60.0, "stray") for n in range(4)]

    assert propose(page_of([FIGURES], loose=loose)) == []


def test_headings_repeated_as_artifacts_become_the_first_row_of_a_continuation() -> None:
    loose = [(50.0, 54.0, "Place"), (150.0, 54.0, "Plan"), (250.0, 54.0, "Actual"), (500.0, 10.0, "Page")]
    rows = [(row, col, x, y, text) for row, col, x, y, text in FIGURES[3:] for row in (0,)]
    rows.append((1, 0, 50.0, 90.0, "Coast"))
    later, first = page_of([rows], loose=loose, first_row=9), page_of([rows], loose=loose)

    assert texts(later, propose(later)[0])[0] == ["Place", "Plan", "Actual"]
    assert propose(later)[0].header_rows == 1
    assert texts(first, propose(first)[0])[0] == ["North", "112", "109"]


def test_a_total_in_a_frame_of_its_own_belongs_to_the_table_above() -> None:
    total = [(0, 0, 50.0, 100.0, "Total"), (0, 1, 150.0, 100.0, "210"), (0, 2, 250.0, 100.0, "212")]
    page = page_of([FIGURES, total], headers=["Total", "210", "212"])

    (found,) = propose(page)

    assert texts(page, found)[-1] == ["Total", "210", "212"]


def test_a_table_with_its_own_headings_or_below_a_line_of_text_stays_apart() -> None:
    other = [(row, col, x, y + 60, text + "s") for row, col, x, y, text in FIGURES]
    headed = page_of([FIGURES, other], headers=["Places", "Plans", "Actuals"])
    captioned = page_of([FIGURES, other], loose=[(60.0, 92.0, "Spending")])

    assert [found.n_rows for found in propose(headed)] == [2, 2]
    assert [found.n_rows for found in propose(captioned)] == [2, 2]


def test_two_rows_in_one_told_row_are_two_where_their_figures_stand_on_two_lines() -> None:
    rows = [
        *FIGURES,
        (2, 0, 50.0, 90.0, "Schools\nProgramme"),
        (2, 1, 150.0, 90.0, "120\n340"),
        (2, 2, 250.0, 90.0, "115\n330"),
        (2, 3, 350.0, 90.0, "-5\n-10"),
        (0, 3, 350.0, 50.0, "Gap"),
    ]
    page = page_of([rows])

    (found,) = propose(page)

    assert texts(page, found)[2:] == [["Schools", "120", "115", "-5"], ["Programme", "340", "330", "-10"]]


def test_wrapped_headings_and_years_are_no_rows_of_their_own() -> None:
    rows = [
        (0, 0, 50.0, 50.0, "Scheme"),
        (0, 1, 150.0, 50.0, "2024/\n25"),
        (0, 2, 250.0, 50.0, "2025/\n26"),
        (0, 3, 350.0, 50.0, "2026/\n27"),
        (1, 0, 50.0, 80.0, "Roof"),
        (1, 1, 150.0, 80.0, "1"),
        (1, 2, 250.0, 80.0, "2"),
        (1, 3, 350.0, 80.0, "3"),
    ]
    page = page_of([rows])

    assert propose(page)[0].n_rows == 2


@pytest.mark.parametrize("name", sorted(path.name.removesuffix("-tagged.pdf") for path in OFFICE.glob("*-tagged.pdf")))
def test_office_tables_of_one_page_are_read_exactly_from_their_tags(name: str) -> None:
    document = pypdfium2.PdfDocument(OFFICE / f"{name}-tagged.pdf")
    tables = json.loads((OFFICE / f"{name}.json").read_text(encoding="utf-8"))["tables"]
    wanted = [table for table in tables if table["page"] == 1]
    page = read_page(document.raw, 1, tagged=True)
    if not page.tags and name.startswith("sheet-"):
        pytest.skip("LibreOffice exports sheets without Table elements")

    found = propose(page)

    assert len(found) == len(wanted)
    for proposal, table in zip(found, wanted, strict=True):
        seen = [[" ".join(cell.split()) for cell in row] for row in texts(page, proposal)]
        if table["last_page"] == 1:
            assert seen == [row for row in table["rows"] if any(row)]
        else:
            assert seen[:-1] == table["rows"][: len(seen) - 1]


cells = st.tuples(
    st.integers(0, 5),
    st.integers(0, 5),
    st.floats(20, 500),
    st.floats(20, 700),
    st.sampled_from(["a", "12", "wide text in a cell", "two\nlines", "1\n2"]),
)


@given(st.lists(cells, min_size=1, max_size=14), st.dictionaries(st.just("a"), st.just((2, 3))))
def test_whatever_the_tags_tell_a_proposal_covers_each_place_once_and_no_word_twice(
    told: list[Placed], spans: dict[str, tuple[int, int]]
) -> None:
    page = page_of([told], spans=spans)

    for proposal in propose(page):
        covered = Counter(
            (row, col)
            for cell in proposal.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        )
        assert covered == Counter(product(range(proposal.n_rows), range(proposal.n_cols)))
        words = [index for cell in proposal.cells for index in cell.words]
        assert sorted(words) == list(range(len(page.words)))
        assert 0 <= proposal.header_rows < max(proposal.n_rows, 1)
