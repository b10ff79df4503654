-- A value is followed by its measure (canonical where the vocabulary knows it, else as printed with case, dashes
-- and spaces folded), organisation, breakdown, series and period.

CREATE OR REPLACE VIEW kpi_statements AS
SELECT k.*, p.organisation AS published_by, p.meeting_date,
       coalesce(n.measure_key, lower(k.measure)) AS measure_key,
       coalesce(k.organisation, k.organisation_text, p.organisation, p.pack_id) AS organisation_key,
       coalesce(p.meeting_date, p.first_ingested_at::DATE) AS stated_on
FROM kpis k
JOIN raw.packs p USING (pack_id)
LEFT JOIN dimensions.measure_names n ON n.printed = k.measure;

-- Each period once, as it was printed last. Only the columns that decide are sorted: the others are fetched by row.
CREATE OR REPLACE VIEW kpi_series AS
WITH chosen AS (
    SELECT f.rowid AS id, p.organisation AS published_by, p.meeting_date,
           coalesce(n.measure_key, lower(f.measure)) AS measure_key,
           coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id) AS organisation_key,
           f.breakdown, f.series
    FROM facts.kpis f
    JOIN raw.packs p USING (pack_id)
    LEFT JOIN dimensions.measure_names n ON n.printed = f.measure
    WHERE p.superseded_by IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY measure_key, organisation_key, f.breakdown, f.series, f.period_start, f.period_end,
                     CASE WHEN f.period_end IS NULL THEN f.period_text END
        ORDER BY coalesce(p.meeting_date, p.first_ingested_at::DATE) DESC, f.pack_id, f.table_no, f."row", f.value_col
    ) = 1
)
SELECT f.measure, f.organisation_text, f.organisation, f.ods_code, c.breakdown, c.series, f.period_text, f.period_start,
       f.period_end, f.value_text, f.value, f.unit, f.missing, f.threshold_text, f.threshold, f.better, f.rag, f.trend,
       c.meeting_date, c.published_by, c.measure_key, c.organisation_key, f.pack_id, f.table_no, f."row", f.page,
       concat_ws('-', left(f.pack_id, 12), f.table_no, f."row", f.value_col) AS key
FROM chosen c JOIN facts.kpis f ON f.rowid = c.id;

-- Each measure once: its latest period, as it was printed last.
CREATE OR REPLACE VIEW kpi_latest AS
WITH chosen AS (
    SELECT f.rowid AS id, p.organisation AS published_by, p.meeting_date,
           coalesce(n.measure_key, lower(f.measure)) AS measure_key,
           coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id) AS organisation_key,
           f.breakdown, f.series
    FROM facts.kpis f
    JOIN raw.packs p USING (pack_id)
    LEFT JOIN dimensions.measure_names n ON n.printed = f.measure
    WHERE p.superseded_by IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY measure_key, organisation_key, f.breakdown, f.series
        ORDER BY f.period_end DESC NULLS LAST, coalesce(p.meeting_date, p.first_ingested_at::DATE) DESC, f.period_start DESC, f.pack_id,
                 f.table_no, f."row", f.value_col
    ) = 1
)
SELECT f.measure, f.organisation_text, f.organisation, f.ods_code, c.breakdown, c.series, f.period_text, f.period_start,
       f.period_end, f.value_text, f.value, f.unit, f.missing, f.threshold_text, f.threshold, f.better, f.rag, f.trend,
       c.meeting_date, c.published_by, c.measure_key, c.organisation_key, f.pack_id, f.table_no, f."row", f.page,
       concat_ws('-', left(f.pack_id, 12), f.table_no, f."row", f.value_col) AS key
FROM chosen c JOIN facts.kpis f ON f.rowid = c.id;

-- Only what more than one pack states, and not all in the same way, is compared pack by pack. A year to date grows from
-- meeting to meeting under one heading, and its last figures come late: it is compared from 120 days after its end on.
CREATE OR REPLACE VIEW kpi_restatements AS
WITH settled AS (
    SELECT * FROM kpi_statements
    WHERE period_end IS NOT NULL AND (series IS DISTINCT FROM 'ytd' OR period_end + 120 <= stated_on)
), disputed AS (
    SELECT measure_key, organisation_key, breakdown, series, period_start, period_end
    FROM settled
    GROUP BY ALL
    HAVING count(DISTINCT pack_id) > 1
       AND (min(value) <> max(value) OR count(value) NOT IN (0, count(*)) OR count(DISTINCT missing) > 1)
), stated AS (
    SELECT s.*
    FROM settled s
    JOIN disputed d
      ON s.measure_key = d.measure_key AND s.organisation_key = d.organisation_key
     AND s.breakdown IS NOT DISTINCT FROM d.breakdown AND s.series IS NOT DISTINCT FROM d.series
     AND s.period_start IS NOT DISTINCT FROM d.period_start AND s.period_end = d.period_end
    QUALIFY row_number() OVER (
        PARTITION BY s.pack_id, s.measure_key, s.organisation_key, s.breakdown, s.series, s.period_start, s.period_end
        ORDER BY s.table_no, s."row", s.value_col
    ) = 1
), paired AS (
    SELECT *,
           lag(key) OVER earlier AS earlier_key,
           lag(pack_id) OVER earlier AS earlier_pack_id,
           lag(page) OVER earlier AS earlier_page,
           lag(meeting_date) OVER earlier AS earlier_meeting_date,
           lag(value_text) OVER earlier AS earlier_value_text,
           lag(value) OVER earlier AS earlier_value,
           lag(missing) OVER earlier AS earlier_missing
    FROM stated
    WINDOW earlier AS (
        PARTITION BY measure_key, organisation_key, breakdown, series, period_start, period_end
        ORDER BY stated_on, pack_id
    )
)
SELECT measure, organisation_text, organisation, ods_code, breakdown, series, period_text, period_start, period_end,
       earlier_meeting_date, earlier_value_text, earlier_value, meeting_date, value_text, value,
       value - earlier_value AS change, unit,
       coalesce(abs(value - earlier_value) <= 0.5 * pow(10, -least(
           length(coalesce(regexp_extract(value_text, '\.(\d+)', 1), '')),
           length(coalesce(regexp_extract(earlier_value_text, '\.(\d+)', 1), ''))
       )) + 1e-9, FALSE) AND unit <> 'seconds' AS rounding_only,
       earlier_missing, missing, published_by, measure_key, organisation_key, earlier_pack_id, earlier_page, earlier_key,
       pack_id, table_no, "row", page, key
FROM paired
WHERE earlier_key IS NOT NULL
  AND (value IS DISTINCT FROM earlier_value OR missing IS DISTINCT FROM earlier_missing);
