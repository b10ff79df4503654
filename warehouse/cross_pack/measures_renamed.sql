-- A measure of the last meeting is not printed now, and a new one is its like: by its past figures, or by its name.
, stated AS (
    SELECT k.*, coalesce(n.measure_key, lower(k.measure)) AS measure_key,
           coalesce(k.organisation, k.organisation_text, '') AS organisation_key
    FROM facts.kpis k
    LEFT JOIN dimensions.measure_names n ON n.printed = k.measure
    WHERE k.pack_id IN (FROM now_packs) OR k.pack_id IN (FROM before_packs)
), now_measures AS (
    SELECT measure_key, arg_min(measure, (table_no, "row")) AS measure, min((table_no, "row", page)) AS place
    FROM stated WHERE pack_id = $pack_id
    GROUP BY measure_key
    HAVING measure_key NOT IN (SELECT measure_key FROM stated WHERE pack_id IN (FROM before_packs) AND measure_key IS NOT NULL)
), gone_measures AS (
    SELECT measure_key, any_value(measure) AS measure, count(*) AS figures
    FROM stated WHERE pack_id IN (FROM before_packs)
    GROUP BY measure_key
    HAVING measure_key NOT IN (SELECT measure_key FROM stated WHERE pack_id IN (FROM now_packs) AND measure_key IS NOT NULL)
), overlap AS (
    -- Figures that both give for one organisation and period: two unusual ones that agree are no chance.
    SELECT n.measure_key AS now_key, b.measure_key AS gone_key, count(DISTINCT n.value) AS agreeing
    FROM stated n
    JOIN stated b
      ON n.organisation_key = b.organisation_key AND n.period_end = b.period_end AND n.value = b.value
     AND n.period_start IS NOT DISTINCT FROM b.period_start AND n.series IS NOT DISTINCT FROM b.series
     AND n.breakdown IS NOT DISTINCT FROM b.breakdown AND n.unit IS NOT DISTINCT FROM b.unit
    WHERE n.pack_id = $pack_id AND b.pack_id IN (FROM before_packs) AND n.value NOT IN (0, 1, 100)
      AND length(regexp_replace(n.value_text, '\D', '', 'g')) >= 3
    GROUP BY ALL
), likeness AS (
    SELECT n.measure AS measure, g.measure AS earlier_measure, n.place, coalesce(o.agreeing, 0) AS agreeing,
           jaro_winkler_similarity(n.measure_key, g.measure_key) AS similarity
    FROM now_measures n
    CROSS JOIN gone_measures g
    LEFT JOIN overlap o ON o.now_key = n.measure_key AND o.gone_key = g.measure_key
    WHERE coalesce(o.agreeing, 0) >= 2
       OR (jaro_winkler_similarity(n.measure_key, g.measure_key) >= 0.92
           AND regexp_extract_all(n.measure_key, '\d+') = regexp_extract_all(g.measure_key, '\d+'))
    QUALIFY row_number() OVER (PARTITION BY n.measure_key ORDER BY agreeing DESC, similarity DESC) = 1
)
SELECT 'warning' AS severity, 'measure_renamed' AS "check",
       '“' || l.measure || '” seems to be what the pack of ' || d.day || ' called “' || l.earlier_measure || '”'
       || CASE WHEN l.agreeing >= 2 THEN ': ' || l.agreeing || ' of their figures agree.' ELSE ': their names are alike.' END
       AS message,
       l.place[3] AS page, l.place[1] AS table_no, l.place[2] AS "row", NULL::INTEGER AS col, 'measure' AS column_name,
       l.measure AS found, l.earlier_measure AS expected
FROM likeness l CROSS JOIN previous_day d
