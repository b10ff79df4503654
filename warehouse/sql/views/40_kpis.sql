-- A value is followed by its measure (canonical where the vocabulary knows it, else as printed with case, dashes
-- and spaces folded), organisation, breakdown, series and period.

CREATE OR REPLACE VIEW kpi_statements AS
SELECT k.*, p.organisation AS published_by, p.meeting_date,
       coalesce(n.measure_key, lower(k.measure), '') AS measure_key,
       coalesce(k.organisation, k.organisation_text, p.organisation, p.pack_id) AS organisation_key,
       coalesce(p.meeting_date, p.first_ingested_at::DATE) AS stated_on
FROM kpis k
JOIN raw.packs p USING (pack_id)
LEFT JOIN dimensions.measure_names n ON n.printed = k.measure;

-- Each period once, as it was printed last.
CREATE OR REPLACE VIEW kpi_series AS
SELECT measure, organisation_text, organisation, ods_code, breakdown, series, period_text, period_start, period_end,
       value_text, value, unit, missing, threshold_text, threshold, better, rag, trend, meeting_date, published_by,
       measure_key, organisation_key, pack_id, table_no, "row", page,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM house.kpi_series;

-- Each measure once: its latest period, as it was printed last. Only the columns that decide are sorted.
CREATE OR REPLACE VIEW kpi_latest AS
WITH chosen AS (
    SELECT rowid AS id
    FROM house.kpi_series
    QUALIFY row_number() OVER (
        PARTITION BY measure_key, organisation_key, breakdown, series
        ORDER BY period_end DESC NULLS LAST, stated_on DESC, period_start DESC, pack_id, table_no, "row", value_col
    ) = 1
)
SELECT measure, organisation_text, organisation, ods_code, breakdown, series, period_text, period_start, period_end,
       value_text, value, unit, missing, threshold_text, threshold, better, rag, trend, meeting_date, published_by,
       measure_key, organisation_key, pack_id, table_no, "row", page,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM chosen c JOIN house.kpi_series s ON s.rowid = c.id;

CREATE OR REPLACE VIEW kpi_restatements AS
SELECT measure, organisation_text, organisation, ods_code, breakdown, series, period_text, period_start, period_end,
       earlier_meeting_date, earlier_value_text, earlier_value, meeting_date, value_text, value,
       value - earlier_value AS change, unit,
       coalesce(abs(value - earlier_value) <= 0.5 * pow(10, -least(
           length(coalesce(regexp_extract(value_text, '\.(\d+)', 1), '')),
           length(coalesce(regexp_extract(earlier_value_text, '\.(\d+)', 1), ''))
       )) + 1e-9, FALSE) AND unit <> 'seconds' AS rounding_only,
       earlier_missing, missing, published_by, measure_key, organisation_key, earlier_pack_id, earlier_page, earlier_key,
       pack_id, table_no, "row", page,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM house.kpi_restatements;
