"""The meeting's day, by which years that are not printed are settled."""

from __future__ import annotations

from datetime import date

from schemas.outcome import PackMeta


def meeting_day(meta: PackMeta) -> date | None:
    """The day of the pack's meeting, where it is known."""
    try:
        return date.fromisoformat(meta.meeting_date) if meta.meeting_date else None
    except ValueError:
        return None
