"""Papers of invented bodies in layouts that no rule was made for, from PDF to rows: each row, each field.

`truth/<name>.json`: fact table -> `columns` and `rows`; `same` holds for every row, `free` columns are not asked for,
and a column that is named nowhere must be empty. A fact table that is not named must get no rows.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from extractors.reader import read_document
from extractors.records import to_result
from schemas.outcome import PackResult, Scalar

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "truth").glob("*.json"))
FACTS = ("actions", "kpis", "capital_schemes", "capital_profile")
NOT_ASKED = {"organisation", "ods_code", "ref", "description", "lead_organisation"}
"""Columns that a truth may leave out: they follow from others, or stand in one kind of table only."""

Row = dict[str, Scalar]


@lru_cache(maxsize=2)
def result(name: str) -> PackResult:
    return to_result(read_document(HERE / f"{name}.pdf"))


def truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def wanted(of: dict[str, Any]) -> list[Row]:
    return [{**of["same"], **dict(zip(of["columns"], row, strict=True))} for row in of["rows"]]


def got(name: str, fact: str, of: dict[str, Any]) -> list[Row]:
    asked = {*of["columns"], *of["same"]}
    left_out = {*of["free"], *NOT_ASKED} - asked
    rows = []
    for record in result(name).records:
        if record.into == fact:
            row = {key: value for key, value in record.values.items() if key not in left_out}
            rows.append({key: value for key, value in row.items() if key in asked or value is not None})
    return rows


def order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False))


@pytest.mark.parametrize("tags", ["", "-tagged"])
@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_paper_never_seen(name: str, tags: str) -> None:
    expected = truth(name)
    for fact in FACTS:
        of = expected.get(fact, {"columns": [], "same": {}, "free": [], "rows": []})
        assert order(got(name + tags, fact, of)) == order(wanted(of)), fact


@pytest.mark.parametrize("tags", ["", "-tagged"])
@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_held_back(name: str, tags: str) -> None:
    assert [(held.row, held.reason) for held in result(name + tags).quarantine] == []
