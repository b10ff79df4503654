from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.engines import camelot_engine, pdfplumber_engine
from extractors.engines.grid import boxes_from_lattice, proposal_from_boxes, snapped
from extractors.page import read_page
from extractors.proposals.base import Proposal
from schemas.document import BBox
from schemas.page import Fill, Page, Rule, Word

OFFICE = Path(__file__).parents[1] / "office"


def page_with(
    words: list[tuple[float, float, str]],
    h_rules: list[tuple[float, float, float]] | None = None,
    v_rules: list[tuple[float, float, float]] | None = None,
    fills: list[Fill] | None = None,
) -> Page:
    """A page of words that are 5 points a letter wide and 10 high, with black rules."""
    return Page(
        number=1,
        width=595.0,
        height=842.0,
        turned=0,
        words=tuple(Word(x, y, x + 5.0 * len(text), y + 10.0, text, 10.0, False, None, -1) for x, y, text in words),
        h_rules=tuple(Rule(y, a, b, "#000000") for y, a, b in h_rules or []),
        v_rules=tuple(Rule(x, a, b, "#000000") for x, a, b in v_rules or []),
        fills=tuple(fills or []),
        marks=(),
        tags=(),
        n_chars=100,
        n_images=0,
        n_unmapped=0,
    )


def texts(page: Page, proposal: Proposal) -> list[list[str]]:
    grid = [[""] * proposal.n_cols for _ in range(proposal.n_rows)]
    for cell in proposal.cells:
        grid[cell.row][cell.col] = " ".join(page.words[index].text for index in cell.words)
    return grid


WORDS = [(52.0, 52.0, "Place"), (112.0, 52.0, "Plan"), (52.0, 72.0, "North"), (112.0, 72.0, "112")]


def test_pdfplumber_sees_a_ruled_table_through_our_rules() -> None:
    page = page_with(
        WORDS,
        [(y, 50.0, 170.0) for y in (50.0, 70.0, 90.0)],
        [(x, 50.0, 90.0) for x in (50.0, 110.0, 170.0)],
    )

    (found,) = pdfplumber_engine.second_opinion(Path("unused.pdf"), page)

    assert texts(page, found) == [["Place", "Plan"], ["North", "112"]]
    assert found.bbox == BBox(50.0, 50.0, 170.0, 90.0)
    assert found.method == "pdfplumber"


def test_pdfplumber_sees_cells_made_of_fills() -> None:
    fills = [Fill(x, y, x + 60.0, y + 20.0, "#E8EDEE") for x, y in product((50.0, 110.0), (50.0, 70.0))]
    page = page_with(WORDS, fills=fills)

    (found,) = pdfplumber_engine.second_opinion(Path("unused.pdf"), page)

    assert texts(page, found) == [["Place", "Plan"], ["North", "112"]]


def test_a_page_without_rules_or_with_thousands_gives_no_opinion() -> None:
    bars = [(float(y), 50.0, 60.0) for y in range(3001)]

    assert pdfplumber_engine.second_opinion(Path("unused.pdf"), page_with(WORDS)) == []
    assert pdfplumber_engine.second_opinion(Path("unused.pdf"), page_with(WORDS, bars)) == []


@pytest.mark.parametrize("name", ["rag-dashboard", "merged-first-column", "dotted-rules"])
@pytest.mark.parametrize("engine", [pdfplumber_engine, camelot_engine])
def test_both_engines_read_ruled_office_tables_in_our_coordinates(name: str, engine: object) -> None:
    path = OFFICE / f"{name}.pdf"
    document = pypdfium2.PdfDocument(path)
    page = read_page(document.raw, 1, tagged=False)
    wanted = json.loads((OFFICE / f"{name}.json").read_text(encoding="utf-8"))["tables"][0]["rows"]

    found = engine.second_opinion(path, page)  # type: ignore[attr-defined]

    grids = [texts(page, proposal) for proposal in found]
    flat = Counter(cell.replace(" ", "") for row in wanted for cell in row if cell)
    read = [Counter(cell.replace(" ", "") for row in grid for cell in row if cell) for grid in grids]
    assert any(sum((flat & seen).values()) >= 0.8 * sum(flat.values()) for seen in read)


def test_a_file_that_camelot_cannot_open_gives_no_opinion(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing here")

    assert camelot_engine.second_opinion(broken, page_with(WORDS)) == []


def test_cells_without_a_line_between_are_one_cell() -> None:
    boxes = boxes_from_lattice([0, 10, 20, 30], [0, 5, 10], {(0, 0)}, {(0, 2)})

    assert sorted(boxes) == [
        BBox(0, 0, 20, 5),
        BBox(0, 5, 10, 10),
        BBox(10, 5, 20, 10),
        BBox(20, 0, 30, 10),
    ]


def test_an_open_corner_that_makes_no_rectangle_is_given_cell_by_cell() -> None:
    boxes = boxes_from_lattice([0, 10, 20], [0, 5, 10], {(0, 0)}, {(0, 0)})

    assert len(boxes) == 4


places = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 3), st.integers(1, 3))


@given(st.lists(places, min_size=2, max_size=12), st.floats(0, 1.5))
def test_every_place_of_a_proposal_is_covered_once(found: list[tuple[int, int, int, int]], jitter: float) -> None:
    boxes = [BBox(40.0 * x + jitter, 20.0 * y, 40.0 * (x + w), 20.0 * (y + h) - jitter) for x, y, w, h in found]
    page = page_with([(40.0 * x + 2, 20.0 * y + 2, "ab") for x, y, _, _ in found])

    proposal = proposal_from_boxes("test", page, boxes)

    if proposal is not None:
        covered = Counter(
            (row, col)
            for cell in proposal.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        )
        assert covered == Counter(product(range(proposal.n_rows), range(proposal.n_cols)))
        words = [index for cell in proposal.cells for index in cell.words]
        assert sorted(words) == sorted(set(words))


def test_edges_near_each_other_are_one() -> None:
    assert snapped([10.0, 50.5, 11.0, 50.0]) == [10.5, 50.25]
