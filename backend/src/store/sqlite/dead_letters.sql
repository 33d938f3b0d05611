-- Dead letters are named by partition too, and remember whether somebody has mended them.
ALTER TABLE dead_letters RENAME TO dead_letters_1;
CREATE TABLE dead_letters (
    epoch       INTEGER NOT NULL,
    offset      INTEGER NOT NULL,
    partition   INTEGER NOT NULL,
    store       INTEGER,
    kind        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL, -- Unix milliseconds
    payload     BLOB    NOT NULL,
    reason      TEXT    NOT NULL,
    mended_at   INTEGER,          -- Unix milliseconds; NULL while it is open
    PRIMARY KEY (epoch, offset, partition)
) STRICT, WITHOUT ROWID;
INSERT INTO dead_letters
SELECT d.epoch, d.offset, 0, e.store, d.kind, e.version, e.accepted_at, d.payload, d.reason, NULL
FROM dead_letters_1 d JOIN events e ON e.offset = d.offset;
DROP TABLE dead_letters_1;
