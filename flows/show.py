"""`boardpack show`: from a value to the place where it was printed, with a picture of it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from flows.pictures import render_page_of as render_page_of
from flows.terminal import one_line
from schemas.document import BBox

MOST_SHOWN = 5


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
    for number, origin in enumerate(origins[:MOST_SHOWN], 1):
        click.echo(f"pack        {one_line(origin.file_name)} ({origin.pack_id[:12]})")
        if origin.meeting_date:
            click.echo(f"meeting     {origin.meeting_date}")
        click.echo(f"value       {one_line(origin.text or '')}")
        click.echo(f"page        {origin.page}")
        click.echo(f"box         {' '.join(f'{v:.1f}' for v in origin.bbox)} (points from the top left)")
        click.echo(f"table       {origin.table_no}, row {origin.row}, column {origin.col}")
        click.echo(f"method      {origin.method}")
        click.echo(f"confidence  {origin.confidence if origin.confidence is not None else 'unknown'}")
        source = kept(warehouse, origin.pack_id)
        if source is None:
            click.echo("picture     none: the pack's file is not kept beside the warehouse")
        else:
            from extractors.render import render_part

            path = out / f"{_plain(view)}-{origin.pack_id[:8]}-p{origin.page}-{number}.png"
            path.write_bytes(render_part(source, origin.page, BBox(*origin.bbox)))
            click.echo(f"picture     {path}")
        click.echo("")
    if len(origins) > MOST_SHOWN:
        click.echo(f"{len(origins) - MOST_SHOWN} more; narrow it with --period or --pack", err=True)
    return 0


def _plain(view: str) -> str:
    return re.sub(r"[^a-z_]", "", view.lower()) or "value"
