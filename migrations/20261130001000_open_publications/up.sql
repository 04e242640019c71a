-- How many publications of each face and kind have no end. To count what is live in a large room, all of
-- it would have to be walked over; from this number it takes only those that are still to begin or to end.
-- The database itself keeps it with every row that it counts; rows are never deleted, and never change
-- but for their end.
CREATE TABLE open_publications (
    face TEXT NOT NULL,
    kind_id BIGINT NOT NULL REFERENCES kinds (id),
    number BIGINT NOT NULL CONSTRAINT number_counts_rows CHECK (number >= 0),
    PRIMARY KEY (face, kind_id)
) WITHOUT ROWID;

INSERT INTO open_publications (face, kind_id, number)
    SELECT face, kind_id, SUM(until_at IS NULL) FROM publications GROUP BY face, kind_id;

CREATE TRIGGER open_publications_count_a_new_row AFTER INSERT ON publications
BEGIN
    INSERT INTO open_publications (face, kind_id, number)
        SELECT NEW.face, NEW.kind_id, 0 WHERE NOT EXISTS (SELECT 1 FROM open_publications
            WHERE face = NEW.face AND kind_id = NEW.kind_id);
    UPDATE open_publications SET number = number + (NEW.until_at IS NULL)
        WHERE face = NEW.face AND kind_id = NEW.kind_id;
END;

CREATE TRIGGER open_publications_count_an_end AFTER UPDATE OF until_at ON publications
WHEN (OLD.until_at IS NULL) <> (NEW.until_at IS NULL)
BEGIN
    UPDATE open_publications SET number = number + (NEW.until_at IS NULL) - (OLD.until_at IS NULL)
        WHERE face = NEW.face AND kind_id = NEW.kind_id;
END;
