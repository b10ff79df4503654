"""What a Prefect run leaves on its page: what became of the pack, its findings, the worst one as a picture."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from prefect.artifacts import (
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)

from flows.pictures import Draughtsman
from flows.pipeline import Ended, ReadPack
from schemas.document import BBox
from schemas.finding import Finding
from schemas.outcome import PackResult
from warehouse.report.pack_site import folder_name

MOST_FINDINGS = 200
MOST_PICTURE = 300_000
"""Bytes. The picture stands in Prefect's database, as part of the artifact."""
WORST = {"error": 0, "warning": 1}


def slug(text: str) -> str:
    """A name as Prefect's keys allow it: lower case, digits, dashes."""
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", text.lower())).strip("-")[:80] or "pack"


def plain(text: str) -> str:
    """Text from a document as text: no Markdown, no HTML."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", " ".join(text.split()))


def leave(read: ReadPack, ended: Ended, report: str = "") -> None:
    """The pack's artifacts on the current run's page. `report`: where the data-quality report is, for a link."""
    key = slug(Path(read.source.file_name).stem)
    create_markdown_artifact(markdown=_summary(read, ended), key=f"pack-{key}", description=plain(ended.said))
    if read.result is None:
        return
    if report:
        link = f"{report.rstrip('/')}/{folder_name(read.result.document.pack_id)}/index.html"
        create_link_artifact(link=link, link_text="the pack in the data-quality report", key=f"report-{key}")
    told = [f for f in read.result.findings if f.severity != "info"]
    if told:
        create_table_artifact(
            table=[
                {"severity": f.severity, "page": f.page, "check": f.check, "message": plain(f.message)}
                for f in told[:MOST_FINDINGS]
            ],
            key=f"findings-{key}",
            description=f"{len(told)} findings" + (f", the first {MOST_FINDINGS}" if len(told) > MOST_FINDINGS else ""),
        )
    if (worst := worst_of(told)) is not None and (picture := _picture(read, worst)):
        create_image_artifact(image_url=picture, key=f"worst-{key}", description=plain(worst.message))


def leave_report(report: str) -> None:
    """A link to the report as a whole."""
    link = f"{report.rstrip('/')}/index.html"
    create_link_artifact(link=link, link_text="data-quality report", key="report", description="The index page")


def worst_of(findings: Sequence[Finding]) -> Finding | None:
    """An error before a warning, one with a place on a page before one without."""
    placed = [f for f in findings if f.page and f.bbox]
    return min(placed, key=lambda f: (WORST.get(f.severity, 2), f.page or 0), default=None)


def _summary(read: ReadPack, ended: Ended) -> str:
    lines = [f"# {plain(read.source.file_name)}", "", plain(ended.said), ""]
    if read.result is not None:
        lines += _counts(read.result)
    lines.append(f"- source: {plain(read.source.uri)}")
    lines.append(f"- finished: {datetime.now():%Y-%m-%d %H:%M}")
    return "\n".join(lines)


def _counts(result: PackResult) -> list[str]:
    meta = result.meta
    return [
        f"- organisation: {plain(meta.organisation or 'not found')}",
        f"- board: {plain(meta.board or 'not found')}",
        f"- meeting: {meta.meeting_date or 'not found'}",
        f"- pages: {result.document.n_pages}, tables: {len(result.document.tables)}",
        f"- rows held back: {len(result.quarantine)}",
        f"- pack: `{result.document.pack_id}`",
    ]


def _picture(read: ReadPack, finding: Finding) -> str | None:
    """That part of the page as a data address; None where it cannot be drawn, or is too large."""
    assert finding.page is not None and finding.bbox is not None
    draughtsman = Draughtsman()
    try:
        drawn = draughtsman.draw_part(read.source.path, finding.page, BBox(*finding.bbox))
    finally:
        draughtsman.stop()
    if drawn is None or len(drawn) > MOST_PICTURE:
        return None
    return "data:image/png;base64," + base64.b64encode(drawn).decode()
