-- Three more views, in the form that all have: what is prioritised, how it is analysed, and what is done there.
DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['prioritisation', 'analysis', 'intervention'] LOOP
        EXECUTE format('CREATE TABLE %I (
            programme uuid NOT NULL,
            key text COLLATE "C" NOT NULL,
            body json NOT NULL,
            PRIMARY KEY (programme, key))', view || '_view');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO samlad_service', view || '_view');
    END LOOP;
END $$;
