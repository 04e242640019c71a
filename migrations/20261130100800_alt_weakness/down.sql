DROP INDEX images_with_weak_alt_text;
ALTER TABLE images DROP COLUMN alt_weakness;
