-- The day on which a photo was taken, as 2018-11-16; empty where nobody knows it.
ALTER TABLE images ADD COLUMN taken_on TEXT NOT NULL DEFAULT ''
    CONSTRAINT taken_on_is_a_day CHECK (taken_on = '' OR taken_on LIKE '____-__-__');

-- What an original says of itself, as JSON of facts and the blocks that they stand in: proposals for
-- staff, which no reader sees. An image that came before this table has no row; its original is read instead.
CREATE TABLE embedded_words (
    image_id BIGINT NOT NULL PRIMARY KEY REFERENCES images (id),
    facts TEXT NOT NULL
);
