CREATE TABLE items (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL CONSTRAINT item_uid_is_unique UNIQUE,
    -- The newest revision. Null only inside the transaction that starts the item.
    head_id BIGINT REFERENCES revisions (id),
    created_by BIGINT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL
);

CREATE INDEX items_by_head ON items (head_id);

CREATE TABLE revisions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id BIGINT NOT NULL REFERENCES items (id),
    number BIGINT NOT NULL,
    kind_id BIGINT NOT NULL REFERENCES kinds (id),
    language TEXT NOT NULL,
    title TEXT NOT NULL CONSTRAINT title_is_not_empty CHECK (title <> ''),
    -- The title as searches see it: without case and accents.
    title_folded TEXT NOT NULL,
    slug TEXT NOT NULL CONSTRAINT slug_is_not_empty CHECK (slug <> ''),
    summary TEXT NOT NULL,
    body TEXT NOT NULL,
    dateline TEXT NOT NULL,
    notes TEXT NOT NULL,
    -- JSON: keys of the room's contacts, in their order.
    contacts TEXT NOT NULL,
    -- The item that this one is a translation of, or the item itself: a family shares one original.
    original_id BIGINT NOT NULL REFERENCES items (id),
    lead_image_id BIGINT REFERENCES images (id),
    lead_shape TEXT NOT NULL CONSTRAINT shape_is_known CHECK (lead_shape IN ('whole', 'wide')),
    focus_x BIGINT NOT NULL CONSTRAINT focus_x_is_a_percentage CHECK (focus_x BETWEEN 0 AND 100),
    focus_y BIGINT NOT NULL CONSTRAINT focus_y_is_a_percentage CHECK (focus_y BETWEEN 0 AND 100),
    content_hash TEXT NOT NULL,
    written_by BIGINT NOT NULL REFERENCES people (id),
    written_at BIGINT NOT NULL,
    CONSTRAINT revision_number_is_taken UNIQUE (item_id, number),
    -- Lets a publication prove that its revision, item and kind belong together.
    UNIQUE (id, item_id, kind_id)
);

-- Who wrote which revision when, without reading past the texts.
CREATE INDEX revisions_of_item ON revisions (item_id, number, written_by, written_at);
CREATE INDEX revisions_by_slug ON revisions (slug);
CREATE INDEX revisions_by_lead ON revisions (lead_image_id);
CREATE INDEX revisions_by_original ON revisions (original_id);

CREATE TRIGGER revisions_are_never_edited BEFORE UPDATE ON revisions
BEGIN
    SELECT RAISE(ABORT, 'revisions_are_never_edited');
END;

CREATE TRIGGER revisions_are_never_deleted BEFORE DELETE ON revisions
BEGIN
    SELECT RAISE(ABORT, 'revisions_are_never_deleted');
END;

CREATE TABLE revision_subjects (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (revision_id, subject_id)
) WITHOUT ROWID;

CREATE INDEX revision_subjects_by_subject ON revision_subjects (subject_id, revision_id);

-- Which images a revision shows, as lead or in its body: what makes an image public.
CREATE TABLE revision_images (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    image_id BIGINT NOT NULL REFERENCES images (id),
    PRIMARY KEY (revision_id, image_id)
) WITHOUT ROWID;

CREATE INDEX revision_images_by_image ON revision_images (image_id, revision_id);

-- A row is an item's draft: one that is worked on, or one that was discarded and can come back.
-- The draft lane lives here and nowhere else.
CREATE TABLE drafts (
    item_id BIGINT NOT NULL PRIMARY KEY REFERENCES items (id),
    opened_at BIGINT NOT NULL,
    opened_by BIGINT NOT NULL REFERENCES people (id),
    stage TEXT NOT NULL DEFAULT 'draft' CONSTRAINT stage_is_known CHECK (stage IN
        ('draft', 'in_review', 'changes_requested', 'discarded')),
    -- The words that were discarded; what is worked on is the item's newest revision.
    discarded_id BIGINT REFERENCES revisions (id),
    assignee_id BIGINT REFERENCES people (id),
    -- A day of the room's calendar, as 2026-11-23.
    due_on TEXT,
    CONSTRAINT only_what_was_discarded_is_kept_aside CHECK ((stage = 'discarded') = (discarded_id IS NOT NULL))
);

CREATE INDEX drafts_by_stage ON drafts (stage, item_id);
CREATE INDEX drafts_by_assignee ON drafts (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX drafts_by_due_day ON drafts (due_on) WHERE due_on IS NOT NULL;

-- An editor read exactly these words. It counts as long as they are the newest: the next saved
-- comma is another revision with another hash.
CREATE TABLE approvals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id BIGINT NOT NULL REFERENCES items (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    content_hash TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL
);

CREATE INDEX approvals_of_item ON approvals (item_id, id);

CREATE TRIGGER approvals_are_never_edited BEFORE UPDATE ON approvals
BEGIN
    SELECT RAISE(ABORT, 'approvals_are_never_edited');
END;

CREATE TRIGGER approvals_are_never_deleted BEFORE DELETE ON approvals
BEGIN
    SELECT RAISE(ABORT, 'approvals_are_never_deleted');
END;

-- Somebody objected after an approval, or discarded the draft: the same words need a new approval.
CREATE TABLE voided_approvals (
    approval_id BIGINT NOT NULL PRIMARY KEY REFERENCES approvals (id),
    at BIGINT NOT NULL
);

-- What staff say about a draft. The passage is quoted from the text, or empty: then it is about the whole.
CREATE TABLE comments (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id BIGINT NOT NULL REFERENCES items (id),
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    passage TEXT NOT NULL,
    words TEXT NOT NULL CONSTRAINT comment_says_something CHECK (words <> ''),
    by_id BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    resolved_by BIGINT REFERENCES people (id),
    resolved_at BIGINT,
    CONSTRAINT who_resolved_did_so_at_an_instant CHECK ((resolved_by IS NULL) = (resolved_at IS NULL))
);

CREATE INDEX comments_of_item ON comments (item_id, id);

-- An address belongs to one item for good, from the first save that names it.
CREATE TABLE slugs (
    slug TEXT NOT NULL CONSTRAINT slug_is_taken PRIMARY KEY,
    item_id BIGINT NOT NULL REFERENCES items (id)
) WITHOUT ROWID;

CREATE INDEX slugs_of_item ON slugs (item_id);
