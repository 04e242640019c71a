-- An app on somebody's phone that shows codes. Its secret is sealed with a key that does not lie in this file.
CREATE TABLE app_factors (
    person_id BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    sealed TEXT NOT NULL,
    -- The time step of the last code that was taken, so that no code is taken twice.
    last_step BIGINT NOT NULL,
    -- Codes that were wrong since the last right one, and the last of them.
    wrong BIGINT NOT NULL DEFAULT 0,
    wrong_at BIGINT NOT NULL DEFAULT 0,
    made_at BIGINT NOT NULL
);

-- Each opens the door once, where the app is lost.
CREATE TABLE recovery_codes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    code_hash TEXT NOT NULL CONSTRAINT recovery_code_is_unique UNIQUE,
    used_at BIGINT
);

CREATE INDEX recovery_codes_of_person ON recovery_codes (person_id);

-- Whose password was given in a session that is nobody's before the second factor.
ALTER TABLE sessions ADD COLUMN at_door_id BIGINT;
