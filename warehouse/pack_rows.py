"""One pack's rows in every table: taken out, put in. Within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import duckdb

from schemas.finding import Finding
from schemas.outcome import PackResult, TableKind
from warehouse import kpi_history
from warehouse.columns import column_types, insert
from warehouse.errors import WarehouseError
from warehouse.ledger import pack_tables
from warehouse.meetings import pdf_date

FACTS = "facts"
KEYS = ("pack_id", "table_no", "row", "page", "value_col", "confidence")


def utc(moment: datetime) -> datetime:
    """The moment in UTC without a zone, as the tables hold it."""
    return (moment if moment.tzinfo else moment.astimezone()).astimezone(UTC).replace(tzinfo=None)


def remove(connection: duckdb.DuckDBPyConnection, pack_id: str) -> None:
    """Nothing of the pack is left but its runs."""
    kpi_history.touch(connection, pack_id)
    for table in pack_tables(connection):
        connection.execute(f"DELETE FROM {table} WHERE pack_id = ?", [pack_id]).fetchall()  # noqa: S608 - own names
    connection.execute("DELETE FROM house.ledger WHERE pack_id = ?", [pack_id]).fetchall()


def all_findings(result: PackResult) -> tuple[Finding, ...]:
    """What the reader noticed and what the checks found, each once."""
    both: Iterable[Finding] = (*result.document.findings, *result.findings)
    return tuple(dict.fromkeys(both))


def store(
    connection: duckdb.DuckDBPyConnection,
    result: PackResult,
    source_uri: str,
    first_seen: datetime | None,
) -> dict[str, int]:
    """The pack's rows stand in every table; fact table -> records."""
    pack_id = result.document.pack_id
    _store_pack(connection, result, source_uri, first_seen)
    _store_document(connection, result)
    loaded = _store_facts(connection, result)
    insert(
        connection,
        "quality.findings",
        ("pack_id", "severity", "scope", "check", "message", "page", "table_no", "row", "col", "column_name", "found",
         "expected", "x0", "top", "x1", "bottom"),
        [
            (pack_id, f.severity, f.scope, f.check, f.message, f.page, f.table_no, f.row, f.col, f.column_name, f.found,
             f.expected, *(f.bbox or (None,) * 4))
            for f in all_findings(result)
        ],
    )  # fmt: skip
    insert(
        connection,
        "quality.quarantine",
        ("pack_id", "kind", "table_no", "row", "page", "content", "reason"),
        [
            (pack_id, q.kind, q.table_no, q.row, q.page, json.dumps(q.content, ensure_ascii=True), q.reason)
            for q in result.quarantine
        ],
    )
    insert(
        connection,
        "quality.row_fates",
        ("pack_id", "table_no", "row", "fate", "reason"),
        [(pack_id, f.table_no, f.row, f.fate, f.reason or None) for f in result.fates],
    )
    return loaded


def _store_pack(
    connection: duckdb.DuckDBPyConnection,
    result: PackResult,
    source_uri: str,
    first_seen: datetime | None,
) -> None:
    now = utc(datetime.now().astimezone())
    document, meta = result.document, result.meta
    changed = pdf_date(document.info.get("ModDate")) or pdf_date(document.info.get("CreationDate"))
    insert(
        connection,
        "raw.packs",
        ("pack_id", "file_name", "source_uri", "organisation", "board", "meeting_date", "pages", "published_at",
         "first_ingested_at", "ingested_at", "outcome", "code_version", "evidence", "info"),
        [(
            document.pack_id, document.file_name, source_uri, meta.organisation, meta.board, meta.meeting_date,
            document.n_pages, changed, first_seen or now, now, "loaded", result.code_version,
            json.dumps(meta.evidence), json.dumps(document.info),
        )],
    )  # fmt: skip


def store_failed(
    connection: duckdb.DuckDBPyConnection, pack_id: str, file_name: str, source_uri: str, reason: str, code_version: str
) -> None:
    """A row of packs for bytes that gave no pack."""
    remove(connection, pack_id)
    now = utc(datetime.now(UTC))
    insert(
        connection,
        "raw.packs",
        ("pack_id", "file_name", "source_uri", "first_ingested_at", "ingested_at", "outcome", "reason", "code_version"),
        [(pack_id, file_name, source_uri, now, now, "failed", reason, code_version)],
    )


def _store_document(connection: duckdb.DuckDBPyConnection, result: PackResult) -> None:
    document = result.document
    pack_id = document.pack_id
    insert(
        connection,
        "raw.pages",
        ("pack_id", "page", "width", "height", "verdict", "n_chars"),
        [(pack_id, p.number, p.width, p.height, p.verdict, p.n_chars) for p in document.pages],
    )
    insert(
        connection,
        "raw.lines",
        ("pack_id", "page", "line_no", "text", "x0", "top", "x1", "bottom", "size", "bold", "in_table"),
        [
            (pack_id, p.number, n, line.text, *line.bbox, line.size, line.bold, line.in_table)
            for p in document.pages
            for n, line in enumerate(p.lines, start=1)
        ],
    )
    kinds = {k.table_no: k for k in result.kinds}
    insert(
        connection,
        "raw.tables",
        ("pack_id", "table_no", "kind", "kind_reason", "kind_score", "title", "heading", "page", "last_page", "n_rows",
         "n_cols", "header_rows", "method", "confidence", "reason", "notes", "x0", "top", "x1", "bottom"),
        [
            (pack_id, t.table_no, *_verdict(kinds.get(t.table_no)), t.title, t.heading, t.page, t.last_page,
             t.n_rows, t.n_cols, t.header_rows, t.method, t.confidence, t.reason, list(t.notes), *t.bbox)
            for t in document.tables
        ],
    )  # fmt: skip
    insert(
        connection,
        "raw.cells",
        ("pack_id", "table_no", "row", "col", "row_span", "col_span", "text", "fill", "symbol", "text_colour", "page",
         "x0", "top", "x1", "bottom"),
        [
            (pack_id, t.table_no, c.row, c.col, c.row_span, c.col_span, c.text, c.fill, c.symbol, c.text_colour, c.page,
             *c.bbox)
            for t in document.tables
            for c in t.cells
        ],
    )  # fmt: skip


def _verdict(kind: TableKind | None) -> tuple[str | None, str | None, float | None]:
    return (kind.kind, kind.reason, kind.score) if kind else (None, None, None)


def _store_facts(connection: duckdb.DuckDBPyConnection, result: PackResult) -> dict[str, int]:
    """Records go to the fact table that they name; each value to the column of its name."""
    confidence = {t.table_no: t.confidence for t in result.document.tables}
    by_table: dict[str, list[Any]] = {}
    for record in result.records:
        by_table.setdefault(record.into, []).append(record)
    name = result.document.file_name
    loaded: dict[str, int] = {}
    for into, records in sorted(by_table.items()):
        table = f"{FACTS}.{into}"
        types = column_types(connection, table) if into.isidentifier() else {}
        if not types:
            raise WarehouseError(f"{name}: there is no fact table {into!r}: a kind needs its migration")
        own: list[str] = [n for n in types if n not in KEYS]
        unknown = {key for r in records for key in r.values} - set(own)
        if unknown:
            raise WarehouseError(
                f"{name}: {table} has no column {', '.join(sorted(unknown))}: a kind needs its migration"
            )
        rows = [
            (result.document.pack_id, r.table_no, r.row, r.page, r.col, confidence.get(r.table_no),
             *(r.values.get(n) for n in own))
            for r in records
        ]  # fmt: skip
        insert(connection, table, (*KEYS, *own), rows, types)
        loaded[into] = len(rows)
    return loaded
