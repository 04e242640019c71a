-- An image in the trash keeps everything for a while. Then its bytes and words go and the row stays, because
-- the journal names it.
ALTER TABLE images ADD COLUMN trashed_at BIGINT;
ALTER TABLE images ADD COLUMN trashed_by BIGINT REFERENCES people (id);
ALTER TABLE images ADD COLUMN emptied_at BIGINT;

CREATE INDEX images_in_trash ON images (trashed_at) WHERE trashed_at IS NOT NULL;

-- No revision shows what is in the trash, however old it is: old words can be brought back, and with them
-- their pictures.
CREATE TRIGGER revisions_show_no_trash BEFORE INSERT ON revision_images
WHEN EXISTS (SELECT 1 FROM images WHERE id = NEW.image_id AND trashed_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'revisions_show_no_trash');
END;

CREATE TRIGGER trash_holds_nothing_used BEFORE UPDATE OF trashed_at ON images
WHEN NEW.trashed_at IS NOT NULL AND EXISTS (SELECT 1 FROM revision_images WHERE image_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'trash_holds_nothing_used');
END;
