"""Rows by columns, of whatever layout: each value cell with its measure, organisation and period."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from extractors.kpi_layouts.axes import (
    NOTE_THRESHOLD,
    LabelColumn,
    Titles,
    in_sequence,
    label_axes,
    titles_of,
)
from extractors.kpi_layouts.colours import Ratings
from extractors.kpi_layouts.columns import BREAKDOWN_ROLES, Column, columns_of
from extractors.kpi_layouts.draft import Draft, Place
from extractors.kpi_layouts.grid import Block, Grid
from extractors.kpi_layouts.values import read_cell
from extractors.kpi_layouts.words import (
    dated,
    is_measure_like,
    is_organisation,
    is_plan,
    is_total,
    period_of,
    role_of,
)
from extractors.parse.folding import fold, key, plain
from extractors.parse.periods import Period
from extractors.parse.rag import Rag, parse_rag, parse_trend
from schemas.document import Trend
from schemas.outcome import RowFate


@dataclass(frozen=True, slots=True)
class Heading:
    """What a value column's headings say, sorted by dimension."""

    period_text: str | None = None
    period: Period | None = None
    organisation: str | None = None
    measure: str | None = None
    breakdown: str | None = None
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A block's drafts, and the fates of its other rows."""

    drafts: tuple[Draft, ...]
    fates: tuple[RowFate, ...]
    unread_colours: int = 0
    """Cells with a rating's colour and no text."""


class Matrix:
    """One block, read as rows by columns."""

    def __init__(self, grid: Grid, block: Block, near: date | None) -> None:
        self.grid, self.block, self.near = grid, block, near
        self.columns = columns_of(grid, block, near)
        self.titles: Titles = titles_of(grid, block, self.columns)
        self.labels = label_axes(grid, block, self.columns, titled=bool(self.titles.texts))
        taken = {label.col for label in self.labels}
        self.values = [c for c in self.columns if c.is_value and c.col not in taken]
        if not any(c.role == "organisation" for c in self.values):
            for column in self.columns:
                if column.role == "total" and column.col not in taken:
                    column.role = "value"
                    self.values.append(column)
            self.values.sort(key=lambda c: c.col)
        self._unsettle_targets()
        self.ratings = Ratings(
            grid,
            (row for row in block.body if row not in block.repeated),
            (c.col for c in self.columns if c.is_value or c.role in ("rag", "threshold")),
            (label.col for label in self.labels),
        )
        self._common = self._common_headings()
        self._anchors = in_sequence([c.heading for c in self.values], near)
        self.headings = {c.col: self._heading(c) for c in self.values}
        self._lend_organisations()
        rows = [self._label_texts(row).get("period", "") for row in block.body]
        self._row_anchors = in_sequence([text for text in rows if text], near)

    @property
    def row_axes(self) -> tuple[str, ...]:
        """What the label columns name, in order."""
        return tuple(label.axis for label in self.labels)

    def _unsettle_targets(self) -> None:
        """Under "Standard" stand targets beside measures, values where rows are months or organisations."""
        if "measure" in self.row_axes:
            return
        for column in self.columns:
            if column.role != "threshold" or key(column.heading) not in ("standard", "floor", "activity"):
                continue
            texts = {self.grid.own(row, column.col) for row in self.block.body} - {""}
            if len(texts) > 1:
                column.role = "value"
                self.values.append(column)
        self.values.sort(key=lambda c: c.col)

    def _common_headings(self) -> frozenset[str]:
        """Upper headings that stand over every value column say nothing of any one of them."""
        if len(self.values) < 2:
            return frozenset()
        seen = Counter(text for c in self.values for text in dict.fromkeys(c.path[:-1]))
        return frozenset(text for text, count in seen.items() if count == len(self.values))

    def _heading(self, column: Column) -> Heading:
        period: Period | None = None
        period_text = organisation = measure = series = None
        others: list[str] = []
        parts = [text for text in column.path if text not in self._common or text == column.heading]
        joined = self._joined_period(parts)
        if joined is not None:
            period_text, period = joined
            parts = [text for text in parts if period_of(text, self.near) is None]
        for text in parts:
            role = role_of(text)
            found = dated(text, self._anchors.get(text, self.near))
            if found is not None and (period is None or found.period.is_ytd):
                period, period_text = found.period, found.period_text
                if found.period.is_ytd:
                    series = series or "ytd"
                if found.rest:
                    others.append(found.rest)
            elif role == "ytd":
                series, period_text = "ytd", period_text or text
            elif column.role == "organisation" and text == column.heading:
                organisation = text
            elif is_organisation(text):
                organisation = organisation or text
            elif role in ("latest", "previous"):
                if text == column.heading and period_text is None and _says_when(text):
                    period_text = text
            elif role == "plan" or (column.role == "plan" and text == column.heading):
                series = "plan"
                if role != "plan" or len(key(text).split()) > 1:
                    others.append(text) if not is_plan(text) else None
            elif role in ("threshold",) and column.role == "plan":
                series = "plan"
            elif role in ("rag", "trend"):
                continue
            else:
                others.append(text)
        breakdown = " / ".join(dict.fromkeys(text for text in others if text)) or None
        if (
            breakdown
            and "measure" not in self.row_axes
            and is_measure_like(breakdown)
            and not self.titles.texts
        ):
            measure, breakdown = breakdown, None
        return Heading(period_text, period, organisation, measure, breakdown, series)

    def _lend_organisations(self) -> None:
        """The year to date beside an organisation's value is its own, though only the value is headed."""
        named = [c for c in self.values if self.headings[c.col].organisation]
        if len(named) < 2:
            return
        again = Counter(key(c.heading) for c in self.values if not self.headings[c.col].organisation)
        for column in self.values:
            heading = self.headings[column.col]
            before = [c for c in named if c.col < column.col]
            if (
                heading.organisation is None
                and before
                and (again[key(column.heading)] >= 2 or column.role == "ytd")
            ):
                owner = self.headings[before[-1].col].organisation
                self.headings[column.col] = replace(heading, organisation=owner)

    def _joined_period(self, parts: list[str]) -> tuple[str, Period] | None:
        """ "Q1" under "2023/24", "Apr" under "2024": one period from two headings."""
        if len(parts) < 2:
            return None
        upper, lower = parts[-2], parts[-1]
        above, below = period_of(upper, self.near), period_of(lower, self.near)
        if above is None or above.kind not in ("financial_year", "year"):
            return None
        if below is not None and not below.assumption:
            return None
        both = period_of(f"{lower} {upper}", self.near)
        if both is not None:
            return fold(f"{lower} {upper}"), both
        if below is not None and below.kind == "month" and above.kind == "financial_year":
            year = above.start.year if below.start.month >= 4 else above.start.year + 1
            exact = period_of(f"{lower} {year}", None)
            if exact is not None:
                return fold(f"{lower} {upper}"), exact
        return None

    def _label_texts(self, row: int) -> dict[str, str]:
        """Axis -> what the row's labels say, merged headings included; blanks take what stands above."""
        found: dict[str, str] = {}
        for label in self.labels:
            text = self.grid.text(row, label.col)
            if not text and len(self.labels) > 1:
                text = self._above(row, label)
            if text:
                found[label.axis] = f"{found[label.axis]} / {text}" if label.axis in found else text
        return found

    def _above(self, row: int, label: LabelColumn) -> str:
        """The label above a blank, where the row has another label of its own."""
        if not any(self.grid.text(row, other.col) for other in self.labels if other is not label):
            return ""
        for up in range(row - 1, (self.block.body[0] if self.block.body else 0) - 1, -1):
            if up in self.block.repeated:
                continue
            if text := self.grid.text(up, label.col):
                return text
        return ""

    def read(self) -> Read:
        """Every value cell as a draft; every other row with the reason for giving none."""
        drafts: list[Draft] = []
        fates: list[RowFate] = []
        table_no = self.grid.table.table_no
        section: str | None = None
        coloured = 0
        for row in self.block.body:
            if row in self.block.repeated:
                fates.append(RowFate(table_no, row, "header", "repeated header"))
                continue
            if self.grid.is_blank(row):
                fates.append(RowFate(table_no, row, "ignored", "blank"))
                continue
            labels = self._label_texts(row)
            if reason := self._not_a_row(row, labels):
                if reason == "section heading":
                    section = self.grid.row_texts(row)[0][1]
                fates.append(RowFate(table_no, row, "ignored", reason))
                continue
            made = list(self._drafts(row, labels, section))
            drafts += made
            coloured += self._colours_alone(row)
            if not made:
                fates.append(RowFate(table_no, row, "ignored", "no value is printed in this row"))
        fates += [RowFate(table_no, row, "header", "title") for row in self.block.title_rows]
        fates += [RowFate(table_no, row, "header") for row in self.block.headings]
        return Read(tuple(drafts), tuple(fates), coloured)

    def _not_a_row(self, row: int, labels: dict[str, str]) -> str:
        texts = self.grid.row_texts(row)
        values = [c for c in self.values if self.grid.own(row, c.col) or self._symbol(row, c.col)]
        first = texts[0][1] if texts else ""
        named = labels.get("organisation") or labels.get("breakdown") or labels.get("period") or first
        if is_total(named if "measure" not in labels else (labels.get("measure") or first)) or is_total(
            first
        ):
            return "total"
        if len(texts) == 1 and not values:
            return (
                "note"
                if len(first) > 120 or first.lower().startswith(("source", "note", "*", "key"))
                else "section heading"
            )
        if (
            len(texts) == 1
            and texts[0][0] == 0
            and len({id(self.grid.cell(row, c)) for c in range(self.grid.n_cols)}) == 1
        ):
            return "section heading"
        return ""

    def _symbol(self, row: int, col: int) -> Trend | None:
        cell = self.grid.cell(row, col)
        return cell.symbol if cell is not None and cell.row == row and cell.col == col else None

    def _drafts(self, row: int, labels: dict[str, str], section: str | None) -> Iterator[Draft]:
        plan_label = self._plan_label(labels)
        row_period = self._row_period(row, labels)
        for column in self.values:
            cell = self.grid.cell(row, column.col)
            if cell is None or cell.row != row or cell.col != column.col:
                continue
            value = read_cell(cell)
            if value is None:
                continue
            heading = self.headings[column.col]
            if value.value is None and value.missing is None and value.rag is None and len(value.text) > 80:
                continue
            series = "plan" if plan_label or heading.series == "plan" else heading.series or "actual"
            period_text, period = self._period(column, heading, row_period)
            measure, breakdown = self._measure(labels, heading, section)
            yield Draft(
                place=Place(row, column.col, cell.page),
                measure=measure,
                organisation_text=self._organisation(labels, heading, plan_label),
                breakdown=breakdown,
                series=series,
                period_text=period_text,
                period=period,
                value=value,
                threshold_text=self._threshold(row, column),
                rag=self._rag(row, column, value.rag),
                trend=value.trend or self._trend(row, column),
                unit_texts=(
                    column.heading,
                    measure or "",
                    self._unit(row),
                    *column.path[:-1],
                    *self.titles.texts,
                ),
            )

    def _plan_label(self, labels: dict[str, str]) -> str | None:
        """A row of a plan: its label says so, and is not itself the name of a measure."""
        for axis in ("organisation", "breakdown"):
            text = labels.get(axis)
            if text and is_plan(text):
                return text
        return None

    def _organisation(self, labels: dict[str, str], heading: Heading, plan_label: str | None) -> str | None:
        if plan_label:
            return plan_label
        return labels.get("organisation") or heading.organisation

    def _measure(
        self, labels: dict[str, str], heading: Heading, section: str | None
    ) -> tuple[str | None, str | None]:
        """The measure, and the further dimension that is neither organisation nor period."""
        own, title = labels.get("measure"), self.titles.measure
        further = labels.get("breakdown")
        if further is not None and is_plan(further):
            further = None
        across = heading.breakdown
        if (
            "organisation" in labels
            and heading.organisation
            and heading.organisation != labels["organisation"]
        ):
            across = " / ".join(text for text in (heading.organisation, across) if text)
        if own is not None:
            return own, " / ".join(text for text in (further, across) if text) or None
        if heading.measure is not None:
            return heading.measure, further or section
        if section is not None and is_measure_like(section):
            title = section
        if further is not None and across is not None:
            return (f"{title} – {across}" if title else across), further
        if title is None:
            return across or section, further
        return title, further or across

    def _row_period(self, row: int, labels: dict[str, str]) -> tuple[str, Period | None] | None:
        text = labels.get("period")
        if text:
            return text, period_of(text, self._row_anchors.get(text, self.near))
        for column in self.columns:
            if column.role == "latest_period" and (text := self.grid.text(row, column.col)):
                return text, period_of(text, self.near)
        return None

    def _period(
        self, column: Column, heading: Heading, row_period: tuple[str, Period | None] | None
    ) -> tuple[str | None, Period | None]:
        if heading.period is not None:
            return heading.period_text, heading.period
        if column.role == "ytd":
            return heading.period_text, None
        if column.role == "previous":
            return heading.period_text, None
        if row_period is not None:
            return row_period
        if heading.period_text is not None:
            return heading.period_text, None
        for text in self.titles.texts:
            found = dated(text, self.near)
            if found is not None:
                return found.period_text, found.period
        return None, None

    def _beside(self, column: Column, role: str) -> Column | None:
        """The column of that role that goes with a value: the next at its right before another value."""
        same = [c for c in self.columns if c.role == role]
        if not same:
            return None
        values = [c.col for c in self.values]
        for other in same:
            if other.col > column.col and not any(column.col < col < other.col for col in values):
                return other
        if len(same) == 1 and role == "rag":
            return same[0] if len(self.values) == 1 or column.role == "latest" else None
        return None

    def _trend(self, row: int, column: Column) -> Trend | None:
        """The arrow beside the value; for latest and previous side by side, the arrow is the latest's."""
        beside = self._beside(column, "trend")
        trends = [c for c in self.columns if c.role == "trend"]
        if len(trends) == 1:
            first = self._latest()
            beside = trends[0] if first is not None and first.col == column.col else None
        elif column.role == "ytd":
            return None
        if beside is None:
            return None
        if (symbol := self._symbol(row, beside.col)) is not None:
            return symbol
        found = parse_trend(self.grid.text(row, beside.col))
        return found if isinstance(found, str) else None

    def _latest(self) -> Column | None:
        """The value that one arrow a row speaks of: the latest."""
        if not self.values:
            return None
        plain_values = [
            c
            for c in self.values
            if c.role not in BREAKDOWN_ROLES and c.role not in ("previous", "plan", "ytd")
        ]
        candidates = plain_values or self.values
        latest = [c for c in candidates if c.role == "latest"]
        if latest:
            return latest[0]
        ends = [(h.period.end, c.col) for c in candidates if (h := self.headings[c.col]).period is not None]
        if ends:
            newest = max(ends)[1]
            return next(c for c in candidates if c.col == newest)
        return candidates[0]

    def _rag(self, row: int, column: Column, said: Rag | None) -> Rag | None:
        if said is not None:
            return said
        if column.role in BREAKDOWN_ROLES:
            return self.ratings.of(row, column.col)
        beside = self._beside(column, "rag")
        if beside is not None:
            rags = [c for c in self.columns if c.role == "rag"]
            latest = self._latest()
            if len(rags) > 1 or latest is None or latest.col == column.col:
                found = parse_rag(self.grid.text(row, beside.col))
                return (
                    found
                    if isinstance(found, str)
                    else self.ratings.of(row, beside.col) or self.ratings.of(row, column.col)
                )
        return self.ratings.of(row, column.col)

    def _threshold(self, row: int, column: Column) -> str | None:
        thresholds = [c for c in self.columns if c.role == "threshold"]
        if not thresholds:
            return (
                self._noted_threshold()
                if column.role in ("period", "ytd", "organisation") and not self._by_measure()
                else None
            )
        grouped = [c for c in thresholds if c.group and c.group == column.group]
        alone = [c for c in thresholds if not c.group or len(thresholds) == 1]
        for chosen in (*grouped, *alone, *([] if any(c.group for c in thresholds) else thresholds)):
            if text := self.grid.text(row, chosen.col):
                return text
        return None

    def _by_measure(self) -> bool:
        return "measure" in self.row_axes

    def _noted_threshold(self) -> str | None:
        """A line beside the table that states one target for all of it."""
        stated = {
            fold(match["value"])
            for note in self.grid.table.notes
            if len(note) < 60 and (match := NOTE_THRESHOLD.match(plain(note)))
        }
        return stated.pop() if len(stated) == 1 else None

    def _unit(self, row: int) -> str:
        return next((self.grid.text(row, c.col) for c in self.columns if c.role == "unit"), "")

    def _colours_alone(self, row: int) -> int:
        return sum(
            not self.grid.own(row, c.col) and self._symbol(row, c.col) is None
            and self.ratings.of(row, c.col) in ("red", "amber", "green")
            for c in self.values
        )  # fmt: skip


def _says_when(text: str) -> bool:
    """ "Latest" and "Previous" are periods of a kind; "Actual" and "Value" are none."""
    return bool(re.match(r"(?:latest|previous|current|this|last|prior)\b", text, re.IGNORECASE))
