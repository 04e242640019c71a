-- What is wrong with the alt text, in a word; null: nothing. Whatever is written from now on is judged by the
-- rules of the newsroom; what is there is judged by the plainest of them.
ALTER TABLE images ADD COLUMN alt_weakness TEXT
    CONSTRAINT alt_weakness_is_known CHECK (alt_weakness IN ('missing', 'file-name', 'caption', 'opening'));

UPDATE images SET alt_weakness = CASE
    WHEN alt_state = 'unwritten' THEN 'missing'
    WHEN alt_state = 'decorative' THEN NULL
    WHEN lower(alt_text) = lower(file_name) THEN 'file-name'
    WHEN lower(alt_text) = lower(rtrim(caption, '.')) OR alt_text = caption THEN 'caption'
    WHEN lower(alt_text) LIKE 'image of %' OR lower(alt_text) LIKE 'photo of %' OR lower(alt_text) LIKE 'picture of %'
        OR lower(alt_text) LIKE 'a photo of %' OR lower(alt_text) LIKE 'a picture of %' OR lower(alt_text) LIKE 'an image of %'
        THEN 'opening'
END;

CREATE INDEX images_with_weak_alt_text ON images (id) WHERE alt_weakness IS NOT NULL;
