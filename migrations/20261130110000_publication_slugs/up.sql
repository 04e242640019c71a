-- Under which address each publication answers, from when on. Readers' requests look here and never at
-- revisions, so that an address of drafts, however many, takes no longer to be found missing than one
-- that nobody has ever typed. The database itself keeps it: neither a publication nor its revision's
-- slug ever changes.
CREATE TABLE publication_slugs (
    slug TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    publication_id BIGINT NOT NULL REFERENCES publications (id),
    PRIMARY KEY (slug, from_at, publication_id)
) WITHOUT ROWID;

INSERT INTO publication_slugs (slug, from_at, publication_id)
    SELECT revisions.slug, publications.from_at, publications.id
    FROM publications INNER JOIN revisions ON revisions.id = publications.revision_id;

CREATE TRIGGER publication_slugs_keep_a_new_row AFTER INSERT ON publications
BEGIN
    INSERT INTO publication_slugs (slug, from_at, publication_id)
        SELECT slug, NEW.from_at, NEW.id FROM revisions WHERE id = NEW.revision_id;
END;
