"""`boardpack show`: from a value to the place where it was printed, with a picture of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.pictures import Draughtsman
from flows.pictures import render_page_of as render_page_of
from flows.terminal import one_line
from schemas.document import BBox

if TYPE_CHECKING:
    from warehouse.lineage import Origin

MOST_SHOWN = 5
NAMES = ("ref", "measure", "scheme", "check", "organisation_text", "breakdown", "period_text", "heading")
"""What tells the rows of a view apart, where it has them."""


def show_value(warehouse: Path, view: str, key: str, *, period: str | None, pack: str | None, out: Path) -> int:
    """Prints where the rows of `view` that `key` names were printed and writes a picture of each; the newest first."""
    from warehouse.files import kept
    from warehouse.lineage import find

    origins = find(warehouse, view, key, period=period, pack=pack)
    if not origins:
        asked = f"{key!r}" + (f" for {period!r}" if period else "")
        click.echo(f'{view}: no row is called {one_line(asked)}; try: boardpack query "from {view}"', err=True)
        return 1
    out.mkdir(parents=True, exist_ok=True)
    draughtsman = Draughtsman()
    try:
        for number, origin in enumerate(origins[:MOST_SHOWN], 1):
            click.echo("\n".join(_tell(origin)))
            source = kept(warehouse, origin.pack_id)
            drawn = source and draughtsman.draw_part(source, origin.page, BBox(*origin.bbox))
            if drawn:
                path = out / f"{_plain(view)}-{origin.pack_id[:8]}-p{origin.page}-{number}.png"
                path.write_bytes(drawn)
                click.echo(f"picture     {path}")
            else:
                why = "the page cannot be drawn" if source else "the pack's file is not kept beside the warehouse"
                click.echo(f"picture     none: {why}")
            click.echo("")
    finally:
        draughtsman.stop()
    if len(origins) > MOST_SHOWN:
        click.echo(f"{len(origins) - MOST_SHOWN} more; narrow it with --period or --pack", err=True)
    return 0


def _tell(origin: Origin) -> Iterator[str]:
    """What is known of where a row was printed, a line each."""
    yield f"pack        {one_line(origin.file_name)} ({origin.pack_id[:12]})"
    if origin.meeting_date:
        yield f"meeting     {origin.meeting_date}"
    named = [str(origin.values[name]) for name in NAMES if origin.values.get(name)]
    if named:
        yield f"row         {one_line(', '.join(named))}"
    yield f"value       {one_line(origin.text or '')}"
    yield f"page        {origin.page}"
    yield f"box         {' '.join(f'{v:.1f}' for v in origin.bbox)} (points from the top left)"
    where = [f"table {origin.table_no}"]
    where += [f"{name} {n}" for name, n in (("row", origin.row), ("column", origin.col)) if n is not None]
    yield f"cell        {', '.join(where)}"
    yield f"method      {origin.method}"
    yield f"confidence  {origin.confidence if origin.confidence is not None else 'unknown'}"
    if origin.values.get("key"):
        yield f"key         {origin.values['key']}"


def _plain(view: str) -> str:
    return re.sub(r"[^a-z_]", "", view.lower()) or "value"
