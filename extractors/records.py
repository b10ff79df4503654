"""A document to a pack's result: classify, read, validate, check, and see that no row is unaccounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from extractors.checks import run_checks
from extractors.classify import classify, kind_named
from extractors.headings_before import under_headings_of
from extractors.kinds.base import Context, Extraction
from extractors.meta import read_meta
from extractors.validate import judge, quarantined, row_page
from extractors.version import code_version
from extractors.vocabulary_files import VocabularyError
from schemas.document import Document, RawTable
from schemas.finding import Finding
from schemas.outcome import PackMeta, PackResult, Quarantined, Record, RowFate, TableKind


class LawBroken(AssertionError):
    """A row of a table with a kind has no fate, or two. A fault of ours, never of a pack."""


@dataclass(slots=True)
class _Rows:
    """What became of the rows so far, over all tables."""

    records: list[Record] = field(default_factory=list)
    fates: dict[tuple[int, int], RowFate] = field(default_factory=dict)
    quarantine: list[Quarantined] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def to_result(document: Document, *, hints: PackMeta | None = None, seconds: float = 0.0) -> PackResult:
    """Everything that the document says as typed records, with findings, quarantine and every row's fate.

    `hints` is what the pack's source says of it. `seconds` is what reading took so far, kept as it is.
    Raises `LawBroken` where a row of a table with a kind has not exactly one fate.
    """
    meta, meta_findings = read_meta(document, hints)
    context = Context(document, meta)
    verdict = classify(context)
    tables = {table.table_no: table for table in document.tables}
    rows = _Rows(findings=[*document.findings, *meta_findings, *verdict.findings])
    for kind in verdict.kinds:
        if kind.kind is not None:
            head = verdict.headed_by.get(kind.table_no)
            extraction = read_table(tables[kind.table_no], kind.kind, context, tables[head] if head else None)
            _take(rows, extraction, tables[kind.table_no], kind.kind)
    _judge(rows, tables, verdict.kinds)
    _settle_loaded(rows)
    fates = tuple(rows.fates[place] for place in sorted(rows.fates))
    checked = run_checks(document, meta, verdict.kinds, tuple(rows.records), fates)
    if _hold_back(rows, tables, verdict.kinds, checked):
        fates = tuple(rows.fates[place] for place in sorted(rows.fates))
    result = PackResult(
        document=document,
        meta=meta,
        kinds=verdict.kinds,
        records=tuple(rows.records),
        quarantine=tuple(sorted(rows.quarantine, key=lambda held: (held.table_no, held.row))),
        fates=fates,
        findings=tuple(dict.fromkeys((*rows.findings, *checked))),
        code_version=code_version(),
        seconds=seconds,
    )
    hold_to_the_law(result)
    return result


def read_table(table: RawTable, kind: str, context: Context, head: RawTable | None = None) -> Extraction:
    """One table read as one kind, below the headings of `head` where it has none of its own.

    A fault in a kind's reader costs that table, not the pack: its rows are quarantined and an error says so.
    """
    shown, above = (table, 0) if head is None else under_headings_of(table, head)
    try:
        extraction = kind_named(kind).read(shown, context)
    except VocabularyError:
        raise
    except Exception as fault:
        return _unread(table, kind, fault)
    return extraction if not above else _moved_up(extraction, above)


def hold_to_the_law(result: PackResult) -> None:
    """Each row of a table with a kind has one fate, loaded rows have records, and the counts balance."""
    kinds = {kind.table_no: kind.kind for kind in result.kinds if kind.kind is not None}
    fates = Counter((fate.table_no, fate.row) for fate in result.fates)
    rows = {(t.table_no, row) for t in result.document.tables if t.table_no in kinds for row in range(t.n_rows)}
    if twice := [place for place, count in fates.items() if count > 1]:
        raise LawBroken(f"rows with two fates (table, row): {sorted(twice)[:5]}")
    if fates.keys() != rows:
        raise LawBroken(f"rows without a fate, or fates without a row (table, row): {sorted(fates.keys() ^ rows)[:5]}")
    loaded = {(fate.table_no, fate.row) for fate in result.fates if fate.fate == "loaded"}
    held = {(fate.table_no, fate.row) for fate in result.fates if fate.fate == "quarantined"}
    if loaded != (with_records := {(record.table_no, record.row) for record in result.records}):
        raise LawBroken(
            f"rows loaded without a record, or the reverse (table, row): {sorted(loaded ^ with_records)[:5]}"
        )
    if held != (kept := {(row.table_no, row.row) for row in result.quarantine}):
        raise LawBroken(
            f"rows quarantined without their content, or the reverse (table, row): {sorted(held ^ kept)[:5]}"
        )
    if mute := [fate for fate in result.fates if fate.fate in ("ignored", "quarantined") and not fate.reason]:
        raise LawBroken(f"rows ignored or quarantined without a reason: {mute[:5]}")


def _take(rows: _Rows, extraction: Extraction, table: RawTable, kind: str) -> None:
    """A table's extraction, added; rows that a kind forgot are held back, and said so."""
    for fate in extraction.fates:
        place = (fate.table_no, fate.row)
        if place in rows.fates:
            raise LawBroken(f"table {fate.table_no}, row {fate.row} is both {rows.fates[place].fate} and {fate.fate}")
        rows.fates[place] = fate
    for held in extraction.quarantine:
        rows.quarantine.append(held)
        place = (held.table_no, held.row)
        if place not in rows.fates:
            rows.fates[place] = RowFate(held.table_no, held.row, "quarantined", held.reason)
    rows.records.extend(extraction.records)
    rows.findings.extend(extraction.findings)
    told = {(record.table_no, record.row) for record in extraction.records}
    for row in range(table.n_rows):
        place = (table.table_no, row)
        if place not in rows.fates and place not in told:
            reason = "no rule of this kind reads this row"
            rows.fates[place] = RowFate(*place, "quarantined", reason)
            rows.quarantine.append(quarantined(table, row, kind, reason))
            rows.findings.append(_forgotten(table, row, kind))


def _judge(rows: _Rows, tables: dict[int, RawTable], kinds: Iterable[TableKind]) -> None:
    verdict = judge(rows.records, tables)
    rows.findings.extend(verdict.findings)
    _hold(rows, tables, kinds, verdict.reasons)


def _hold_back(rows: _Rows, tables: dict[int, RawTable], kinds: Iterable[TableKind], found: Iterable[Finding]) -> bool:
    """Rows that a check over the whole pack calls wrong are held back too. True where there are any."""
    loaded = {(record.table_no, record.row) for record in rows.records}
    reasons: dict[tuple[int, int], str] = {}
    for finding in found:
        if finding.severity == "error" and finding.table_no is not None and finding.row is not None:
            reasons.setdefault((finding.table_no, finding.row), f"{finding.check}: {finding.message}")
    reasons = {place: reason for place, reason in reasons.items() if place in loaded}
    _hold(rows, tables, kinds, reasons)
    return bool(reasons)


def _hold(
    rows: _Rows, tables: dict[int, RawTable], kinds: Iterable[TableKind], reasons: dict[tuple[int, int], str]
) -> None:
    names = {kind.table_no: kind.kind or "" for kind in kinds}
    rows.records = [record for record in rows.records if (record.table_no, record.row) not in reasons]
    for (table_no, row), reason in reasons.items():
        rows.fates[(table_no, row)] = RowFate(table_no, row, "quarantined", reason)
        rows.quarantine.append(quarantined(tables[table_no], row, names[table_no], reason))


def _settle_loaded(rows: _Rows) -> None:
    for record in rows.records:
        place = (record.table_no, record.row)
        fate = rows.fates.setdefault(place, RowFate(*place, "loaded"))
        if fate.fate != "loaded":
            raise LawBroken(f"table {record.table_no}, row {record.row} gave a record and is {fate.fate}")


def _moved_up(extraction: Extraction, above: int) -> Extraction:
    """Rows counted as in the table itself, without the borrowed headings and what was read from them."""
    return Extraction(
        tuple(replace(record, row=record.row - above) for record in extraction.records if record.row >= above),
        tuple(replace(fate, row=fate.row - above) for fate in extraction.fates if fate.row >= above),
        tuple(replace(held, row=held.row - above) for held in extraction.quarantine if held.row >= above),
        tuple(
            finding if finding.row is None else replace(finding, row=finding.row - above)
            for finding in extraction.findings
            if finding.row is None or finding.row >= above
        ),
    )


def _unread(table: RawTable, kind: str, fault: Exception) -> Extraction:
    reason = f"the reader of {kind} failed on this table"
    return Extraction(
        fates=tuple(RowFate(table.table_no, row, "quarantined", reason) for row in range(table.n_rows)),
        quarantine=tuple(quarantined(table, row, kind, reason) for row in range(table.n_rows)),
        findings=(
            Finding(
                "error",
                "table",
                "kind_failed",
                f"Page {table.page}, table {table.table_no} could not be read as {kind} "
                f"({type(fault).__name__}); all its rows are held back. Please report this.",
                page=table.page,
                table_no=table.table_no,
                found=type(fault).__name__,
                bbox=table.bbox,
            ),
        ),
    )


def _forgotten(table: RawTable, row: int, kind: str) -> Finding:
    page = row_page(table, row)
    return Finding(
        "error",
        "row",
        "row_unaccounted_for",
        f"Page {page}, table {table.table_no}, row {row}: no rule of {kind} reads this row; it is held back.",
        page=page,
        table_no=table.table_no,
        row=row,
    )
