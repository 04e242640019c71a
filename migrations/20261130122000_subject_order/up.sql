-- The place of a topic among the topics, of a place among those that stand below the same one, from 1;
-- 0: nobody gave it one, and it stands by its name, behind those that have one.
ALTER TABLE subjects ADD COLUMN position BIGINT NOT NULL DEFAULT 0
    CONSTRAINT subjects_stand_somewhere CHECK (position >= 0);
