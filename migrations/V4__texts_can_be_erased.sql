-- A text knows the event that brought it, so that it is found by its id: where it stands, and what is kept of the
-- request that brought it. Rows that an older version writes meanwhile have none, and are looked for in the log.
ALTER TABLE text ADD COLUMN position bigint;

UPDATE text SET position = brought.position FROM (
    SELECT DISTINCT ON (e.programme, found.text_id) e.programme, found.text_id, e.position
    FROM event e
    CROSS JOIN LATERAL (
        SELECT (regexp_matches(e.data::text, '"textId":"([0-9a-f-]{36})"', 'g'))[1]::uuid AS text_id
    ) found
    ORDER BY e.programme, found.text_id, e.position
) brought
WHERE text.programme = brought.programme AND text.text_id = brought.text_id;
