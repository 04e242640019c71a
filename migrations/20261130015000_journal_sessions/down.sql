DROP INDEX journal_of_work;
DROP INDEX journal_of_item_by_instant;
DROP INDEX journal_of_entry;
DROP INDEX journal_of_person;
DROP INDEX journal_by_instant;
ALTER TABLE journal DROP COLUMN device;
ALTER TABLE journal DROP COLUMN session_number;
