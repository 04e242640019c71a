-- Of which roles a second factor is required. Nobody is let in without one whom this concerns.
ALTER TABLE room ADD COLUMN factor_of_authors BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE room ADD COLUMN factor_of_editors BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE room ADD COLUMN factor_of_admins BOOLEAN NOT NULL DEFAULT FALSE;
