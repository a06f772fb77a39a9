-- The protocols that plans were made from, adopted or switched to, as their files.
CREATE TABLE protocols (
    digest TEXT PRIMARY KEY,
    file   BLOB NOT NULL
) STRICT;

-- A row for each plan: what schedule.Plan.Row says. Dates are YYYY-MM-DD, which compare
-- as text. Nothing here changes at midnight.
CREATE TABLE plans (
    id           INTEGER PRIMARY KEY,
    patient      TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    as_of        TEXT    NOT NULL,
    zone         TEXT    NOT NULL,
    protocol     TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    standing     TEXT    NOT NULL,
    open         TEXT,
    next         TEXT,
    next_start   TEXT,
    next_kind    TEXT,
    next_id      TEXT,
    lost_until   TEXT,
    gate         TEXT,
    decision_due TEXT,
    weigh_before TEXT,
    last_given   TEXT,
    given        INTEGER NOT NULL,
    of           INTEGER NOT NULL,
    warnings     INTEGER NOT NULL,
    violations   INTEGER NOT NULL
) STRICT;

CREATE INDEX plans_patient  ON plans (patient);
CREATE INDEX plans_open     ON plans (open)         WHERE open IS NOT NULL;
CREATE INDEX plans_lost     ON plans (lost_until)   WHERE lost_until IS NOT NULL;
CREATE INDEX plans_decision ON plans (decision_due) WHERE decision_due IS NOT NULL;
CREATE INDEX plans_weigh    ON plans (weigh_before) WHERE weigh_before IS NOT NULL;

-- The plan itself, apart from its row, so that a page of the table of rows holds many.
CREATE TABLE plan_files (
    plan INTEGER PRIMARY KEY REFERENCES plans ON DELETE CASCADE,
    file BLOB NOT NULL
) STRICT;

-- A row for each session, companion and follow-up: what AppendVisitRows says.
CREATE TABLE visits (
    plan     INTEGER NOT NULL REFERENCES plans ON DELETE CASCADE,
    id       TEXT    NOT NULL,
    role     TEXT,
    name     TEXT    NOT NULL,
    kind     TEXT,
    date     TEXT,
    start    TEXT,
    ends     TEXT,
    state    TEXT    NOT NULL,
    open     INTEGER NOT NULL, -- planned or provisional: to take place, and not settled
    lost     TEXT,
    revision INTEGER NOT NULL,
    PRIMARY KEY (plan, id)
) STRICT, WITHOUT ROWID;

-- Each has all that a list shows, so that the visits themselves are not read.
CREATE INDEX visits_open ON visits (date, start, plan, id, role, name, lost, open) WHERE open;
CREATE INDEX visits_lost ON visits (date, start, plan, id, role, name, lost) WHERE lost IS NOT NULL;

-- A row for each entry of a journal, for audits. It only grows: rows go with their plan.
CREATE TABLE journal (
    plan        INTEGER NOT NULL REFERENCES plans ON DELETE CASCADE,
    revision    INTEGER NOT NULL, -- that the entry made
    event       TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    as_of       TEXT    NOT NULL,
    recorded_by TEXT,
    entry       TEXT    NOT NULL, -- JSON
    PRIMARY KEY (plan, revision),
    UNIQUE (plan, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_recorded_by ON journal (recorded_by, as_of);

CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'an entry of a journal is never changed');
END;

CREATE TRIGGER journal_kept BEFORE DELETE ON journal WHEN EXISTS (SELECT 1 FROM plans WHERE id = OLD.plan)
BEGIN
    SELECT RAISE(ABORT, 'an entry of a journal goes with its plan only');
END;
