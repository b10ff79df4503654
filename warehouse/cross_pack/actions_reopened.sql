-- An action that the last meeting's log held as closed, or closing, is open again.
, states AS (
    SELECT a.*, coalesce(nullif(upper(trim(a.ref)), ''), lower(a.action)) AS action_key,
           coalesce(a.status IN ('closing', 'closed'), FALSE) AS is_closed
    FROM facts.actions a
)
SELECT 'warning' AS severity, 'action_reopened' AS "check",
       'Action ' || coalesce(n.ref, '“' || left(n.action, 60) || '”') || ' was ' || coalesce(b.status_text, b.status)
       || ' at the meeting of ' || d.day || ' and is ' || coalesce(n.status_text, n.status, 'open') || ' again.' AS message,
       n.page, n.table_no, n."row", n.value_col AS col, 'status' AS column_name,
       coalesce(n.status_text, n.status) AS found, coalesce(b.status_text, b.status) AS expected
FROM states n
JOIN states b ON b.action_key = n.action_key AND b.is_closed AND b.pack_id IN (FROM before_packs)
CROSS JOIN previous_day d
WHERE n.pack_id = $pack_id AND NOT n.is_closed
  AND (b.action = n.action OR jaro_winkler_similarity(lower(b.action), lower(n.action)) >= 0.75)
QUALIFY row_number() OVER (PARTITION BY n.table_no, n."row" ORDER BY b.pack_id, b.table_no, b."row") = 1
