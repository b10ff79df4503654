"""A pack's rows as its report shows them: one page a kind, every row with its place on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.report import words
from warehouse.report.evidence import Evidence, Place
from warehouse.report.queries import Row

MOST_ROWS = 2500
"""Rows written out on one page; all of them are in the warehouse."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "actions": (
        "ref",
        "raised_text",
        "item",
        "action",
        "owner",
        "due_text",
        "due_on",
        "status_text",
        "status",
        "comments",
    ),
    "kpis": (
        "measure",
        "organisation_text",
        "breakdown",
        "series",
        "period_text",
        "value_text",
        "value",
        "unit",
        "missing",
        "threshold_text",
        "rag",
        "trend",
    ),
    "capital_schemes": (
        "section",
        "scheme",
        "lead_organisation",
        "funding_source",
        "value_text",
        "value_gbp",
        "value_qualifier",
        "completion_text",
        "completion_by",
        "completion",
        "rag",
    ),
    "capital_profile": ("scheme", "heading", "financial_year", "amount_text", "amount_gbp"),
}
TECHNICAL = frozenset(
    {"pack_id", "table_no", "row", "page", "value_col", "key", "confidence", "measure_key", "organisation_key"}
)
"""Columns that lead to a place and are not shown, in views of kinds that this module does not know."""
NAMES = {
    "actions": ("Actions", "action", "actions"),
    "kpis": ("KPI values", "KPI value", "KPI values"),
    "capital_schemes": ("Capital schemes", "capital scheme", "capital schemes"),
    "capital_profile": ("Capital by year", "yearly amount", "yearly amounts"),
}
LABELS = {
    "raised_text": "Raised",
    "due_text": "Due, as printed",
    "due_on": "Due by",
    "status_text": "Status, as printed",
    "organisation_text": "Organisation",
    "period_text": "Period",
    "value_text": "As printed",
    "value_gbp": "Value, £",
    "value_qualifier": "How exact",
    "missing": "Why no value",
    "threshold_text": "Threshold",
    "rag": "Rating",
    "completion_text": "Completion, as printed",
    "completion_by": "Complete by",
    "amount_text": "As printed",
    "amount_gbp": "Amount, £",
    "lead_organisation": "Lead",
}
NUMERIC = frozenset({"value", "value_gbp", "amount_gbp"})
WIDE = frozenset({"measure", "action", "item", "scheme", "comments", "section"})
DATES = frozenset({"due_on", "completion_by", "financial_year"})
CHOICES = frozenset(
    {
        "organisation_text",
        "owner",
        "status",
        "series",
        "unit",
        "missing",
        "rag",
        "section",
        "completion",
        "financial_year",
        "value_qualifier",
    }
)
"""Columns that a reader narrows by."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind's page."""

    name: str
    label: str
    look: str
    """`n` of numbers, `wide` of long texts, `nowrap` of dates, else nothing."""
    choice: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a kind's page."""

    place: Place
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class KindPage:
    """One kind's rows, no more than `MOST_ROWS` of `count`; columns that are empty in every row are left away."""

    view: str
    heading: str
    count: int
    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]


def name_of(view: str, count: int) -> str:
    """What `count` records of the view are called: `1 action`, `571 KPI values`."""
    one, many = NAMES[view][1:] if view in NAMES else (f"row of {view}", f"rows of {view}")
    return f"{count:,} {one if count == 1 else many}"


def heading_of(view: str) -> str:
    """What the view's page is called."""
    return NAMES[view][0] if view in NAMES else view.replace("_", " ").capitalize()


def show_rows(view: str, rows: Sequence[Row], evidence: Evidence) -> KindPage:
    """The page of one kind; `rows` has at least one."""
    names = COLUMNS.get(view) or tuple(name for name in rows[0] if name not in TECHNICAL)
    used = [name for name in names if any(r[name] is not None for r in rows)]
    return KindPage(
        view,
        heading_of(view),
        len(rows),
        tuple(Column(n, LABELS.get(n, n.replace("_", " ").capitalize()), _look(n), n in CHOICES) for n in used),
        tuple(
            ShownRow(
                evidence.place(r["page"], r["table_no"], r["row"], r.get("value_col")),
                tuple(words.say_value(r[name]) for name in used),
            )
            for r in rows[:MOST_ROWS]
        ),
    )


def _look(name: str) -> str:
    return "n" if name in NUMERIC else "wide" if name in WIDE else "nowrap" if name in DATES else ""
