-- Words that somebody typed and has not saved: a copy for the case that the browser is lost. One
-- for a person and an item, and one for each form of a new item. It is nobody's revision.
CREATE TABLE autosaves (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id BIGINT NOT NULL REFERENCES people (id),
    -- Empty while the item has not been started.
    item_id BIGINT REFERENCES items (id),
    -- The form of a new item, by its key; empty where there is an item.
    form_key TEXT NOT NULL,
    -- The fields as they were typed, as a browser encodes them.
    fields TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    CONSTRAINT autosave_is_of_an_item_or_a_form CHECK ((item_id IS NULL) = (form_key <> ''))
);

CREATE UNIQUE INDEX one_autosave_of_an_item ON autosaves (person_id, item_id) WHERE item_id IS NOT NULL;
CREATE UNIQUE INDEX one_autosave_of_a_form ON autosaves (person_id, form_key) WHERE item_id IS NULL;
