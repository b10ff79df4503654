"""`boardpack status`: packs with their outcome, newest first, and sources that are late."""

from __future__ import annotations

from pathlib import Path

import click


def print_status(warehouse: Path, form: str) -> int:
    """The packs and the failed runs of a warehouse."""
    from warehouse.answers import format_answer
    from warehouse.status import status

    click.echo(format_answer(status(warehouse), form))
    return 0
