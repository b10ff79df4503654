"""One pack's folder of the report."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

from warehouse.report import words
from warehouse.report.evidence import picture_name
from warehouse.report.finding_files import write_csv
from warehouse.report.kind_rows import heading_of, name_of
from warehouse.report.pack_page import PackReport

NOTE = "made-of.txt"
"""In each pack's folder: what it was made of, so that it is not made again of the same."""


class Pages(Protocol):
    """What writes a page from a template."""

    def write(self, path: Path, template: str, **values: object) -> None:
        """`template` with `values`, as the file `path`."""
        ...


def folder_name(pack_id: str) -> str:
    """The folder of a pack: a part of its hash, never a text from it."""
    return f"pack-{pack_id[:16]}"


@cache
def _own_version() -> str:
    """A digest of the report's own code and templates."""
    digest = hashlib.sha256()
    for folder in ("", "templates"):
        place = resources.files("warehouse.report").joinpath(folder)
        for file in sorted(place.iterdir(), key=lambda f: f.name):
            if file.is_file() and not file.name.endswith(".pyc"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(folder: Path, made_of: str) -> bool:
    """True where `folder` was made of just this by just this code."""
    try:
        return (folder / NOTE).read_text("utf-8") == _stamp(made_of)
    except OSError:
        return False


def _stamp(made_of: str) -> str:
    return hashlib.sha256(f"{_own_version()} {made_of}".encode()).hexdigest() + "\n"


def write_pack(report: PackReport, folder: Path, made_of: str, pages: Pages) -> None:
    """The pack's folder, put in its place when it is whole."""
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    _sweep(folder)
    pack = {**report.pack, "meeting": words.say_date(report.pack["meeting_date"])}
    title = pack["organisation"] or pack["file_name"]

    def write(name: str, template: str, **values: object) -> None:
        pages.write(
            fresh / name,
            template,
            here="pack",
            root="../",
            pack=pack,
            pack_title=f"{title}, {pack['meeting']}" if pack["meeting"] else title,
            sections=_sections(report, name),
            **values,
        )

    write(
        "index.html",
        "pack.html",
        verdict=words.give_verdict(pack),
        read=_say_read(report),
        report=report,
        total=_balance_total(report),
        n_notes=sum(f["severity"] == "info" for f in report.findings),
        n_nokind=sum(not t["kind"] for t in report.tables),
    )
    for view, page in report.kinds.items():
        charts = report.charts.by_view.get(view, []) if view != "kpis" else []
        write(f"{view}.html", "rows.html", page=page, charts=charts)
    if "kpis" in report.charts.by_view:
        write(
            "charts.html",
            "charts.html",
            charts=report.charts.by_view["kpis"],
            signals=report.charts.signals,
            not_drawn=report.charts.not_drawn,
        )
    write("tables.html", "tables.html", tables=report.tables, unread=report.unread)
    for name, sheet in report.sheets():
        write(name, "page.html", sheet=sheet)
    for number, picture in report.evidence.pictures.items():
        (fresh / picture_name(number, picture)).write_bytes(picture.data)
    for name, data in report.charts.files.items():
        (fresh / name).write_bytes(data)
    write_csv(fresh / "findings.csv", report.findings)
    (fresh / NOTE).write_text(_stamp(made_of), "utf-8")
    _put(fresh, folder)


def _put(fresh: Path, folder: Path) -> None:
    """`fresh` under the name `folder`, also where another process is putting its own there."""
    for _ in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        try:
            fresh.rename(folder)
        except OSError:
            continue
        return
    raise OSError(f"{folder.name} is being written by another program")


def _sweep(folder: Path) -> None:
    """What a process that was killed left behind is gone; what is younger than an hour may be another's work."""
    for left in folder.parent.glob(f".{folder.name}.*"):
        if left.name.endswith(f".{os.getpid()}") or time.time() - left.stat().st_mtime > 3600:
            shutil.rmtree(left, ignore_errors=True)


def _sections(report: PackReport, here: str) -> list[dict[str, Any]]:
    items: list[tuple[str, str, int | None]] = [("index.html", "Summary", None)]
    items += [(f"{view}.html", heading_of(view), page.count) for view, page in report.kinds.items()]
    if "kpis" in report.charts.by_view:
        after = next((n for n, item in enumerate(items, 1) if item[0] == "kpis.html"), len(items))
        items.insert(after, ("charts.html", "KPI charts", len(report.charts.by_view["kpis"])))
    items.append(("tables.html", "Tables", len(report.tables)))
    return [{"href": href, "label": label, "count": count, "here": href == here} for href, label, count in items]


def _say_read(report: PackReport) -> str:
    """`11 actions, 571 KPI values and 19 capital schemes`."""
    return words.say_list([name_of(view, page.count) for view, page in report.kinds.items()])


def _balance_total(report: PackReport) -> dict[str, int]:
    names = ("tables", "rows", "header", "loaded", "quarantined", "ignored")
    return {name: sum(int(b[name]) for b in report.balance) for name in names}
