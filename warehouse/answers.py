"""An answer as text: a table for people, CSV, JSON or Markdown."""

from __future__ import annotations

from warehouse.query import Answer

FORMATS = ("table", "csv", "json", "markdown")


def format_answer(answer: Answer, fmt: str = "table", *, width: int | None = None) -> str:
    """The answer in one of `FORMATS`, ending in a line feed. `width`: of the terminal, for `table`."""
    raise NotImplementedError
