"""What changed between a board's meetings: one section a question."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.report import words
from warehouse.report.queries import ask

MOST_ROWS = 500

SECTIONS = (
    {
        "id": "overdue",
        "view": "overdue_actions",
        "title": "Overdue actions",
        "explanation": "Open past their due date on the day of the meeting.",
        "sql": """
            select organisation, meeting_date, ref, action, owner, due_text, days_overdue, page
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
                earlier_value_text, meeting_date, value_text, change, page
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
                earlier_completion_text, meeting_date, value_text, completion_text, page
            from capital_changes order by meeting_date desc, scheme
        """,
    },
    {
        "id": "crosspack",
        "view": "findings",
        "title": "Findings across packs",
        "explanation": "What the checks between a pack and the one before it found.",
        "sql": """
            select p.organisation, p.meeting_date, f.severity, f."check", f.message, f.found, f.expected
            from findings f join packs p using (pack_id) where f.scope = 'cross_pack'
            order by p.meeting_date desc, f.severity, f."check"
        """,
    },
)


def list_changes(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The sections with their rows, at most 500 each; `left_out` counts the rest."""
    sections = []
    for section in SECTIONS:
        rows = ask(connection, section["sql"])
        columns = list(rows[0]) if rows else []
        shown = [[words.say_value(value) for value in row.values()] for row in rows[:MOST_ROWS]]
        said = [name.replace("_", " ") for name in columns]
        sections.append({**section, "columns": said, "rows": shown, "left_out": max(0, len(rows) - MOST_ROWS)})
    return sections
