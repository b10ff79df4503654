-- A capital scheme's value or completion is not that of the last meeting; or an unfinished scheme is gone.
, schemes AS (
    SELECT s.*, trim(regexp_replace(lower(s.scheme), '[^\w£%&]+', ' ', 'g')) AS scheme_key,
           row_number() OVER (
               PARTITION BY s.pack_id, trim(regexp_replace(lower(s.scheme), '[^\w£%&]+', ' ', 'g'))
               ORDER BY s.table_no, s."row"
           ) AS occurrence
    FROM facts.capital_schemes s
    WHERE s.pack_id IN (FROM now_packs) OR s.pack_id IN (FROM before_packs)
), both_times AS (
    SELECT n.*, b.value_text AS earlier_value_text, b.value_gbp AS earlier_value_gbp,
           b.completion_text AS earlier_completion_text, b.completion AS earlier_completion,
           b.completion_by AS earlier_completion_by, b.page AS earlier_page
    FROM schemes n
    JOIN schemes b ON b.scheme_key = n.scheme_key AND b.occurrence = n.occurrence AND b.pack_id IN (FROM before_packs)
    WHERE n.pack_id = $pack_id
    QUALIFY row_number() OVER (PARTITION BY n.table_no, n."row" ORDER BY b.pack_id) = 1
), list AS (
    SELECT pack_id, min(page) AS page, min(table_no) AS table_no
    FROM facts.capital_schemes WHERE pack_id IN (FROM now_packs)
    GROUP BY pack_id ORDER BY count(*) DESC, pack_id LIMIT 1
)
, listed AS (
    SELECT b.*, b.scheme_key IN (SELECT scheme_key FROM schemes WHERE pack_id IN (FROM now_packs)) AS is_kept
    FROM schemes b
    WHERE b.pack_id IN (FROM before_packs) AND b.scheme_key <> '' AND b.completion IS DISTINCT FROM 'complete'
), gone AS (
    -- How many unfinished schemes the list had, and how many of them are still there.
    SELECT *, count(*) OVER of_list AS listed, count(*) FILTER (is_kept) OVER of_list AS kept
    FROM listed
    WINDOW of_list AS (PARTITION BY pack_id, table_no)
    QUALIFY NOT is_kept AND row_number() OVER (PARTITION BY scheme_key ORDER BY pack_id, table_no, "row") = 1
)
SELECT 'warning' AS severity, 'scheme_value_moved' AS "check",
       '“' || s.scheme || '” was ' || coalesce('£' || format('{:,}', s.earlier_value_gbp::BIGINT), s.earlier_value_text, 'without a value')
       || ' at the meeting of ' || d.day || ' (page ' || s.earlier_page || ') and is now '
       || coalesce('£' || format('{:,}', s.value_gbp::BIGINT), s.value_text, 'without a value') || '.' AS message,
       s.page, s.table_no, s."row", s.value_col AS col, 'value_gbp' AS column_name,
       s.value_text AS found, s.earlier_value_text AS expected
FROM both_times s CROSS JOIN previous_day d
WHERE s.value_gbp IS DISTINCT FROM s.earlier_value_gbp
UNION ALL
SELECT 'warning', 'scheme_completion_moved',
       '“' || s.scheme || '” was to be complete “' || coalesce(s.earlier_completion_text, 'on no date') || '” at the meeting of '
       || d.day || ' (page ' || s.earlier_page || ') and is now “' || coalesce(s.completion_text, 'on no date') || '”.',
       s.page, s.table_no, s."row", s.value_col, 'completion_by', s.completion_text, s.earlier_completion_text
FROM both_times s CROSS JOIN previous_day d
WHERE s.completion IS DISTINCT FROM s.earlier_completion OR s.completion_by IS DISTINCT FROM s.earlier_completion_by
UNION ALL
SELECT 'warning', 'scheme_vanished',
       '“' || b.scheme || '” was on the list of ' || d.day || ' (page ' || b.page || ', '
       || coalesce(b.completion_text, 'no completion date') || ') and is on no list of this meeting.',
       list.page, list.table_no, NULL, NULL, 'scheme', NULL, b.scheme
FROM gone b CROSS JOIN list CROSS JOIN previous_day d
WHERE list.pack_id = $pack_id AND 2 * b.kept >= b.listed
UNION ALL
-- A list of which most is gone is another list: a report that comes now and then, or one cut otherwise.
SELECT 'info', 'schemes_vanished',
       'Of the ' || any_value(b.listed) || ' unfinished schemes listed on page ' || min(b.page) || ' of the pack of ' || any_value(d.day)
       || ', ' || any_value(b.listed - b.kept) || ' are on no list of this meeting, among them “'
       || arg_min(b.scheme, b."row") || '”.',
       min(list.page), min(list.table_no), NULL, NULL, 'scheme', NULL, string_agg(b.scheme, '; ' ORDER BY b."row")
FROM gone b CROSS JOIN list CROSS JOIN previous_day d
WHERE list.pack_id = $pack_id AND 2 * b.kept < b.listed
GROUP BY b.pack_id, b.table_no
