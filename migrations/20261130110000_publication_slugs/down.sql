DROP TRIGGER publication_slugs_keep_a_new_row;
DROP TABLE publication_slugs;
