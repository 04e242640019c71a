-- Revisions keep the kinds that mergers gave them.
DROP TRIGGER no_revision_is_of_a_merged_kind;
DROP TRIGGER kind_mergers_take_all_along;
DROP TRIGGER publications_are_never_rewritten;
CREATE TRIGGER publications_are_never_rewritten BEFORE UPDATE OF
    id, item_id, revision_id, kind_id, face, from_at, published_at, updated_at, change,
    public_note, reason, moved_to, typed_time, typed_zone, approval_id, urgent, by_id, made_at
ON publications
BEGIN
    SELECT RAISE(ABORT, 'publications_are_never_rewritten');
END;
DROP TRIGGER revisions_are_never_edited;
CREATE TRIGGER revisions_are_never_edited BEFORE UPDATE ON revisions
BEGIN
    SELECT RAISE(ABORT, 'revisions_are_never_edited');
END;
DROP TABLE former_kinds;
DROP TABLE kind_mergers;
