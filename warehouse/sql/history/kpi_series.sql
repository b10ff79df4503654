-- Each period once, as it was printed last. Only the columns that decide are sorted: the others are fetched by row.
WITH touched AS (
    SELECT DISTINCT measure_key, organisation_key, period_end FROM house.touched_values
), chosen AS (
    SELECT f.rowid AS id, p.meeting_date, p.organisation AS published_by,
           coalesce(n.measure_key, lower(f.measure), '') AS measure_key,
           coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id) AS organisation_key,
           coalesce(p.meeting_date, p.first_ingested_at::DATE) AS stated_on
    FROM facts.kpis f
    JOIN raw.packs p USING (pack_id)
    LEFT JOIN dimensions.measure_names n ON n.printed = f.measure
    JOIN touched t
      ON t.measure_key = coalesce(n.measure_key, lower(f.measure), '')
     AND t.organisation_key = coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id)
     AND t.period_end = coalesce(f.period_end, DATE '0001-01-01')
    WHERE p.superseded_by IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(n.measure_key, lower(f.measure), ''),
                     coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id),
                     f.breakdown, f.series, f.period_start, f.period_end,
                     CASE WHEN f.period_end IS NULL THEN f.period_text END
        ORDER BY coalesce(p.meeting_date, p.first_ingested_at::DATE) DESC, f.pack_id, f.table_no, f."row", f.value_col
    ) = 1
)
SELECT c.measure_key, c.organisation_key, f.breakdown, f.series, f.period_start, f.period_end, f.measure,
       f.organisation_text, f.organisation, f.ods_code, f.period_text, f.value_text, f.value, f.unit, f.missing,
       f.threshold_text, f.threshold, f.better, f.rag, f.trend, c.meeting_date, c.stated_on, c.published_by, f.pack_id,
       f.table_no, f."row", f.page, f.value_col
FROM chosen c JOIN facts.kpis f ON f.rowid = c.id
ORDER BY c.organisation_key, c.measure_key, f.breakdown, f.period_end
