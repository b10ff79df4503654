"""What a check has to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Scope = Literal["cell", "row", "table", "page", "pack", "cross_pack"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found. `error`: the row is quarantined. `warning`: it is loaded and flagged."""

    severity: Severity
    scope: Scope
    check: str
    """The name of the check, snake_case: one definition, one name."""
    message: str
    """One plain sentence that a board secretary understands."""
    page: int | None = None
    table_no: int | None = None
    row: int | None = None
    col: int | None = None
    column_name: str | None = None
    """The view's column that the finding is about."""
    found: str | None = None
    expected: str | None = None
    bbox: tuple[float, float, float, float] | None = None
