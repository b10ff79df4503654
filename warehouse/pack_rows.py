"""One pack's rows in every table: taken out, put in. Within the caller's transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb

from schemas.document import Document
from schemas.outcome import PackResult
from warehouse.columns import column_types, insert
from warehouse.errors import LawBroken, WarehouseError
from warehouse.ledger import pack_tables

FACTS = "facts"
KEYS = ("pack_id", "table_no", "row", "page", "value_col", "confidence")


def utc(moment: datetime) -> datetime:
    """The moment in UTC without a zone, as the tables hold it."""
    return (moment if moment.tzinfo else moment.astimezone()).astimezone(UTC).replace(tzinfo=None)


def assert_law(result: PackResult) -> None:
    """Each row of each table with a kind has exactly one fate. Raises `LawBroken`."""
    with_kind = {k.table_no for k in result.kinds if k.kind}
    fates = Counter((f.table_no, f.row) for f in result.fates)
    for table in result.document.tables:
        if table.table_no not in with_kind:
            continue
        for row in range(table.n_rows):
            if fates[table.table_no, row] != 1:
                raise LawBroken(
                    f"{result.document.file_name}: row {row} of table {table.table_no} (page {table.page}) has "
                    f"{fates[table.table_no, row]} fates, not one; the pack is not stored; please report this"
                )


def remove(connection: duckdb.DuckDBPyConnection, pack_id: str) -> None:
    """Nothing of the pack is left but its runs."""
    for table in pack_tables(connection):
        connection.execute(f"DELETE FROM {table} WHERE pack_id = ?", [pack_id]).fetchall()  # noqa: S608 - own names
    connection.execute("DELETE FROM house.ledger WHERE pack_id = ?", [pack_id]).fetchall()


def store(
    connection: duckdb.DuckDBPyConnection, result: PackResult, source_uri: str, outcome: str, first_seen: datetime | None
) -> dict[str, int]:
    """The pack's rows stand in every table; fact table -> records."""
    pack_id = result.document.pack_id
    _store_pack(connection, result, source_uri, outcome, first_seen)
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
            for f in result.findings
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
        [(pack_id, f.table_no, f.row, f.fate, f.reason) for f in result.fates],
    )
    return loaded


def _store_pack(
    connection: duckdb.DuckDBPyConnection, result: PackResult, source_uri: str, outcome: str, first_seen: datetime | None
) -> None:
    now = utc(datetime.now().astimezone())
    document, meta = result.document, result.meta
    insert(
        connection,
        "raw.packs",
        ("pack_id", "file_name", "source_uri", "organisation", "board", "meeting_date", "pages", "published_at",
         "first_ingested_at", "ingested_at", "outcome", "code_version", "evidence", "info"),
        [(
            document.pack_id, document.file_name, source_uri, meta.organisation, meta.board, meta.meeting_date,
            document.n_pages, _pdf_date(document), first_seen or now, now, outcome, result.code_version,
            json.dumps(meta.evidence), json.dumps(document.info),
        )],
    )  # fmt: skip


def _pdf_date(document: Document) -> datetime | None:
    """When the PDF says that it was made last: `D:20250122090205Z`."""
    for key in ("ModDate", "CreationDate"):
        digits = "".join(c for c in document.info.get(key, "")[:16] if c.isdigit())
        try:
            return datetime.strptime(digits[:14], "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone is rarely told
        except ValueError:
            continue
    return None


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
            for n, line in enumerate(p.lines)
        ],
    )
    kinds = {k.table_no: k for k in result.kinds}
    insert(
        connection,
        "raw.tables",
        ("pack_id", "table_no", "kind", "kind_reason", "kind_score", "title", "heading", "page", "last_page", "n_rows",
         "n_cols", "header_rows", "method", "confidence", "reason", "notes", "x0", "top", "x1", "bottom"),
        [
            (pack_id, t.table_no, kinds[t.table_no].kind, kinds[t.table_no].reason, kinds[t.table_no].score, t.title,
             t.heading, t.page, t.last_page, t.n_rows, t.n_cols, t.header_rows, t.method, t.confidence, t.reason,
             list(t.notes), *t.bbox)
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


def _store_facts(connection: duckdb.DuckDBPyConnection, result: PackResult) -> dict[str, int]:
    """Records go to the fact table that they name; each value to the column of its name."""
    confidence = {t.table_no: t.confidence for t in result.document.tables}
    by_table: dict[str, list[Any]] = {}
    for record in result.records:
        by_table.setdefault(record.into, []).append(record)
    loaded: dict[str, int] = {}
    for into, records in sorted(by_table.items()):
        table = f"{FACTS}.{into}"
        types = column_types(connection, table) if into.isidentifier() else {}
        if not types:
            raise WarehouseError(f"there is no fact table {into!r}: a kind needs its migration")
        names: list[str] = [n for n in types if n not in KEYS]
        unknown = {key for r in records for key in r.values} - set(names)
        if unknown:
            raise WarehouseError(f"{table} has no column {', '.join(sorted(unknown))}: a kind needs its migration")
        rows = [
            (result.document.pack_id, r.table_no, r.row, r.page, r.col, confidence.get(r.table_no),
             *(r.values.get(n) for n in names))
            for r in records
        ]  # fmt: skip
        insert(connection, table, (*KEYS, *names), rows, types)
        loaded[into] = len(rows)
    return loaded


def supersede(connection: duckdb.DuckDBPyConnection, pack_id: str) -> tuple[str, ...]:
    """Of the packs of one meeting with one file name or title, the one published last stands; the others point to it.

    A meeting's papers are published as many files: another file of the same meeting supersedes nothing. Two files are
    the same paper when their names agree without dates and version marks, or when they are alone whole packs that
    share most of their tables' titles.
    """
    found = connection.execute(
        """
        WITH this AS (SELECT * FROM raw.packs WHERE pack_id = $1)
        SELECT p.pack_id, p.file_name, p.first_ingested_at, p.published_at,
               (SELECT count(*) FROM (
                    SELECT DISTINCT title, n_cols FROM raw.tables WHERE pack_id = p.pack_id AND title IS NOT NULL
                    INTERSECT
                    SELECT DISTINCT title, n_cols FROM raw.tables WHERE pack_id = $1 AND title IS NOT NULL)) AS shared,
               (SELECT count(DISTINCT (title, n_cols)) FROM raw.tables WHERE pack_id = p.pack_id AND title IS NOT NULL)
        FROM raw.packs p, this
        WHERE p.organisation = this.organisation AND p.meeting_date = this.meeting_date
          AND p.board IS NOT DISTINCT FROM this.board
        """,
        [pack_id],
    ).fetchall()
    this = next((row for row in found if row[0] == pack_id), None)
    if this is None:
        return ()
    same = [r for r in found if r[0] == pack_id or _same_paper(this, r)]
    newest = max(same, key=lambda r: (r[3] or datetime.min, r[2], r[0]))  # noqa: DTZ901 - naive UTC throughout
    connection.execute(
        "UPDATE raw.packs SET superseded_by = NULL WHERE pack_id = ?", [newest[0]]
    ).fetchall()
    older = [r for r in same if r[0] != newest[0]]
    for row in older:
        connection.execute("UPDATE raw.packs SET superseded_by = ? WHERE pack_id = ?", [newest[0], row[0]]).fetchall()
    return tuple(sorted(r[1] for r in older))


def _same_paper(this: Sequence[Any], other: Sequence[Any]) -> bool:
    if _stem(this[1]) == _stem(other[1]):
        return True
    most = max(this[5], other[5])
    return bool(most >= 3 and other[4] >= 0.7 * most)


def _stem(name: str) -> str:
    """A file's name without version marks: `pack-v2 (1).pdf` is `pack`."""
    import re

    bare = re.sub(r"\.pdf$", "", name.lower())
    bare = re.sub(r"\((\d+)\)|\b(v|ver|version|rev|final|revised|corrected|updated|republished)[ ._-]*\d*\b", " ", bare)
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()
