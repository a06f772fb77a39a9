-- What the app keeps beside the plans, whose tables examples/storing makes.

-- +goose Up
-- Who may log in. A password is kept as its bcrypt hash only.
CREATE TABLE users (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE COLLATE NOCASE,
    role     TEXT    NOT NULL CHECK (role IN ('staff', 'prescriber')),
    hash     TEXT    NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Logged-in browsers. The token is kept as its hash only.
CREATE TABLE sessions (
    token  TEXT PRIMARY KEY,
    data   BLOB    NOT NULL,
    expiry INTEGER NOT NULL -- Unix seconds
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_expiry ON sessions (expiry);

-- Who the patients are: nothing in a plan or in its rows says so. Key is what the plans call
-- the patient; form is that of the page by which somebody was enrolled.
CREATE TABLE patients (
    key    TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name   TEXT NOT NULL COLLATE NOCASE,
    form   TEXT NOT NULL UNIQUE,
    plan   INTEGER NOT NULL UNIQUE REFERENCES plans ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX patients_name ON patients (name, number);

-- Private links of patients. The token is kept as its hash only: nobody can look it up.
CREATE TABLE links (
    id      INTEGER PRIMARY KEY,
    plan    INTEGER NOT NULL REFERENCES plans ON DELETE CASCADE,
    hash    BLOB    NOT NULL UNIQUE,
    made    TEXT    NOT NULL,
    made_by TEXT    NOT NULL,
    revoked TEXT,
    revoked_by TEXT
) STRICT;

CREATE INDEX links_plan ON links (plan);

-- The clinic's calendar, a file of package schedule/clinic. The last row holds.
CREATE TABLE calendars (
    id   INTEGER PRIMARY KEY,
    file BLOB NOT NULL,
    made TEXT NOT NULL,
    made_by TEXT NOT NULL
) STRICT;

-- What every plan is told: closures and other hours. A row that is not done is gone on with
-- when the app starts.
CREATE TABLE tellings (
    id      TEXT PRIMARY KEY, -- that of the event in every plan
    what    TEXT NOT NULL,    -- JSON of the event, or the day from which the calendar is asked anew
    said    TEXT NOT NULL,    -- in words
    as_of   TEXT NOT NULL,
    by      TEXT NOT NULL,
    changed INTEGER NOT NULL DEFAULT 0,
    refused TEXT NOT NULL DEFAULT '', -- plans and why, a line each
    done    TEXT
) STRICT;

-- Protocol files of the clinic's own, as they were read.
CREATE TABLE protocol_files (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    file  BLOB NOT NULL UNIQUE,
    added TEXT NOT NULL,
    added_by TEXT NOT NULL
) STRICT;

-- What people did that no plan knows of: logins, links, exports.
CREATE TABLE log (
    id   INTEGER PRIMARY KEY,
    at   TEXT NOT NULL,
    who  TEXT NOT NULL,
    what TEXT NOT NULL,
    plan INTEGER
) STRICT;

-- +goose Down
DROP TABLE log;
DROP TABLE protocol_files;
DROP TABLE tellings;
DROP TABLE calendars;
DROP TABLE links;
DROP TABLE patients;
DROP TABLE sessions;
DROP TABLE users;
