DROP TABLE slugs;
DROP TABLE comments;
DROP TABLE approvals;
DROP TABLE drafts;
DROP TABLE revision_images;
DROP TABLE revision_subjects;
UPDATE items SET head_id = NULL;
DROP TABLE revisions;
DROP TABLE items;
