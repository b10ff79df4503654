"""Actions: action logs and plans, decision and issue logs, minutes with an action column, logs
whose status is a colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.action_columns import Columns, columns_of
from extractors.action_values import Reading, read_due, read_raised, read_status, section_status
from extractors.kinds.base import Context, Extraction, Match
from extractors.legend import legend_of
from extractors.meeting import meeting_day
from extractors.parse.folding import fold
from extractors.sheet import Sheet
from extractors.vocabulary import Status, header_role
from schemas.document import RawTable
from schemas.finding import Finding
from schemas.outcome import Record, RowFate, Scalar

NAME = "actions"

_ABOUT = re.compile(
    r"\b(?:action(?:s)? (?:log|list|plan|tracker|point|register|summary|from)|decisions?(?: log| taken"
    r"| register)?|issues? log|"
    r"matters arising|actions?)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:likelihood|consequence|residual|inherent|risk (?:score|rating|description|title|appetite)"
    r"|threshold|"
    r"agenda|apologies|scheme value|total cost|budget|variance|job role|standard deviation)\b|£",
    re.IGNORECASE,
)


_FRONT_SHEET = re.compile(
    r"\b(?:report title|title of (?:the )?(?:report|paper|item)|(?:report )?author|purpose|present(?:er|ed by)"
    r"|previously considered|executive sponsor|action requested)\b",
    re.IGNORECASE,
)
"""Headings of the table on a paper's first page, which asks the board to act and is no log of actions."""


@dataclass(frozen=True, slots=True)
class Actions:
    """The kind `actions`."""

    name: str = NAME

    def match(self, table: RawTable, context: Context) -> Match:  # noqa: ARG002
        """By its headings, by what stands below them, and by the words above the table."""
        columns = columns_of(_sheet(table))
        if columns is None:
            return Match(0.0, "no column of actions")
        score = columns.evidence()
        named = _ABOUT.search(" ".join((table.title or "", table.heading or "", *columns.sheet.title_rows)))
        if named:
            score += 0.15
        if not columns.minutes and _OTHER.search(" ".join(columns.sheet.headings)):
            score -= 0.35
        front = {found.lower() for text in columns.sheet.headings for found in _FRONT_SHEET.findall(text)}
        score -= 0.3 * min(2, len(front))
        shown = ", ".join(f"{role}: “{columns.heading(role)}”" for role in columns.shown())
        reason = f"headings of an action log ({shown})" + (f", under “{named.group()}”" if named else "")
        if columns.minutes:
            heading = columns.heading("owner")
            reason = "minutes with a column of action owners" + (f" (“{heading}”)" if heading else "")
        return Match(max(0.0, min(1.0, score)), reason)

    def read(self, table: RawTable, context: Context) -> Extraction:
        """One record a row; the fate of every other row."""
        sheet = _sheet(table)
        columns = columns_of(sheet)
        if columns is None:
            return Extraction()
        reader = _Reader(table, columns, context)
        reader.read()
        return Extraction(tuple(reader.records), tuple(reader.fates), (), tuple(reader.findings))


KIND = Actions()


def _sheet(table: RawTable) -> Sheet:
    return Sheet.of(table, lambda text: header_role(NAME, text))


@dataclass(slots=True)
class _Reader:
    """One table on its way from rows to records."""

    table: RawTable
    columns: Columns
    context: Context
    records: list[Record] = field(default_factory=list)
    fates: list[RowFate] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    section: Status | None = None

    def read(self) -> None:
        sheet = self.columns.sheet
        self.findings.extend(self.columns.unknown_headings())
        for row in range(self.table.n_rows):
            match sheet.sort(row):
                case "header":
                    self.fates.append(RowFate(self.table.table_no, row, "header", "heading"))
                case "repeated header":
                    self._ignore(row, "repeated header")
                case "blank":
                    self._ignore(row, "blank")
                case "total" if not self.columns.minutes:
                    self._ignore(row, "total")
                case "section heading" if not self.columns.minutes:
                    self._section(row)
                case _:
                    self._body(row)

    def _ignore(self, row: int, reason: str) -> None:
        self.fates.append(RowFate(self.table.table_no, row, "ignored", reason))

    def _section(self, row: int) -> None:
        cell = self.columns.sheet.row_cells(row)[0]
        text = fold(cell.text)
        if cell.col_span == 1 and self._goes_on(row):
            return
        self.section = section_status(text)
        self._ignore(row, "section heading")

    def _body(self, row: int) -> None:
        columns, sheet = self.columns, self.columns.sheet
        if columns.minutes and not columns.text(row, "owner"):
            self._ignore(row, "minute without an action")
            return
        if self._goes_on(row):
            return
        if columns.says_nothing(row):
            self._ignore(row, "no action is printed in this row")
            return
        self.records.append(Record(NAME, self.table.table_no, row, None, sheet.page(row), self._values(row)))

    def _goes_on(self, row: int) -> bool:
        """A row that only goes on with the text of the row above: added to it, not an action of its own."""
        columns = self.columns
        if not self.records or columns.minutes or not columns.is_continuation(row):
            return False
        last = self.records[-1]
        if any(fate.row > last.row and fate.reason != "continuation" for fate in self.fates):
            return False
        values = dict(last.values)
        for role, text in columns.texts(row).items():
            before = values.get(role)
            values[role] = f"{before} {text}" if before else text
        self.records[-1] = Record(NAME, last.table_no, last.row, None, last.page, values)
        self._ignore(row, "continuation")
        return True

    def _values(self, row: int) -> dict[str, Scalar]:
        columns = self.columns
        near = meeting_day(self.context.meta)
        texts = columns.texts(row)
        raised = read_raised(texts.get("raised_text"), near)
        due = read_due(texts.get("due_text"), near)
        status = read_status(columns, row, legend_of(self.table, self.context), self.section)
        for reading, column in ((raised, "raised"), (due, "due"), (status, "status")):
            self._say(row, column, reading)
        return {
            "ref": texts.get("ref"),
            "raised_text": texts.get("raised_text"),
            "raised_on": raised.value,
            "item": texts.get("item"),
            "action": texts.get("action"),
            "owner": texts.get("owner"),
            "due_text": texts.get("due_text"),
            "due_on": due.value,
            "status_text": texts.get("status_text"),
            "status": status.value or due.status,
            "comments": texts.get("comments"),
        }

    def _say(self, row: int, role: str, reading: Reading) -> None:
        if not reading.check:
            return
        col = self.columns.column(role)
        cell = self.columns.sheet.cell(row, col) if col is not None else None
        self.findings.append(
            Finding(
                reading.severity,
                "cell",
                reading.check,
                f"Page {cell.page if cell else self.columns.sheet.page(row)}, table {self.table.table_no}, "
                f"row {row}: "
                f"{reading.message}.",
                page=cell.page if cell else self.columns.sheet.page(row),
                table_no=self.table.table_no,
                row=row,
                col=col,
                column_name={"raised": "raised_on", "due": "due_on", "status": "status"}[role],
                found=fold(cell.text)[:200] if cell else None,
                expected=reading.expected,
                bbox=cell.bbox if cell else None,
            )
        )
