-- A picture that comes out of the trash may lack copies: what a replacement put there never had a wish of its own.
CREATE TRIGGER a_restored_picture_wants_copies AFTER UPDATE OF trashed_at ON images
WHEN OLD.trashed_at IS NOT NULL AND NEW.trashed_at IS NULL AND NEW.emptied_at IS NULL
BEGIN
    DELETE FROM copy_wishes WHERE image_id = NEW.id;
    INSERT INTO copy_wishes (image_id) VALUES (NEW.id);
END;
INSERT INTO copy_wishes (image_id)
    SELECT id FROM images
    WHERE trashed_at IS NULL AND emptied_at IS NULL AND NOT EXISTS (SELECT 1 FROM copy_wishes WHERE image_id = images.id)
    ORDER BY id;
