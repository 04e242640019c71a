-- Reports and other files that readers may take. Its key stands in its address and stays when other bytes
-- take the place of the old ones; its number would tell how many there are.
CREATE TABLE files (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL CONSTRAINT file_key_is_unique UNIQUE,
    format TEXT NOT NULL CONSTRAINT file_format_is_known CHECK (format IN
        ('pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'csv', 'txt')),
    -- Empty until somebody writes it; nothing goes out with a file that has none.
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Whom readers ask for a version that they can read; empty: the press contact.
    contact TEXT NOT NULL,
    -- Title and file name as searches see them: without case and accents.
    words_folded TEXT NOT NULL,
    -- The version that readers get, and what is known of it.
    version BIGINT NOT NULL,
    hash TEXT NOT NULL CONSTRAINT file_is_here_already UNIQUE,
    file_name TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    -- Where somebody could count them.
    pages BIGINT,
    uploaded_by BIGINT NOT NULL REFERENCES people (id),
    uploaded_at BIGINT NOT NULL
);

-- Every version stays for staff, as long as the file does.
CREATE TABLE file_versions (
    file_id BIGINT NOT NULL REFERENCES files (id),
    version BIGINT NOT NULL,
    hash TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    taken_by BIGINT NOT NULL REFERENCES people (id),
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (file_id, version)
) WITHOUT ROWID;

-- In pieces, so that nobody has to hold a large file to send a part of it.
CREATE TABLE file_bytes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    file_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    piece BIGINT NOT NULL,
    bytes BLOB NOT NULL,
    CONSTRAINT one_piece_of_each_number UNIQUE (file_id, version, piece),
    FOREIGN KEY (file_id, version) REFERENCES file_versions (file_id, version)
);

-- Which files stand below a revision, in which order: what makes a file public.
CREATE TABLE revision_files (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    file_id BIGINT NOT NULL REFERENCES files (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (revision_id, file_id)
) WITHOUT ROWID;

CREATE INDEX revision_files_by_file ON revision_files (file_id, revision_id);

-- What an editor approved and readers saw keeps its files.
CREATE TRIGGER revision_files_are_never_edited BEFORE UPDATE ON revision_files
BEGIN
    SELECT RAISE(ABORT, 'revision_files_are_never_edited');
END;

CREATE TRIGGER revision_files_are_never_deleted BEFORE DELETE ON revision_files
BEGIN
    SELECT RAISE(ABORT, 'revision_files_are_never_deleted');
END;

-- The journal goes on naming a file that was deleted, so nothing has to be there under that number.
ALTER TABLE journal ADD COLUMN file_id BIGINT;
DROP INDEX journal_of_work;
CREATE INDEX journal_of_work ON journal (at)
    WHERE item_id IS NOT NULL OR image_id IS NOT NULL OR file_id IS NOT NULL;

-- Whoever holds a pass fetches files too. A table's CHECK cannot be changed, so the table is made anew.
DROP TRIGGER pass_visits_are_never_edited;
DROP TRIGGER pass_visits_are_never_deleted;
ALTER TABLE pass_visits RENAME TO former_pass_visits;
CREATE TABLE pass_visits (
    pass_id BIGINT NOT NULL REFERENCES passes (id),
    deed TEXT NOT NULL CONSTRAINT deed_is_known CHECK (deed IN ('opened', 'accepted', 'picture', 'file')),
    -- Whole minutes since 1970.
    minute BIGINT NOT NULL,
    -- The first time in that minute.
    at BIGINT NOT NULL,
    PRIMARY KEY (pass_id, deed, minute),
    CONSTRAINT visit_stands_in_its_minute CHECK (at >= minute * 60000 AND at < (minute + 1) * 60000)
);
INSERT INTO pass_visits SELECT pass_id, deed, minute, at FROM former_pass_visits;
DROP TABLE former_pass_visits;

CREATE TRIGGER pass_visits_are_never_edited BEFORE UPDATE ON pass_visits
BEGIN
    SELECT RAISE(ABORT, 'pass_visits_are_never_edited');
END;

CREATE TRIGGER pass_visits_are_never_deleted BEFORE DELETE ON pass_visits
BEGIN
    SELECT RAISE(ABORT, 'pass_visits_are_never_deleted');
END;
