"""What changed between a board's meetings: one section a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from warehouse.report import words
from warehouse.report.checks import describe
from warehouse.report.evidence import Place, sheet_name
from warehouse.report.pack_site import folder_name
from warehouse.report.queries import Row, ask

MOST_ROWS = 500
PLACE = ("pack_id", "page", "key", "earlier_pack_id", "earlier_page", "earlier_key")
"""Columns that lead to the page and are not shown."""
CHOICES = frozenset({"organisation", "published_by", "measure", "owner", "change", "check", "weight"})
LOOKS = {
    "meeting_date": "nowrap",
    "earlier_meeting_date": "nowrap",
    "days_overdue": "n",
    "value_text": "n",
    "earlier_value_text": "n",
    "period_text": "nowrap",
}
LABELS = {
    "check": "What",
    "message": "What it says",
    "published_by": "Board",
    "organisation_text": "Organisation",
    "meeting_date": "Meeting",
    "earlier_meeting_date": "Meeting before",
    "period_text": "Period",
    "due_text": "Due, as printed",
    "value_text": "Printed now",
    "earlier_value_text": "Printed before",
    "completion_text": "Completion now",
    "earlier_completion_text": "Completion before",
    "lead_organisation": "Lead",
}

SECTIONS = (
    {
        "id": "overdue",
        "view": "overdue_actions",
        "title": "Overdue actions",
        "explanation": "Open past their due date on the day of the meeting.",
        "sql": """
            select organisation, meeting_date, ref, action, owner, due_text, days_overdue, pack_id, page, key
            from overdue_actions order by meeting_date desc, days_overdue desc
        """,
    },
    {
        "id": "restated",
        "view": "kpi_restatements",
        "title": "Restated KPI values",
        "explanation": "A value for the same measure, organisation and period that a later pack printed differently.",
        "sql": """
            select published_by, measure, organisation_text, breakdown, period_text, earlier_meeting_date,
                earlier_value_text, meeting_date, value_text, change,
                pack_id, page, key, earlier_pack_id, earlier_page, earlier_key
            from kpi_restatements order by meeting_date desc, measure, organisation_text, period_end
        """,
    },
    {
        "id": "capital",
        "view": "capital_changes",
        "title": "Capital schemes that moved",
        "explanation": "A scheme whose value or completion a later pack printed differently.",
        "sql": """
            select organisation, scheme, lead_organisation, change, earlier_meeting_date, earlier_value_text,
                earlier_completion_text, meeting_date, value_text, completion_text,
                pack_id, page, key, earlier_pack_id, earlier_page, earlier_key
            from capital_changes order by meeting_date desc, scheme
        """,
    },
    {
        "id": "crosspack",
        "view": "findings",
        "title": "Findings across packs",
        "explanation": "What the checks between a pack and the one before it found.",
        "sql": """
            select p.organisation, p.meeting_date,
                case f.severity when 'info' then 'note' else f.severity end as weight,
                f."check", f.message, f.pack_id, f.page, f.key
            from findings f join packs p using (pack_id) where f.scope = 'cross_pack'
            order by p.meeting_date desc,
                case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, f."check"
        """,
    },
)


def list_changes(connection: duckdb.DuckDBPyConnection, out: Path) -> list[dict[str, Any]]:
    """The sections with their rows, at most 500 each; `left_out` counts the rest. `out` holds the packs' folders."""
    sections = []
    for section in SECTIONS:
        rows = ask(connection, section["sql"])
        columns = [name for name in rows[0] if name not in PLACE] if rows else []
        shown = [
            {
                "cells": [_say(name, r[name]) for name in columns],
                "place": _place(r, out),
                "before": _place(r, out, "earlier_"),
            }
            for r in rows[:MOST_ROWS]
        ]
        said = [
            {"label": LABELS.get(n, n.replace("_", " ").capitalize()), "choose": n in CHOICES, "look": LOOKS.get(n, "")}
            for n in columns
        ]
        sections.append(
            {
                **section,
                "compares": "earlier_key" in section["sql"],
                "columns": said,
                "rows": shown,
                "left_out": max(0, len(rows) - MOST_ROWS),
            }
        )
    return sections


def _say(name: str, value: object) -> str | None:
    return describe(str(value)).title if name == "check" else words.say_value(value)


def _place(row: Row, out: Path, before: str = "") -> Place:
    page, key = row.get(f"{before}page"), row.get(f"{before}key")
    if page is None:
        return Place(None)
    sheet = f"{folder_name(row[f'{before}pack_id'])}/{sheet_name(page)}"
    if not (out / sheet).is_file():
        return Place(page)
    # A key is the pack's, the table's, the row's and, for a value, the column's: so are the ids of the frames.
    _, *numbers = (key or "").split("-")
    if len(numbers) == 3:
        return Place(page, f"{sheet}#c{'-'.join(numbers)}")
    return Place(page, f"{sheet}#r{'-'.join(numbers)}-p{page}" if len(numbers) == 2 else sheet)
