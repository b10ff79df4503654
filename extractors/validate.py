"""Candidates for loading, held against the Pandera model of their fact table: what stands, what does not.

A row of a table is loaded whole or quarantined whole: an analyst must never find half of a printed row.
Pandera's own `raise_warning` prints a warning and forgets which rows it was about, so severities stand in
the models (`Config.metadata["warnings"]`) and every check fails in the same way.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas as pa

import schemas
from schemas.document import BBox, RawTable
from schemas.finding import Finding
from schemas.outcome import Quarantined, Record

_LONGEST = 200
"""Characters of a printed value that a finding quotes."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Records that may be loaded, and what is wrong with the others."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    reasons: dict[tuple[int, int], str]
    """(table_no, row) -> why that row is held back."""


def judge(records: Sequence[Record], tables: Mapping[int, RawTable]) -> Verdict:
    """Each fact table's records as one frame, validated once. An error holds back all records of its row.

    One finding per (record, check); what a row's label says wrongly is said once for the row, however many values it
    has. `records` keep their order.
    """
    findings: list[Finding] = []
    said: set[tuple[str, str | None]] = set()
    reasons: dict[tuple[int, int], str] = {}
    for into in dict.fromkeys(record.into for record in records):
        mine = [record for record in records if record.into == into]
        for record, name, column, found, expected in _failures(into, mine):
            table = tables[record.table_no]
            finding = _finding(record, table, into, name, column, found, expected)
            if column not in _OF_THE_ROW or (finding.message, column) not in said:
                findings.append(finding)
                said.add((finding.message, column))
            if finding.severity == "error":
                reasons.setdefault((record.table_no, record.row), f"{name}: {finding.message}")
    kept = tuple(record for record in records if (record.table_no, record.row) not in reasons)
    return Verdict(kept, tuple(findings), reasons)


def quarantined(table: RawTable, row: int, kind: str, reason: str) -> Quarantined:
    """The row as printed: heading -> text. Headings that occur twice are told apart by their column."""
    content: dict[str, str] = {}
    headings = _headings(table)
    page = table.page
    for cell in table.cells:
        if cell.row <= row < cell.row + cell.row_span:
            name = headings.get(cell.col) or f"col_{cell.col}"
            content[f"{name} ({cell.col})" if name in content else name] = cell.text
            page = cell.page if cell.row == row else page
    return Quarantined(kind, table.table_no, row, page, content, reason)


def row_page(table: RawTable, row: int) -> int:
    """The page on which a row stands."""
    return next((cell.page for cell in table.cells if cell.row == row), table.page)


_OF_THE_ROW = frozenset({"measure", "breakdown", "scheme", "section", "lead_organisation", "action"})
"""Columns that all records of a row share."""


@lru_cache(maxsize=1)
def models() -> dict[str, type[pa.DataFrameModel]]:
    """Fact table -> model, of every module in `schemas` that has a `MODELS`."""
    found: dict[str, type[pa.DataFrameModel]] = {}
    for module in _schema_modules():
        found.update(getattr(module, "MODELS", {}))
    return found


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for module in _schema_modules():
        found.update(getattr(module, "READS", {}))
    return found


def _schema_modules() -> Iterable[Any]:
    for info in pkgutil.iter_modules(schemas.__path__):
        yield importlib.import_module(f"schemas.{info.name}")


@lru_cache(maxsize=16)
def _schema(into: str) -> tuple[pa.DataFrameSchema, frozenset[str], dict[str, str]]:
    """The model as a schema, the names of its warnings, and name -> what it expects."""
    model = models()[into]
    schema = model.to_schema()
    meta = (model.get_metadata() or {}).get(schema.name or model.__name__, {}) or {}
    warnings = frozenset((meta.get("dataframe") or {}).get("warnings", ()))
    checks = [*schema.checks, *(check for column in schema.columns.values() for check in column.checks)]
    expected = {str(check.name): str(check.error or check.name) for check in checks}
    return schema, warnings, expected


def frame(into: str, records: Sequence[Record]) -> pd.DataFrame:
    """The records' values under the model's columns and dtypes, the index counting the records from 0."""
    schema, _, _ = _schema(into)
    columns: dict[str, Any] = {}
    for name, column in schema.columns.items():
        values = [record.values.get(name) for record in records]
        dtype = str(column.dtype)
        if dtype.startswith("datetime"):
            days = pd.to_datetime(pd.Series(values, dtype="object"), format="%Y-%m-%d")
            columns[name] = days.astype(dtype)  # type: ignore[call-overload]
        elif dtype == "object":
            columns[name] = pd.Series(values, dtype="object")
        else:
            columns[name] = pd.array(values, dtype=dtype)  # type: ignore[call-overload]
    return pd.DataFrame(columns)


def _failures(into: str, records: Sequence[Record]) -> Iterable[tuple[Record, str, str | None, str | None, str]]:
    """(record, check, column, found, expected), once per record and check."""
    schema, _, expected = _schema(into)
    unknown = {name for record in records for name in record.values} - set(schema.columns)
    if unknown:
        raise ValueError(f"{into} has no column {', '.join(sorted(unknown))}")
    try:
        schema.validate(frame(into, records), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        by_error = {error: name for name, error in expected.items()}
        seen: set[tuple[int, str]] = set()
        cases = errors.failure_cases
        for context, column, check, case, index in zip(
            cases["schema_context"],
            cases["column"],
            cases["check"],
            cases["failure_case"],
            cases["index"],
            strict=True,
        ):
            if index is None or pd.isna(index):
                raise ValueError(f"{into}: {check}: {case}") from errors
            name = by_error.get(str(check), str(check))
            of = str(column) if context == "Column" else None
            if name == "not_nullable":
                name = f"{of}_is_missing"
            if (int(index), name) in seen:
                continue
            seen.add((int(index), name))
            record = records[int(index)]
            found = None if case is None or pd.isna(case) else str(case)
            if of is None:
                of, found = _told(record)
            yield record, name, of, found, expected.get(name, "a value")


def _told(record: Record) -> tuple[str | None, str | None]:
    """For a check over several columns: the printed value is what a person looks for."""
    for column in ("value_text", "amount_text", "due_text", "action", "scheme"):
        if record.values.get(column) is not None:
            return column, str(record.values[column])
    return None, None


def _finding(
    record: Record,
    table: RawTable,
    into: str,
    name: str,
    column: str | None,
    found: str | None,
    expected: str,
) -> Finding:
    _, warnings, _ = _schema(into)
    wrong = _sentences().get(name, f"“{(column or into).replace('_', ' ')}” is not as expected")
    quote = f" (“{_short(found)}”)" if found else ""
    return Finding(
        severity="warning" if name in warnings else "error",
        scope="row" if record.col is None else "cell",
        check=name,
        message=f"Page {record.page}, table {record.table_no}, row {record.row}: {wrong}{quote}; expected {expected}.",
        page=record.page,
        table_no=record.table_no,
        row=record.row,
        col=record.col,
        column_name=column,
        found=_short(found) if found else None,
        expected=expected,
        bbox=_box(table, record),
    )


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _box(table: RawTable, record: Record) -> BBox | None:
    for cell in table.cells:
        if cell.row == record.row and (record.col is None or cell.col == record.col):
            return cell.bbox
    return None


def _headings(table: RawTable) -> dict[int, str]:
    """Column -> what the heading rows print over it, top to bottom, folded."""
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row < max(1, table.header_rows) and (text := " ".join(cell.text.split())):
            for col in range(cell.col, cell.col + cell.col_span):
                found.setdefault(col, []).append(text)
    return {col: " / ".join(dict.fromkeys(texts)) for col, texts in found.items()}
