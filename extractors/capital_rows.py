"""The rows of a capital table as schemes and amounts, and the fate of every row that gives none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extractors.capital_columns import Columns
from extractors.capital_records import Amount, Remark, amounts, description, profile_values, scheme_values, words
from extractors.capital_totals import unmarked_totals
from extractors.capital_unit import settle_unit
from extractors.capital_values import Said
from extractors.join_columns import JoinedTable
from extractors.kinds.base import Context, Extraction
from extractors.meeting import meeting_day
from extractors.parse.folding import fold
from extractors.parse.money import Money, parse_money
from extractors.sheet import Sheet
from extractors.validate import quarantined
from extractors.vocabulary import unnamed_parts
from schemas.document import RawTable
from schemas.finding import Finding
from schemas.outcome import Quarantined, Record, RowFate

SCHEMES, PROFILE = "capital_schemes", "capital_profile"
_NAME = "capital"
_UNNAMED = re.compile(r"^(?:tb[cda]|n/?a|various|multiple|all|other|-+|none|to be confirmed)$", re.IGNORECASE)
_OF_ORGANISATIONS = re.compile(r"\b(?:organi[sz]ation|partner|authority|provider|body|trust|council)", re.IGNORECASE)
"""A lead's heading that promises organisations, not directorates or people."""


@dataclass(slots=True)
class CapitalRows:
    """One table on its way from rows to records. `whole` is the table with its columns of other pages."""

    table: RawTable
    whole: JoinedTable
    columns: Columns
    context: Context
    records: list[Record] = field(default_factory=list)
    fates: dict[int, RowFate] = field(default_factory=dict)
    held: list[Quarantined] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    section: str | None = None
    scheme: str | None = None
    scheme_row: int | None = None

    def read(self) -> Extraction:
        """All rows of the table, in order."""
        self.section = self._outer_section()
        if self._is_first:
            self.findings.extend(self.columns.unknown_headings())
        self.columns, remark = settle_unit(self.columns, self.context, self.table)
        if self._is_first and remark is not None:
            self.findings.append(remark)
        totals = unmarked_totals(self.columns)
        for row in range(self._sheet.table.n_rows):
            self._read_row(row, totals)
        self._settle()
        return Extraction(tuple(self.records), tuple(self.fates.values()), tuple(self.held), tuple(self.findings))

    @property
    def _sheet(self) -> Sheet:
        return self.columns.sheet

    @property
    def _is_first(self) -> bool:
        return self.whole.parts[0] == self.table.table_no

    def _outer_section(self) -> str | None:
        return fold(self.table.title or self.table.heading or "") or None

    def _read_row(self, row: int, totals: frozenset[int]) -> None:
        sort = self._sheet.sort(row)
        if sort == "header":
            self._fate(row, "heading", "header")
        elif sort in ("repeated header", "blank"):
            self._fate(row, sort)
        elif sort == "total" or row in totals or self._is_bare_total(row):
            self._fate(row, "total")
            self.section, self.scheme = self._outer_section(), None
        elif sort == "section heading" and self._heads(row):
            self.section = fold(self._sheet.row_cells(row)[0].text).rstrip(":").strip()
            self.scheme = None
            self._fate(row, "section heading")
        else:
            self._body(row)

    def _heads(self, row: int) -> bool:
        """Whether a lone text is a heading over the rows below it, and no scheme of which
        nothing else is printed."""
        cell = self._sheet.row_cells(row)[0]
        text = fold(cell.text)
        if cell.col_span > 1 or text.endswith(":"):
            return True
        if cell.col not in (self.columns.scheme, 0) and cell.col in self.columns.descriptions:
            return False
        below = next((r for r in range(row + 1, self._sheet.table.n_rows) if self._sheet.sort(r) != "blank"), None)
        return below is not None and self._sheet.sort(below) in ("body", "total")

    def _is_bare_total(self, row: int) -> bool:
        """Amounts beside no name: a total whose word is not printed, where several schemes stand above it."""
        words = [
            cell
            for cell in self._sheet.row_cells(row)
            if cell.col not in self.columns.amounts and not isinstance(parse_money(cell.text), Money)
        ]
        year = "year" in self.columns.single
        return not words and not year and not self._sheet.text(row, self.columns.scheme) and row > self._sheet.n_header

    def _body(self, row: int) -> None:
        columns = self.columns
        name = columns.text(row, "scheme")
        begins = bool(self._sheet.own(row, columns.scheme))
        if self._goes_on(row, name, begins):
            return
        if not name:
            self._unnamed(row)
            return
        if begins or self.scheme != name:
            self.scheme, self.scheme_row = name, row
            self._emit_scheme(row, name)
        else:
            self._emit(row, name, words(self.columns, row))
        self._emit(row, name, amounts(self.columns, row))

    def _unnamed(self, row: int) -> None:
        """Amounts of the scheme above, printed line by line; else nobody's, and held back."""
        if self.scheme is not None and (self.columns.text(row, "year") or self._is_next_line(row)):
            self._emit(row, self.scheme, words(self.columns, row))
            self._emit(row, self.scheme, amounts(self.columns, row))
            return
        if not self._is_first:
            self._fate(row, "continuation")
            return
        reason = "scheme_is_missing: no scheme's name stands in this row"
        self._fate(row, reason, "quarantined")
        self.held.append(quarantined(self._sheet.table, row, _NAME, reason))
        self.findings.append(
            self._finding(
                row,
                self.columns.scheme,
                "scheme",
                Said(
                    "scheme_is_missing",
                    "amounts or words stand beside no scheme's name; the row is held back",
                    "error",
                    "a scheme's name",
                ),
            )
        )

    def _is_next_line(self, row: int) -> bool:
        """A line that has words of its own beside its amounts: a further change of the scheme above."""
        return any(self._sheet.own(row, col) for col in self.columns.descriptions)

    def _goes_on(self, row: int, name: str, begins: bool) -> bool:
        """Words that go on from the row above, cut by a page's end: added to it."""
        filled = {cell.col for cell in self._sheet.row_cells(row)}
        words = {self.columns.scheme, *self.columns.descriptions}
        if not self.records or not filled or not filled <= words or self.scheme_row is None:
            return False
        if name and begins and not name[:1].islower():
            return False
        last = next((r for r in reversed(self.records) if r.into == SCHEMES), None)
        if last is None or last.row not in (self._place(self.scheme_row) or (0, 0, 0))[1:2]:
            return False
        values = dict(last.values)
        for field_name, more in (("scheme", name if begins else ""), ("description", description(self.columns, row))):
            if more:
                values[field_name] = f"{values.get(field_name)} {more}" if values.get(field_name) else more
        at = self.records.index(last)
        self.records[at] = Record(SCHEMES, last.table_no, last.row, None, last.page, values)
        if begins and name:
            self._rename(str(last.values["scheme"]), str(values["scheme"]))
        self._fate(row, "continuation")
        return True

    def _rename(self, before: str, after: str) -> None:
        self.scheme = after
        for at, record in enumerate(self.records):
            if record.into == PROFILE and record.values["scheme"] == before:
                self.records[at] = Record(
                    PROFILE,
                    record.table_no,
                    record.row,
                    record.col,
                    record.page,
                    {**record.values, "scheme": after},
                )

    def _emit_scheme(self, row: int, name: str) -> None:
        place = self._place(row)
        if not self._is_first or place is None:
            return
        values, remarks = scheme_values(self.columns, row, name, self.section, meeting_day(self.context.meta))
        for remark in remarks:
            self._say(row, remark)
        self._say_unknown(self.columns.text(row, "lead"))
        self.records.append(Record(SCHEMES, *place, None, self._sheet.page(row), values))

    def _emit(self, row: int, name: str, found: Iterable[Amount]) -> None:
        """What of a row is printed in this part of the table, as rows of the profile."""
        for amount in found:
            if amount.remark is not None:
                self._say(row, amount.remark)
            source = self.whole.sources.get((row, amount.col))
            if source is None or source.table_no != self.table.table_no:
                continue
            cell = self._sheet.cell(row, amount.col)
            page = cell.page if cell else self.table.page
            values = profile_values(self.columns, row, name, self.section, amount)
            self.records.append(Record(PROFILE, *source, page, values))

    def _place(self, row: int) -> tuple[int, int] | None:
        """(table_no, row) of this table that a row of the whole was printed in; None where it
        has no such row."""
        for col in range(self._sheet.table.n_cols):
            source = self.whole.sources.get((row, col))
            if source is not None and source.table_no == self.table.table_no:
                return source.table_no, source.row
        return None

    def _fate(self, row: int, reason: str, fate: str = "ignored") -> None:
        place = self._place(row)
        if place is None:
            return
        if fate == "header":
            self.fates[place[1]] = RowFate(*place, "header", reason)
        elif fate == "quarantined":
            self.fates[place[1]] = RowFate(*place, "quarantined", reason)
        else:
            self.fates[place[1]] = RowFate(*place, "ignored", reason)

    def _settle(self) -> None:
        """Rows that gave nothing: blank, of a later part, or with texts under unknown headings alone."""
        told = {record.row for record in self.records}
        for row in range(self.table.n_rows):
            if row in told or row in self.fates:
                continue
            blank = not any(cell.text.strip() for cell in self.table.cells if cell.row == row)
            reason = (
                "blank" if blank else "continuation" if not self._is_first else "nothing of the scheme is printed here"
            )
            self.fates[row] = RowFate(self.table.table_no, row, "ignored", reason)

    def _say(self, row: int, remark: Remark) -> None:
        if remark.said.check and remark.col is not None:
            self.findings.append(self._finding(row, remark.col, remark.column, remark.said))

    def _finding(self, row: int, col: int, column: str, said: Said) -> Finding:
        cell = self._sheet.cell(row, col)
        source = self.whole.sources.get((row, col)) or (self.table.table_no, row, col)
        page = cell.page if cell else self._sheet.page(row)
        return Finding(
            said.severity,
            "row" if said.severity == "error" else "cell",
            said.check,
            f"Page {page}, table {source[0]}, row {source[1]}: {said.message}.",
            page=page,
            table_no=source[0],
            row=source[1],
            col=source[2],
            column_name=column,
            found=fold(cell.text)[:200] if cell else None,
            expected=said.expected,
            bbox=cell.bbox if cell else None,
        )

    def _say_unknown(self, lead: str) -> None:
        """A name that no data file knows: one finding a pack, so that a user can add it."""
        col = self.columns.single.get("lead")
        if col is None or not _OF_ORGANISATIONS.search(self.columns.heading(col)):
            return
        for name in unnamed_parts(lead):
            if not _UNNAMED.match(name) and len(name) > 2:
                finding = Finding(
                    "info",
                    "pack",
                    "unknown_organisation",
                    f"“{name[:120]}” is no organisation that boardpack knows; it is kept as printed. "
                    "Add it to organisations.toml if it should have a canonical name.",
                    column_name="lead_organisation",
                    found=name[:200],
                )
                if finding not in self.findings:
                    self.findings.append(finding)
