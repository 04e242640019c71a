-- The public half of keys that somebody's devices hold.
CREATE TABLE passkeys (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- How devices know this person: random, so that it says nothing of the account.
    owner TEXT NOT NULL,
    credential_id TEXT NOT NULL CONSTRAINT passkey_is_unique UNIQUE,
    public_key TEXT NOT NULL,
    name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX passkeys_of_person ON passkeys (person_id);
