"""The pages that `make_signs.py` beside this file made, read from end to end."""

from __future__ import annotations

from pathlib import Path

from extractors.parse.rag import rag_of_fill
from extractors.reader import read_document
from tests.reader.make_signs import FIGURES, MEASURES, MONTHS, RATINGS, TRENDS

HERE = Path(__file__).parent
TREND = {3: "up", 2: "flat", 1: "down"}
RATING = {3: "green", 2: "amber", 1: "red"}


def test_a_sheet_with_icons_and_slanting_headings() -> None:
    (table,) = read_document(HERE / "signs-in-a-sheet.pdf").tables
    cells = {(cell.row, cell.col): cell for cell in table.cells}

    assert table.grid()[0] == ["Measure", *MONTHS, "Trend", "RAG"]
    assert [row[:4] for row in table.grid()[1:]] == [
        [name, *map(str, figures)] for name, figures in zip(MEASURES, FIGURES, strict=True)
    ]
    assert [cells[row, 4].symbol for row in range(1, 6)] == [TREND[n] for n in TRENDS]
    assert [rag_of_fill(cells[row, 5].fill) for row in range(1, 6)] == [RATING[n] for n in RATINGS]
    assert all(cells[row, col].symbol is None for row in range(1, 6) for col in (0, 1, 2, 3, 5))


def test_a_slide_with_shapes_and_lines_with_heads() -> None:
    (table,) = read_document(HERE / "signs-on-a-slide.pdf").tables
    cells = {(cell.row, cell.col): cell for cell in table.cells}

    assert [row[0] for row in table.grid()[1:]] == MEASURES
    for col in (2, 3):
        assert [cells[row, col].symbol for row in range(1, 6)] == [TREND[n] for n in TRENDS]
