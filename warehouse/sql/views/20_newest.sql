-- The newest publication of each paper: what most questions are about.

CREATE OR REPLACE VIEW packs AS SELECT * FROM packs_all WHERE superseded_by IS NULL;

CREATE OR REPLACE VIEW "tables" AS
SELECT * FROM tables_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW cells AS
SELECT * FROM cells_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW actions AS
SELECT * FROM actions_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW kpis AS
SELECT * FROM kpis_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW capital_schemes AS
SELECT * FROM capital_schemes_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW capital_profile AS
SELECT * FROM capital_profile_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW findings AS
SELECT * FROM findings_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW quarantine AS
SELECT * FROM quarantine_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW row_fates AS
SELECT * FROM row_fates_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW pages AS
SELECT * FROM pages_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

CREATE OR REPLACE VIEW lines AS
SELECT * FROM lines_all WHERE pack_id IN (SELECT pack_id FROM raw.packs WHERE superseded_by IS NULL);

-- The law, as a question: a row of this view is a table with a kind, and `balanced` says that each of its rows has one fate.
CREATE OR REPLACE VIEW balance AS
SELECT t.pack_id, t.table_no, t.page, t.kind, t.n_rows,
       count(*) FILTER (f.fate = 'header') AS header_rows,
       count(*) FILTER (f.fate = 'loaded') AS loaded_rows,
       count(*) FILTER (f.fate = 'quarantined') AS quarantined_rows,
       count(*) FILTER (f.fate = 'ignored') AS ignored_rows,
       count(f.fate) = t.n_rows AND count(DISTINCT f."row") = t.n_rows AS balanced
FROM "tables" t
LEFT JOIN quality.row_fates f ON f.pack_id = t.pack_id AND f.table_no = t.table_no
WHERE t.kind IS NOT NULL
GROUP BY t.pack_id, t.table_no, t.page, t.kind, t.n_rows;

CREATE OR REPLACE VIEW organisations AS
SELECT name, ods_code, kind, valid_from, valid_to, successors, aliases FROM dimensions.organisations;

CREATE OR REPLACE VIEW measures AS
SELECT name, unit, better, domain, source, aliases FROM dimensions.measures;

CREATE OR REPLACE VIEW measure_names AS
SELECT printed, measure_key FROM dimensions.measure_names;

CREATE OR REPLACE VIEW periods AS
SELECT period_start, period_end, kind, label, financial_year, financial_quarter, financial_month, calendar_year
FROM dimensions.periods;
