"""Tables over 28 pages, drawn or not, with their headings on each page or on the first alone: every row, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.reader import read_document
from tests.page.handmade import pdf, rule, text

PAGES = 28
COLUMNS = (50, 90, 330, 420, 545)
HEADINGS = ["Ref", "Action", "Owner", "Due"]


def log(drawn: str, repeated: bool) -> tuple[bytes, list[list[str]]]:
    """The file, and its rows as they should be read. Every fourth row's text wraps, a page's last row's too."""
    pages, wanted = [], [HEADINGS]
    for page in range(PAGES):
        parts = [text(280, 30, f"Page {page + 1} of {PAGES}"), text(50, 815, "Board in public", size=8)]
        ys = [780.0]

        def put(
            cells: list[str], height: float, *, bold: bool = False, into: list[str] = parts, at: list[float] = ys
        ) -> None:
            for x, cell in zip(COLUMNS, cells, strict=False):
                for line, said in enumerate(cell.split("\n")):
                    into.append(text(x + 3, at[-1] - 11 - 10 * line, said, bold=bold))
            at.append(at[-1] - height)

        if page == 0:
            parts.append(text(50, 800, "Action log", bold=True, size=14))
        if page == 0 or repeated:
            put(HEADINGS, 16, bold=True)
        while ys[-1] > (90 if page < PAGES - 1 else 500):
            number = len(wanted)
            long = "\nand report back in the new year" if number % 4 == 0 else ""
            cells = [
                str(number),
                f"Agree item {number} with the board{long}",
                f"Owner {number % 7}",
                f"{1 + number % 28} Mar 2025",
            ]
            put(cells, 36 if long else 26)
            wanted.append([cell.replace("\n", " ") for cell in cells])
        if drawn != "not":
            parts += [rule(COLUMNS[0], y, COLUMNS[-1], y) for y in ys]
        if drawn == "grid":
            parts += [rule(x, ys[0], x, ys[-1]) for x in COLUMNS]
        pages.append("\n".join(parts))
    return pdf(pages), wanted


@pytest.mark.parametrize("repeated", [True, False])
@pytest.mark.parametrize("drawn", ["grid", "level", "not"])
def test_a_table_over_28_pages_is_one_table(drawn: str, repeated: bool, tmp_path: Path) -> None:
    data, wanted = log(drawn, repeated)
    path = tmp_path / "log.pdf"
    path.write_bytes(data)

    tables = read_document(path).tables

    assert [(table.page, table.last_page) for table in tables] == [(1, PAGES)]
    (table,) = tables
    read = [[" ".join(cell.split()) for cell in row] for row in table.grid()]
    assert [row for number, row in enumerate(read) if number not in table.repeated_header_rows] == wanted
    assert len(table.repeated_header_rows) == (PAGES - 1 if repeated else 0)
