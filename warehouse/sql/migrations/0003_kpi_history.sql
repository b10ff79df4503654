-- What the KPI history views say, kept ready: each value as it was printed last, and each that was printed differently
-- before. Made anew, for what a load touches, before a publication (warehouse/kpi_history.py).

CREATE TABLE house.kpi_series (
    measure_key VARCHAR NOT NULL,
    organisation_key VARCHAR NOT NULL,
    breakdown VARCHAR,
    series VARCHAR,
    period_start DATE,
    period_end DATE,
    measure VARCHAR,
    organisation_text VARCHAR,
    organisation VARCHAR,
    ods_code VARCHAR,
    period_text VARCHAR,
    value_text VARCHAR,
    value DOUBLE,
    unit VARCHAR,
    missing VARCHAR,
    threshold_text VARCHAR,
    threshold DOUBLE,
    better VARCHAR,
    rag VARCHAR,
    trend VARCHAR,
    meeting_date DATE,
    stated_on DATE,
    published_by VARCHAR,
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER NOT NULL,
    value_col INTEGER
);

CREATE TABLE house.kpi_restatements (
    measure_key VARCHAR NOT NULL,
    organisation_key VARCHAR NOT NULL,
    breakdown VARCHAR,
    series VARCHAR,
    period_start DATE,
    period_end DATE,
    measure VARCHAR,
    organisation_text VARCHAR,
    organisation VARCHAR,
    ods_code VARCHAR,
    period_text VARCHAR,
    earlier_meeting_date DATE,
    earlier_value_text VARCHAR,
    earlier_value DOUBLE,
    earlier_missing VARCHAR,
    meeting_date DATE,
    value_text VARCHAR,
    value DOUBLE,
    missing VARCHAR,
    unit VARCHAR,
    published_by VARCHAR,
    earlier_pack_id VARCHAR NOT NULL,
    earlier_page INTEGER,
    earlier_key VARCHAR,
    pack_id VARCHAR NOT NULL,
    table_no INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    page INTEGER NOT NULL,
    value_col INTEGER
);

CREATE TABLE house.touched_values (
    measure_key VARCHAR NOT NULL,
    organisation_key VARCHAR NOT NULL,
    period_end DATE NOT NULL
);

INSERT INTO house.touched_values
SELECT DISTINCT coalesce(n.measure_key, lower(k.measure), ''),
       coalesce(k.organisation, k.organisation_text, p.organisation, p.pack_id),
       coalesce(k.period_end, DATE '0001-01-01')
FROM facts.kpis k
JOIN raw.packs p USING (pack_id)
LEFT JOIN dimensions.measure_names n ON n.printed = k.measure;
