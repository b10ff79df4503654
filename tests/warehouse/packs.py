"""Packs for tests, made of rows: what reading a PDF would give, without a PDF. All content is invented."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.document import BBox, Cell, Document, PageText, RawTable, TextLine
from schemas.finding import Finding
from schemas.outcome import PackMeta, PackResult, Quarantined, Record, RowFate, Scalar, TableKind
from warehouse.store import Loading, LoadReport, open_for_loading

Row = Mapping[str, Scalar]
NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
VERSION = "code-1"


def action(ref: str, status: str = "open", due: str | None = None, **more: Scalar) -> dict[str, Scalar]:
    """A row of an action log."""
    values: dict[str, Scalar] = {
        "ref": ref,
        "action": f"Write to the ferry company about matter {ref}",
        "owner": "Ida Blyth",
        "status": status,
        "status_text": status.title(),
        "due_on": due,
        "due_text": due,
    }
    return values | more


def kpi(period: str, value: float | None, measure: str = "Lifeboats ready", **more: Scalar) -> dict[str, Scalar]:
    """A monthly value; `period` is `2024-05`."""
    year, month = (int(part) for part in period.split("-"))
    last = (datetime(year + month // 12, month % 12 + 1, 1) - datetime(year, month, 1)).days
    values: dict[str, Scalar] = {
        "measure": measure,
        "organisation_text": "Saltmarsh Trust",
        "organisation": "Saltmarsh NHS Trust",
        "series": "actual",
        "period_text": period,
        "period_start": f"{period}-01",
        "period_end": f"{period}-{last}",
        "value_text": "NP" if value is None else f"{value:g}",
        "value": value,
        "missing": "not_reported" if value is None else None,
        "unit": "number",
    }
    return values | more


def scheme(name: str, value: float | None, by: str | None = None, **more: Scalar) -> dict[str, Scalar]:
    """A capital scheme."""
    values: dict[str, Scalar] = {
        "scheme": name,
        "value_text": None if value is None else f"{value:,.0f}",
        "value_gbp": value,
        "value_qualifier": "exact" if value is not None else "not_stated",
        "completion_text": by or "TBC",
        "completion_by": by,
        "completion": "scheduled" if by else "to_be_confirmed",
    }
    return values | more


def result(
    *,
    meeting: str | None = "2025-01-15",
    organisation: str | None = "Saltmarsh Council",
    board: str | None = "Harbour Board",
    file_name: str = "harbour-board.pdf",
    version: str = VERSION,
    bytes_of: str | None = None,
    changed: str | None = None,
    lines: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    quarantined: Sequence[Mapping[str, str]] = (),
    plain_rows: Sequence[Sequence[str]] = (),
    **facts: Sequence[Row],
) -> PackResult:
    """A pack with one table for each of `facts` (fact table -> rows), one of rows held back, one of no kind.

    Its id is that of `bytes_of`, or of everything that it holds.
    """
    pack_id = hashlib.sha256(
        (bytes_of or repr((meeting, organisation, board, file_name, lines, facts, quarantined, plain_rows))).encode()
    ).hexdigest()
    tables: list[RawTable] = []
    kinds: list[TableKind] = []
    records: list[Record] = []
    fates: list[RowFate] = []
    held: list[Quarantined] = []
    for into, rows in facts.items():
        number = len(tables) + 1
        tables.append(table(number, [list(_heading(rows)), *([_text(v) for v in row.values()] for row in rows)]))
        kinds.append(TableKind(number, into, "the headings say so", 0.9))
        fates.append(RowFate(number, 0, "header"))
        for n, row in enumerate(rows, start=1):
            col = list(row).index("value") if "value" in row else None
            records.append(Record(into, number, n, col, number, dict(row)))
            fates.append(RowFate(number, n, "loaded"))
    if quarantined:
        number = len(tables) + 1
        tables.append(table(number, [list(quarantined[0]), *(list(row.values()) for row in quarantined)]))
        kinds.append(TableKind(number, "kpis", "the headings say so", 0.7))
        fates.append(RowFate(number, 0, "header"))
        for n, content in enumerate(quarantined, start=1):
            fates.append(RowFate(number, n, "quarantined", "out of range"))
            held.append(Quarantined("kpis", number, n, number, dict(content), "out of range"))
    if plain_rows:
        number = len(tables) + 1
        tables.append(table(number, [list(row) for row in plain_rows]))
        kinds.append(TableKind(number, None, "no heading is known"))
    pages = tuple(
        PageText(
            number,
            595.0,
            842.0,
            "read",
            500,
            tuple(
                TextLine(text, BBox(40, 20 + 12 * i, 300, 30 + 12 * i), 10.0, False, False)
                for i, text in enumerate(lines)
            )
            if number == 1
            else (),
        )
        for number in range(1, max(1, len(tables)) + 1)
    )
    info = {"ModDate": changed} if changed else {}
    document = Document(pack_id, file_name, len(pages), pages, tuple(tables), (), info)
    meta = PackMeta(organisation, board, meeting, {"meeting_date": "cover page 1"} if meeting else {})
    return PackResult(
        document, meta, tuple(kinds), tuple(records), tuple(held), tuple(fates), tuple(findings), version, 1.5
    )


def with_version(pack: PackResult, version: str) -> PackResult:
    """The same pack as other code reads it."""
    return replace(pack, code_version=version)


def _heading(rows: Sequence[Row]) -> Sequence[str]:
    return list(rows[0]) if rows else ["nothing"]


def _text(value: Scalar) -> str:
    return "" if value is None else str(value)


def table(number: int, rows: list[list[str]]) -> RawTable:
    """A table of these texts on the page of its number."""
    n_cols = max(len(row) for row in rows)
    cells = tuple(
        Cell(
            r,
            c,
            1,
            1,
            number,
            BBox(40 + 60 * c, 60 + 12 * r, 100 + 60 * c, 72 + 12 * r),
            row[c] if c < len(row) else "",
        )
        for r, row in enumerate(rows)
        for c in range(n_cols)
    )
    box = BBox(40, 60, 40 + 60 * n_cols, 60 + 12 * len(rows))
    return RawTable(number, number, number, box, len(rows), n_cols, cells, "rules", 0.95, 1, f"Table {number}")


def load(loading: Loading, pack: PackResult, *, force: bool = False, uri: str | None = None) -> LoadReport:
    """The pack, loaded from an address of its own."""
    address = uri or f"/inbox/{pack.document.pack_id[:8]}/{pack.document.file_name}"
    return loading.load(pack, source_uri=address, started_at=NOW, force=force)


def load_all(path: Path, *packs: PackResult) -> list[LoadReport]:
    """The packs in this order, in one session."""
    with open_for_loading(path, wait=5) as loading:
        return [load(loading, pack) for pack in packs]


def ask(path: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What an analyst's own DuckDB says."""
    import duckdb

    connection = duckdb.connect(str(path), read_only=True)
    try:
        return connection.execute(sql, list(values)).fetchall()
    finally:
        connection.close()
