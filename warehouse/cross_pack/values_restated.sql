-- A figure for the same measure, organisation and period is not what the last meeting's packs printed.
-- A difference that is only rounding is none; a period without a figure that now has one is none either. A year to
-- date grows from meeting to meeting under one heading, and its last figures come late: it is held fast only where both
-- meetings were 120 days or more after its end.
, stated AS (
    SELECT k.*, coalesce(n.measure_key, lower(k.measure)) AS measure_key,
           coalesce(k.organisation, k.organisation_text, '') AS organisation_key,
           length(coalesce(regexp_extract(k.value_text, '\.(\d+)', 1), '')) AS decimals
    FROM facts.kpis k
    JOIN raw.packs p USING (pack_id)
    LEFT JOIN dimensions.measure_names n ON n.printed = k.measure
    WHERE k.period_end IS NOT NULL AND (k.series IS DISTINCT FROM 'ytd' OR k.period_end + 120 <= p.meeting_date)
      AND (k.pack_id = $pack_id OR k.pack_id IN (FROM before_packs))
), paired AS (
    SELECT n.*, b.value AS earlier_value, b.value_text AS earlier_value_text, b.page AS earlier_page,
           n.value IS NOT DISTINCT FROM b.value
           OR coalesce(abs(n.value - b.value) <= 0.5 * pow(10, -least(n.decimals, b.decimals)) + 1e-9
                       AND n.decimals <> b.decimals, FALSE) AS same
    FROM stated n
    JOIN stated b
      ON b.pack_id IN (FROM before_packs) AND n.measure_key = b.measure_key
     AND n.organisation_key = b.organisation_key AND n.breakdown IS NOT DISTINCT FROM b.breakdown
     AND n.series IS NOT DISTINCT FROM b.series AND n.unit IS NOT DISTINCT FROM b.unit
     AND n.period_start IS NOT DISTINCT FROM b.period_start AND n.period_end = b.period_end
    WHERE n.pack_id = $pack_id AND b.value IS NOT NULL
), judged AS (
    -- A measure that a pack prints twice is restated only where no printing agrees.
    SELECT *, bool_or(same) OVER (
        PARTITION BY measure_key, organisation_key, breakdown, series, period_start, period_end
    ) AS any_same
    FROM paired
    QUALIFY row_number() OVER (
        PARTITION BY measure_key, organisation_key, breakdown, series, period_start, period_end
        ORDER BY table_no, "row", value_col
    ) = 1
)
SELECT 'warning' AS severity,
       CASE WHEN j.value IS NULL THEN 'value_withdrawn' ELSE 'value_restated' END AS "check",
       '“' || j.measure || '”' || coalesce(' (' || j.breakdown || ')', '') || coalesce(' for ' || j.organisation_text, '')
       || ' in ' || j.period_text || ' was ' || j.earlier_value_text || ' at the meeting of ' || d.day || ' (page '
       || j.earlier_page || ') and is now ' || coalesce(j.value_text, 'blank') || '.' AS message,
       j.page, j.table_no, j."row", j.value_col AS col, 'value' AS column_name,
       j.value_text AS found, j.earlier_value_text AS expected
FROM judged j CROSS JOIN previous_day d
WHERE NOT j.any_same
