-- The first shape of the warehouse: raw (what was read), facts (typed rows), dimensions, quality, house.

CREATE SCHEMA raw;
CREATE SCHEMA facts;
CREATE SCHEMA dimensions;
CREATE SCHEMA quality;
CREATE SCHEMA house;

CREATE TABLE raw.packs (
    pack_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    source_uri VARCHAR,
    organisation VARCHAR,
    board VARCHAR,
    meeting_date DATE,
    pages INTEGER,
    published_at TIMESTAMP,
    first_ingested_at TIMESTAMP NOT NULL,
    ingested_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR,
    code_version VARCHAR,
    superseded_by VARCHAR,
    evidence JSON,
    info JSON
);

CREATE TABLE raw.pages (
    pack_id VARCHAR NOT NULL,
    page INTEGER NOT NULL,
    width DOUBLE,
    height DOUBLE,
    verdict VARCHAR,
    n_chars INTEGER
);

CREATE TABLE raw.lines (
    pack_id VARCHAR NOT NULL,
    page INTEGER NOT NULL,
    line_no INTEGER NOT NULL,
    text VARCHAR,
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE,
    size DOUBLE,
    bold BOOLEAN,
    in_table BOOLEAN
);

CREATE TABLE raw.tables (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    kind VARCHAR,
    kind_reason VARCHAR,
    kind_score DOUBLE,
    title VARCHAR,
    heading VARCHAR,
    page INTEGER,
    last_page INTEGER,
    n_rows INTEGER,
    n_cols INTEGER,
    header_rows INTEGER,
    method VARCHAR,
    confidence DOUBLE,
    reason VARCHAR,
    notes VARCHAR[],
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE
);

CREATE TABLE raw.cells (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    col INTEGER NOT NULL,
    row_span INTEGER,
    col_span INTEGER,
    text VARCHAR,
    fill VARCHAR,
    symbol VARCHAR,
    text_colour VARCHAR,
    page INTEGER,
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE
);

CREATE TABLE facts.actions (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER NOT NULL,
    value_col INTEGER,
    confidence DOUBLE,
    ref VARCHAR,
    raised_text VARCHAR,
    raised_on DATE,
    item VARCHAR,
    action VARCHAR,
    owner VARCHAR,
    due_text VARCHAR,
    due_on DATE,
    status_text VARCHAR,
    status VARCHAR,
    comments VARCHAR
);

CREATE TABLE facts.kpis (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER NOT NULL,
    value_col INTEGER,
    confidence DOUBLE,
    measure VARCHAR,
    organisation_text VARCHAR,
    organisation VARCHAR,
    ods_code VARCHAR,
    breakdown VARCHAR,
    series VARCHAR,
    period_text VARCHAR,
    period_start DATE,
    period_end DATE,
    value_text VARCHAR,
    value DOUBLE,
    unit VARCHAR,
    missing VARCHAR,
    threshold_text VARCHAR,
    threshold DOUBLE,
    better VARCHAR,
    rag VARCHAR,
    trend VARCHAR
);

CREATE TABLE facts.capital_schemes (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER NOT NULL,
    value_col INTEGER,
    confidence DOUBLE,
    section VARCHAR,
    scheme VARCHAR,
    lead_organisation VARCHAR,
    funding_source VARCHAR,
    value_text VARCHAR,
    value_gbp DECIMAL(18, 2),
    value_qualifier VARCHAR,
    completion_text VARCHAR,
    completion_from DATE,
    completion_by DATE,
    completion VARCHAR,
    rag VARCHAR,
    ref VARCHAR,
    description VARCHAR
);

CREATE TABLE facts.capital_profile (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER NOT NULL,
    value_col INTEGER,
    confidence DOUBLE,
    scheme VARCHAR,
    heading VARCHAR,
    financial_year VARCHAR,
    amount_gbp DECIMAL(18, 2),
    amount_text VARCHAR,
    ref VARCHAR,
    section VARCHAR,
    lead_organisation VARCHAR
);

CREATE TABLE dimensions.organisations (
    name VARCHAR NOT NULL,
    ods_code VARCHAR,
    kind VARCHAR,
    valid_from DATE,
    valid_to DATE,
    successors VARCHAR[],
    aliases VARCHAR[]
);

CREATE TABLE dimensions.measures (
    name VARCHAR NOT NULL,
    unit VARCHAR,
    better VARCHAR,
    domain VARCHAR,
    source VARCHAR,
    aliases VARCHAR[]
);

CREATE TABLE dimensions.measure_names (
    printed VARCHAR NOT NULL,
    measure_key VARCHAR NOT NULL
);

CREATE TABLE dimensions.periods (
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    kind VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    financial_year VARCHAR NOT NULL,
    financial_quarter VARCHAR,
    financial_month INTEGER,
    calendar_year INTEGER
);

CREATE TABLE quality.findings (
    pack_id VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    "check" VARCHAR NOT NULL,
    message VARCHAR,
    page INTEGER,
    table_no INTEGER,
    "row" INTEGER,
    col INTEGER,
    column_name VARCHAR,
    found VARCHAR,
    expected VARCHAR,
    x0 DOUBLE,
    top DOUBLE,
    x1 DOUBLE,
    bottom DOUBLE
);

CREATE TABLE quality.quarantine (
    pack_id VARCHAR NOT NULL,
    kind VARCHAR,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER,
    content JSON,
    reason VARCHAR
);

CREATE TABLE quality.row_fates (
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    fate VARCHAR NOT NULL,
    reason VARCHAR
);

CREATE TABLE quality.runs (
    pack_id VARCHAR,
    file_name VARCHAR,
    source_uri VARCHAR,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    code VARCHAR,
    reason VARCHAR,
    seconds DOUBLE,
    pages INTEGER,
    "tables" INTEGER,
    rows_loaded INTEGER,
    rows_quarantined INTEGER,
    code_version VARCHAR
);

CREATE TABLE house.migrations (
    version INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

CREATE TABLE house.settings (
    name VARCHAR NOT NULL,
    value VARCHAR
);

CREATE TABLE house.ledger (
    pack_id VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    n_rows BIGINT NOT NULL,
    digest HUGEINT NOT NULL
);

-- The NHS and council financial year runs from 1 April to 31 March.
INSERT INTO dimensions.periods
WITH months AS (
    SELECT
        unnest(generate_series(DATE '1990-04-01', DATE '2060-03-01', INTERVAL 1 MONTH))::DATE AS start
), named AS (
    SELECT
        start,
        year(start) - (month(start) < 4)::INTEGER AS first_year,
        (month(start) + 8) % 12 + 1 AS financial_month
    FROM months
), labelled AS (
    SELECT
        *,
        first_year || '/' || lpad(((first_year + 1) % 100)::VARCHAR, 2, '0') AS financial_year,
        'Q' || ((financial_month + 2) // 3) AS financial_quarter
    FROM named
)
SELECT start, last_day(start), 'month', strftime(start, '%b-%y'), financial_year, financial_quarter,
       financial_month, year(start)
FROM labelled
UNION ALL
SELECT min(start), last_day(max(start)), 'quarter', financial_quarter || ' ' || financial_year,
       financial_year, financial_quarter, NULL, year(min(start))
FROM labelled GROUP BY financial_year, financial_quarter
UNION ALL
SELECT min(start), last_day(max(start)), 'financial_year', financial_year, financial_year, NULL, NULL, NULL
FROM labelled GROUP BY financial_year
ORDER BY 3, 1;
