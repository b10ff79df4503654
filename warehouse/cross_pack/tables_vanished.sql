-- A titled table with a kind that the last meeting's packs had is in no pack of this meeting.
, titled AS (
    SELECT t.pack_id, t.table_no, t.page, t.kind, coalesce(t.title, t.heading) AS name,
           -- Dates in a title change from meeting to meeting; the rest is the table's name.
           trim(regexp_replace(regexp_replace(lower(coalesce(t.title, t.heading)),
               '\b(january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])\b|\d+(st|nd|rd|th)?',
               ' ', 'g'), '[^a-z]+', ' ', 'g')) AS name_key
    FROM raw.tables t
    WHERE t.kind IS NOT NULL AND coalesce(t.title, t.heading) IS NOT NULL
      AND (t.pack_id IN (FROM now_packs) OR t.pack_id IN (FROM before_packs))
), answering AS (
    SELECT min(pack_id) AS pack_id FROM titled WHERE pack_id IN (FROM now_packs)
)
SELECT 'info' AS severity, 'table_vanished' AS "check",
       'The table “' || b.name || '” (' || b.kind || ') was in the pack of ' || d.day || ' on page ' || b.page
       || ' and is in no pack of this meeting.' AS message,
       NULL::INTEGER AS page, NULL::INTEGER AS table_no, NULL::INTEGER AS "row", NULL::INTEGER AS col,
       NULL::VARCHAR AS column_name, NULL::VARCHAR AS found, b.name AS expected
FROM titled b CROSS JOIN answering a CROSS JOIN previous_day d
WHERE b.pack_id IN (FROM before_packs) AND a.pack_id = $pack_id AND b.name_key <> ''
  AND NOT EXISTS (
      SELECT 1 FROM titled n
      WHERE n.pack_id IN (FROM now_packs) AND n.kind = b.kind
        AND (n.name_key = b.name_key OR jaro_winkler_similarity(n.name_key, b.name_key) >= 0.93)
  )
QUALIFY row_number() OVER (PARTITION BY b.kind, b.name_key ORDER BY b.pack_id, b.table_no) = 1
