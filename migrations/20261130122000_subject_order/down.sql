ALTER TABLE subjects DROP COLUMN position;
