-- An action that was open at the last meeting is in no log of this one: nothing says that it was closed.
, states AS (
    SELECT a.*, coalesce(nullif(upper(trim(a.ref)), ''), lower(a.action)) AS action_key
    FROM facts.actions a
), log AS (
    -- Of several papers of one meeting, the one with the longest log answers for it.
    SELECT pack_id, min(page) AS page, min(table_no) AS table_no
    FROM facts.actions WHERE pack_id IN (FROM now_packs)
    GROUP BY pack_id
    ORDER BY count(*) DESC, pack_id
    LIMIT 1
)
SELECT 'warning' AS severity, 'action_vanished' AS "check",
       'Action ' || coalesce(b.ref || ' (“' || left(b.action, 60) || '”)', '“' || left(b.action, 60) || '”') || ' was '
       || coalesce(lower(b.status_text), b.status, 'open') || ' in the log of ' || d.day || ' (page ' || b.page
       || ') and is in no log of this meeting: nothing says that it was closed.' AS message,
       log.page, log.table_no, NULL::INTEGER AS "row", NULL::INTEGER AS col, 'ref' AS column_name,
       NULL::VARCHAR AS found, coalesce(b.ref, b.action) AS expected
FROM states b
CROSS JOIN log
CROSS JOIN previous_day d
WHERE b.pack_id IN (FROM before_packs) AND log.pack_id = $pack_id
  AND coalesce(b.status, 'open') NOT IN ('closing', 'closed')
  AND NOT EXISTS (
      SELECT 1 FROM states n
      WHERE n.pack_id IN (FROM now_packs)
        AND (n.action_key = b.action_key OR lower(n.action) = lower(b.action)
             OR (b.ref IS NULL AND jaro_winkler_similarity(lower(n.action), lower(b.action)) >= 0.95))
  )
QUALIFY row_number() OVER (PARTITION BY b.action_key ORDER BY b.pack_id, b.table_no, b."row") = 1
