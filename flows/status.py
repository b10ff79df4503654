"""`boardpack status`: packs with their outcome, newest first, and files that gave none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.query import Answer

SHOWN = {
    "at": "at",
    "outcome": "outcome",
    "file_name": "file",
    "meeting_date": "meeting",
    "rows_loaded": "rows",
    "rows_quarantined": "held",
    "errors": "errors",
    "warnings": "warnings",
    "reason": "reason",
    "pack": "pack",
}
"""What fits a terminal; CSV and JSON have all columns."""


def print_status(warehouse: Path, form: str) -> int:
    """Each file that was ever given, with its last outcome; sources that are watched, and packs that are late."""
    from flows.watch_status import with_sources
    from warehouse.answers import format_answer
    from warehouse.status import status

    answer = with_sources(status(warehouse), warehouse)
    click.echo(format_answer(_shortened(answer) if form == "table" else answer, form))
    return 0


def _shortened(answer: Answer) -> Answer:
    from warehouse.query import Answer

    chosen = [answer.columns.index(name) for name in SHOWN]
    rows = [[row[i] for i in chosen] for row in answer.rows]
    for row in rows:
        row[0] = f"{row[0]:%Y-%m-%d %H:%M}" if row[0] else ""
        row[-1] = row[-1] and row[-1][:8]
        row[1:] = ["" if value is None else value for value in row[1:]]
    types = ["TIMESTAMP", *(answer.types[i] for i in chosen[1:])]
    return Answer(tuple(SHOWN.values()), tuple(types), tuple(tuple(row) for row in rows))
