DROP INDEX revisions_by_kind;
DROP TABLE former_kind_slugs;
DROP TABLE former_slugs;
DROP TABLE former_ties;
DROP TABLE mergers;
DROP TABLE place_parents;
