-- The log: one per programme, gapless, append-only. Every key begins with the programme, so that the tables
-- can be distributed over nodes unchanged.

-- The last position handed out in each programme; its row lock is what makes positions gapless.
CREATE TABLE head (
    programme uuid PRIMARY KEY,
    position bigint NOT NULL
);

CREATE TABLE event (
    programme uuid NOT NULL,
    position bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    -- json, not jsonb: the exact bytes are what the leaf is made of.
    data json NOT NULL,
    meta json NOT NULL,
    recorded_at timestamptz NOT NULL,
    leaf bytea NOT NULL,
    PRIMARY KEY (programme, position),
    UNIQUE (programme, stream, version)
);

-- Free text lies outside the log, so that it can be erased while the log stays as it is.
CREATE TABLE text (
    programme uuid NOT NULL,
    text_id uuid NOT NULL,
    salt bytea NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (programme, text_id)
);

-- Answers already given, so that a retry is told the same; the digest is salted, for it covers free text.
CREATE TABLE idempotency (
    programme uuid NOT NULL,
    caller text NOT NULL,
    key text NOT NULL,
    salt bytea NOT NULL,
    digest bytea NOT NULL,
    position bigint NOT NULL,
    version integer NOT NULL,
    events integer NOT NULL,
    location text NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (programme, caller, key)
);

-- How far each duty has come in each programme's log.
CREATE TABLE checkpoint (
    programme uuid NOT NULL,
    duty text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (programme, duty)
);

CREATE FUNCTION event_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER event_rows_are_immutable BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_immutable();
CREATE TRIGGER event_table_is_immutable BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_immutable();
CREATE TRIGGER head_rows_remain BEFORE DELETE ON head
    FOR EACH ROW EXECUTE FUNCTION event_is_immutable();

-- The service acts as this role, which has no right to change what has been recorded. Another database of the
-- same cluster may be making the role at this very moment.
DO $$ BEGIN
    CREATE ROLE samlad_service NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, 'samlad_service', 'MEMBER') THEN
        EXECUTE format('GRANT samlad_service TO %I', current_user);
    END IF;
END $$;
GRANT SELECT, INSERT ON event TO samlad_service;
GRANT SELECT, INSERT, UPDATE ON head TO samlad_service;
GRANT SELECT, INSERT, DELETE ON text TO samlad_service;
GRANT SELECT, INSERT, DELETE ON idempotency TO samlad_service;
GRANT SELECT, INSERT, UPDATE ON checkpoint TO samlad_service;
