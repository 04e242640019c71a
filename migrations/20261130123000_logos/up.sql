-- The room's logo and icon, as text; '' where there is none. Pictures that were a logo once stay, so
-- that a change can be taken back.
ALTER TABLE room ADD COLUMN logo TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN icon TEXT NOT NULL DEFAULT '';

CREATE TABLE logos (
    hash TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
);
