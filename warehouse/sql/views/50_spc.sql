-- Making Data Count XmR charts. Mean and moving range are over all points of the series; limits are the mean plus and
-- minus 2.66 times the mean moving range; near a limit is beyond two thirds of the way. A point is part of a run where
-- any seven consecutive points that hold it are on one side of the mean, or each above (below) the one before.
-- The rules are those of NHSRplotthedots.

CREATE OR REPLACE VIEW kpi_spc AS
WITH points AS (
    SELECT *, date_diff('month', period_start, period_end) + 1 AS period_months
    FROM kpi_series
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
SELECT measure, organisation_text, organisation, ods_code, breakdown, unit, period_text, period_start, period_end,
       point_no, n_points, value_text, value, mean, moving_range, mean_moving_range, lower_limit, upper_limit,
       outside_limits, seven_one_side, seven_trend, two_of_three_near_limit,
       outside_limits OR seven_one_side OR seven_trend OR two_of_three_near_limit AS special_cause,
       CASE
           WHEN NOT (outside_limits OR seven_one_side OR seven_trend OR two_of_three_near_limit) THEN 'common_cause'
           WHEN better IS NULL AND side > 0 THEN 'neutral_high'
           WHEN better IS NULL THEN 'neutral_low'
           WHEN (better = 'higher') = (side > 0) THEN 'improvement'
           ELSE 'concern'
       END AS variation,
       threshold, better,
       CASE
           WHEN threshold IS NULL OR better IS NULL OR lower_limit IS NULL THEN NULL
           WHEN better = 'higher' AND lower_limit >= threshold THEN 'passing'
           WHEN better = 'higher' AND upper_limit < threshold THEN 'failing'
           WHEN better = 'lower' AND upper_limit <= threshold THEN 'passing'
           WHEN better = 'lower' AND lower_limit > threshold THEN 'failing'
           ELSE 'hit_or_miss'
       END AS assurance,
       rag, meeting_date, published_by, measure_key, organisation_key, pack_id, table_no, "row", page, key
FROM flagged;
