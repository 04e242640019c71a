-- Where somebody is signed in: for them to see, and to end.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;

-- The person that an entry is about; who did it is another column.
ALTER TABLE journal ADD COLUMN about_id BIGINT REFERENCES people (id);

-- Who opens one sets a password. Somebody who was invited has none yet: an empty hash, which no
-- password fits.
CREATE TABLE account_links (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    purpose TEXT NOT NULL,
    secret_hash TEXT NOT NULL CONSTRAINT account_link_is_unique UNIQUE,
    -- Nobody, where it was asked for at the door.
    made_by BIGINT REFERENCES people (id),
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT account_link_purpose_is_known CHECK (purpose IN ('invitation', 'reset')),
    CONSTRAINT invitation_has_a_host CHECK (purpose = 'reset' OR made_by IS NOT NULL)
);

CREATE INDEX account_links_of_person ON account_links (person_id);
