ALTER TABLE people DROP COLUMN likes_keys;
ALTER TABLE people DROP COLUMN density;
ALTER TABLE people DROP COLUMN scheme;
