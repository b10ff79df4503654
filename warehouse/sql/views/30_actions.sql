-- An action is followed within one organisation and board by its reference, or by its wording where it has none.

CREATE OR REPLACE VIEW action_history AS
WITH stated AS (
    SELECT p.organisation, p.board, a.*, p.meeting_date,
           coalesce(p.organisation, p.pack_id) AS body,
           coalesce(p.meeting_date, p.first_ingested_at::DATE) AS stated_on,
           coalesce(nullif(upper(trim(a.ref)), ''), lower(a.action)) AS action_key,
           coalesce(a.status, 'open') NOT IN ('closing', 'closed') AS is_open
    FROM actions a JOIN packs p USING (pack_id)
), followed AS (
    SELECT *,
           dense_rank() OVER (PARTITION BY body, board, action_key ORDER BY stated_on) AS state_no,
           stated_on = max(stated_on) OVER (PARTITION BY body, board, action_key) AS is_latest,
           stated_on = max(stated_on) OVER (PARTITION BY body, board) AS in_latest_log,
           lag(status) OVER earlier AS previous_status,
           lag(due_on) OVER earlier AS previous_due_on,
           lag(meeting_date) OVER earlier AS previous_meeting_date,
           lag(key) OVER earlier AS previous_key
    FROM stated
    WINDOW earlier AS (PARTITION BY body, board, action_key ORDER BY stated_on, table_no, "row")
)
SELECT organisation, board, ref, meeting_date, state_no, item, action, owner, raised_text, raised_on,
       due_text, due_on, status_text, status, comments,
       previous_status, previous_due_on, previous_meeting_date,
       CASE
           WHEN previous_key IS NULL THEN 'new'
           WHEN status IS DISTINCT FROM previous_status AND due_on IS DISTINCT FROM previous_due_on
               THEN 'status and due date'
           WHEN status IS DISTINCT FROM previous_status THEN 'status'
           WHEN due_on IS DISTINCT FROM previous_due_on THEN 'due date'
           ELSE 'unchanged'
       END AS change,
       is_open,
       is_open AND (coalesce(due_on < meeting_date, FALSE) OR coalesce(status = 'overdue', FALSE)) AS overdue,
       CASE WHEN is_open AND due_on < meeting_date THEN date_diff('day', due_on, meeting_date) END AS days_overdue,
       is_latest, in_latest_log, previous_key,
       pack_id, table_no, "row", page, key
FROM followed;

CREATE OR REPLACE VIEW open_actions AS
SELECT organisation, board, ref, meeting_date, item, action, owner, raised_text, raised_on, due_text, due_on,
       status_text, status, comments, overdue, days_overdue, in_latest_log, pack_id, table_no, "row", page, key
FROM action_history
WHERE is_latest AND is_open;

CREATE OR REPLACE VIEW overdue_actions AS
SELECT organisation, board, ref, meeting_date, item, action, owner, raised_text, raised_on, due_text, due_on,
       status_text, status, comments, days_overdue, in_latest_log, pack_id, table_no, "row", page, key
FROM open_actions
WHERE overdue;
