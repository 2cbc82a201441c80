-- The views: derived from the log in the transaction that records it, and rebuilt from it at will.
-- One form for all: a row is a body under a key, whose beginning is what one reads by.
DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['report', 'problem', 'picture', 'compilation', 'addendum'] LOOP
        EXECUTE format('CREATE TABLE %I (
            programme uuid NOT NULL,
            key text COLLATE "C" NOT NULL,
            body json NOT NULL,
            PRIMARY KEY (programme, key))', view || '_view');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO samlad_service', view || '_view');
    END LOOP;
END $$;
