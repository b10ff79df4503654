-- Common table expressions that every check begins with: the packs of the meeting in question and of the one before
-- it. A meeting is one organisation's board on one day; its papers may be several packs. Superseded packs are out.
meeting AS (
    SELECT organisation, board, meeting_date
    FROM raw.packs
    WHERE pack_id = $pack_id AND superseded_by IS NULL AND organisation IS NOT NULL AND meeting_date IS NOT NULL
), kept AS (
    SELECT p.pack_id, p.meeting_date
    FROM raw.packs p
    JOIN meeting m ON p.organisation = m.organisation AND p.board IS NOT DISTINCT FROM m.board
    WHERE p.superseded_by IS NULL AND p.meeting_date <= m.meeting_date
), now_packs AS (
    SELECT k.pack_id FROM kept k JOIN meeting m ON k.meeting_date = m.meeting_date
), previous_day AS (
    SELECT max(k.meeting_date) AS day FROM kept k JOIN meeting m ON k.meeting_date < m.meeting_date
), before_packs AS (
    SELECT k.pack_id FROM kept k JOIN previous_day d ON k.meeting_date = d.day
)
