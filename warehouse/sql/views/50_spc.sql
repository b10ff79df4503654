-- Making Data Count XmR charts. Mean and moving range are over all points of the series; limits are the mean plus and
-- minus 2.66 times the mean moving range; near a limit is beyond two thirds of the way. A point is part of a run where
-- any seven consecutive points that hold it are on one side of the mean, or each above (below) the one before.
-- The rules are those of NHSRplotthedots.

CREATE OR REPLACE VIEW kpi_spc AS
WITH points AS (
    SELECT s.rowid AS id, measure_key, organisation_key, breakdown, unit, period_end, value,
           date_diff('month', period_start, period_end) + 1 AS period_months
    FROM house.kpi_series s
    WHERE coalesce(series, 'actual') = 'actual' AND value IS NOT NULL AND period_end IS NOT NULL
), moved AS (
    SELECT *,
           row_number() OVER run AS point_no,
           abs(value - lag(value) OVER run) AS moving_range,
           sign(value - lag(value) OVER run) AS step
    FROM points
    WINDOW run AS (PARTITION BY measure_key, organisation_key, breakdown, unit, period_months ORDER BY period_end)
), centred AS (
    SELECT *,
           count(*) OVER whole AS n_points,
           avg(value) OVER whole AS mean,
           avg(moving_range) OVER whole AS mean_moving_range
    FROM moved
    WINDOW whole AS (PARTITION BY measure_key, organisation_key, breakdown, unit, period_months)
), limited AS (
    SELECT *,
           mean - 2.66 * mean_moving_range AS lower_limit,
           mean + 2.66 * mean_moving_range AS upper_limit,
           sign(value - mean) AS side,
           coalesce(abs(value - mean) > 2.66 * mean_moving_range, FALSE) AS outside_limits,
           coalesce(abs(value - mean) <= 2.66 * mean_moving_range
               AND abs(value - mean) > 2 * 2.66 / 3 * mean_moving_range, FALSE) AS near_limit
    FROM centred
), ended AS (
    SELECT *,
           count(*) OVER seven = 7 AND abs(sum(side) OVER seven) = 7 AS ends_side,
           count(step) OVER six = 6 AND abs(sum(step) OVER six) = 6 AS ends_trend,
           count(*) OVER three = 3 AND abs(sum(side) OVER three) = 3
               AND sum(near_limit::INTEGER) OVER three >= 2 AS ends_three
    FROM limited
    WINDOW run AS (PARTITION BY measure_key, organisation_key, breakdown, unit, period_months ORDER BY period_end),
           seven AS (run ROWS BETWEEN 6 PRECEDING AND CURRENT ROW),
           six AS (run ROWS BETWEEN 5 PRECEDING AND CURRENT ROW),
           three AS (run ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)
), flagged AS (
    SELECT *,
           bool_or(ends_side) OVER next_six AS seven_one_side,
           bool_or(ends_trend) OVER next_six AS seven_trend,
           near_limit AND bool_or(ends_three) OVER next_two AS two_of_three_near_limit
    FROM ended
    WINDOW run AS (PARTITION BY measure_key, organisation_key, breakdown, unit, period_months ORDER BY period_end),
           next_six AS (run ROWS BETWEEN CURRENT ROW AND 6 FOLLOWING),
           next_two AS (run ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING)
)
SELECT s.measure, s.organisation_text, s.organisation, s.ods_code, s.breakdown, s.unit, s.period_text, s.period_start,
       s.period_end, f.point_no, f.n_points, s.value_text, s.value, f.mean, f.moving_range, f.mean_moving_range,
       f.lower_limit, f.upper_limit, f.outside_limits, f.seven_one_side, f.seven_trend, f.two_of_three_near_limit,
       f.outside_limits OR f.seven_one_side OR f.seven_trend OR f.two_of_three_near_limit AS special_cause,
       CASE
           WHEN NOT (f.outside_limits OR f.seven_one_side OR f.seven_trend OR f.two_of_three_near_limit)
               THEN 'common_cause'
           WHEN s.better IS NULL AND f.side > 0 THEN 'neutral_high'
           WHEN s.better IS NULL THEN 'neutral_low'
           WHEN (s.better = 'higher') = (f.side > 0) THEN 'improvement'
           ELSE 'concern'
       END AS variation,
       s.threshold, s.better,
       CASE
           WHEN s.threshold IS NULL OR s.better IS NULL OR f.lower_limit IS NULL THEN NULL
           WHEN s.better = 'higher' AND f.lower_limit >= s.threshold THEN 'passing'
           WHEN s.better = 'higher' AND f.upper_limit < s.threshold THEN 'failing'
           WHEN s.better = 'lower' AND f.upper_limit <= s.threshold THEN 'passing'
           WHEN s.better = 'lower' AND f.lower_limit > s.threshold THEN 'failing'
           ELSE 'hit_or_miss'
       END AS assurance,
       s.rag, s.meeting_date, s.published_by, f.measure_key, f.organisation_key, s.pack_id, s.table_no, s."row", s.page,
       concat_ws('-', left(s.pack_id, 12), s.table_no, s."row", s.value_col) AS key
FROM flagged f JOIN house.kpi_series s ON s.rowid = f.id;
