-- The first page of each PDF as a small picture, of the version that readers get and of no other.
CREATE TABLE first_pages (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    file_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    format TEXT NOT NULL CONSTRAINT first_page_format_is_known CHECK (format IN ('webp', 'jpg')),
    bytes BLOB NOT NULL,
    CONSTRAINT one_first_page_of_each_size UNIQUE (file_id, version, width, format),
    FOREIGN KEY (file_id, version) REFERENCES file_versions (file_id, version)
);

-- PDFs whose first page is still to be drawn. One that is wished for again gets another number, so that whoever
-- is at work on it finds the new wish. A PDF without picture and without wish cannot be drawn.
CREATE TABLE first_page_wishes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    file_id BIGINT NOT NULL CONSTRAINT one_wish_per_first_page UNIQUE REFERENCES files (id)
);
INSERT INTO first_page_wishes (file_id) SELECT id FROM files WHERE format = 'pdf' ORDER BY id;

CREATE TRIGGER a_new_pdf_wants_its_first_page AFTER INSERT ON files WHEN NEW.format = 'pdf' BEGIN
    INSERT INTO first_page_wishes (file_id) VALUES (NEW.id);
END;
-- No page of the version before is ever shown with the one that took its place.
CREATE TRIGGER another_version_wants_its_first_page AFTER UPDATE OF version ON files WHEN NEW.format = 'pdf' BEGIN
    DELETE FROM first_pages WHERE file_id = NEW.id;
    DELETE FROM first_page_wishes WHERE file_id = NEW.id;
    INSERT INTO first_page_wishes (file_id) VALUES (NEW.id);
END;
