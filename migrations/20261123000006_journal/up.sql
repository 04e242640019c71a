CREATE TABLE journal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    person_id BIGINT REFERENCES people (id),
    entry TEXT NOT NULL,
    item_id BIGINT REFERENCES items (id),
    image_id BIGINT REFERENCES images (id),
    detail TEXT NOT NULL
);

CREATE INDEX journal_of_item ON journal (item_id, id);

CREATE TRIGGER journal_is_never_edited BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal_is_never_edited');
END;

CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal_is_never_deleted');
END;
