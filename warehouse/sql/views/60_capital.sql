-- A scheme is followed within one organisation by its name with case, dashes and spaces folded; where a pack prints a
-- name twice, the first is followed with the first.

CREATE OR REPLACE VIEW capital_history AS
WITH named AS (
    SELECT p.organisation, p.board, s.*, p.meeting_date,
           coalesce(p.organisation, p.pack_id) AS body,
           coalesce(p.meeting_date, p.first_ingested_at::DATE) AS stated_on,
           trim(regexp_replace(lower(s.scheme), '[^\w£%&]+', ' ', 'g')) AS scheme_key
    FROM capital_schemes s JOIN packs p USING (pack_id)
), counted AS (
    SELECT *, row_number() OVER (PARTITION BY pack_id, scheme_key ORDER BY table_no, "row") AS occurrence
    FROM named
), followed AS (
    SELECT *,
           row_number() OVER earlier AS state_no,
           lead(key) OVER earlier IS NULL AS is_latest,
           stated_on = max(stated_on) OVER (PARTITION BY body, board) AS in_latest_list,
           lag(key) OVER earlier AS earlier_key,
           lag(pack_id) OVER earlier AS earlier_pack_id,
           lag(page) OVER earlier AS earlier_page,
           lag(meeting_date) OVER earlier AS earlier_meeting_date,
           lag(value_text) OVER earlier AS earlier_value_text,
           lag(value_gbp) OVER earlier AS earlier_value_gbp,
           lag(completion_text) OVER earlier AS earlier_completion_text,
           lag(completion) OVER earlier AS earlier_completion,
           lag(completion_from) OVER earlier AS earlier_completion_from,
           lag(completion_by) OVER earlier AS earlier_completion_by
    FROM counted
    WINDOW earlier AS (PARTITION BY body, scheme_key, occurrence ORDER BY stated_on, pack_id)
)
SELECT organisation, board, section, scheme, lead_organisation, funding_source, meeting_date, state_no,
       value_text, value_gbp, value_qualifier, completion_text, completion, completion_from, completion_by, rag,
       earlier_meeting_date, earlier_value_text, earlier_value_gbp, earlier_completion_text, earlier_completion,
       earlier_completion_from, earlier_completion_by,
       earlier_key IS NOT NULL AND value_gbp IS DISTINCT FROM earlier_value_gbp AS value_moved,
       earlier_key IS NOT NULL AND (
           completion IS DISTINCT FROM earlier_completion
           OR completion_by IS DISTINCT FROM earlier_completion_by
           OR completion_from IS DISTINCT FROM earlier_completion_from
       ) AS completion_moved,
       is_latest, in_latest_list, earlier_pack_id, earlier_page, earlier_key, pack_id, table_no, "row", page, key
FROM followed;

CREATE OR REPLACE VIEW capital_changes AS
SELECT organisation, board, section, scheme, lead_organisation, funding_source, earlier_meeting_date, meeting_date,
       CASE
           WHEN value_moved AND completion_moved THEN 'value and completion'
           WHEN value_moved THEN 'value'
           ELSE 'completion'
       END AS change,
       earlier_value_text, earlier_value_gbp, value_text, value_gbp, value_gbp - earlier_value_gbp AS change_gbp,
       earlier_completion_text, earlier_completion, earlier_completion_by, completion_text, completion, completion_by,
       date_diff('day', earlier_completion_by, completion_by) AS slip_days,
       earlier_pack_id, earlier_page, earlier_key, pack_id, table_no, "row", page, key
FROM capital_history
WHERE value_moved OR completion_moved;
