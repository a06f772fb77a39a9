-- The protocols that plans were made from, adopted or switched to, as their files.
CREATE TABLE protocols (
    digest text  PRIMARY KEY,
    file   bytea NOT NULL
);

-- A row for each plan: what schedule.Plan.Row says. Nothing here changes at midnight.
CREATE TABLE plans (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient      text        NOT NULL,
    revision     integer     NOT NULL,
    as_of        timestamptz NOT NULL,
    zone         text        NOT NULL,
    protocol     text        NOT NULL,
    version      text        NOT NULL,
    standing     text        NOT NULL,
    open         date,
    next         date,
    next_start   text, -- HH:MM of the clinic's clock, up to 24:00
    next_kind    text,
    next_id      text,
    lost_until   date,
    gate         text,
    decision_due date,
    weigh_before date,
    last_given   date,
    given        integer     NOT NULL,
    of           integer     NOT NULL,
    warnings     integer     NOT NULL,
    violations   integer     NOT NULL
);

CREATE INDEX plans_patient  ON plans (patient);
CREATE INDEX plans_open     ON plans (open)         WHERE open IS NOT NULL;
CREATE INDEX plans_lost     ON plans (lost_until)   WHERE lost_until IS NOT NULL;
CREATE INDEX plans_decision ON plans (decision_due) WHERE decision_due IS NOT NULL;
CREATE INDEX plans_weigh    ON plans (weigh_before) WHERE weigh_before IS NOT NULL;

-- The plan itself, apart from its row, which is written more often than this is read.
CREATE TABLE plan_files (
    plan bigint PRIMARY KEY REFERENCES plans ON DELETE CASCADE,
    file bytea  NOT NULL
);

-- A row for each session, companion and follow-up: what AppendVisitRows says.
CREATE TABLE visits (
    plan     bigint  NOT NULL REFERENCES plans ON DELETE CASCADE,
    id       text    NOT NULL,
    role     text,
    name     text    NOT NULL,
    kind     text,
    date     date,
    start    text,
    ends     text,
    state    text    NOT NULL,
    open     boolean NOT NULL, -- planned or provisional: to take place, and not settled
    lost     text,
    revision integer NOT NULL,
    PRIMARY KEY (plan, id)
);

-- Each has all that a list shows, so that the visits themselves are not read.
CREATE INDEX visits_open ON visits (date, start, plan, id) INCLUDE (role, name, lost) WHERE open;
CREATE INDEX visits_lost ON visits (date, start, plan, id) INCLUDE (role, name, lost) WHERE lost IS NOT NULL;

-- A row for each entry of a journal, for audits. It only grows: rows go with their plan.
CREATE TABLE journal (
    plan        bigint      NOT NULL REFERENCES plans ON DELETE CASCADE,
    revision    integer     NOT NULL, -- that the entry made
    event       text        NOT NULL,
    kind        text        NOT NULL,
    as_of       timestamptz NOT NULL,
    recorded_by text,
    entry       jsonb       NOT NULL,
    PRIMARY KEY (plan, revision),
    UNIQUE (plan, event)
);

CREATE INDEX journal_recorded_by ON journal (recorded_by, as_of);

CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM plans WHERE id = OLD.plan) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'an entry of a journal is never changed, and goes with its plan only';
END $$;

CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_only_grows();
