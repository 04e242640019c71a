ALTER TABLE room DROP COLUMN factor_of_admins;
ALTER TABLE room DROP COLUMN factor_of_editors;
ALTER TABLE room DROP COLUMN factor_of_authors;
