-- Copies of pictures come in three formats, whole and cut, and say which recipe made them. What is here was
-- made by a program that did not number its recipes.
CREATE TABLE new_renditions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    image_id BIGINT NOT NULL REFERENCES images (id),
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    format TEXT NOT NULL CONSTRAINT rendition_format_is_known CHECK (format IN ('webp', 'jpg', 'avif')),
    bytes BLOB NOT NULL,
    -- Shape and point of interest, as in '3x2-50-35'; empty: the whole picture.
    crop TEXT NOT NULL DEFAULT '',
    recipe BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT one_rendition_per_size UNIQUE (image_id, crop, width, format)
);
INSERT INTO new_renditions (id, image_id, width, height, format, bytes)
    SELECT id, image_id, width, height, format, bytes FROM renditions;
DROP TABLE renditions;
ALTER TABLE new_renditions RENAME TO renditions;

-- Which copies are there besides the whole picture as JPEG and WebP, in words: pages name no others.
ALTER TABLE images ADD COLUMN ready TEXT NOT NULL DEFAULT '';
-- The colours of the upper and the lower half, as six digits; empty: not known, or seen through.
ALTER TABLE images ADD COLUMN tone TEXT NOT NULL DEFAULT ''
    CONSTRAINT tone_is_six_digits CHECK (tone = '' OR tone GLOB '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]');
-- The file moves; readers see its first picture. Of those that came before, nobody looked.
ALTER TABLE images ADD COLUMN is_animated BOOLEAN NOT NULL DEFAULT FALSE;

-- Pictures of which copies may be missing, in the order in which that came to be. A picture that is wished for
-- again gets another number, so that whoever was at work on it finds the new wish.
CREATE TABLE copy_wishes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    image_id BIGINT NOT NULL CONSTRAINT one_wish_per_picture UNIQUE REFERENCES images (id)
);
INSERT INTO copy_wishes (image_id) SELECT id FROM images WHERE emptied_at IS NULL AND trashed_at IS NULL ORDER BY id;

CREATE TRIGGER a_new_picture_wants_copies AFTER INSERT ON images WHEN NEW.trashed_at IS NULL BEGIN
    INSERT INTO copy_wishes (image_id) VALUES (NEW.id);
END;
CREATE TRIGGER another_file_wants_copies AFTER UPDATE OF hash ON images WHEN NEW.emptied_at IS NULL BEGIN
    DELETE FROM copy_wishes WHERE image_id = NEW.id;
    INSERT INTO copy_wishes (image_id) VALUES (NEW.id);
END;
CREATE TRIGGER a_lead_picture_wants_copies AFTER INSERT ON revisions WHEN NEW.lead_image_id IS NOT NULL BEGIN
    DELETE FROM copy_wishes WHERE image_id = NEW.lead_image_id;
    INSERT INTO copy_wishes (image_id) VALUES (NEW.lead_image_id);
END;
CREATE TRIGGER an_emptied_picture_wants_none AFTER UPDATE OF emptied_at ON images WHEN NEW.emptied_at IS NOT NULL BEGIN
    DELETE FROM copy_wishes WHERE image_id = NEW.id;
END;
