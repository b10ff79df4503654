"""One pack's part of the report: what was found, what is wrong, and every row with its place on the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from schemas.picture import Picture
from warehouse.report import queries
from warehouse.report.checks import of_theme, weight
from warehouse.report.evidence import CellBox, Evidence, Frame, Place, picture_name, sheet_name
from warehouse.report.finding_groups import Group, group_findings
from warehouse.report.kind_rows import KindPage, show_rows
from warehouse.report.pack_charts import PackCharts, draw_pack
from warehouse.report.pictures import Render, draw_pages
from warehouse.report.queries import Row, ask

LARGEST = 2_900_000
"""Bytes of one pack's folder."""
LEAST_FOR_PICTURES = 500_000
# What a row and a finding take in the pages, on average, with the frames that they lead to.
ROW_BYTES, FINDING_BYTES, FIXED_BYTES = 420, 1_100, 120_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the pack, its picture, and the frames of what the report leads to."""

    number: int
    src: str
    width: float
    height: float
    px_width: int
    spots: dict[str, Frame]
    findings: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PackReport:
    """All that the templates need for one pack, and the files that go beside them."""

    pack: Row
    evidence: Evidence
    findings: list[Row]
    groups: list[Group]
    quarantine: list[dict[str, Any]]
    balance: list[dict[str, Any]]
    papers: list[Row]
    tables: list[dict[str, Any]]
    unread: list[dict[str, Any]]
    kinds: dict[str, KindPage]
    charts: PackCharts
    pages_without_picture: int

    def sheets(self) -> Iterable[tuple[str, Sheet]]:
        """(file name, page) for every page that has a picture."""
        by_page: dict[int, list[Row]] = {}
        for f in self.findings:
            by_page.setdefault(f["page"], []).append(f)
        for number, picture in sorted(self.evidence.pictures.items()):
            yield (
                sheet_name(number),
                Sheet(
                    number,
                    picture_name(number, picture),
                    round(picture.width, 1),
                    round(picture.height, 1),
                    picture.px_width,
                    self.evidence.spots.get(number, {}),
                    tuple(sorted(by_page.get(number, []), key=lambda f: weight(f["severity"], f["check"]))),
                ),
            )


def report_pack(connection: duckdb.DuckDBPyConnection, pack: Row, render: Render | None) -> PackReport:
    """The whole of one pack's report as values. Reads the warehouse; draws the pages that it leads to."""
    pack_id = pack["pack_id"]
    boxes = [
        CellBox(
            r["table_no"],
            r["row"],
            r["col"],
            r["page"],
            (r["x0"], r["top"], r["x1"], r["bottom"]),
            r["row_span"] or 1,
            r["col_span"] or 1,
        )
        for r in ask(connection, queries.CELLS, pack_id)
    ]
    rows = queries.rows_by_view(connection, pack_id)
    findings = ask(connection, queries.FINDINGS, pack_id)
    quarantine = ask(connection, queries.QUARANTINE, pack_id)
    unread = ask(connection, queries.UNREAD, list(of_theme("missing")), pack_id)
    charts = draw_pack(pack, rows, ask(connection, queries.SERIES, pack_id, pack_id))
    tables = ask(connection, queries.TABLES, pack_id)
    wanted = _pages_by_weight(findings, quarantine, unread, rows, tables)
    text_bytes = (
        FIXED_BYTES
        + ROW_BYTES * sum(len(r) for r in rows.values())
        + FINDING_BYTES * len(findings)
        + sum(map(len, charts.files.values()))
    )
    pictures: dict[int, Picture] = {}
    if render is not None:
        pictures = draw_pages(render, pack_id, wanted, max(LEAST_FOR_PICTURES, LARGEST - text_bytes))
    evidence = Evidence(boxes, pictures)
    return PackReport(
        pack=pack,
        evidence=evidence,
        findings=findings,
        groups=group_findings(findings, evidence),
        quarantine=[
            {
                "kind": q["kind"],
                "reason": q["reason"],
                "content": list(json.loads(q["content"]).items()),
                "place": evidence.place(q["page"], q["table_no"], q["row"], None),
                "window": evidence.window(q["page"], q["table_no"], q["row"], None),
            }
            for q in quarantine
        ],
        balance=_balance(connection, pack_id),
        papers=ask(connection, queries.PAPERS, pack_id),
        tables=[{**t, "place": evidence.place(t["page"], t["table_no"], None, None)} for t in tables],
        unread=[{**u, "place": Place(u["page"], _sheet_of(u["page"], pictures))} for u in unread],
        kinds={view: show_rows(view, many, evidence) for view, many in rows.items() if many},
        charts=charts,
        pages_without_picture=len(wanted) - len(pictures),
    )


def _sheet_of(page: int, pictures: dict[int, Picture]) -> str | None:
    return sheet_name(page) if page in pictures else None


def _pages_by_weight(
    findings: Sequence[Row],
    quarantine: Sequence[Row],
    unread: Sequence[Row],
    rows: dict[str, list[Row]],
    tables: Sequence[Row],
) -> list[int]:
    """The pages that the report leads to, once each.

    Those of rows held back, of the weightiest findings, of rows, of other tables.
    """
    ordered = sorted(findings, key=lambda f: weight(f["severity"], f["check"]))
    pages = [q["page"] for q in quarantine] + [f["page"] for f in ordered] + [u["page"] for u in unread]
    pages += [r["page"] for many in rows.values() for r in many]
    pages += [t["page"] for t in tables]
    return list(dict.fromkeys(p for p in pages if p))


def _balance(connection: duckdb.DuckDBPyConnection, pack_id: str) -> list[dict[str, Any]]:
    reasons: dict[str, list[str]] = {}
    for r in ask(connection, queries.IGNORED, pack_id):
        reasons.setdefault(r["kind"] or "", []).append(f"{r['n']} {r['reason']}")
    return [
        {**b, "reasons": "; ".join(reasons.get(b["kind"], []))}
        for b in ask(connection, queries.BALANCE, pack_id)
        if b["kind"]
    ]
