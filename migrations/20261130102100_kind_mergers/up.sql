-- Two kinds that were made into one. The first one's row stays, so that every revision is known as it was.
CREATE TABLE kind_mergers (
    kind_id BIGINT NOT NULL PRIMARY KEY REFERENCES kinds (id),
    into_id BIGINT NOT NULL REFERENCES kinds (id),
    CONSTRAINT no_kind_goes_into_itself CHECK (kind_id <> into_id)
) WITHOUT ROWID;

CREATE INDEX kind_mergers_by_survivor ON kind_mergers (into_id);

-- Of which kind a revision was written, where a merger gave it another one.
CREATE TABLE former_kinds (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    kind_id BIGINT NOT NULL REFERENCES kinds (id),
    PRIMARY KEY (revision_id, kind_id)
) WITHOUT ROWID;

CREATE INDEX former_kinds_by_kind ON former_kinds (kind_id);

-- Revisions and publications are what they were for ever, but for their kind, and that along a merger only.
DROP TRIGGER revisions_are_never_edited;

CREATE TRIGGER revisions_are_never_edited BEFORE UPDATE ON revisions
WHEN NOT EXISTS (SELECT 1 FROM kind_mergers WHERE kind_id = OLD.kind_id AND into_id = NEW.kind_id)
BEGIN
    SELECT RAISE(ABORT, 'revisions_are_never_edited');
END;

DROP TRIGGER publications_are_never_rewritten;

CREATE TRIGGER publications_are_never_rewritten BEFORE UPDATE OF
    id, item_id, revision_id, kind_id, face, from_at, published_at, updated_at, change,
    public_note, reason, moved_to, typed_time, typed_zone, approval_id, urgent, by_id, made_at
ON publications
WHEN NOT EXISTS (SELECT 1 FROM kind_mergers WHERE kind_id = OLD.kind_id AND into_id = NEW.kind_id)
BEGIN
    SELECT RAISE(ABORT, 'publications_are_never_rewritten');
END;

-- The merger itself, in one statement, so that no revision and its publications are ever of two kinds.
CREATE TRIGGER kind_mergers_take_all_along AFTER INSERT ON kind_mergers
BEGIN
    INSERT INTO former_kinds (revision_id, kind_id)
        SELECT id, kind_id FROM revisions WHERE kind_id = NEW.kind_id;
    UPDATE revisions SET kind_id = NEW.into_id WHERE kind_id = NEW.kind_id;
    UPDATE publications SET kind_id = NEW.into_id WHERE kind_id = NEW.kind_id;
    INSERT INTO open_publications (face, kind_id, number)
        SELECT face, NEW.into_id, 0 FROM open_publications AS gone
        WHERE kind_id = NEW.kind_id AND NOT EXISTS (SELECT 1 FROM open_publications AS here
            WHERE here.face = gone.face AND here.kind_id = NEW.into_id);
    UPDATE open_publications SET number = number + (SELECT gone.number FROM open_publications AS gone
            WHERE gone.face = open_publications.face AND gone.kind_id = NEW.kind_id)
        WHERE kind_id = NEW.into_id AND face IN (SELECT face FROM open_publications WHERE kind_id = NEW.kind_id);
    DELETE FROM open_publications WHERE kind_id = NEW.kind_id;
END;

-- A kind that went into another one has no more revisions.
CREATE TRIGGER no_revision_is_of_a_merged_kind BEFORE INSERT ON revisions
WHEN EXISTS (SELECT 1 FROM kind_mergers WHERE kind_id = NEW.kind_id)
BEGIN
    SELECT RAISE(ABORT, 'no_revision_is_of_a_merged_kind');
END;
