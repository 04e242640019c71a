ALTER TABLE mails DROP COLUMN link_is_secret;
ALTER TABLE mails DROP COLUMN further;
DROP TABLE pass_visits;
DROP TABLE passes;
