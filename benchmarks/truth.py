"""Tables that people wrote down: this repository's own documents, and where they are at hand, published papers.

The published ones stand in a folder `shared` beside the repository: hand-made tables of council papers
(`expected/real`), and the European half of the ICDAR 2013 competition (`icdar2013/eu`).
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.adjacency import Placed, Table, from_rows, unspanned

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
OFFICE = ROOT / "tests" / "office"


class Case(NamedTuple):
    """A document with its tables. `complete`: it has no others. `spans`: merged cells are told as such.
    `variants`: other truths that are as good.
    """

    path: Path
    tables: tuple[Table, ...]
    complete: bool
    spans: bool = False
    variants: tuple[tuple[Table, ...], ...] = ()

    @property
    def pages(self) -> list[int]:
        """The pages that its tables stand on."""
        return sorted({table.page for table in self.tables})


def office() -> list[Case]:
    """The documents that LibreOffice made for the tests, without tags, as far as no table of theirs leaves its page."""
    cases = []
    for path in sorted(OFFICE.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))["tables"]
        if all(table["page"] == table["last_page"] for table in told):
            tables = tuple(unspanned(from_rows(t["page"], [row for row in t["rows"] if any(row)])) for t in told)
            cases.append(Case(path.with_suffix(".pdf"), tables, complete=True))
    return cases


def published() -> list[Case]:
    """The hand-made tables, by paper; other tables may stand beside them."""
    by_paper: dict[str, list[Table]] = {}
    for path in sorted((SHARED / "expected" / "real").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        if "rows" in told:
            by_paper.setdefault(told["pdf"], []).append(unspanned(from_rows(told["page"], _rows(told))))
    folder = SHARED / "packs" / "real"
    return [Case(folder / name, tuple(tables), complete=False) for name, tables in by_paper.items()]


def _rows(told: dict[str, Any]) -> list[list[str]]:
    """Heading and body rows; a cell that is drawn and not printed is blank, since no reader can have its text."""
    head = [list(row) for row in told.get("header", [])]
    rows = [*head, *(list(row) for row in told["rows"])]
    for part, row, col, _ in told.get("graphic_cells", []):
        place = row if part == "header" else len(head) + row
        if place < len(rows) and col < len(rows[place]):
            rows[place][col] = ""
    return rows


def competition() -> list[Case]:
    """The competition's documents. Where a document has two truths (a and b), either is right."""
    cases = []
    for path in sorted((SHARED / "icdar2013" / "eu").glob("*.pdf")):
        stems = [path.stem, path.stem[:-1] + "b"] if path.stem.endswith("a") else [path.stem]
        truths = [tuple(_told(file)) for stem in stems if (file := path.with_name(f"{stem}-str.xml")).exists()]
        cases.append(Case(path, truths[0], complete=True, spans=True, variants=tuple(truths[1:])))
    return cases


def _told(path: Path) -> Iterator[Table]:
    for table in ET.parse(path).getroot().iter("table"):
        cells: list[Placed] = []
        page = 0
        for region in table.findall("region"):
            page = int(region.get("page", "0"))
            down, right = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
            for cell in region.findall("cell"):
                row, col = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
                last_row, last_col = int(cell.get("end-row") or row), int(cell.get("end-col") or col)
                content = cell.find("content")
                text = "".join(content.itertext()) if content is not None else ""
                cells.append(Placed(row + down, col + right, last_row + down, last_col + right, text))
        yield Table(page, tuple(cells))
