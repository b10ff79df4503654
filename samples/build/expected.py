"""What the packs should become, written beside them as CSV and JSON, from the same content as the packs.

In these files `*` holds a field to nothing (the contract leaves it open), and `~text` asks that the field contain the text.
"""

from __future__ import annotations

import csv
import json
import re
from calendar import monthrange
from pathlib import Path

import content
from content import Meeting
from figures import CROSS, MONTHS, PLACES, RATINGS, SCORECARD, SERIES, SPECIALTIES, WHOLE, Row, dashboard, rating
from papers import dashboard_colour, number, printed, scorecard_text, series_colour

FIELDS = {
    "actions": ("page", "ref", "raised_text", "raised_on", "item", "action", "owner", "due_text", "due_on", "status_text", "status", "comments"),
    "kpis": (
        "page", "measure", "organisation_text", "breakdown", "period_text", "period_start", "period_end", "series", "value_text",
        "value", "unit", "missing", "threshold_text", "threshold", "rag", "trend",
    ),
    "capital_schemes": (
        "page", "section", "scheme", "lead_organisation", "funding_source", "value_text", "value_gbp", "value_qualifier",
        "completion_text", "completion_from", "completion_by", "completion", "rag",
    ),
    "capital_profile": ("page", "scheme", "heading", "financial_year", "amount_gbp", "amount_text"),
}  # fmt: skip
STATUSES = {"Overdue": "overdue", "Open": "open", "In progress": "in_progress", "Closing": "closing", "Closed": "closed"}
MISSING = {"NP": "no_patients", "#N/A": "not_available", "n/a": "not_available", "Not Reporting": "not_reported"}
FROM = {"Q2 2024/25": "2024-07-01", "Q4 2024/25": "2025-01-01", "2024/25": "2024-04-01", "March 2026": "2026-03-01", "2025/26": "2025-04-01",
        "2023/24": "2023-04-01", "2026/27": "2026-04-01", "Q4 2026/27": "2027-01-01"}  # fmt: skip
QUARTERS = {"Q2 2024/25": ("2024-07-01", "2024-09-30"), "Q3 2024/25": ("2024-10-01", "2024-12-31"), "Q4 Jan 24/Mar 25": ("*", "*")}
YTD = "YTD 2024/25"


def fold(text: str) -> str:
    """White space as the views have it."""
    return " ".join(text.split())


class Pages:
    """Where in a pack something is printed."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = [re.sub(r"\s+", "", text) for text in texts]

    def of(self, *needles: str, after: int = 1) -> int:
        """The first page, from 1, that holds all of these."""
        bare = [re.sub(r"\s+", "", needle) for needle in needles]
        return next(n for n, text in enumerate(self.texts, 1) if n >= after and all(b in text for b in bare))


def span(period: str) -> tuple[str, str]:
    """A period's first and last day."""
    if period in QUARTERS:
        return QUARTERS[period]
    month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].index(period[:3]) + 1
    year = 2000 + int(period[-2:])
    return f"{year}-{month:02}-01", f"{year}-{month:02}-{monthrange(year, month)[1]}"


def actions(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    """The action log; `page` is where a row begins."""
    first = pages.of("Paper B: Action log")
    return [
        {
            "page": pages.of(a.action[:30], a.raised, after=first), "ref": a.ref, "raised_text": a.raised, "raised_on": a.raised_on,
            "item": a.item, "action": a.action, "owner": fold(a.owner), "due_text": a.due, "due_on": a.due_on,
            "status_text": a.status, "status": STATUSES[a.status], "comments": a.comments,
        }
        for a in content.ACTIONS[meeting.number]
        if a.action  # a row without one is held back
    ]  # fmt: skip


def _value(text: str, unit: str) -> dict[str, object]:
    """The typed columns of a printed value."""
    if text in MISSING:
        return {"value_text": text, "value": None, "unit": "*", "missing": MISSING[text]}
    return {"value_text": text, "value": number(text), "unit": unit, "missing": None}


def kpis(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    """Every value of the dashboards, the ratings, the series and the cross-table."""
    return [*_dashboard(meeting, pages), *_scorecard(meeting, pages), *_ratings(meeting, pages), *_series(meeting, pages), *_cross(meeting, pages)]


def _dashboard(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    page = pages.of("Board performance dashboard")
    for row in dashboard(meeting.number):
        if not isinstance(row, Row):
            continue
        for organisation, (value, trend, ytd) in zip((*PLACES, WHOLE), row.groups, strict=True):
            common = {"page": page, "measure": row.measure, "organisation_text": organisation, "breakdown": None, "threshold_text": row.standard, "threshold": number(row.standard)}
            start, end = span(row.period)
            colour = dashboard_colour(meeting.number, row, organisation, value)
            out.append({**common, "period_text": row.period, "period_start": start, "period_end": end, "series": "actual", **_value(value, row.unit), "rag": colour, "trend": trend or None})
            if ytd:
                out.append({**common, "period_text": YTD, "period_start": "2024-04-01", "period_end": "*", "series": "ytd", **_value(ytd, row.unit), "rag": None, "trend": None})
    return out


def _scorecard(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    page = pages.of("workforce and quality scorecard")
    for _domain, measure, target, better, form, values in SCORECARD:
        for i in range(meeting.last_month - 12, meeting.last_month + 1):
            start, end = span(MONTHS[i])
            text, aim = scorecard_text(measure, form, MONTHS[i], values[i]), number(target)
            found = number(text)
            colour = None if found is None or aim is None else rating(found, aim, better, 0.1 * aim)
            out.append({
                "page": page, "measure": measure, "organisation_text": "*", "breakdown": "*", "period_text": MONTHS[i], "period_start": start,
                "period_end": end, "series": "actual", **_value(text, "percent" if form == "%" else "number"), "threshold_text": target,
                "threshold": aim, "rag": colour, "trend": None,
            })  # fmt: skip
    return out


def _ratings(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    page = pages.of("Quality ratings")
    for measure, latest, previous, way in RATINGS[meeting.number]:
        for period, word in (("Latest", latest), ("Previous", previous)):
            out.append({
                "page": page, "measure": measure, "organisation_text": "*", "breakdown": None, "period_text": period, "period_start": "*",
                "period_end": "*", "series": "actual", "value_text": word, "value": None, "unit": "*", "missing": None, "threshold_text": None,
                "threshold": None, "rag": word.lower(), "trend": way if period == "Latest" else None,
            })  # fmt: skip
    return out


def _series(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    out: list[dict[str, object]] = []
    first = pages.of("Planned care: waiting lists and 18 weeks")
    for key, series in SERIES.items():
        page = pages.of(series.title, MONTHS[meeting.last_month], after=first)
        common = {"page": page, "measure": series.title, "breakdown": None, "threshold_text": "*", "threshold": "*", "trend": None}
        for organisation in (*PLACES, WHOLE):
            for month in range(meeting.last_month - 12, meeting.last_month + 1):
                start, end = span(MONTHS[month])
                text = printed(meeting.number, key, organisation, month)
                out.append({**common, "organisation_text": organisation, "period_text": MONTHS[month], "period_start": start, "period_end": end, "series": "actual", **_value(text, series.unit), "rag": series_colour(series, text)})
            if series.ytd:
                total = series.year_to_date(organisation, meeting.last_month)
                text = f"{total:.2f}%" if series.unit == "percent" else f"{total:,}"
                out.append({**common, "organisation_text": organisation, "period_text": YTD, "period_start": "2024-04-01", "period_end": "*", "series": "ytd", **_value(text, series.unit), "rag": None})
        for month, plan in (series.plan or {}).items():
            if MONTHS.index(month) <= meeting.last_month:
                start, end = span(month)
                out.append({**common, "organisation_text": f"{WHOLE} Plan", "period_text": month, "period_start": start, "period_end": end, "series": "plan", **_value(f"{plan:,.0f}", series.unit), "rag": None})
    return out


def _cross(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    month = MONTHS[meeting.last_month]
    page, (start, end) = pages.of("52+ week waits by provider and specialty"), span(month)
    return [
        {
            "page": page, "measure": "~52+ week waits by provider and specialty", "organisation_text": provider, "breakdown": specialty,
            "period_text": f"~{month}", "period_start": start, "period_end": end, "series": "actual", **_value(f"{value:,}", "number"),
            "threshold_text": None, "threshold": None, "rag": None, "trend": None,
        }
        for provider, values in CROSS[meeting.number]
        for specialty, value in zip(SPECIALTIES, values, strict=True)
        if value is not None
    ]  # fmt: skip


def capital_schemes(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    """The schemes of both sections, without their totals."""
    first = pages.of("Paper F: Estates and capital")
    return [
        {
            "page": pages.of(s.name, "Funding source", after=first), "section": section, "scheme": s.name, "lead_organisation": s.lead,
            "funding_source": s.source, "value_text": s.value, "value_gbp": s.value_gbp, "value_qualifier": s.qualifier,
            "completion_text": s.completion_text, "completion_from": FROM.get(s.completion_text), "completion_by": s.completion_by,
            "completion": s.completion, "rag": s.rag or None,
        }
        for section, (listed, _) in content.schemes(meeting.number).items()
        for s in listed
    ]  # fmt: skip


def capital_profile(meeting: Meeting, pages: Pages) -> list[dict[str, object]]:
    """Every amount of the programme, in pounds."""
    page = pages.of("Five-year capital programme")
    return [
        {
            "page": page, "scheme": name, "heading": heading, "financial_year": heading if heading[0] == "2" else None,
            "amount_gbp": round(float(text.strip("()")) * 1e6) * (-1 if text[0] == "(" else 1), "amount_text": text,
        }
        for name, amounts in content.programme(meeting.number)
        if name != "Total"
        for heading, text in zip(content.YEARS, amounts, strict=True)
        if text
    ]  # fmt: skip


def write(meeting: Meeting, texts: list[str], folder: Path) -> None:
    """The expected rows of one meeting's pack."""
    pages, target = Pages(texts), folder / meeting.iso
    target.mkdir(parents=True, exist_ok=True)
    for kind, rows in (("actions", actions), ("kpis", kpis), ("capital_schemes", capital_schemes), ("capital_profile", capital_profile)):
        with (target / f"{kind}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, FIELDS[kind], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows(meeting, pages))
    faults = [{"fault": what, "page": pages.of(*where) if where else None, "says": says} for what, where, says in content.FAULTS[meeting.number]]
    (target / "faults.json").write_text(json.dumps(faults, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_history(folder: Path) -> None:
    """What the views across packs hold once both are loaded."""
    (folder / "history.json").write_text(json.dumps(content.HISTORY, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
