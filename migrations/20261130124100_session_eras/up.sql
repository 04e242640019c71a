-- Rises each time somebody's sessions are ended, so that a sign-in that was under way begins none.
ALTER TABLE people ADD COLUMN era BIGINT NOT NULL DEFAULT 0;
