"""One pack's part of the report: what was found, what is wrong, and every row with its place on the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.report import queries, words
from warehouse.report.evidence import CellBox, Evidence, Place, Render, Spot, Window, picture_name, sheet_name
from warehouse.report.pack_charts import Chart, draw_pack
from warehouse.report.queries import Row, ask

MOST_FINDINGS = 400
"""Findings written out on a pack's page; the rest stands in findings.csv."""
MOST_FACES = 3
"""Findings of one check with one message that are shown one by one; then they are counted."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "actions": (
        "ref",
        "raised_text",
        "item",
        "action",
        "owner",
        "due_text",
        "due_on",
        "status_text",
        "status",
        "comments",
    ),
    "kpis": (
        "measure",
        "organisation_text",
        "breakdown",
        "series",
        "period_text",
        "value_text",
        "value",
        "unit",
        "missing",
        "threshold_text",
        "rag",
        "trend",
    ),
    "capital_schemes": (
        "section",
        "scheme",
        "lead_organisation",
        "funding_source",
        "value_text",
        "value_gbp",
        "value_qualifier",
        "completion_text",
        "completion_by",
        "completion",
        "rag",
    ),
    "capital_profile": ("scheme", "heading", "financial_year", "amount_text", "amount_gbp"),
}
HEADINGS = {
    "actions": "Actions",
    "kpis": "KPIs",
    "capital_schemes": "Capital schemes",
    "capital_profile": "Capital by year",
}
NUMERIC = {"value", "value_gbp", "amount_gbp"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind's page."""

    name: str
    label: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a kind's page."""

    place: Place
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with its picture; `times` counts its like that are not shown one by one."""

    severity: str
    check: str
    message: str
    found: str | None
    expected: str | None
    table_title: str | None
    place: Place
    window: Window | None
    times: int = 1


@dataclass(slots=True)
class PackReport:
    """All that the templates need for one pack, and the files that go beside them."""

    pack: Row
    evidence: Evidence
    findings: list[ShownFinding]
    findings_left_out: int
    quarantine: list[dict[str, Any]]
    balance: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    tables: list[dict[str, Any]]
    unread: list[Row]
    rows: dict[str, list[ShownRow]]
    charts: dict[str, list[Chart]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def sheets(self) -> Iterable[tuple[str, dict[str, Any]]]:
        """(file name, page) for every page that something leads to, its picture added to `files`."""
        for number in sorted(n for n, picture in self.evidence.pictures.items() if picture):
            picture = self.evidence.pictures[number]
            assert picture is not None
            src = picture_name(number, picture)
            self.files[src] = picture.data
            spots: list[Spot] = list(self.evidence.spots.get(number, {}).values())
            page = {
                "number": number,
                "src": src,
                "px_width": picture.px_width,
                "px_height": picture.px_height,
                "spots": spots,
            }
            yield sheet_name(number), page


def _scale(n_pages: int) -> float:
    """Pixels a point, so that a pack's pictures stay within about 2 MB together."""
    return 1.7 if n_pages <= 30 else 1.4 if n_pages <= 60 else 1.15


def report_pack(connection: duckdb.DuckDBPyConnection, pack: Row, render: Render | None) -> PackReport:
    """The whole of one pack's report as values. Reads the warehouse; draws the pages that it leads to."""
    pack_id = pack["pack_id"]
    boxes = [
        CellBox(r["table_no"], r["row"], r["col"], r["page"], (r["x0"], r["top"], r["x1"], r["bottom"]))
        for r in ask(connection, queries.CELLS, pack_id)
    ]
    rows = {view: ask(connection, sql, pack_id) for view, sql in queries.ROWS.items()}
    findings = ask(connection, queries.FINDINGS, pack_id)
    pages = {r["page"] for many in rows.values() for r in many} | {f["page"] for f in findings if f["page"]}
    evidence = Evidence(pack_id, boxes, render, _scale(len(pages)))
    shown, left_out = _show_findings(findings, evidence)
    report = PackReport(
        pack=pack,
        evidence=evidence,
        findings=shown,
        findings_left_out=left_out,
        quarantine=[
            {
                "kind": q["kind"],
                "reason": q["reason"],
                "content": list(json.loads(q["content"]).items()),
                "place": evidence.place(q["page"], q["table_no"], q["row"], None),
            }
            for q in ask(connection, queries.QUARANTINE, pack_id)
        ],
        balance=_balance(connection, pack_id),
        papers=[
            {
                **h,
                "pages": f"{h['first_page']}"
                if h["first_page"] == h["last_page"]
                else f"{h['first_page']} to {h['last_page']}",
            }
            for h in ask(connection, queries.HEADINGS, pack_id)
        ],
        tables=[
            {
                **t,
                "place": evidence.place(t["page"], t["table_no"], None, None)
                if t["page"] in pages
                else Place(t["page"]),
            }
            for t in ask(connection, queries.TABLES, pack_id)
        ],
        unread=[f for f in findings if f["scope"] == "page"],
        rows={
            view: [
                ShownRow(
                    evidence.place(r["page"], r["table_no"], r["row"], r.get("value_col")),
                    tuple(words.say_value(r[name]) for name in COLUMNS[view]),
                )
                for r in many
            ]
            for view, many in rows.items()
        },
    )
    report.files["findings.csv"] = _findings_csv(findings)
    for view, chart, data in draw_pack(pack, rows, ask(connection, queries.SERIES, pack_id, pack_id)):
        report.files[chart.src] = data
        report.charts.setdefault(view, []).append(chart)
    return report


def columns_of(view: str) -> list[Column]:
    """A kind's columns with their labels."""
    return [Column(n, n.replace("_", " ").replace("gbp", "£").capitalize(), n in NUMERIC) for n in COLUMNS[view]]


def _show_findings(findings: list[Row], evidence: Evidence) -> tuple[list[ShownFinding], int]:
    """The findings to write out, like ones counted after the third, and how many were left for the file."""
    shown: list[ShownFinding] = []
    seen: dict[tuple[str, str], int] = {}
    for f in findings:
        key = (f["check"], f["message"])
        seen[key] = seen.get(key, 0) + 1
    printed: dict[tuple[str, str], int] = {}
    for f in findings:
        key = (f["check"], f["message"])
        printed[key] = printed.get(key, 0) + 1
        if printed[key] > MOST_FACES or len(shown) >= MOST_FINDINGS:
            continue
        times = seen[key] - MOST_FACES + 1 if printed[key] == MOST_FACES and seen[key] > MOST_FACES else 1
        spot = (f["page"], f["table_no"], f["row"], f.get("col"))
        window = evidence.window(*spot) if f["severity"] != "info" or f["row"] is not None else None
        shown.append(
            ShownFinding(
                f["severity"],
                f["check"],
                f["message"],
                f["found"],
                f["expected"],
                f["table_title"],
                evidence.place(*spot),
                window,
                times,
            )
        )
    return shown, len(findings) - sum(f.times for f in shown)


def _balance(connection: duckdb.DuckDBPyConnection, pack_id: str) -> list[dict[str, Any]]:
    reasons: dict[str, list[str]] = {}
    for r in ask(connection, queries.IGNORED, pack_id):
        reasons.setdefault(r["kind"] or "", []).append(f"{r['n']} {r['reason']}")
    return [
        {**b, "reasons": "; ".join(reasons.get(b["kind"], []))}
        for b in ask(connection, queries.BALANCE, pack_id)
        if b["kind"]
    ]


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _findings_csv(findings: list[Row]) -> bytes:
    """All findings, for a spreadsheet: a text that it would run as a formula gets a leading apostrophe."""
    names = [
        "severity",
        "scope",
        "check",
        "page",
        "table_no",
        "row",
        "column_name",
        "found",
        "expected",
        "message",
    ]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for f in findings:
        cells = ["" if f[n] is None else str(f[n]) for n in names]
        writer.writerow([f"'{c}" if c.startswith(FORMULA_STARTS) else c for c in cells])
    return out.getvalue().encode("utf-8-sig")
