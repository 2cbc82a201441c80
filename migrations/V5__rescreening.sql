-- Two more views, in the form that all have: what becomes of the guard's warnings, and what a new policy finds in
-- texts that are stored.
DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['warning', 'rescreening'] LOOP
        EXECUTE format('CREATE TABLE %I (
            programme uuid NOT NULL,
            key text COLLATE "C" NOT NULL,
            body json NOT NULL,
            PRIMARY KEY (programme, key))', view || '_view');
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO samlad_service', view || '_view');
    END LOOP;
END $$;
