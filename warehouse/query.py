"""Questions to a warehouse: SQL that can only read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

TIMEOUT = 60.0
MAX_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A result: column names, their database types, rows. `truncated`: there were more rows than asked for."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False


def query(path: Path, sql: str, *, timeout: float = TIMEOUT, max_rows: int = MAX_ROWS) -> Answer:
    """The answer to one SELECT over the views. Nothing can be written, no file or address read, no extension loaded.

    Raises `QueryRefused` (not a reading statement, too long, or wrong SQL: one line) or `WarehouseError`.
    """
    raise NotImplementedError
