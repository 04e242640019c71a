DROP TRIGGER trash_holds_nothing_used;
DROP TRIGGER revisions_show_no_trash;
DROP INDEX images_in_trash;
ALTER TABLE images DROP COLUMN emptied_at;
ALTER TABLE images DROP COLUMN trashed_by;
ALTER TABLE images DROP COLUMN trashed_at;
