-- Images that belong together, under a name; for staff alone. One image can be in several.
CREATE TABLE collections (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CONSTRAINT collections_have_a_name CHECK (name <> ''),
    -- The name as names are compared: however it is written, it names one collection.
    folded TEXT NOT NULL CONSTRAINT one_collection_of_a_name UNIQUE
);

CREATE TABLE collected_images (
    collection_id BIGINT NOT NULL REFERENCES collections (id),
    image_id BIGINT NOT NULL REFERENCES images (id),
    PRIMARY KEY (collection_id, image_id)
) WITHOUT ROWID;

CREATE INDEX collected_images_by_image ON collected_images (image_id, collection_id);
