"""What the report asks of the warehouse: the contract's views, as dictionaries."""

from __future__ import annotations

from typing import Any

import duckdb

Row = dict[str, Any]

PACKS = """
    select p.*,
        (select count(*) from tables t where t.pack_id = p.pack_id) as n_tables,
        (select coalesce(sum(b.loaded_rows), 0) from balance b where b.pack_id = p.pack_id) as n_loaded,
        (select count(*) from quarantine q where q.pack_id = p.pack_id) as n_quarantined,
        (select count(*) from findings f where f.pack_id = p.pack_id and f.severity = 'error') as n_errors,
        (select count(*) from findings f where f.pack_id = p.pack_id and f.severity = 'warning') as n_warnings,
        (select count(*) from pages g
         where g.pack_id = p.pack_id and g.verdict = 'unreadable') as n_unread,
        (select count(*) from pages g where g.pack_id = p.pack_id and g.verdict = 'image_only') as n_pictures,
        (select count(*) from findings f
         where f.pack_id = p.pack_id and f."check" = 'table_without_kind') as n_strange
    from packs p
    order by p.meeting_date desc nulls last, p.organisation, p.file_name
"""

FINDINGS = """
    select f.*, t.title as table_title, p.organisation, p.meeting_date, p.file_name
    from findings f join packs p using (pack_id)
    left join tables t on t.pack_id = f.pack_id and t.table_no = f.table_no
    where f.pack_id = ?
    order by f.page nulls first, f.table_no nulls first, f.row nulls first, f.col nulls first, f.message
"""

QUARANTINE = "select * from quarantine where pack_id = ? order by page, table_no, row"

BALANCE = """
    select coalesce(kind, '') as kind, count(*) as tables, sum(n_rows) as rows, sum(header_rows) as header,
        sum(loaded_rows) as loaded, sum(quarantined_rows) as quarantined, sum(ignored_rows) as ignored
    from balance where pack_id = ? group by all order by kind
"""

IGNORED = """
    select t.kind, r.reason, count(*) as n
    from row_fates r join tables t on t.pack_id = r.pack_id and t.table_no = r.table_no
    where r.pack_id = ? and r.fate = 'ignored' group by all order by n desc, r.reason
"""

TABLES = """
    select t.*, exists (
            select 1 from findings f
            where f.pack_id = t.pack_id and f.table_no = t.table_no and f."check" = 'table_without_kind'
        ) as may_be_missed
    from tables t where t.pack_id = ?
    order by t.kind is not null, t.kind, t.page, t.table_no
"""

PAPERS = """
    with marked as (
        select t.*, coalesce(t.heading, t.title, '') as paper,
            coalesce(t.heading, t.title, '') is distinct from
                lag(coalesce(t.heading, t.title, '')) over (order by t.table_no) as starts
        from tables t where t.pack_id = ?
    ), run as (
        select *, count(*) filter (starts) over (order by table_no) as n from marked
    )
    select any_value(r.paper) as paper, min(r.page) as first_page, max(coalesce(r.last_page, r.page)) as last_page,
        count(*) as tables,
        string_agg(distinct r.kind, ', ' order by r.kind) as kinds,
        coalesce(sum(b.loaded_rows), 0) as loaded,
        coalesce(sum(b.quarantined_rows), 0) as quarantined,
        coalesce(sum((select count(*) from findings f
            where f.pack_id = r.pack_id and f.table_no = r.table_no and f.severity <> 'info')), 0) as findings
    from run r left join balance b on b.pack_id = r.pack_id and b.table_no = r.table_no
    group by r.n order by min(r.table_no)
"""

UNREAD = """
    select g.page, g.verdict,
        coalesce(string_agg(distinct f.message, ' ' order by f.message), '') as message,
        min(case when f.severity = 'info' then 'info' else 'a warning' end) as worst
    from pages g left join findings f on f.pack_id = g.pack_id and f.page = g.page and f.scope = 'page'
        and list_contains(?, f."check")
    where g.pack_id = ? and (g.verdict in ('unreadable', 'image_only') or f.message is not null)
    group by g.page, g.verdict order by worst, g.page
"""

CELLS = """
    select table_no, row, col, page, x0, top, x1, bottom, row_span, col_span from cells where pack_id = ?
    order by table_no, row, col
"""

ROWS = {
    "actions": "select * from actions where pack_id = ? order by table_no, row",
    "kpis": "select * from kpis where pack_id = ? order by table_no, row, value_col",
    "capital_schemes": "select * from capital_schemes where pack_id = ? order by table_no, row",
    "capital_profile": "select * from capital_profile where pack_id = ? order by table_no, row, value_col",
}

SERIES = """
    select measure_key, measure, coalesce(organisation_text, organisation, '') as organisation, organisation_key,
        coalesce(breakdown, '') as breakdown, unit, date_diff('month', period_start, period_end) + 1 as months,
        period_end, value, mean, lower_limit, upper_limit, variation,
        threshold, assurance
    from kpi_spc s
    where (measure_key, organisation_key) in (
        select (k.measure_key, k.organisation_key) from kpi_statements k where k.pack_id = ?
    ) and published_by is not distinct from (select organisation from packs where pack_id = ?)
    order by measure_key, unit nulls first, months, breakdown, organisation_key, period_end
"""

FINDING_TREND = """
    select coalesce(p.organisation, p.file_name) as organisation, strftime(min(p.meeting_date), '%b %Y') as meeting,
        sum((select count(*) from findings f where f.pack_id = p.pack_id and f.severity = 'error'))::integer as errors,
        sum((select count(*) from findings f
             where f.pack_id = p.pack_id and f.severity = 'warning'))::integer as warnings
    from packs p where p.outcome <> 'failed' and p.meeting_date is not null
    group by coalesce(p.organisation, p.file_name), p.meeting_date
    order by organisation, p.meeting_date
"""

CHECK_COUNTS = """
    select f."check", f.severity, count(*) as n, count(distinct f.pack_id) as packs
    from findings f group by all
"""

OF_CHECK = """
    select f.pack_id, p.organisation, p.file_name, p.meeting_date, f.severity, f.page, f.message, f.found, f.expected
    from findings f join packs p using (pack_id) where f."check" = ?
    order by p.meeting_date desc nulls last, p.organisation, p.file_name, f.page, f.message
    limit ?
"""


KIND_VIEWS = """
    select distinct t.kind from tables t join duckdb_views() v on v.view_name = t.kind and v.schema_name = 'main'
    where t.pack_id = ? and v.database_name = current_database() order by 1
"""
"""Kinds whose view has their own name."""


def rows_by_view(connection: duckdb.DuckDBPyConnection, pack_id: str) -> dict[str, list[Row]]:
    """View -> the pack's rows in its order. A kind that was added later is there by its view's name."""
    found = {view: ask(connection, sql, pack_id) for view, sql in ROWS.items()}
    for row in ask(connection, KIND_VIEWS, pack_id):
        name = row["kind"]
        if name not in found:
            sql = f'select * from "{name}" where pack_id = ? order by table_no, row'  # noqa: S608 - a view's own name
            found[name] = ask(connection, sql, pack_id)
    return found


def ask(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[Row]:
    """The answer's rows as dictionaries, in order."""
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
