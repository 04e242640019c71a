-- Where somebody was signed in when they did it. The session itself is deleted when it ends, so its
-- number and the words of its device are kept here, and nothing of its key.
ALTER TABLE journal ADD COLUMN session_number BIGINT;
ALTER TABLE journal ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- The journal is read newest first, whole or by one of these.
CREATE INDEX journal_by_instant ON journal (at);
CREATE INDEX journal_of_person ON journal (person_id, at);
CREATE INDEX journal_of_entry ON journal (entry, at);
CREATE INDEX journal_of_item_by_instant ON journal (item_id, at);
-- What editors read of it.
CREATE INDEX journal_of_work ON journal (at) WHERE item_id IS NOT NULL OR image_id IS NOT NULL;
