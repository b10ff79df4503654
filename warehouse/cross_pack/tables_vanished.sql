-- A table with a kind that the last meeting's packs had is in no pack of this meeting: neither under its name nor by
-- what it held. A title that is set in the running text, or that is worded anew, does not make a table vanish.
, known AS (
    SELECT t.pack_id, t.table_no, t.page, t.kind,
           coalesce(t.title, t.heading) AS name,
           -- Dates in a title change from meeting to meeting; the rest is the table's name.
           trim(regexp_replace(regexp_replace(lower(coalesce(t.title, t.heading)),
               '\b(january|february|march|april|may|june|july|august|september|october|november|december'
               '|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|q[1-4])\b|\d+(st|nd|rd|th)?',
               ' ', 'g'), '[^a-z]+', ' ', 'g')) AS name_key
    FROM raw.tables t
    WHERE t.kind IS NOT NULL AND (t.pack_id IN (FROM now_packs) OR t.pack_id IN (FROM before_packs))
), held AS (
    SELECT k.pack_id, k.table_no, 'kpis' AS kind, coalesce(n.measure_key, lower(k.measure)) AS item
    FROM facts.kpis k LEFT JOIN dimensions.measure_names n ON n.printed = k.measure
    UNION
    SELECT pack_id, table_no, 'capital', trim(regexp_replace(lower(scheme), '[^\w£%&]+', ' ', 'g'))
    FROM facts.capital_schemes
    UNION
    -- A log whose actions are all new is the log all the same.
    SELECT pack_id, table_no, 'actions', 'log' FROM facts.actions
), held_now AS (
    SELECT DISTINCT kind, item FROM held WHERE pack_id IN (FROM now_packs)
), answering AS (
    SELECT min(pack_id) AS pack_id FROM known WHERE pack_id IN (FROM now_packs)
)
SELECT 'info' AS severity, 'table_vanished' AS "check",
       'The table' || coalesce(' “' || left(b.name, 90) || '”', '') || ' (' || b.kind || ') was in the pack of ' || d.day || ' on page '
       || b.page || ' and is in no pack of this meeting.' AS message,
       NULL::INTEGER AS page, NULL::INTEGER AS table_no, NULL::INTEGER AS "row", NULL::INTEGER AS col,
       NULL::VARCHAR AS column_name, NULL::VARCHAR AS found, b.name AS expected
FROM known b CROSS JOIN answering a CROSS JOIN previous_day d
WHERE b.pack_id IN (FROM before_packs) AND a.pack_id = $pack_id
  AND (coalesce(b.name_key, '') <> '' OR EXISTS (FROM held h WHERE h.pack_id = b.pack_id AND h.table_no = b.table_no))
  -- Where both meetings list schemes, those that are gone are told one by one, or list by list.
  AND NOT (b.kind = 'capital' AND EXISTS (FROM held_now WHERE kind = 'capital')
           AND EXISTS (FROM held h WHERE h.pack_id = b.pack_id AND h.table_no = b.table_no))
  AND NOT EXISTS (
      SELECT 1 FROM known n
      WHERE n.pack_id IN (FROM now_packs) AND n.kind = b.kind
        AND (n.name_key = b.name_key OR jaro_winkler_similarity(n.name_key, b.name_key) >= 0.93)
  )
  AND NOT EXISTS (
      SELECT 1 FROM held h JOIN held_now USING (kind, item)
      WHERE h.pack_id = b.pack_id AND h.table_no = b.table_no
  )
QUALIFY row_number() OVER (PARTITION BY b.kind, coalesce(nullif(b.name_key, ''), b.table_no::VARCHAR) ORDER BY b.pack_id, b.table_no) = 1
