-- What caches in front of the room must be told to forget. A row is written in the transaction of the
-- change, so a change that was made has its row; it goes when somebody has taken it.
CREATE TABLE purges (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Words between spaces, as in the headers of the answers.
    tags TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    -- Not before this instant: what is scheduled changes nothing until then.
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- While somebody tells the caches, this is when others may take it from there.
    next_try_at BIGINT NOT NULL,
    CONSTRAINT purge_names_something CHECK (tags <> ''),
    CONSTRAINT purge_is_due_when_it_is_made_or_later CHECK (due_at >= made_at)
);

CREATE INDEX purges_to_try ON purges (next_try_at);
