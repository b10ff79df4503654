"""How checks say what they found: a finding about one printed value, a sentence cut to a length that can be read."""

from __future__ import annotations

from extractors.checks.evidence import Value
from schemas.finding import Finding, Scope, Severity


def about(
    value: Value, severity: Severity, scope: Scope, check: str, message: str, *, expected: str | None = None
) -> Finding:
    """A finding about a value, at the cell that prints it."""
    return Finding(
        severity,
        scope,
        check,
        message,
        page=value.page,
        table_no=value.table_no,
        row=value.row,
        col=value.col,
        column_name="value",
        found=value.value_text,
        expected=expected,
    )


def short(text: str, most: int) -> str:
    """The text in at most so many characters."""
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."
