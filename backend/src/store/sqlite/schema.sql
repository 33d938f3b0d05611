-- Log and store in one file. `offset` is the log's order; it is never used again after a deletion.
CREATE TABLE events (
    offset      INTEGER PRIMARY KEY AUTOINCREMENT,
    store       INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL, -- Unix milliseconds
    flags       TEXT,             -- JSON list of findings; NULL where there are none
    request_id  TEXT,
    payload     BLOB    NOT NULL
) STRICT;

-- How far each consumer of the log has got.
CREATE TABLE commits (
    consumer TEXT    PRIMARY KEY,
    epoch    INTEGER NOT NULL,
    offset   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Receipts: inserted, never updated.
CREATE TABLE receipts (
    epoch       INTEGER NOT NULL,
    offset      INTEGER NOT NULL,
    store       INTEGER NOT NULL,
    id          BLOB    NOT NULL,
    register    INTEGER NOT NULL,
    series      TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    seller      INTEGER NOT NULL,
    day         TEXT    NOT NULL, -- local date on the receipt
    total       INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    hash        BLOB    NOT NULL,
    body        BLOB    NOT NULL,
    PRIMARY KEY (epoch, offset)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX receipts_by_id ON receipts (id, store);
CREATE INDEX receipts_by_number ON receipts (store, register, series, number);
CREATE INDEX receipts_by_day ON receipts (store, day, epoch, offset);

-- Everything else that happened; inserted, never updated.
CREATE TABLE movements (
    store  INTEGER NOT NULL,
    id     BLOB    NOT NULL,
    epoch  INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    body   BLOB    NOT NULL,
    PRIMARY KEY (store, id)
) STRICT, WITHOUT ROWID;

-- What could not be read.
CREATE TABLE dead_letters (
    epoch   INTEGER NOT NULL,
    offset  INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    payload BLOB    NOT NULL,
    PRIMARY KEY (epoch, offset)
) STRICT, WITHOUT ROWID;

-- Documents that reflect the log up to a position and only move forward.
CREATE TABLE projections (
    kind   TEXT    NOT NULL,
    store  INTEGER NOT NULL,
    id     TEXT    NOT NULL,
    epoch  INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    body   BLOB    NOT NULL,
    PRIMARY KEY (kind, store, id)
) STRICT, WITHOUT ROWID;

-- Documents replaced by compare-and-swap; a deleted one keeps its row, without a body, so that its deletion is told.
CREATE TABLE documents (
    kind     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    body     BLOB,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_by_revision ON documents (kind, revision);

-- The last revision given out for each kind.
CREATE TABLE revisions (
    kind TEXT    PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts about the file: which log it is, and its epoch.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
