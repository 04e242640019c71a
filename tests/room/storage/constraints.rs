//! The promises that the database keeps by itself, each attacked past the program.

use super::attack::{attack, publication, publication_of_kind, revision};

#[test]
fn a_revision_is_never_edited_and_never_deleted() {
    let mut room = attack();
    for sql in [
        "UPDATE revisions SET title = 'Another title' WHERE id = 3",
        "UPDATE revisions SET written_by = written_by",
    ] {
        room.is_refused(sql, "revisions_are_never_edited");
    }
    room.is_refused(
        "DELETE FROM revisions WHERE id = 3",
        "revisions_are_never_deleted",
    );
    let titles = room
        .raw
        .words("SELECT DISTINCT title AS one FROM revisions");
    assert_eq!(titles, ["A title"]);
}

#[test]
fn a_revision_has_a_title_an_address_a_shape_and_a_spot_inside_the_picture() {
    let mut room = attack();
    for (column, value, promise) in [
        ("title", "''", "title_is_not_empty"),
        ("slug", "''", "slug_is_not_empty"),
        ("lead_shape", "'round'", "shape_is_known"),
        ("focus_x", "101", "focus_x_is_a_percentage"),
        ("focus_x", "-1", "focus_x_is_a_percentage"),
        ("focus_y", "101", "focus_y_is_a_percentage"),
        ("kind_id", "77", "FOREIGN KEY"),
        ("original_id", "77", "FOREIGN KEY"),
    ] {
        room.is_refused(&revision(9, 2, 9, column, value), promise);
    }
    room.raw.run(&revision(9, 2, 9, "focus_x", "100"));
}

#[test]
fn an_item_has_one_revision_of_each_number() {
    let mut room = attack();
    room.is_refused(
        &revision(9, 1, 2, "slug", "'x'"),
        "UNIQUE constraint failed: revisions.item_id, revisions.number",
    );
}

#[test]
fn publications_of_one_item_never_overlap() {
    let mut room = attack();
    for span in [
        ("50", "101"),
        ("120", "130"),
        ("150", "NULL"),
        ("199", "201"),
        ("300", "NULL"),
        ("300", "400"),
    ] {
        room.is_refused(&publication(1, 1, span), "publications_never_overlap");
    }
    for free in [("10", "100"), ("5", "5")] {
        room.raw.run(&publication(1, 1, free));
    }
}

#[test]
fn a_changed_end_never_makes_publications_overlap() {
    let mut room = attack();
    for end in ["201", "9000", "NULL"] {
        room.is_refused(
            &format!("UPDATE publications SET until_at = {end} WHERE id = 1"),
            "publications_never_overlap",
        );
    }
    room.raw
        .run("UPDATE publications SET until_at = 150 WHERE id = 1");
    room.raw
        .run("UPDATE publications SET until_at = 200 WHERE id = 2");
    room.raw
        .run("UPDATE publications SET until_at = NULL WHERE id = 1");
}

#[test]
fn two_items_may_be_public_at_once() {
    let mut room = attack();
    room.raw.run(&publication(2, 3, ("150", "NULL")));
    let open = "SELECT COUNT(*) AS one FROM publications WHERE until_at IS NULL";
    assert_eq!(room.raw.number(open), 2);
}

#[test]
fn an_item_has_one_open_publication_even_where_the_trigger_is_gone() {
    let mut room = attack();
    room.raw.run("DROP TRIGGER publications_never_overlap");
    room.is_refused(
        &publication(1, 1, ("300", "NULL")),
        "UNIQUE constraint failed: publications.item_id",
    );
}

#[test]
fn only_the_end_of_a_publication_may_change() {
    let mut room = attack();
    for change in [
        "id = 77",
        "item_id = 2",
        "revision_id = 1",
        "kind_id = 2",
        "face = 'gone'",
        "from_at = 201",
        "published_at = 1",
        "updated_at = 300",
        "change = 'typo'",
        "public_note = 'Nothing happened.'",
        "reason = 'x'",
        "moved_to = 'first'",
        "typed_time = 'x'",
        "typed_zone = 'x'",
        "by_id = 2",
        "made_at = 2",
    ] {
        room.is_refused(
            &format!("UPDATE publications SET {change} WHERE id = 2"),
            "publications_are_never_rewritten",
        );
    }
    room.raw
        .run("UPDATE publications SET until_at = 300 WHERE id = 2");
    let end = "SELECT until_at AS one FROM publications WHERE id = 2";
    assert_eq!(room.raw.number(end), 300);
}

#[test]
fn every_column_of_a_publication_but_its_end_is_guarded() {
    let mut room = attack();
    let trigger = room
        .raw
        .words(
            "SELECT sql AS one FROM sqlite_schema WHERE name = 'publications_are_never_rewritten'",
        )
        .concat();
    let guarded = trigger
        .split_once("UPDATE OF")
        .and_then(|(_, rest)| rest.split_once("ON publications"))
        .map(|(columns, _)| columns)
        .unwrap();
    let mut guarded: Vec<&str> = guarded.split(',').map(str::trim).collect();
    guarded.push("until_at");
    guarded.sort_unstable();
    let columns = room
        .raw
        .words("SELECT name AS one FROM pragma_table_info('publications') ORDER BY name");
    assert_eq!(guarded, columns);
}

#[test]
fn a_publication_is_never_deleted() {
    let mut room = attack();
    room.is_refused(
        "DELETE FROM publications WHERE id = 1",
        "publications_are_never_deleted",
    );
    let rows = "SELECT COUNT(*) AS one FROM publications";
    assert_eq!(room.raw.number(rows), 2);
}

#[test]
fn a_publication_ends_after_it_begins() {
    let mut room = attack();
    room.is_refused(
        &publication(2, 3, ("100", "99")),
        "publication_ends_after_it_begins",
    );
    room.is_refused(
        "UPDATE publications SET until_at = 199 WHERE id = 2",
        "publication_ends_after_it_begins",
    );
    // One that was cancelled before it began ends where it starts.
    room.raw
        .run("UPDATE publications SET until_at = 200 WHERE id = 2");
}

#[test]
fn a_publication_fits_its_revision() {
    let mut room = attack();
    for wrong in [
        publication(2, 1, ("1", "2")),
        publication(1, 3, ("1", "2")),
        publication(2, 77, ("1", "2")),
        publication_of_kind(2, 2, 3, ("1", "2")),
    ] {
        room.is_refused(&wrong, "FOREIGN KEY constraint failed");
    }
    room.raw.run(&publication(2, 3, ("1", "2")));
}

#[test]
fn a_publication_has_a_face_and_a_change_of_the_known_ones() {
    let mut room = attack();
    let good = publication(2, 3, ("1", "2"));
    room.is_refused(&good.replace("'live'", "'hidden'"), "face_is_known");
    room.is_refused(&good.replace("'first'", "'secret'"), "change_is_known");
}

#[test]
fn an_image_has_alt_text_exactly_when_it_is_said_to_be_written() {
    let mut room = attack();
    for (state, text) in [
        ("written", ""),
        ("unwritten", "A boat"),
        ("decorative", "A boat"),
    ] {
        room.is_refused(
            &format!("UPDATE images SET alt_state = '{state}', alt_text = '{text}'"),
            "alt_text_fits_its_state",
        );
    }
    room.is_refused(
        "UPDATE images SET alt_state = 'perhaps'",
        "alt_state_is_known",
    );
    for (state, text) in [("written", "A boat"), ("decorative", ""), ("unwritten", "")] {
        room.raw.run(&format!(
            "UPDATE images SET alt_state = '{state}', alt_text = '{text}'"
        ));
    }
}

#[test]
fn a_photo_is_in_the_room_once_with_known_formats_and_one_rendition_per_size() {
    let mut room = attack();
    let copy = "INSERT INTO images (id, hash, file_name, format, width, height, byte_count, \
        alt_state, alt_text, caption, credit, terms, words_folded, uploaded_by, uploaded_at, \
        taken_on) SELECT 2, 'a', file_name, format, width, height, byte_count, \
        alt_state, alt_text, caption, credit, terms, words_folded, uploaded_by, uploaded_at, \
        taken_on FROM images";
    room.is_refused(copy, "UNIQUE constraint failed: images.hash");
    let bitmap = copy
        .replace("'a'", "'b'")
        .replace("'b', file_name, format", "'b', file_name, 'bmp'");
    room.is_refused(&bitmap, "image_format_is_known");
    let rendition = "INSERT INTO renditions (image_id, width, height, format, bytes) VALUES";
    room.is_refused(
        &format!("{rendition} (1, 10, 10, 'webp', x'00')"),
        "UNIQUE constraint failed: renditions.image_id, renditions.crop, renditions.width, renditions.format",
    );
    room.is_refused(
        &format!("{rendition} (1, 10, 10, 'gif', x'00')"),
        "rendition_format_is_known",
    );
    room.is_refused("DELETE FROM images", "FOREIGN KEY constraint failed");
}

#[test]
fn a_first_page_is_of_a_version_that_is_there_in_a_known_format_and_once() {
    let mut room = attack();
    room.raw.run(
        "INSERT INTO files VALUES (1, 'k', 'pdf', 't', 'en', '', '', 1, 'h', 'a.pdf', 3, 1, 1, 1);
        INSERT INTO file_versions VALUES (1, 1, 'h', 3, 1, 1);
        INSERT INTO first_pages VALUES (1, 1, 1, 160, 226, 'jpg', x'00')",
    );
    let page = |version: u8, format: &str| {
        format!(
            "INSERT INTO first_pages (file_id, version, width, height, format, bytes)
                VALUES (1, {version}, 160, 226, '{format}', x'00')"
        )
    };
    room.is_refused(&page(1, "jpg"), "UNIQUE constraint failed: first_pages");
    room.is_refused(&page(1, "avif"), "first_page_format_is_known");
    room.is_refused(&page(2, "jpg"), "FOREIGN KEY constraint failed");
    room.is_refused(
        "INSERT INTO first_page_wishes (file_id) VALUES (1)",
        "UNIQUE constraint failed: first_page_wishes.file_id",
    );
}

#[test]
fn the_day_of_a_photo_is_a_day_or_unknown() {
    let mut room = attack();
    let said = |day: &str| format!("UPDATE images SET taken_on = '{day}'");
    room.is_refused(&said("May 2017"), "taken_on_is_a_day");
    for day in ["2017-05-14", ""] {
        room.raw.run(&said(day));
    }
}

#[test]
fn a_person_has_a_role_and_an_address_of_their_own() {
    let mut room = attack();
    let person = |roles: &str, mail: &str| {
        format!(
            "INSERT INTO people (name, email, password_hash, is_author, is_editor, is_admin, created_at) \
             VALUES ('Bo', '{mail}', 'x', {roles}, 1)"
        )
    };
    room.is_refused(
        &person("FALSE, FALSE, FALSE", "bo@example.org"),
        "person_has_a_role",
    );
    room.is_refused(
        &person("TRUE, FALSE, FALSE", "ada@example.org"),
        "UNIQUE constraint failed: people.email",
    );
    room.raw
        .run(&person("FALSE, FALSE, TRUE", "bo@example.org"));
}

#[test]
fn kinds_and_subjects_hold_known_words_and_addresses_of_their_own() {
    let mut room = attack();
    let kind = |slug: &str, graphic: &str| {
        format!(
            "INSERT INTO kinds (slug, name, plural, icon, graphic, position) \
             VALUES ('{slug}', 'Kind', 'Kinds', 'flag', '{graphic}', 9)"
        )
    };
    room.is_refused(&kind("letters", "glitter"), "graphic_is_known");
    room.is_refused(
        &kind("reports", "ink"),
        "UNIQUE constraint failed: kinds.slug",
    );
    room.raw.run(&kind("letters", "ink"));
    let subject = |family: &str| {
        format!(
            "INSERT INTO subjects (family, slug, name, folded) VALUES ('{family}', 'sea', 'Sea', 'sea')"
        )
    };
    room.is_refused(&subject("mood"), "subject_family_is_known");
    room.raw.run(&subject("topic"));
    room.raw.run(&subject("place"));
    room.is_refused(
        &subject("topic"),
        "UNIQUE constraint failed: subjects.family, subjects.folded",
    );
}

#[test]
fn an_address_belongs_to_one_item_and_a_file_is_one_room() {
    let mut room = attack();
    room.is_refused(
        "INSERT INTO slugs (slug, item_id) VALUES ('first', 2)",
        "UNIQUE constraint failed: slugs.slug",
    );
    let new = |id: i64, name: &str| {
        format!(
            "INSERT INTO room (id, uid, name, mission, introduction, accent, zone, languages, contacts, boilerplate, second_pair, further_zones, readers_see, changed_at)
             VALUES ({id}, 'u', '{name}', '', '', '#000000', 'UTC', '[]', '[]', '{{}}', 'advised', '', 'words', 1)"
        )
    };
    room.is_refused(&new(2, "Second"), "one_room");
    room.is_refused(&new(1, ""), "room_has_a_name");
    room.raw.run(&new(1, "First"));
}

#[test]
fn the_journal_is_only_ever_added_to() {
    let mut room = attack();
    room.is_refused(
        "UPDATE journal SET entry = 'slept'",
        "journal_is_never_edited",
    );
    room.is_refused("DELETE FROM journal", "journal_is_never_deleted");
    room.is_refused(
        "INSERT OR REPLACE INTO journal (id, at, entry, detail) VALUES (1, 2, 'slept', '')",
        "journal_is_never_replaced",
    );
    room.raw
        .run("INSERT INTO journal (at, entry, detail) VALUES (2, 'saved', '')");
    let entries = "SELECT entry AS one FROM journal ORDER BY id";
    assert_eq!(room.raw.words(entries), ["started", "saved"]);
}

#[test]
fn a_mail_is_owed_once_for_an_event_and_one_that_was_sent_stays_sent() {
    let mut room = attack();
    let owed = |event: &str, uid: &str, state: &str, sent: &str| {
        format!(
            "INSERT INTO mails (event, recipient, uid, subject, sentence, title, language, link, \
             link_words, state, made_at, due_at, tries, next_try_at, sent_at, last_error) VALUES \
             ('{event}', 'eva@quay.example', '{uid}', '', '', '', '', '', '', '{state}', 1, 1, 0, \
             1, {sent}, '')"
        )
    };
    room.raw.run(&owed("one", "a", "sent", "2"));
    room.is_refused(&owed("one", "b", "waiting", "NULL"), "mails.recipient");
    room.is_refused(&owed("two", "a", "waiting", "NULL"), "mails.uid");
    room.is_refused(&owed("two", "b", "lost", "NULL"), "mail_state_is_known");
    room.is_refused(
        &owed("two", "b", "sent", "NULL"),
        "mail_is_sent_at_an_instant",
    );
    let back = "UPDATE mails SET state = 'waiting', sent_at = NULL";
    room.is_refused(back, "mails_that_were_sent_stay_sent");
}
