-- A pass lets one journalist read a scheduled item before its instant. Its address holds a secret,
-- of which only the SHA-256 is kept: whoever reads this table cannot open a pass with it.
CREATE TABLE passes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id BIGINT NOT NULL REFERENCES items (id),
    holder TEXT NOT NULL CONSTRAINT pass_has_a_holder CHECK (holder <> ''),
    outlet TEXT NOT NULL CONSTRAINT pass_has_an_outlet CHECK (outlet <> ''),
    -- Empty where the journalist got the address in another way.
    mail TEXT NOT NULL,
    secret_hash TEXT NOT NULL
        CONSTRAINT pass_secret_is_unique UNIQUE
        CONSTRAINT pass_secret_is_a_hash CHECK (length(secret_hash) = 64),
    -- As the journalist read them.
    terms TEXT NOT NULL CONSTRAINT pass_has_terms CHECK (terms <> ''),
    given_by BIGINT NOT NULL REFERENCES people (id),
    given_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT,
    revoked_by BIGINT REFERENCES people (id),
    CONSTRAINT pass_expires_after_it_is_given CHECK (expires_at > given_at),
    CONSTRAINT terms_are_accepted_while_the_pass_lasts
        CHECK (accepted_at >= given_at AND accepted_at < expires_at),
    CONSTRAINT pass_is_revoked_by_somebody CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

CREATE INDEX passes_of_item ON passes (item_id, id);

-- What was given stays as it was given.
CREATE TRIGGER passes_are_never_rewritten BEFORE UPDATE OF
    id, item_id, holder, outlet, mail, secret_hash, terms, given_by, given_at, expires_at
ON passes
BEGIN
    SELECT RAISE(ABORT, 'passes_are_never_rewritten');
END;

-- Terms are accepted once, and not of a pass that was revoked.
CREATE TRIGGER terms_are_accepted_once BEFORE UPDATE OF accepted_at ON passes
WHEN OLD.accepted_at IS NOT NULL OR OLD.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'terms_are_accepted_once');
END;

CREATE TRIGGER revoked_passes_stay_revoked BEFORE UPDATE OF revoked_at, revoked_by ON passes
WHEN OLD.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'revoked_passes_stay_revoked');
END;

CREATE TRIGGER passes_are_never_deleted BEFORE DELETE ON passes
BEGIN
    SELECT RAISE(ABORT, 'passes_are_never_deleted');
END;

-- What was done with a pass. One row for a pass, a deed and a minute, so that a loop cannot fill
-- the disk.
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

CREATE TRIGGER pass_visits_are_never_edited BEFORE UPDATE ON pass_visits
BEGIN
    SELECT RAISE(ABORT, 'pass_visits_are_never_edited');
END;

CREATE TRIGGER pass_visits_are_never_deleted BEFORE DELETE ON pass_visits
BEGIN
    SELECT RAISE(ABORT, 'pass_visits_are_never_deleted');
END;

-- Paragraphs behind the sentence of a mail.
ALTER TABLE mails ADD COLUMN further TEXT NOT NULL DEFAULT '';
-- The link opens something by itself: it is shown to nobody else, and wiped once the mail was sent.
ALTER TABLE mails ADD COLUMN link_is_secret BOOLEAN NOT NULL DEFAULT FALSE;
