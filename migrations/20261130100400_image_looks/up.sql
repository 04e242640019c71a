-- How each picture looks, in 64 bits: alike pictures differ in few of them. A picture that came before this
-- table is looked at in the background.
CREATE TABLE image_looks (
    image_id BIGINT NOT NULL PRIMARY KEY REFERENCES images (id),
    -- Null: it has no features to tell it by.
    bits BIGINT
);

CREATE INDEX image_looks_by_bits ON image_looks (bits, image_id) WHERE bits IS NOT NULL;
