-- A kind's own colour, as #ffe600; empty: the room's.
ALTER TABLE kinds ADD COLUMN colour TEXT NOT NULL DEFAULT '';
