-- One button takes back everything that is scheduled; one button puts it back.
CREATE TABLE holds (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    reason TEXT NOT NULL CONSTRAINT hold_tells_why CHECK (reason <> ''),
    by_id BIGINT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    ended_by BIGINT REFERENCES people (id),
    ended_at BIGINT,
    CONSTRAINT who_ended_a_hold_did_so_at_an_instant CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);

-- At most one hold at a time: all open rows share one value.
CREATE UNIQUE INDEX one_hold ON holds (COALESCE(ended_at, 0)) WHERE ended_at IS NULL;

-- The cancelled rows that the hold would put back.
CREATE TABLE held_publications (
    publication_id BIGINT NOT NULL PRIMARY KEY REFERENCES publications (id),
    hold_id BIGINT NOT NULL REFERENCES holds (id)
);

CREATE INDEX held_publications_of_hold ON held_publications (hold_id, publication_id);
