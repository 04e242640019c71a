-- Terms are searched too. What was written before is found at least by plain letters until its words are
-- saved again, when they are folded like all others.
UPDATE images SET words_folded = words_folded || char(10) || lower(terms) WHERE terms <> '';

-- The orders and choices of the library's page.
CREATE INDEX images_by_name ON images (file_name);
CREATE INDEX images_by_credit ON images (credit);
CREATE INDEX images_by_uploader ON images (uploaded_by);
