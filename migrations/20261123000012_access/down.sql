DROP TABLE account_links;
ALTER TABLE sessions DROP COLUMN used_at;
ALTER TABLE sessions DROP COLUMN device;

-- A column that refers to another table cannot be dropped.
CREATE TABLE journal_without_about (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    person_id BIGINT REFERENCES people (id),
    entry TEXT NOT NULL,
    item_id BIGINT REFERENCES items (id),
    image_id BIGINT REFERENCES images (id),
    detail TEXT NOT NULL
);
INSERT INTO journal_without_about
SELECT id, at, person_id, entry, item_id, image_id, detail FROM journal;
DROP TABLE journal;
ALTER TABLE journal_without_about RENAME TO journal;

CREATE INDEX journal_of_item ON journal (item_id, id);

CREATE TRIGGER journal_is_never_edited BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal_is_never_edited');
END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal_is_never_deleted');
END;
