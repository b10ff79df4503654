"""The documents that `make.py` beside this file made, read from end to end, with their tags and without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.reader import read_document
from schemas.document import RawTable

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.json"))
Grid = list[list[str]]


def wanted(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["tables"]
    return found


def body(table: RawTable) -> Grid:
    """The table's rows as the expected files have them: without headings printed again, without blank rows."""
    rows = [row for number, row in enumerate(table.grid()) if number not in table.repeated_header_rows]
    return printed([[" ".join(cell.split()) for cell in row] for row in rows])


def printed(rows: Grid) -> Grid:
    return [row for row in rows if any(row)]


@pytest.mark.parametrize("kind", ["", "-tagged"])
@pytest.mark.parametrize("name", NAMES)
def test_office_document(name: str, kind: str) -> None:
    tables = read_document(HERE / f"{name}{kind}.pdf").tables
    expected = wanted(name)

    assert [body(table) for table in tables] == [printed(table["rows"]) for table in expected]
    assert [(table.page, table.last_page) for table in tables] == [
        (table["page"], table["last_page"]) for table in expected
    ]
