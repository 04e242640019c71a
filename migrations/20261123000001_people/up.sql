CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- Kept in lower case by the program, so that one address is one account.
    email TEXT NOT NULL CONSTRAINT email_is_taken UNIQUE,
    password_hash TEXT NOT NULL,
    is_author BOOLEAN NOT NULL,
    is_editor BOOLEAN NOT NULL,
    is_admin BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    CONSTRAINT person_has_a_role CHECK (is_author OR is_editor OR is_admin)
);

CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Only the hash of the key is kept: whoever reads this table cannot sign in with it.
    key_hash TEXT NOT NULL CONSTRAINT session_key_is_unique UNIQUE,
    person_id BIGINT REFERENCES people (id),
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- A form carries a key; a key is used once, so the same form sent twice is answered twice and done once.
CREATE TABLE sent_forms (
    form_key TEXT NOT NULL PRIMARY KEY,
    answer TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);

CREATE INDEX sent_forms_by_age ON sent_forms (sent_at);
