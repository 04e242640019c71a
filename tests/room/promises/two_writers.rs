//! Two people write in one item: the second sees both texts, and nobody's words are thrown away.

use crate::support::{Browser, Room, Tab, release};

const BODY: &str = "First line.\nSecond line.\n\nSecond paragraph.";

async fn shared_draft() -> Room {
    let room = Room::open().await;
    room.has(release("Ferry stops").body(BODY)).await;
    room
}

async fn editing(browser: &Browser) -> Tab<'_> {
    browser.open("/admin/items/1").await
}

#[actix_web::test]
async fn saving_what_nobody_changed_makes_no_new_revision_though_browsers_send_other_line_ends() {
    let room = shared_draft().await;
    let editor = room.editor().await;
    let mut saved = editing(&editor).await.press("Save").await;
    assert!(saved.has("Saved."));
    assert_eq!(saved.filled("Body"), BODY);
    let preview = editor.get("/admin/items/1/preview").await;
    assert!(preview.has("Preview of revision 1:"), "{}", preview.text());
    let changed = editing(&editor).await.fill("Title", "Ferries stop");
    assert!(changed.press("Save").await.has("Saved."));
    let preview = editor.get("/admin/items/1/preview").await;
    assert!(preview.has("Preview of revision 2:"), "{}", preview.text());
}

#[actix_web::test]
async fn what_each_of_two_changed_alone_is_merged_and_only_what_both_changed_is_asked_about() {
    let room = shared_draft().await;
    let (one, two) = (room.author().await, room.second_editor().await);
    let (first, second) = (editing(&one).await, editing(&two).await);
    let theirs = first
        .fill("Body", &format!("{BODY}\n\nThird paragraph."))
        .fill("Title", "Their title")
        .fill("Topics", "Ferries")
        .press("Save")
        .await;
    assert!(theirs.has("Saved."));
    let mut both = second
        .fill("Title", "My title")
        .fill("Dateline", "Dellmouth")
        .press("Save")
        .await;
    assert_eq!(both.status, 409);
    assert!(both.has("Anna saved this item while you were writing"));
    assert_eq!(both.select(".difference h3"), ["Title"]);
    assert_eq!(both.select(".difference [data-theirs]"), ["Their title"]);
    assert_eq!(both.select(".difference [data-yours]"), ["My title"]);
    assert_eq!(both.filled("Body"), format!("{BODY}\n\nThird paragraph."));
    assert_eq!(both.filled("Topics"), "Ferries");
    assert_eq!(both.filled("Dateline"), "Dellmouth");
    assert_eq!(both.filled("Title"), "My title");
    assert!(both.press("Save").await.has("Saved."));
    let mut merged = editing(&one).await;
    assert_eq!(merged.filled("Title"), "My title");
    assert_eq!(merged.filled("Body"), format!("{BODY}\n\nThird paragraph."));
    assert_eq!(merged.filled("Topics"), "Ferries");
    assert_eq!(merged.filled("Dateline"), "Dellmouth");
}

#[actix_web::test]
async fn whoever_saves_during_the_merge_is_asked_about_as_well() {
    let room = shared_draft().await;
    let (one, two) = (room.author().await, room.second_editor().await);
    let (first, second) = (editing(&one).await, editing(&two).await);
    let saved = first.fill("Summary", "Theirs, once.").press("Save").await;
    let both = second.fill("Summary", "Mine.").press("Save").await;
    assert_eq!(both.status, 409);
    let again = saved.fill("Summary", "Theirs, twice.").press("Save").await;
    assert!(again.has("Saved."));
    let mut both = both.press("Save").await;
    assert_eq!(both.status, 409, "the merge was out of date too");
    assert_eq!(both.select(".difference [data-theirs]"), ["Theirs, twice."]);
    assert_eq!(both.filled("Summary"), "Mine.");
    assert!(both.press("Save").await.has("Saved."));
    assert_eq!(editing(&one).await.filled("Summary"), "Mine.");
}

#[actix_web::test]
async fn a_save_pressed_twice_is_one_revision() {
    let room = shared_draft().await;
    let editor = room.editor().await;
    let form = editing(&editor).await.fill("Summary", "Once.");
    let (first, second) = (form.press("Save").await, form.press("Save").await);
    assert!(
        first.has("Saved.") && second.status == 200,
        "{}",
        second.text()
    );
    let preview = editor.get("/admin/items/1/preview").await;
    assert!(preview.has("Preview of revision 2:"), "{}", preview.text());
}

#[actix_web::test]
async fn a_refused_form_keeps_every_word_of_every_field() {
    let room = shared_draft().await;
    let editor = room.editor().await;
    let typed = [
        ("Title", ""),
        ("Summary", "A summary."),
        ("Body", "Line one.\n\n  - indented"),
        ("Notes to editors", "A note."),
        ("Dateline", "Port Sarrin"),
        ("Slug", "Not A Slug!"),
        ("Topics", "Ferries, Courts"),
        ("Places", "Dellmouth"),
        ("Translation of", "none"),
        ("Or another picture’s number", "twelve"),
        ("From the left", "500"),
    ];
    let mut form = editor
        .open("/admin/items/new")
        .await
        .choose("Kind", "Victory");
    for (label, words) in typed {
        form = form.fill(label, words);
    }
    let mut refused = form.press("Save").await;
    assert_eq!(refused.status, 422);
    for (label, words) in typed {
        assert_eq!(refused.filled(label), words, "{label}");
    }
    assert_eq!(refused.only("#kind option[selected]"), "Victory");
    let complaints = refused.attrs("#problems a", "href");
    for field in ["#title", "#slug", "#translation_of", "#lead_number"] {
        assert!(
            complaints.contains(&field.to_owned()),
            "{field}: {complaints:?}"
        );
    }
    assert_eq!(refused.count("[aria-invalid=true]"), complaints.len());
}

#[actix_web::test]
async fn the_same_form_with_more_words_loses_neither() {
    let room = shared_draft().await;
    let author = room.author().await;
    let form = editing(&author).await;
    let first = form.fill("Summary", "Sent, and the load was stopped.");
    assert_eq!(first.pressed("Save").await.status, 303);
    let more = first.fill("Summary", "Written on in the same page.");
    assert_eq!(more.pressed("Save").await.status, 303);
    assert_eq!(
        editing(&author).await.filled("Summary"),
        "Written on in the same page."
    );
    let preview = author.get("/admin/items/1/preview").await;
    assert!(preview.has("Preview of revision 3:"));

    let new = author.open("/admin/items/new").await;
    let new = new
        .fill("Title", "Court sits")
        .fill("Summary", "Once.")
        .fill("Body", "Here.");
    let first = new.pressed("Save").await;
    let more = new.fill("Summary", "Twice.");
    let second = more.pressed("Save").await;
    assert_eq!(first.header("location"), second.header("location"));
    let mut item = author.open(second.header("location")).await;
    assert_eq!(item.filled("Summary"), "Twice.");
    assert_eq!(item.filled("Slug"), "court-sits");
    assert_eq!(
        author
            .open("/admin/items")
            .await
            .count("table.items tbody tr"),
        2
    );
}

#[actix_web::test]
async fn a_form_that_is_out_of_date_and_has_to_be_mended_still_meets_the_other_text() {
    let room = shared_draft().await;
    let (one, two) = (room.author().await, room.second_editor().await);
    let old = editing(&two).await;
    let theirs = editing(&one).await.fill("Body", "Their body.");
    assert!(theirs.press("Save").await.has("Saved."));
    let refused = old
        .fill("Title", "")
        .fill("Body", "My body.")
        .press("Save")
        .await;
    assert_eq!(refused.status, 422);
    let both = refused.fill("Title", "Mended").press("Save").await;
    assert_eq!(both.status, 409);
    assert!(both.has("Their body.") && both.has("My body."));
}
