-- What stands on top of every page and at its foot, and how long lists are.
ALTER TABLE room ADD COLUMN notice TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN footer_links TEXT NOT NULL DEFAULT '';
ALTER TABLE room ADD COLUMN per_page BIGINT NOT NULL DEFAULT 12
    CONSTRAINT per_page_is_bounded CHECK (per_page BETWEEN 6 AND 48);
-- JSON: address, title and Markdown of each page of plain text, in their order.
ALTER TABLE room ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';

-- JSON: each setting that an entry changed, as it was and as it became. Empty where it changed none.
ALTER TABLE journal ADD COLUMN changes TEXT NOT NULL DEFAULT '';
