-- A place can stand below another: a city in its country, a country in its region.
CREATE TABLE place_parents (
    place_id BIGINT NOT NULL PRIMARY KEY REFERENCES subjects (id),
    parent_id BIGINT NOT NULL REFERENCES subjects (id),
    CONSTRAINT no_place_stands_below_itself CHECK (place_id <> parent_id)
) WITHOUT ROWID;

CREATE INDEX places_by_parent ON place_parents (parent_id);

-- Two topics or places that were made into one: the first one's name stands for the other from then on.
CREATE TABLE mergers (
    subject_id BIGINT NOT NULL PRIMARY KEY REFERENCES subjects (id),
    into_id BIGINT NOT NULL REFERENCES subjects (id),
    CONSTRAINT nothing_goes_into_itself CHECK (subject_id <> into_id)
) WITHOUT ROWID;

CREATE INDEX mergers_by_survivor ON mergers (into_id);

-- What a revision was tied to before a merger: with it, every revision is known as it was written.
CREATE TABLE former_ties (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (revision_id, subject_id)
) WITHOUT ROWID;

CREATE INDEX former_ties_by_subject ON former_ties (subject_id);

-- Addresses that readers knew, of names that changed or went into another one.
CREATE TABLE former_slugs (
    family TEXT NOT NULL CONSTRAINT former_family_is_known CHECK (family IN ('topic', 'place')),
    slug TEXT NOT NULL,
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    PRIMARY KEY (family, slug)
) WITHOUT ROWID;

CREATE INDEX former_slugs_of_subject ON former_slugs (subject_id);

-- A kind's addresses that readers knew.
CREATE TABLE former_kind_slugs (
    slug TEXT NOT NULL PRIMARY KEY,
    kind_id BIGINT NOT NULL REFERENCES kinds (id)
) WITHOUT ROWID;

CREATE INDEX former_slugs_of_kind ON former_kind_slugs (kind_id);
CREATE INDEX revisions_by_kind ON revisions (kind_id);
