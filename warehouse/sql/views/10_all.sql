-- Every pack, newest publication or not. `key` is what `boardpack show VIEW KEY` takes.

CREATE OR REPLACE VIEW packs_all AS
SELECT pack_id, file_name, source_uri, organisation, board, meeting_date, pages, ingested_at, outcome, reason,
       first_ingested_at, published_at, code_version, superseded_by, evidence, info
FROM raw.packs;

CREATE OR REPLACE VIEW tables_all AS
SELECT pack_id, table_no, kind, kind_reason, title, page, last_page, n_rows, n_cols, method,
       kind_score, heading, header_rows, confidence, reason, notes, x0, top, x1, bottom,
       left(pack_id, 12) || '-' || table_no AS key
FROM raw.tables;

CREATE OR REPLACE VIEW cells_all AS
SELECT pack_id, table_no, "row", col, row_span, col_span, text, fill, page, x0, top, x1, bottom,
       symbol, text_colour,
       left(pack_id, 12) || '-' || table_no || '-' || "row" || '-' || col AS key
FROM raw.cells;

CREATE OR REPLACE VIEW actions_all AS
SELECT pack_id, table_no, "row", page, ref, raised_text, raised_on, item, action, owner, due_text, due_on,
       status_text, status, comments, value_col, confidence,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM facts.actions;

CREATE OR REPLACE VIEW kpis_all AS
SELECT pack_id, table_no, "row", page, measure, organisation_text, organisation, ods_code, breakdown, series,
       period_text, period_start, period_end, value_text, value, unit, missing, threshold_text, threshold,
       better, rag, trend, value_col, confidence,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM facts.kpis;

CREATE OR REPLACE VIEW capital_schemes_all AS
SELECT pack_id, table_no, "row", page, section, scheme, lead_organisation, funding_source, value_text, value_gbp,
       value_qualifier, completion_text, completion_from, completion_by, completion, rag, ref, description, value_col,
       confidence,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM facts.capital_schemes;

CREATE OR REPLACE VIEW capital_profile_all AS
SELECT pack_id, table_no, "row", page, scheme, heading, financial_year, amount_gbp, amount_text,
       ref, section, lead_organisation, year_text, value_col, confidence,
       concat_ws('-', left(pack_id, 12), table_no, "row", value_col) AS key
FROM facts.capital_profile;

CREATE OR REPLACE VIEW findings_all AS
SELECT pack_id, table_no, "row", page, severity, scope, "check", column_name, found, expected, message,
       col, x0, top, x1, bottom,
       concat_ws('-', left(pack_id, 12), table_no, CASE WHEN table_no IS NOT NULL THEN "row" END,
                 CASE WHEN "row" IS NOT NULL THEN col END) AS key
FROM quality.findings;

CREATE OR REPLACE VIEW quarantine_all AS
SELECT pack_id, table_no, "row", page, kind, content, reason,
       left(pack_id, 12) || '-' || table_no || '-' || "row" AS key
FROM quality.quarantine;

CREATE OR REPLACE VIEW row_fates_all AS
SELECT pack_id, table_no, "row", fate, reason,
       left(pack_id, 12) || '-' || table_no || '-' || "row" AS key
FROM quality.row_fates;

CREATE OR REPLACE VIEW pages_all AS
SELECT pack_id, page, width, height, verdict, n_chars FROM raw.pages;

CREATE OR REPLACE VIEW lines_all AS
SELECT pack_id, page, line_no, text, size, bold, in_table, x0, top, x1, bottom FROM raw.lines;

CREATE OR REPLACE VIEW runs AS
SELECT pack_id, file_name, source_uri, started_at, finished_at, outcome, reason, seconds, pages, "tables",
       rows_loaded, rows_quarantined, code_version, code
FROM quality.runs;

CREATE OR REPLACE VIEW runs_all AS SELECT * FROM runs;
