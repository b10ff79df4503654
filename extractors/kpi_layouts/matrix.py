"""Rows by columns, of whatever layout: each value cell with its measure, organisation and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractors.kpi_layouts.axes import LabelColumn, Titles, in_sequence, label_axes, titles_of
from extractors.kpi_layouts.colours import Ratings
from extractors.kpi_layouts.columns import Column, columns_of
from extractors.kpi_layouts.companions import Companions
from extractors.kpi_layouts.draft import Draft, Place
from extractors.kpi_layouts.grid import Block, Grid
from extractors.kpi_layouts.headings import Heading, measures_across, read_headings
from extractors.kpi_layouts.row_fates import why_no_values
from extractors.kpi_layouts.values import Value, read_cell
from extractors.kpi_layouts.words import dated, is_measure_like, is_plan, period_of
from extractors.parse.folding import key
from extractors.parse.money import money_unit
from extractors.parse.numbers import Number, parse_number
from extractors.parse.periods import Period
from schemas.outcome import RowFate

_LONGEST_VALUE = 80
"""A longer text in a column of values is a comment; it is kept in `cells` and gives no row."""

_FIGURE = re.compile(r"[(£+-]{0,3}\d[\d,]*(?:\.\d+%?|%|(?<=,\d{3}))[)]?")

_WHOLE_YEAR = re.compile(r"\b(?:full year|year ?end|annual|outturn)\b")
"""Of the whole year, whatever month the table is of."""

When = tuple[str | None, Period | None]


@dataclass(frozen=True, slots=True)
class Read:
    """A block's drafts, and the fates of its other rows."""

    drafts: tuple[Draft, ...]
    fates: tuple[RowFate, ...]
    unread_colours: int = 0
    """Cells with a rating's colour and no text."""
    passed_over: tuple[Place, ...] = ()
    """Cells of value columns whose text is too long for a value."""
    unread_numbers: int = 0
    """Cells with a figure in columns that were taken for text."""
    sums: tuple[str, ...] = ()
    """Headings of columns that sum the others: kept for the checks, they give no rows."""


class Matrix:
    """One block, read as rows by columns."""

    def __init__(self, grid: Grid, block: Block, near: date | None) -> None:
        self.grid, self.block, self.near = grid, block, near
        self.columns = columns_of(grid, block, near)
        self.titles: Titles = titles_of(grid, block, self.columns)
        self.labels = label_axes(grid, block, self.columns, titled=bool(self.titles.texts))
        self._labelled = frozenset(label.col for label in self.labels)
        self.row_axes = tuple(label.axis for label in self.labels)
        self.values = self._value_columns()
        by_measure = "measure" in self.row_axes
        self.measures_across = not by_measure and measures_across(self.values, self.titles.texts, near)
        years = (grid.table.title or "", grid.table.heading or "", *self.titles.texts)
        self.headings = read_headings(
            self.values,
            across=self.measures_across,
            near=near,
            anchors=in_sequence([c.heading for c in self.values], near, years),
            titles=self.titles.texts if "organisation" not in self.row_axes else (),
        )
        self._ratings = Ratings(
            grid,
            (row for row in block.body if row not in block.repeated),
            (c.col for c in self.columns if c.is_value or c.role in ("rag", "threshold")),
            (label.col for label in self.labels),
        )
        self._beside = Companions(grid, self.columns, self.values, self.headings, self._ratings, by_measure=by_measure)
        periods = [self._label_texts(row).get("period", "") for row in block.body]
        self._row_anchors = in_sequence([text for text in periods if text], near, years)
        uppers = [text for c in self.values for text in c.path[:-1]]
        label_headings = [text for label in self.labels for text in self.columns[label.col].path]
        notes = [note for note in grid.table.notes if len(note) < 50 and money_unit(note)]
        near_by = (*uppers, *label_headings, block.title or "", *self.titles.texts, *notes)
        self._stated = tuple(dict.fromkeys(near_by))

    def read(self) -> Read:
        """Every value cell as a draft; every other row with the reason for giving none."""
        drafts: list[Draft] = []
        passed_over: list[Place] = []
        table_no = self.grid.table.table_no
        fates = [RowFate(table_no, row, "header", "title") for row in self.block.title_rows]
        fates += [RowFate(table_no, row, "header") for row in self.block.headings]
        section: str | None = None
        coloured = unread = 0
        for row in self.block.body:
            labels = self._label_texts(row)
            fate = why_no_values(self.grid, self.block, self.values, row, labels)
            if fate is not None:
                if fate.reason == "section heading":
                    section = self.grid.row_texts(row)[0][1]
                fates.append(fate)
                continue
            unread += self._unread_numbers(row)
            made = list(self._drafts(row, labels, section))
            long = [draft.place for draft in made if self._is_comment(draft)]
            made = [draft for draft in made if draft.place not in long]
            drafts += made
            passed_over += long
            coloured += self._colours_alone(row)
            if not made:
                fates.append(RowFate(table_no, row, "ignored", "no value is printed in this row"))
        return Read(tuple(drafts), tuple(fates), coloured, tuple(passed_over), unread, self._sums())

    def _value_columns(self) -> list[Column]:
        """The columns of values, sums of organisations left out, and "Standard" taken as what it is here."""
        taken = {label.col for label in self.labels}
        values = [c for c in self.columns if c.is_value and c.col not in taken]
        sums_organisations = any(c.role == "organisation" for c in values)
        others = tuple(values)
        targets = {(c.group, c.role): c for c in reversed(self.columns) if c.role == "threshold"}
        for column in self.columns:
            if column.col in taken:
                continue
            if (column.role == "total" and not sums_organisations and not self._is_sum(column, others)) or (
                column.role == "threshold" and "measure" not in self.row_axes and self._is_no_target(column)
            ):
                column.role = "value"
                values.append(column)
            elif column.role == "threshold" and targets[column.group, column.role] is not column:
                column.role = "plan"
                values.append(column)
        return sorted(values, key=lambda c: c.col)

    def _sums(self) -> tuple[str, ...]:
        read = {column.col for column in self.values} | self._labelled
        return tuple(c.heading for c in self.columns if c.role == "total" and c.col not in read)

    def _is_sum(self, total: Column, others: tuple[Column, ...]) -> bool:
        """Most rows' totals are the sum of the row's other values: loaded too, each would count twice."""
        fits = misses = 0
        for row in self.block.body:
            printed = parse_number(self.grid.own(row, total.col))
            parts = [parse_number(text) for c in others if (text := self.grid.own(row, c.col))]
            numbers = [part.value for part in parts if isinstance(part, Number)]
            if isinstance(printed, Number) and len(numbers) > 1:
                fits += sum(numbers) == printed.value
                misses += sum(numbers) != printed.value
        return fits > misses

    def _is_no_target(self, column: Column) -> bool:
        """Under "Standard" stand targets beside measures; values where rows are months or organisations."""
        texts = {self.grid.own(row, column.col) for row in self.block.body} - {""}
        return key(column.heading) in ("standard", "floor", "activity") and len(texts) > 1

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
            if up not in self.block.repeated and (text := self.grid.text(up, label.col)):
                return text
        return ""

    def _drafts(self, row: int, labels: dict[str, str], section: str | None) -> Iterator[Draft]:
        plan_label = next(
            (text for axis in ("organisation", "breakdown") if is_plan(text := labels.get(axis, ""))), None
        )
        row_period = self._row_period(row, labels)
        for column in self.values:
            cell = self.grid.cell(row, column.col)
            if cell is None or cell.row != row or cell.col != column.col:
                continue
            value = read_cell(cell)
            if value is None:
                continue
            if column.role == "date":
                value = Value(value.text)
            heading = self.headings[column.col]
            measure, breakdown = self._measure(labels, heading, section)
            period_text, period = self._period(column, heading, row_period)
            yield Draft(
                place=Place(row, column.col, cell.page),
                measure=measure,
                organisation_text=plan_label or labels.get("organisation") or heading.organisation,
                breakdown=breakdown,
                series="plan" if plan_label else heading.series or "actual",
                period_text=period_text,
                period=period,
                value=value,
                threshold_text=self._beside.threshold(row, column),
                rag=value.rag or self._beside.rag(row, column),
                trend=value.trend or self._beside.trend(row, column),
                unit_texts=(column.unit, column.heading, measure or "", self._beside.unit(row), *self._stated),
                better=self._beside.better(row),
            )

    def _measure(self, labels: dict[str, str], heading: Heading, section: str | None) -> tuple[str | None, str | None]:
        """The measure, and the further dimension that is neither organisation nor period."""
        title = section if section is not None and is_measure_like(section) else self.titles.measure
        further = labels.get("breakdown")
        if further is not None and (is_plan(further) or key(further) in ("actual", "actuals")):
            further = None
        across = heading.breakdown
        if "organisation" in labels and heading.organisation not in (None, labels["organisation"]):
            across = _joined(heading.organisation, across)
        if "measure" in labels:
            return labels["measure"], _joined(further, across)
        if heading.measure is not None:
            return heading.measure, _joined(further, across)
        if further is not None and across is not None:
            return (f"{title} – {across}" if title else across), further
        if title is None:
            return across or section, further
        return title, further or across

    def _row_period(self, row: int, labels: dict[str, str]) -> When | None:
        """The period that the row's label or its column of periods prints."""
        if text := labels.get("period"):
            return text, period_of(text, self._row_anchors.get(text, self.near))
        for column in self.columns:
            if column.role == "latest_period" and (text := self.grid.text(row, column.col)):
                return text, period_of(text, self.near)
        return None

    def _period(self, column: Column, heading: Heading, row_period: When | None) -> When:
        """The heading's period, else the row's, else the title's."""
        if heading.period is not None or column.role in ("ytd", "previous"):
            return heading.period_text, heading.period
        if heading.cumulative:
            return heading.period_text, None
        if row_period is not None:
            return row_period
        if column.role == "date":
            return None, None
        if whole_year := next((text for text in reversed(column.path) if _WHOLE_YEAR.search(key(text))), None):
            return whole_year, None
        for text in (*self.titles.texts, *self.titles.dates):
            found = dated(text, self.near)
            if found is not None and not (found.period.kind == "day" and found.period.end == self.near):
                return found.period_text, found.period
        for text in (text for label in self.labels for text in self.columns[label.col].path):
            if (found := dated(text, self.near)) is not None:
                return found.period_text, found.period
        return heading.period_text, None

    def _is_comment(self, draft: Draft) -> bool:
        return not draft.value.is_read and len(draft.value.text) > _LONGEST_VALUE

    def _unread_numbers(self, row: int) -> int:
        """Figures with a decimal, a percent sign or thousands, in a column of comments, references or owners."""
        return sum(
            bool(_FIGURE.fullmatch(self.grid.own(row, c.col)))
            for c in self.columns
            if c.role == "note" and c.col not in self._labelled
        )

    def _colours_alone(self, row: int) -> int:
        return sum(
            not self.grid.text(row, c.col)
            and self.grid.symbol(row, c.col) is None
            and self._ratings.of(row, c.col) in ("red", "amber", "green")
            for c in self.values
        )


def _joined(*texts: str | None) -> str | None:
    return " / ".join(text for text in texts if text) or None
