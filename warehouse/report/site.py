"""The report as a folder of static pages: packs, what changed between meetings, checks, and a folder a pack.

It opens from disk, without a network and without JavaScript. Templates escape whatever a PDF says; files are
named by number and by the pack's hash, never by a text from a document.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from warehouse.connect import reading
from warehouse.report import check_pages, finding_files, queries, words
from warehouse.report.changes import list_changes
from warehouse.report.checks import describe
from warehouse.report.pack_page import report_pack
from warehouse.report.pack_site import folder_name, is_current, write_pack
from warehouse.report.pictures import Render
from warehouse.report.queries import Row, ask
from warehouse.report.trend import draw_trends


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
    """What a content security policy calls the script `name` by, as base.html includes it."""
    text = _environment().get_template(name).render()
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes pages of the report with what every page needs."""

    warehouse_name: str
    made_at: str

    def write(self, path: Path, template: str, **values: object) -> None:
        """`template` with `values`, as the file `path`."""
        page = _environment().get_template(template)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = page.render(
            made_at=self.made_at,
            warehouse_name=self.warehouse_name,
            # No other script can run on a page, whatever a pack says.
            script_hash=_hash_of("filter.js"),
            **values,
        )
        # Whoever reads the page meanwhile reads the old one whole.
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        fresh.write_text(text, "utf-8", errors="replace")
        fresh.replace(path)


def build(
    warehouse: Path,
    out: Path,
    *,
    pack: str | None = None,
    render: Render | None = None,
) -> Path:
    """Writes the report below `out` and returns its index page.

    `pack` (a pack id or the start of one) writes that pack's folder alone besides the pages over all packs; without
    it those packs are written that are not there as they are now in the warehouse. `render` draws a page of a pack;
    without it the report has no pictures. Raises LookupError where `pack` fits none or several, `WarehouseError`.
    """
    with reading(warehouse) as connection:
        packs = ask(connection, queries.PACKS)
        chosen = packs if pack is None else [p for p in packs if p["pack_id"].startswith(pack.lower())]
        if pack is not None and len(chosen) != 1:
            raise LookupError(f"{len(chosen)} packs have an id that starts with {pack!r}; see: boardpack status")
        out.mkdir(parents=True, exist_ok=True)
        style = resources.files("warehouse.report").joinpath("templates", "style.css").read_bytes()
        (out / "style.css").write_bytes(style)
        writer = Writer(warehouse.name, f"{datetime.now():%Y-%m-%d %H:%M}")
        for row in chosen:
            _write_pack(connection, row, packs, out, writer, render, again=pack is not None)
        _remove_others(out, packs)
        _write_packs(connection, packs, out, writer)
        writer.write(
            out / "changes.html", "changes.html", here="changes", root="", sections=list_changes(connection, out)
        )
        _write_checks(connection, packs, out, writer)
        finding_files.write_csv(out / "findings.csv", finding_files.all_findings(connection))
        finding_files.write_parquet(connection, out / "findings.parquet")
    return out / "index.html"


def _write_pack(
    connection: duckdb.DuckDBPyConnection,
    row: Row,
    packs: Sequence[Row],
    out: Path,
    writer: Writer,
    render: Render | None,
    *,
    again: bool,
) -> None:
    # A pack's charts run over the other packs of its board.
    others = sorted((p["pack_id"], str(p["ingested_at"])) for p in packs if p["organisation"] == row["organisation"])
    folder = out / folder_name(row["pack_id"])
    made_of = f"{others} {row['ingested_at']} {render is not None}"
    if row["outcome"] != "failed" and (again or not is_current(folder, made_of)):
        write_pack(report_pack(connection, row, render), folder, made_of, writer)


def _remove_others(out: Path, packs: Sequence[Row]) -> None:
    """Folders of packs that the warehouse holds no longer: what was forgotten is gone from the report, too."""
    held = {folder_name(p["pack_id"]) for p in packs if p["outcome"] != "failed"}
    for folder in out.glob("pack-*"):
        if folder.name not in held and (folder / "made-of.txt").is_file():
            shutil.rmtree(folder, ignore_errors=True)


def _with_link(packs: Sequence[Row], out: Path) -> list[Row]:
    return [
        {
            **p,
            "href": f"{folder_name(p['pack_id'])}/index.html" if (out / folder_name(p["pack_id"])).is_dir() else None,
            "meeting": words.say_date(p["meeting_date"]),
            "verdict": words.give_verdict(p),
        }
        for p in packs
    ]


def _write_packs(connection: duckdb.DuckDBPyConnection, packs: list[Row], out: Path, writer: Writer) -> None:
    trends = draw_trends(ask(connection, queries.FINDING_TREND))
    for old in out.glob("trend-*.svg"):
        old.unlink(missing_ok=True)
    for trend in trends:
        (out / trend.src).write_bytes(trend.data)
    writer.write(
        out / "index.html",
        "index.html",
        here="index",
        root="",
        packs=_with_link(packs, out),
        n_organisations=len({p["organisation"] for p in packs if p["organisation"]}),
        trends=trends,
    )


def _write_checks(connection: duckdb.DuckDBPyConnection, packs: Sequence[Row], out: Path, writer: Writer) -> None:
    counts = check_pages.count_checks(connection)
    names: dict[str, Any] = {p["pack_id"]: p for p in _with_link(packs, out)}
    writer.write(out / "checks.html", "checks.html", here="checks", root="", themes=check_pages.by_theme(counts))
    for old in out.glob("check-*.html"):
        old.unlink(missing_ok=True)
    for count in counts:
        if count.check.file:
            writer.write(
                out / count.check.file,
                "check.html",
                here="checks",
                root="",
                count=count,
                check=describe(count.check.name),
                findings=check_pages.findings_of(connection, count.check),
                packs=names,
            )
