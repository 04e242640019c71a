-- The public lane. This table alone decides what readers see: at instant T, the rows with
-- from_at <= T and (until_at is null or until_at > T). A row that was cancelled before it
-- began ends where it starts, so no instant is inside it.
CREATE TABLE publications (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id BIGINT NOT NULL REFERENCES items (id),
    revision_id BIGINT NOT NULL,
    -- Copied from the revision, which never changes, so that a kind's page reads one index.
    kind_id BIGINT NOT NULL,
    face TEXT NOT NULL CONSTRAINT face_is_known CHECK (face IN ('live', 'withdrawn', 'gone', 'moved')),
    from_at BIGINT NOT NULL,
    until_at BIGINT CONSTRAINT publication_ends_after_it_begins CHECK (until_at >= from_at),
    published_at BIGINT NOT NULL,
    -- When readers were last told of a change; null until then.
    updated_at BIGINT,
    change TEXT NOT NULL CONSTRAINT change_is_known CHECK (change IN
        ('first', 'typo', 'update', 'clarification', 'correction', 'withdrawal', 'removal', 'return')),
    public_note TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Where a moved item leads: an address of this room, and nothing else.
    moved_to TEXT REFERENCES slugs (slug),
    -- What the person typed, for a scheduled one: the wall clock and the zone it was meant in.
    typed_time TEXT NOT NULL,
    typed_zone TEXT NOT NULL,
    -- The approval that it went out with; null where an editor published alone.
    approval_id BIGINT REFERENCES approvals (id),
    -- Without an approval although the room asks for one; a second editor signs afterwards.
    urgent BOOLEAN NOT NULL DEFAULT FALSE,
    by_id BIGINT NOT NULL REFERENCES people (id),
    made_at BIGINT NOT NULL,
    CONSTRAINT urgent_tells_why CHECK (NOT urgent OR (reason <> '' AND approval_id IS NULL)),
    CONSTRAINT moved_says_where CHECK ((face = 'moved') = (moved_to IS NOT NULL)),
    CONSTRAINT publication_fits_its_revision
        FOREIGN KEY (revision_id, item_id, kind_id) REFERENCES revisions (id, item_id, kind_id)
);

-- A second editor has read what went out urgently.
CREATE TABLE signatures (
    publication_id BIGINT NOT NULL PRIMARY KEY REFERENCES publications (id),
    by_id BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL
);

CREATE UNIQUE INDEX one_open_publication ON publications (item_id) WHERE until_at IS NULL;
CREATE INDEX publications_of_item ON publications (item_id, from_at);
CREATE INDEX publications_of_revision ON publications (revision_id);
CREATE INDEX publications_newest ON publications
    (face, published_at DESC, item_id DESC, from_at, until_at, revision_id);
CREATE INDEX publications_newest_of_kind ON publications
    (face, kind_id, published_at DESC, item_id DESC, from_at, until_at, revision_id);
CREATE INDEX publications_urgent ON publications (id) WHERE urgent;
CREATE INDEX publications_by_start ON publications (from_at);
CREATE INDEX publications_by_end ON publications (until_at) WHERE until_at IS NOT NULL;

-- Two rows of one item never overlap, so an instant never has two answers.
CREATE TRIGGER publications_never_overlap BEFORE INSERT ON publications
WHEN EXISTS (
    SELECT 1 FROM publications AS other
    WHERE other.item_id = NEW.item_id
      AND other.from_at < COALESCE(NEW.until_at, 9223372036854775807)
      AND NEW.from_at < COALESCE(other.until_at, 9223372036854775807)
      AND other.from_at < COALESCE(other.until_at, 9223372036854775807)
)
BEGIN
    SELECT RAISE(ABORT, 'publications_never_overlap');
END;

-- Nor when the end of one is moved.
CREATE TRIGGER publications_never_come_to_overlap BEFORE UPDATE OF until_at ON publications
WHEN NEW.from_at < COALESCE(NEW.until_at, 9223372036854775807)
 AND EXISTS (
    SELECT 1 FROM publications AS other
    WHERE other.item_id = NEW.item_id
      AND other.id <> NEW.id
      AND other.from_at < COALESCE(NEW.until_at, 9223372036854775807)
      AND NEW.from_at < COALESCE(other.until_at, 9223372036854775807)
      AND other.from_at < COALESCE(other.until_at, 9223372036854775807)
)
BEGIN
    SELECT RAISE(ABORT, 'publications_never_overlap');
END;

-- Only the end of a row may change.
CREATE TRIGGER publications_are_never_rewritten BEFORE UPDATE OF
    id, item_id, revision_id, kind_id, face, from_at, published_at, updated_at, change,
    public_note, reason, moved_to, typed_time, typed_zone, approval_id, urgent, by_id, made_at
ON publications
BEGIN
    SELECT RAISE(ABORT, 'publications_are_never_rewritten');
END;

CREATE TRIGGER publications_are_never_deleted BEFORE DELETE ON publications
BEGIN
    SELECT RAISE(ABORT, 'publications_are_never_deleted');
END;
