"""What the rows of a block stand for (measures, organisations, periods, a breakdown), and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from extractors.kpi_layouts.columns import Column
from extractors.kpi_layouts.grid import Block, Grid
from extractors.kpi_layouts.words import (
    dated,
    is_breakdown_like,
    is_heading_word,
    is_known_organisation,
    is_measure_like,
    is_organisation,
    is_period,
    is_plan,
    is_total,
    period_of,
    role_of,
    without_dates,
)
from extractors.parse.folding import fold, key, plain

Axis = Literal["measure", "organisation", "period", "breakdown"]

_SOURCE = re.compile(r"^(?:source|data source|note|nb|key|figure \d+$|table \d+$|page \d+)", re.IGNORECASE)
_UNITS = re.compile(
    r"^(?:all )?(?:figures|amounts|values|numbers)\b.{0,20}\bin\b|^£ ?(?:000|m\b|k\b|s\b|million)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?:(?:table|figure|appendix|chart) ?[\d.a-z]{1,4} ?[:.–-]+ ?)(?=\S)", re.IGNORECASE)
_LONGEST_TITLE = 140
NOTE_THRESHOLD = re.compile(
    r"^(?:(?:national|local|contract\w*|operational|internal|nhs)\s+)*(?:threshold|target|standard)s?\b\s*"
    r"(?:is|of|[-–:=])?\s*"
    r"(?P<value>[<>≤≥]?=?\s*\d[\d,.]*\s*%?)\.?$",
    re.IGNORECASE,
)
"""A line that states one target for a whole table: "National Threshold - 92%"."""


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """A column that names its rows, and what it names."""

    col: int
    axis: Axis
    heading: str


def label_axes(grid: Grid, block: Block, columns: list[Column], *, titled: bool) -> list[LabelColumn]:
    """The label columns in order, each with what it names. `titled`: a title can serve as the measure."""
    labels = [c for c in columns if c.role in ("measure", "organisation_label", "breakdown", "label")]
    labels += [c for c in columns if c.role == "organisation" and c.col == 0]
    labels = list({c.col: c for c in labels}.values())
    if not labels and columns and not columns[0].is_value:
        labels = [columns[0]]
    by_organisation = sum(c.role == "organisation" and c.col > 0 for c in columns) >= 2
    found = [LabelColumn(c.col, _axis(grid, block, columns, c, titled, by_organisation), c.heading) for c in labels]
    return _one_measure(grid, block, found)


def _axis(grid: Grid, block: Block, columns: list[Column], column: Column, titled: bool, by_organisation: bool) -> Axis:
    texts = body_labels(grid, block, column.col)
    if not texts:
        return "measure"
    count = len(texts)
    organisations = sum(is_organisation(text) for text in texts)
    known = sum(is_known_organisation(text) for text in texts)
    periods = sum(is_period(text) for text in texts)
    measures = sum(is_measure_like(text) for text in texts)
    breakdowns = sum(is_breakdown_like(text) and not is_organisation(text) for text in texts)
    if periods >= 0.6 * count:
        return "period"
    if known >= 0.5 * count or (organisations >= 0.7 * count and measures < organisations):
        return "organisation"
    role = column.role
    if role in ("organisation", "organisation_label"):
        return "organisation"
    if role == "measure" and is_heading_word(column.heading):
        return "measure"
    if role == "breakdown":
        return "breakdown"
    if organisations >= 0.5 * count and measures < 0.5 * count:
        return "organisation"
    if by_organisation and not block.title:
        return "measure"
    if measures >= 0.5 * count or not titled:
        return "measure"
    if breakdowns >= 0.4 * count:
        return "breakdown"
    if block.title and not column.heading and measures < 0.3 * count and all(len(text.split()) <= 6 for text in texts):
        return "organisation"
    if measures >= 0.25 * count or _has_measure_columns(columns):
        return "measure"
    return "breakdown"


def _has_measure_columns(columns: list[Column]) -> bool:
    """Targets and latest values stand beside measures."""
    return any(c.role in ("threshold", "latest", "previous", "mean", "upper_limit", "rag", "trend") for c in columns)


def _one_measure(grid: Grid, block: Block, labels: list[LabelColumn]) -> list[LabelColumn]:
    """Of several columns that read as measures, one is; those before it group them, those after divide it."""
    measures = [label for label in labels if label.axis == "measure"]
    if len(measures) < 2:
        return labels
    headed = [label for label in measures if role_of(label.heading) == "measure"]
    chosen = headed[0] if headed else max(measures, key=lambda m: len(set(body_labels(grid, block, m.col))))
    kept = []
    for label in labels:
        if label.axis != "measure" or label is chosen:
            kept.append(label)
        elif label.col > chosen.col:
            kept.append(LabelColumn(label.col, "breakdown", label.heading))
    return kept


def body_labels(grid: Grid, block: Block, col: int) -> list[str]:
    """What a column's body prints as names: no totals, no plans, each row once."""
    found = []
    for row in block.body:
        text = grid.own(row, col)
        if row in block.repeated or not text or is_total(text) or (is_plan(text) and not is_measure_like(text)):
            continue
        if len(grid.row_texts(row)) == 1 and not grid.has_values(row):
            continue
        found.append(text)
    return found


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands over a block, nearest first, that can name its measure."""

    texts: tuple[str, ...]
    dates: tuple[str, ...] = ()
    """Those that are a date and nothing else."""

    @property
    def measure(self) -> str | None:
        """The nearest text that is more than a period."""
        return next((text for text in self.texts if not is_period(text)), None)


def titles_of(grid: Grid, block: Block, columns: list[Column]) -> Titles:
    """The block's title row, the corner cell, the caption, the heading: those that read as a title."""
    table = grid.table
    corner = columns[0].heading if columns and columns[0].path else ""
    if corner and (is_heading_word(corner) or is_period(corner) or (len(corner) <= 24 and not is_measure_like(corner))):
        corner = ""
    caption, heading = _title(table.title), _title(table.heading)
    if caption and heading and not is_measure_like(caption) and is_measure_like(heading):
        caption, heading = heading, caption
    texts = (_title(block.title), _title(corner), caption, heading)
    given = (block.title, table.title, table.heading)
    dates = tuple(fold(text) for text in given if text and not without_dates(text) and dated(fold(text)) is not None)
    return Titles(tuple(dict.fromkeys(text for text in texts if text)), dates)


def _title(text: str | None) -> str:
    """A caption without its number; '' for sentences, sources, notes and running text."""
    bare = _NUMBERED.sub("", fold(text or "")).strip(" :")
    if not bare or len(bare) > _LONGEST_TITLE or _SOURCE.match(bare) or len(key(bare)) < 3:
        return ""
    if _UNITS.match(bare) or not without_dates(bare):
        return ""
    if bare.endswith((".", ";", ",")) or bare[:1].islower() or NOTE_THRESHOLD.match(plain(bare)):
        return ""
    return bare


def in_sequence(texts: list[str], near: date | None, titles: tuple[str, ...] = ()) -> dict[str, date]:
    """Bare months or quarters in a run ("APR" to "MAR", "Q1" to "Q4"), each with the `near` that settles its year.

    A financial year in one of the `titles` is the run's own; else the run ends before the meeting. Nothing is said of
    one that stands alone.
    """
    anchor = near or date(2000, 6, 15)
    bare = [
        (text, period)
        for text in texts
        if (period := period_of(text, anchor)) is not None and period.assumption and period.kind in ("month", "quarter")
    ]
    if len(bare) < 2 or len({period.kind for _, period in bare}) > 1 or len({text for text, _ in bare}) < len(bare):
        return {}
    step = 1 if bare[0][1].kind == "month" else 3
    months = [period.start.month for _, period in bare]
    if any((b - a) % 12 != step for a, b in pairwise(months)):
        return {}
    end = _last_month(months[-1] + step - 1, len(bare) * step, near, titles)
    if end is None:
        return {}
    found = {}
    for back, (text, _) in enumerate(reversed(bare)):
        year, month = divmod(end - back * step, 12)
        found[text] = date(year, month + 1, 15)
    return found


def _last_month(month: int, length: int, near: date | None, titles: tuple[str, ...]) -> int | None:
    """The last month of a run, counted from year 0, by the title's financial year or by the meeting."""
    month = (month - 1) % 12
    for title in titles:
        said = dated(title, near)
        if said is not None and said.period.kind == "financial_year" and length <= 12:
            year = said.period.start.year + (month < 3)
            return year * 12 + month
    if near is None:
        return None
    last = near.year * 12 + near.month - 2
    return last - (last - month) % 12
