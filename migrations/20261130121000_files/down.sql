DROP TRIGGER pass_visits_are_never_edited;
DROP TRIGGER pass_visits_are_never_deleted;
ALTER TABLE pass_visits RENAME TO former_pass_visits;
CREATE TABLE pass_visits (
    pass_id BIGINT NOT NULL REFERENCES passes (id),
    deed TEXT NOT NULL CONSTRAINT deed_is_known CHECK (deed IN ('opened', 'accepted', 'picture')),
    -- Whole minutes since 1970.
    minute BIGINT NOT NULL,
    -- The first time in that minute.
    at BIGINT NOT NULL,
    PRIMARY KEY (pass_id, deed, minute),
    CONSTRAINT visit_stands_in_its_minute CHECK (at >= minute * 60000 AND at < (minute + 1) * 60000)
);
INSERT INTO pass_visits SELECT pass_id, deed, minute, at FROM former_pass_visits WHERE deed <> 'file';
DROP TABLE former_pass_visits;

CREATE TRIGGER pass_visits_are_never_edited BEFORE UPDATE ON pass_visits
BEGIN
    SELECT RAISE(ABORT, 'pass_visits_are_never_edited');
END;

CREATE TRIGGER pass_visits_are_never_deleted BEFORE DELETE ON pass_visits
BEGIN
    SELECT RAISE(ABORT, 'pass_visits_are_never_deleted');
END;

DROP INDEX journal_of_work;
ALTER TABLE journal DROP COLUMN file_id;
CREATE INDEX journal_of_work ON journal (at) WHERE item_id IS NOT NULL OR image_id IS NOT NULL;
DROP TABLE revision_files;
DROP TABLE file_bytes;
DROP TABLE file_versions;
DROP TABLE files;
