DROP INDEX images_by_licence;
ALTER TABLE images DROP COLUMN territory;
ALTER TABLE images DROP COLUMN licence_ends_at;
ALTER TABLE images DROP COLUMN licence_last_day;
