CREATE TABLE images (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- From the original's bytes: the same photo is in the room once.
    hash TEXT NOT NULL CONSTRAINT image_is_here_already UNIQUE,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL CONSTRAINT image_format_is_known CHECK (format IN ('jpeg', 'png', 'webp', 'gif')),
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    alt_state TEXT NOT NULL CONSTRAINT alt_state_is_known CHECK (alt_state IN ('unwritten', 'decorative', 'written')),
    alt_text TEXT NOT NULL,
    caption TEXT NOT NULL,
    credit TEXT NOT NULL,
    terms TEXT NOT NULL,
    -- File name, alt text, caption and credit as searches see them: without case and accents.
    words_folded TEXT NOT NULL,
    uploaded_by BIGINT NOT NULL REFERENCES people (id),
    uploaded_at BIGINT NOT NULL,
    -- Words exactly when they are said to be written.
    CONSTRAINT alt_text_fits_its_state CHECK ((alt_state = 'written') = (alt_text <> ''))
);

-- Bytes stand in tables of their own, so that no listing ever reads past them.
CREATE TABLE originals (
    image_id BIGINT NOT NULL PRIMARY KEY REFERENCES images (id),
    bytes BLOB NOT NULL
);

CREATE TABLE renditions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    image_id BIGINT NOT NULL REFERENCES images (id),
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    format TEXT NOT NULL CONSTRAINT rendition_format_is_known CHECK (format IN ('webp', 'jpg')),
    bytes BLOB NOT NULL,
    CONSTRAINT one_rendition_per_size UNIQUE (image_id, width, format)
);
