-- When a copy of the room was made, or could not be: what staff are told of it.
CREATE TABLE backups (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    byte_count BIGINT NOT NULL,
    took_millis BIGINT NOT NULL,
    -- Why there is none; empty where there is one.
    problem TEXT NOT NULL,
    CONSTRAINT backup_has_bytes_or_a_problem CHECK ((byte_count > 0) = (problem = ''))
);
