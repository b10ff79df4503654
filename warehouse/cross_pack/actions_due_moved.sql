-- An action's due date is not the one of the last meeting; or its reference now means another action.
, states AS (
    SELECT a.*, coalesce(nullif(upper(trim(a.ref)), ''), lower(a.action)) AS action_key
    FROM facts.actions a
), both_times AS (
    SELECT n.*, b.due_on AS earlier_due_on, b.due_text AS earlier_due_text, b.action AS earlier_action,
           b.page AS earlier_page,
           b.action = n.action OR jaro_winkler_similarity(lower(b.action), lower(n.action)) >= 0.75 AS same_action
    FROM states n
    JOIN states b ON b.action_key = n.action_key AND b.pack_id IN (FROM before_packs)
    WHERE n.pack_id = $pack_id
    QUALIFY row_number() OVER (
        PARTITION BY n.table_no, n."row" ORDER BY b.action = n.action DESC, b.pack_id, b.table_no, b."row"
    ) = 1
)
SELECT 'warning' AS severity, 'action_due_moved' AS "check",
       'Action ' || coalesce(s.ref, '“' || left(s.action, 60) || '”') || ' was due '
       || coalesce(s.earlier_due_text, s.earlier_due_on::VARCHAR) || ' at the meeting of ' || d.day || ' and is now due '
       || coalesce(s.due_text, s.due_on::VARCHAR, 'on no date') || '.' AS message,
       s.page, s.table_no, s."row", s.value_col AS col, 'due_on' AS column_name,
       coalesce(s.due_text, s.due_on::VARCHAR) AS found, coalesce(s.earlier_due_text, s.earlier_due_on::VARCHAR) AS expected
FROM both_times s CROSS JOIN previous_day d
WHERE s.same_action AND s.earlier_due_on IS NOT NULL AND s.due_on IS DISTINCT FROM s.earlier_due_on
UNION ALL
SELECT 'warning', 'action_reference_reused',
       'Reference ' || s.ref || ' is “' || left(s.action, 60) || '” now and was “' || left(s.earlier_action, 60)
       || '” at the meeting of ' || d.day || '.',
       s.page, s.table_no, s."row", s.value_col, 'ref', left(s.action, 200), left(s.earlier_action, 200)
FROM both_times s CROSS JOIN previous_day d
WHERE NOT s.same_action AND s.ref IS NOT NULL
