-- Movements remember when the log took them, as receipts do.
ALTER TABLE movements ADD COLUMN accepted_at INTEGER NOT NULL DEFAULT 0; -- Unix milliseconds
UPDATE movements SET accepted_at = e.accepted_at FROM events e WHERE e.offset = movements.offset;
