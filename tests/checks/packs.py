"""Packs for the checks' tests: kpis, actions and schemes by their columns, and what one check says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from extractors.checks.evidence import Evidence, gather
from extractors.checks.registry import Check
from extractors.parse.numbers import Number, parse_number
from schemas.document import Document, RawTable, TextLine
from schemas.finding import Finding
from schemas.outcome import PackMeta, Record, RowFate, Scalar, TableKind
from tests.kinds.tables import document as a_document

MEETING = "2025-06-11"


def month(text: str) -> tuple[str, str]:
    """First and last day of "2025-03"."""
    start = date.fromisoformat(f"{text}-01")
    end = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return start.isoformat(), end.isoformat()


def kpi(
    organisation: str,
    value_text: str,
    *,
    measure: str = "Seen in time",
    period: str = "2025-03",
    table_no: int = 1,
    row: int = 1,
    page: int = 1,
    series: str = "actual",
    **values: Scalar,
) -> Record:
    """A kpi as the kind would give it; the value, its unit and the period's days are read from the texts."""
    number = parse_number(value_text)
    start, end = month(period) if len(period) == 7 else (None, None)
    columns: dict[str, Scalar] = {
        "measure": measure,
        "organisation_text": organisation,
        "organisation": None,
        "series": series,
        "period_text": period,
        "period_start": start,
        "period_end": end,
        "value_text": value_text,
        "value": float(number.value) if isinstance(number, Number) else None,
        "unit": number.unit if isinstance(number, Number) else None,
        **values,
    }
    return Record("kpis", table_no, row, 2, page, columns)


def kpis(rows: Sequence[tuple[str, Sequence[str]]], organisations: Sequence[str], **more: Scalar) -> list[Record]:
    """Rows of (measure, values), one value an organisation."""
    return [
        kpi(organisation, text, measure=measure, row=row, **more)  # type: ignore[arg-type]
        for row, (measure, texts) in enumerate(rows, start=1)
        for organisation, text in zip(organisations, texts, strict=True)
    ]


def action(ref: str, *, row: int = 1, **values: Scalar) -> Record:
    columns: dict[str, Scalar] = {"ref": ref, "action": f"Report on {ref}", "status": "open", **values}
    return Record("actions", 1, row, None, 1, columns)


def scheme(name: str, *, row: int = 1, table_no: int = 1, **values: Scalar) -> Record:
    return Record("capital_schemes", table_no, row, None, 1, {"scheme": name, **values})


def pack(
    *tables: RawTable,
    records: Iterable[Record] = (),
    lines: Sequence[str | TextLine] = (),
    fates: Sequence[RowFate] = (),
    kinds: Sequence[TableKind] = (),
    meeting_date: str | None = MEETING,
) -> Evidence:
    """The evidence that a pack of these gives."""
    document: Document = a_document(*tables, lines=lines)
    return gather(document, PackMeta(meeting_date=meeting_date), tuple(kinds), tuple(records), tuple(fates))


def said(check: Check, evidence: Evidence) -> list[Finding]:
    return list(check(evidence))


def named(check: Check, evidence: Evidence) -> list[str]:
    """The names of the findings of a check."""
    return [finding.check for finding in check(evidence)]
