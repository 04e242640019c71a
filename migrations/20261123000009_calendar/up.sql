-- The address under which somebody's calendar program reads the room's calendar. It holds a secret, of
-- which only the SHA-256 is kept; a new one takes the place of the old one.
CREATE TABLE calendar_feeds (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    secret_hash TEXT NOT NULL
        CONSTRAINT calendar_secret_is_unique UNIQUE
        CONSTRAINT calendar_secret_is_a_hash CHECK (length(secret_hash) = 64),
    made_at BIGINT NOT NULL
);
