"""Layouts of performance tables, each with the rows that it must give: `tests/golden/kpis/<case>/`.

`table.json` holds the arguments of `tests.kinds.tables.table`, positions as "row,col"; `expected.csv` every row
that the table gives. All content is invented.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from extractors.kinds.kpis import KIND
from schemas.document import RawTable
from schemas.outcome import Record
from tests.kinds.tables import context, table

GOLDEN = Path(__file__).parents[1] / "golden" / "kpis"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
COLUMNS = (
    "row", "col", "measure", "organisation_text", "organisation", "ods_code", "breakdown", "series", "period_text",
    "period_start",
    "period_end", "value_text", "value", "unit", "missing", "threshold_text", "threshold", "better", "rag", "trend",
)  # fmt: skip


def load(case: str) -> RawTable:
    given: dict[str, Any] = json.loads((GOLDEN / case / "table.json").read_text())
    for name in ("fills", "symbols", "spans"):
        given[name] = {
            tuple(int(n) for n in place.split(",")): tuple(value) if isinstance(value, list) else value
            for place, value in given.get(name, {}).items()
        }
    return table(given.pop("rows"), **given)


def as_text(record: Record) -> dict[str, str]:
    values = {"row": record.row, "col": record.col, **record.values}
    return {name: "" if values[name] is None else str(values[name]) for name in COLUMNS}


def expected(case: str) -> list[dict[str, str]]:
    with (GOLDEN / case / "expected.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", CASES)
def test_a_layout_gives_exactly_its_rows(case: str) -> None:
    made = load(case)
    found = KIND.read(made, context(made, meeting_date="2025-02-05"))
    assert [as_text(record) for record in found.records] == expected(case)


@pytest.mark.parametrize("case", CASES)
def test_a_layout_is_known_for_what_it_is(case: str) -> None:
    made = load(case)
    match = KIND.match(made, context(made, meeting_date="2025-02-05"))
    assert match.score >= 0.5
    assert match.reason


@pytest.mark.parametrize("case", CASES)
def test_every_row_of_a_layout_has_one_fate(case: str) -> None:
    made = load(case)
    found = KIND.read(made, context(made, meeting_date="2025-02-05"))
    fated = [fate.row for fate in found.fates]
    loaded = {record.row for record in found.records}
    assert sorted(fated + list(loaded)) == list(range(made.n_rows))
