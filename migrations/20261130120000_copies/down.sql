DROP TRIGGER an_emptied_picture_wants_none;
DROP TRIGGER a_lead_picture_wants_copies;
DROP TRIGGER another_file_wants_copies;
DROP TRIGGER a_new_picture_wants_copies;
DROP TABLE copy_wishes;
ALTER TABLE images DROP COLUMN is_animated;
ALTER TABLE images DROP COLUMN tone;
ALTER TABLE images DROP COLUMN ready;
CREATE TABLE old_renditions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    image_id BIGINT NOT NULL REFERENCES images (id),
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    format TEXT NOT NULL CONSTRAINT rendition_format_is_known CHECK (format IN ('webp', 'jpg')),
    bytes BLOB NOT NULL,
    CONSTRAINT one_rendition_per_size UNIQUE (image_id, width, format)
);
INSERT INTO old_renditions (id, image_id, width, height, format, bytes)
    SELECT id, image_id, width, height, format, bytes FROM renditions WHERE crop = '' AND format <> 'avif';
DROP TABLE renditions;
ALTER TABLE old_renditions RENAME TO renditions;
