"""What colours mean, from a sentence or a small table of coloured cells beside an action log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.kinds.base import Context
from extractors.legend import legend_of
from schemas.document import BBox, Cell, Document, PageText, RawTable, TextLine
from schemas.outcome import PackMeta

BOX = BBox(0, 0, 100, 100)
LOG = RawTable(1, 1, 1, BOX, 1, 1, (Cell(0, 0, 1, 1, 1, BOX, "Action"),), "rules", 0.9)


def key(*cells: tuple[int, int, str, str | None], page: int = 1) -> RawTable:
    rows, cols = max(cell[0] for cell in cells) + 1, max(cell[1] for cell in cells) + 1
    made = tuple(Cell(row, col, 1, 1, page, BOX, text, fill) for row, col, text, fill in cells)
    return RawTable(2, page, page, BOX, rows, cols, made, "rules", 0.9)


def read(*lines: str, tables: tuple[RawTable, ...] = (), log: RawTable = LOG) -> dict[str, str]:
    texts = tuple(TextLine(line, BOX, 10, False, False) for line in lines)
    document = Document("0" * 64, "p.pdf", 1, (PageText(1, 595, 842, "read", 10, texts),), (log, *tables))
    return dict(legend_of(log, Context(document, PackMeta())))


@pytest.mark.parametrize(
    ("line", "legend"),
    [
        ("Red - overdue; Amber - in progress; Blue - complete",
         {"red": "overdue", "amber": "in_progress", "blue": "closed"}),
        ("Green = Completed", {"green": "closed"}),
        ("Overdue (red), in progress (amber), complete (green)",
         {"red": "overdue", "amber": "in_progress", "green": "closed"}),
        ("The green belt is overdue a review", {}),
    ],
)  # fmt: skip
def test_a_sentence(line: str, legend: dict[str, str]) -> None:
    assert read(line) == legend
    assert read(log=replace(LOG, notes=(line,))) == legend


def test_words_in_coloured_cells() -> None:
    table = key((0, 0, "Key", None), (0, 1, "Overdue", "#FF0000"), (0, 2, "Complete", "#00B050"))

    assert read(tables=(table,)) == {"red": "overdue", "green": "closed"}


def test_words_beside_coloured_cells() -> None:
    table = key((0, 0, "", "#FF0000"), (0, 1, "Overdue", None), (1, 0, "", "#0070C0"), (1, 1, "Complete", None))

    assert read(tables=(table,)) == {"red": "overdue", "blue": "closed"}


def test_a_key_on_another_page_and_a_large_table_say_nothing() -> None:
    large = key(*((row, col, "Overdue", "#FF0000") for row in range(5) for col in range(4)))

    assert read(tables=(key((0, 0, "Overdue", "#FF0000"), page=2),)) == {}
    assert read(tables=(large,)) == {}
