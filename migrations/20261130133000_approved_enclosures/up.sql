-- The pictures and files that went with the words when an editor approved them, so that whoever publishes is
-- told what an editor changed since. Of approvals that are here, nobody kept it: they say nothing.
ALTER TABLE approvals ADD COLUMN enclosed TEXT NOT NULL DEFAULT '';
