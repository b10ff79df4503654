"""Performance tables: dashboards, series, cross-tables, ratings, statistical process control, panels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractors.kinds.base import Context, Extraction, Match
from extractors.kpi_layouts.draft import to_record
from extractors.kpi_layouts.grid import Grid
from extractors.kpi_layouts.judging import judge
from extractors.kpi_layouts.matrix import Matrix
from extractors.kpi_layouts.panel import is_panel, read_panel
from extractors.kpi_layouts.words import use_words_of
from extractors.vocabulary_files import user_folder
from schemas.document import RawTable
from schemas.finding import Finding
from schemas.outcome import Record, RowFate


@dataclass(frozen=True, slots=True)
class _Kpis:
    name: str = "kpis"

    def match(self, table: RawTable, context: Context) -> Match:
        """By headings (periods, organisations, measures, targets, ratings), by numbers, and by the title."""
        use_words_of(user_folder())
        if is_panel(table):
            return Match(0.95, "a panel: a measure with its latest value beside a target or an earlier value")
        if table.n_cols < 2 or table.n_rows < 2:
            return Match(0.0, "")
        grid = Grid(table)
        near = _near(context)
        return judge(grid, near)

    def read(self, table: RawTable, context: Context) -> Extraction:
        """Each value as a row of `kpis`; what gives none, with the reason."""
        use_words_of(user_folder())
        near = _near(context)
        if is_panel(table):
            drafts, fates = read_panel(table, near)
            return Extraction(tuple(to_record(draft, table.table_no) for draft in drafts), tuple(fates))
        grid = Grid(table)
        records: list[Record] = []
        all_fates: list[RowFate] = []
        findings: list[Finding] = []
        coloured = passed_over = unread = 0
        sums: list[str] = []
        for block in grid.blocks():
            read = Matrix(grid, block, near).read()
            records += [to_record(draft, table.table_no) for draft in read.drafts]
            all_fates += read.fates
            coloured += read.unread_colours
            passed_over += len(read.passed_over)
            unread += read.unread_numbers
            sums += read.sums
        if coloured:
            findings.append(_coloured(table, coloured))
        if passed_over:
            findings.append(_passed_over(table, passed_over))
        if unread:
            findings.append(_unread(table, unread))
        if sums:
            findings.append(_summed(table, sums))
        if records and all(record.values["period_text"] is None for record in records):
            findings.append(_undated(table))
        return Extraction(tuple(records), tuple(all_fates), findings=tuple(findings))


KIND = _Kpis()


def _near(context: Context) -> date | None:
    said = context.meta.meeting_date
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _coloured(table: RawTable, count: int) -> Finding:
    return Finding(
        "info",
        "table",
        "colour_without_text",
        f"Page {table.page}, table {table.table_no}: {count} cells are coloured red, amber or green "
        "and hold no text; they give no rows.",
        page=table.page,
        table_no=table.table_no,
        found=str(count),
        bbox=table.bbox,
    )


def _passed_over(table: RawTable, count: int) -> Finding:
    return Finding(
        "info",
        "table",
        "comment_among_values",
        f"Page {table.page}, table {table.table_no}: {count} cells among values hold a comment and give no row.",
        page=table.page,
        table_no=table.table_no,
        found=str(count),
        bbox=table.bbox,
    )


def _unread(table: RawTable, count: int) -> Finding:
    return Finding(
        "info",
        "table",
        "figures_not_read",
        f"Page {table.page}, table {table.table_no}: {count} figures stand in columns that were taken for text; "
        "they give no rows.",
        page=table.page,
        table_no=table.table_no,
        found=str(count),
        bbox=table.bbox,
    )


def _summed(table: RawTable, headings: list[str]) -> Finding:
    named = ", ".join(f"“{heading}”" for heading in dict.fromkeys(headings))
    return Finding(
        "info",
        "table",
        "total_column",
        f"Page {table.page}, table {table.table_no}: the column {named} sums the others; it is checked against them "
        "and gives no rows.",
        page=table.page,
        table_no=table.table_no,
        found=named,
        bbox=table.bbox,
    )


def _undated(table: RawTable) -> Finding:
    return Finding(
        "info",
        "table",
        "period_not_printed",
        f"Page {table.page}, table {table.table_no} prints no period for its values.",
        page=table.page,
        table_no=table.table_no,
        column_name="period_text",
        bbox=table.bbox,
    )
