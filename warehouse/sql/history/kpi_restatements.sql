-- Only what more than one pack states, and not all in the same way, is compared pack by pack. A year to date grows from
-- meeting to meeting under one heading, and its last figures come late: it is compared from 120 days after its end on.
WITH touched AS (
    SELECT DISTINCT measure_key, organisation_key, period_end FROM house.touched_values
), stated AS (
    SELECT f.*, p.meeting_date, p.organisation AS published_by,
           coalesce(n.measure_key, lower(f.measure), '') AS measure_key,
           coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id) AS organisation_key,
           coalesce(p.meeting_date, p.first_ingested_at::DATE) AS stated_on,
           concat_ws('-', left(f.pack_id, 12), f.table_no, f."row", f.value_col) AS key
    FROM facts.kpis f
    JOIN raw.packs p USING (pack_id)
    LEFT JOIN dimensions.measure_names n ON n.printed = f.measure
    JOIN touched t
      ON t.measure_key = coalesce(n.measure_key, lower(f.measure), '')
     AND t.organisation_key = coalesce(f.organisation, f.organisation_text, p.organisation, p.pack_id)
     AND t.period_end = f.period_end
    WHERE p.superseded_by IS NULL
      AND (f.series IS DISTINCT FROM 'ytd'
           OR f.period_end + 120 <= coalesce(p.meeting_date, p.first_ingested_at::DATE))
), disputed AS (
    SELECT measure_key, organisation_key, breakdown, series, period_start, period_end
    FROM stated
    GROUP BY ALL
    HAVING count(DISTINCT pack_id) > 1
       AND (min(value) <> max(value) OR count(value) NOT IN (0, count(*)) OR count(DISTINCT missing) > 1)
), once AS (
    SELECT s.*
    FROM stated s
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
    FROM once
    WINDOW earlier AS (
        PARTITION BY measure_key, organisation_key, breakdown, series, period_start, period_end
        ORDER BY stated_on, pack_id
    )
)
SELECT measure_key, organisation_key, breakdown, series, period_start, period_end, measure, organisation_text,
       organisation, ods_code, period_text, earlier_meeting_date, earlier_value_text, earlier_value, earlier_missing,
       meeting_date, value_text, value, missing, unit, published_by, earlier_pack_id, earlier_page, earlier_key, pack_id,
       table_no, "row", page, value_col
FROM paired
WHERE earlier_key IS NOT NULL
  AND (value IS DISTINCT FROM earlier_value OR missing IS DISTINCT FROM earlier_missing)
ORDER BY organisation_key, measure_key, breakdown, period_end, stated_on
