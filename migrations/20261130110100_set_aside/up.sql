-- Who works on what is scheduled, and by when: the draft is closed, but what is taken back is the same
-- person's work again.
CREATE TABLE set_aside_drafts (
    item_id BIGINT NOT NULL PRIMARY KEY REFERENCES items (id),
    opened_by BIGINT NOT NULL REFERENCES people (id),
    assignee_id BIGINT REFERENCES people (id),
    due_on TEXT
);
