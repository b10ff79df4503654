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
        (select count(*) from findings f where f.pack_id = p.pack_id and f.severity = 'warning') as n_warnings
    from packs p
    order by p.meeting_date desc nulls last, p.organisation, p.file_name
"""

FAILED = """
    select r.file_name, r.outcome, r.reason, r.started_at
    from runs r
    where r.outcome = 'failed'
    qualify row_number() over (partition by r.file_name order by r.started_at desc) = 1
    order by r.started_at desc
"""

FINDINGS = """
    select f.*, t.title as table_title
    from findings f left join tables t on t.pack_id = f.pack_id and t.table_no = f.table_no
    where f.pack_id = ?
    order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end,
        case f.scope when 'pack' then 0 when 'cross_pack' then 1 when 'table' then 2 else 3 end,
        f."check", f.page, f.table_no, f.row
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
    select * from tables where pack_id = ?
    order by kind is null, kind, confidence, page, table_no
"""

HEADINGS = """
    select coalesce(t.heading, t.title, 'no heading') as heading,
        min(t.page) as first_page, max(t.last_page) as last_page,
        count(*) as tables, coalesce(sum(b.loaded_rows), 0) as loaded,
        sum((select count(*) from findings f
             where f.pack_id = t.pack_id and f.table_no = t.table_no and f.severity <> 'info')) as findings
    from tables t left join balance b on b.pack_id = t.pack_id and b.table_no = t.table_no
    where t.pack_id = ? group by all order by first_page
"""

CELLS = """
    select table_no, row, col, page, x0, top, x1, bottom from cells where pack_id = ?
    order by table_no, row, col
"""

ROWS = {
    "actions": "select * from actions where pack_id = ? order by table_no, row",
    "kpis": "select * from kpis where pack_id = ? order by table_no, row, value_col",
    "capital_schemes": "select * from capital_schemes where pack_id = ? order by table_no, row",
    "capital_profile": "select * from capital_profile where pack_id = ? order by table_no, row, value_col",
}

SERIES = """
    select measure_key, measure, coalesce(organisation_text, organisation, '') as organisation,
        coalesce(breakdown, '') as breakdown, unit, period_end, value, mean, lower_limit, upper_limit,
        coalesce(variation, 'common') as signal, threshold
    from kpi_spc s
    where exists (
        select 1 from kpis k where k.pack_id = ? and k.measure = s.measure
            and k.organisation_text is not distinct from s.organisation_text
    ) and published_by is not distinct from (select organisation from packs where pack_id = ?)
    order by measure_key, breakdown, unit, organisation_key, period_end
"""

FINDING_TREND = """
    select coalesce(strftime(p.meeting_date, '%b %Y'), 'no date') as meeting,
        sum((select count(*) from findings f where f.pack_id = p.pack_id and f.severity = 'error')) as errors,
        sum((select count(*) from findings f
             where f.pack_id = p.pack_id and f.severity = 'warning')) as warnings
    from packs p where p.outcome <> 'failed' group by all order by min(p.meeting_date) nulls last
"""


def ask(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[Row]:
    """The answer's rows as dictionaries, in order."""
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
