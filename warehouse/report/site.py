"""The report as a folder of static pages: an index, a page between meetings, and a folder a pack.

It opens from disk, without a network and without JavaScript. Templates escape whatever a PDF says; files are
named by number and by the pack's hash, never by a text from a document.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from warehouse.connect import reading
from warehouse.report import charts, queries, words
from warehouse.report.changes import list_changes
from warehouse.report.evidence import Render
from warehouse.report.pack_page import HEADINGS, PackReport, columns_of, report_pack
from warehouse.report.queries import Row, ask


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("warehouse.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _hash_of(name: str) -> str:
    """What a content security policy calls the script or style sheet `name` by, as base.html includes it."""
    text = _environment().get_template(name).render()
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _shared(warehouse: Path) -> dict[str, Any]:
    """What every page needs. The script is allowed by its hash; no other script can run."""
    return {
        "script_hash": _hash_of("filter.js"),
        "made_at": f"{datetime.now():%Y-%m-%d %H:%M}",
        "warehouse_name": warehouse.name,
    }


def _write(path: Path, template: str, **values: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_environment().get_template(template).render(**values), "utf-8", errors="replace")


def build(
    warehouse: Path,
    out: Path,
    *,
    pack: str | None = None,
    render: Render | None = None,
) -> Path:
    """Writes the report below `out` and returns its index page.

    `pack` (a pack id or the start of one) rewrites that pack's folder alone besides the index. `render` draws a
    page of a pack; without it the report has no pictures. Raises LookupError where `pack` fits none or several.
    """
    with reading(warehouse) as connection:
        return _build(connection, warehouse, out, pack, render)


def _build(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, out: Path, pack: str | None, render: Render | None
) -> Path:
    shared = _shared(warehouse)
    packs = ask(connection, queries.PACKS)
    chosen = packs if pack is None else [p for p in packs if p["pack_id"].startswith(pack.lower())]
    if pack is not None and len(chosen) != 1:
        raise LookupError(f"{len(chosen)} packs have an id that starts with {pack!r}; see: boardpack status")
    out.mkdir(parents=True, exist_ok=True)
    for row in chosen:
        if row["outcome"] != "failed":
            _write_pack(connection, row, out, shared, render)
    _write_index(connection, packs, out, shared)
    _write_changes(connection, out, shared)
    return out / "index.html"


def _folder(pack_id: str) -> str:
    return f"pack-{pack_id[:16]}"


def _write_index(connection: duckdb.DuckDBPyConnection, packs: list[Row], out: Path, shared: dict[str, Any]) -> None:
    shown = [
        {
            **p,
            "href": f"{_folder(p['pack_id'])}/index.html" if (out / _folder(p["pack_id"])).is_dir() else None,
            "outcome_words": words.OUTCOMES.get(p["outcome"], p["outcome"]),
        }
        for p in packs
    ]
    trend = ask(connection, queries.FINDING_TREND)
    chart = None
    if len(trend) >= 2:
        drawing = charts.draw_counts(
            [t["meeting"] for t in trend],
            [int(t["errors"]) for t in trend],
            [int(t["warnings"]) for t in trend],
        )
        (out / "trend.svg").write_bytes(drawing.data)
        said = "; ".join(f"{t['meeting']}: {t['errors']} errors, {t['warnings']} warnings" for t in trend[-12:])
        chart = {
            "src": "trend.svg",
            "alt": f"Findings by meeting. {said}",
            "width": drawing.width,
            "height": drawing.height,
        }
    organisations = {p["organisation"] for p in packs if p["organisation"]}
    _write(
        out / "index.html",
        "index.html",
        here="index",
        root="",
        packs=shown,
        n_organisations=len(organisations),
        trend_chart=chart,
        **shared,
    )


def _write_changes(connection: duckdb.DuckDBPyConnection, out: Path, shared: dict[str, Any]) -> None:
    _write(
        out / "changes.html",
        "changes.html",
        here="changes",
        root="",
        sections=list_changes(connection),
        **shared,
    )


def _write_pack(
    connection: duckdb.DuckDBPyConnection, row: Row, out: Path, shared: dict[str, Any], render: Render | None
) -> None:
    report = report_pack(connection, row, render)
    folder = out / _folder(row["pack_id"])
    fresh = out / f".{folder.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    pack = {**row, "meeting_date_words": words.say_date(row["meeting_date"])}
    tone, sentence = words.give_verdict(row)

    def write(name: str, template: str, **values: object) -> None:
        _write(
            fresh / name,
            template,
            here="pack",
            root="../",
            pack=pack,
            sections=_sections(report, name),
            **values,
            **shared,
        )

    write(
        "index.html",
        "pack.html",
        verdict={"tone": tone, "sentence": sentence},
        tiles=_tiles(report),
        findings=report.findings,
        findings_left_out=report.findings_left_out,
        balance=report.balance,
        balance_words=_say_balance(report),
        quarantine=report.quarantine,
        papers=report.papers,
    )
    for view, rows in report.rows.items():
        if rows:
            drawn = report.charts.get(view, [])
            write(
                f"{view}.html",
                "rows.html",
                heading=HEADINGS[view],
                columns=columns_of(view),
                rows=rows,
                charts=drawn,
                view=view,
            )
    write("tables.html", "tables.html", tables=report.tables, unread=report.unread)
    for name, page in report.sheets():
        write(name, "page.html", page=page)
    for name, data in report.files.items():
        (fresh / name).write_bytes(data)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def _sections(report: PackReport, here: str) -> list[dict[str, Any]]:
    items: list[tuple[str, str, int | None]] = [("index.html", "Summary", None)]
    items += [(f"{view}.html", HEADINGS[view], len(rows)) for view, rows in report.rows.items() if rows]
    items.append(("tables.html", "Tables", len(report.tables)))
    return [{"href": href, "label": label, "count": count, "here": href == here} for href, label, count in items]


def _tiles(report: PackReport) -> list[dict[str, Any]]:
    tiles: list[dict[str, Any]] = [
        {"number": f"{len(rows):,}", "label": HEADINGS[view].lower(), "tone": "good"}
        for view, rows in report.rows.items()
        if rows
    ]
    pack = report.pack
    tiles.append(
        {
            "number": pack["n_quarantined"],
            "label": "rows held back",
            "tone": "error" if pack["n_quarantined"] else "good",
        }
    )
    tiles.append({"number": pack["n_errors"], "label": "errors", "tone": "error" if pack["n_errors"] else "good"})
    tiles.append(
        {
            "number": pack["n_warnings"],
            "label": "warnings",
            "tone": "warning" if pack["n_warnings"] else "good",
        }
    )
    tiles.append({"number": sum(not t["kind"] for t in report.tables), "label": "tables without a kind", "tone": ""})
    return tiles


def _say_balance(report: PackReport) -> str:
    if not report.balance:
        return "there are none."
    total = {k: sum(int(b[k]) for b in report.balance) for k in ("rows", "header", "loaded", "quarantined", "ignored")}
    return (
        f"{total['rows']:,} rows = {total['header']:,} headings + {total['loaded']:,} loaded "
        f"+ {total['quarantined']:,} held back + {total['ignored']:,} passed over."
    )
