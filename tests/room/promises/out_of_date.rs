//! A form that is out of date does nothing, whichever step it was for, and says what changed.

use dateline::newsroom::ItemId;

use crate::support::{Room, Tab, jpeg, release};

/// Somebody else's save, between the opening of a form and its sending.
async fn second_editor_saves(room: &Room, item: ItemId) {
    let second = room.second_editor().await;
    let form = second.open(&format!("/admin/items/{item}")).await;
    let saved = form
        .fill("Summary", "Something else entirely.")
        .press("Save")
        .await;
    assert!(saved.has("Saved."));
}

async fn public(room: &Room) -> Vec<crate::support::Page> {
    let mut pages = Vec::new();
    for address in ["/news/ferry-stops", "/", "/feed.atom"] {
        pages.push(room.get(address).await);
    }
    pages
}

/// Sends the form, which must be refused with a sentence and change nothing that readers see.
async fn is_refused(room: &Room, form: &Tab<'_>, button: &str) {
    let before = public(room).await;
    let refused = form.press(button).await;
    assert_eq!(refused.status, 409, "{button}: {}", refused.text());
    assert_eq!(public(room).await, before, "{button}");
    let sentences = refused.only("#problems ul");
    assert!(
        sentences.contains("Someone saved a newer text. Read it, then go on."),
        "{sentences}"
    );
    assert!(
        sentences.contains("Edo saved revision") && sentences.contains("26 Nov 2018, 12:00"),
        "{sentences}"
    );
    room.clock.set("2019-06-01T12:00:00Z");
    assert!(
        !room
            .get("/feed.atom")
            .await
            .source()
            .contains("Something else"),
        "{button}"
    );
}

#[actix_web::test]
async fn no_old_form_publishes_schedules_or_changes_a_text_that_moved_on() {
    for (live, step, button) in [
        (false, "publications", "Publish now"),
        (false, "schedule", "Schedule"),
        (true, "publications", "Publish the change"),
        (true, "schedule", "Schedule"),
    ] {
        let room = Room::open().await;
        let mut item = release("Ferry stops");
        if live {
            item = item.live_at("2018-11-20T09:00:00Z");
        }
        let item = room.has(item).await;
        room.save(item, release("Ferry stops").summary("A second draft."))
            .await;
        let editor = room.editor().await;
        let mut form = editor.open(&format!("/admin/items/{item}/{step}")).await;
        if step == "schedule" {
            form = form.fill("Date", "2018-12-24").fill("Time", "09:00");
        }
        if live {
            form = form
                .choose("What kind of change is it?", "Update")
                .fill("Public note", "There is more to say.");
        }
        if step == "schedule" {
            form = form.press("Continue").await;
        }
        second_editor_saves(&room, item).await;
        is_refused(&room, &form, button).await;
    }
}

#[actix_web::test]
async fn no_old_form_withdraws_restores_or_unschedules_what_somebody_else_already_turned() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let editor = room.editor().await;
    let withdrawal = editor
        .open(&format!("/admin/items/{item}/withdrawal"))
        .await;
    let withdrawal = withdrawal.fill("Public note", "It was wrong.");
    room.withdraw(item, "Somebody was faster.").await;
    assert_eq!(withdrawal.pressed("Withdraw").await.status, 409);
    let page = room.page("/news/ferry-stops").await;
    assert!(page.has("Somebody was faster.") && !page.has("It was wrong."));

    let restoration = editor
        .open(&format!("/admin/items/{item}/restoration"))
        .await;
    let restoration = restoration.fill("Public note", "It was right.");
    room.clock.pass(1);
    room.restore(item, "Faster again.").await;
    assert_eq!(restoration.pressed("Restore").await.status, 409);
    assert!(!room.page("/news/ferry-stops").await.has("It was right."));
}

#[actix_web::test]
async fn an_old_form_does_not_take_back_another_schedule_than_it_showed() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").going_live_at("2018-11-27T09:00:00Z"))
        .await;
    let editor = room.editor().await;
    let end = editor
        .open(&format!("/admin/items/{item}/schedule/end"))
        .await;
    room.unschedule(item).await;
    let schedule = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let schedule = schedule.fill("Date", "2018-11-28").fill("Time", "09:00");
    let told = schedule.press("Continue").await;
    assert!(told.press("Schedule").await.has("Scheduled"));
    assert_eq!(end.pressed("Take back the schedule").await.status, 409);
    room.clock.set("2018-11-28T09:00:00Z");
    assert_eq!(room.get("/news/ferry-stops").await.status, 200);
}

#[actix_web::test]
async fn a_form_pressed_twice_publishes_once_and_both_presses_arrive_at_the_item() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops")).await;
    let editor = room.editor().await;
    let form = editor
        .open(&format!("/admin/items/{item}/publications"))
        .await;
    let first = form.press("Publish now").await;
    room.clock.pass(5_000);
    let second = form.press("Publish now").await;
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.address, second.address);
    let page = room.page("/news/ferry-stops").await;
    assert_eq!(
        page.attrs("article.story time", "datetime"),
        ["2018-11-26T12:00:00+00:00"]
    );
}

#[actix_web::test]
async fn good_pictures_of_an_upload_are_kept_and_the_bad_ones_leave_no_trace() {
    let room = Room::open().await;
    let author = room.author().await;
    let library = author.open("/admin/images").await;
    let cut = jpeg(600, 300);
    let refused = library
        .attach("Add pictures", "cut.jpg", &cut[..cut.len() / 2])
        .attach("Add pictures", "good.jpg", &jpeg(640, 320))
        .attach("Add pictures", "letter.docx", b"PK\x03\x04 not a picture")
        .press("Upload")
        .await;
    assert_eq!(refused.status, 422);
    let sentences = refused.select(".alert li");
    assert!(
        sentences.iter().any(|one| one.starts_with("cut.jpg:")),
        "{sentences:?}"
    );
    assert!(
        sentences.iter().any(|one| one.starts_with("letter.docx:")),
        "{sentences:?}"
    );
    assert_eq!(author.get("/admin/images").await.count(".tile"), 1);
    assert_eq!(author.get("/admin/images/2").await.status, 404);
}

#[actix_web::test]
async fn what_was_not_saved_when_the_sign_in_ran_out_is_not_published_by_anybody() {
    let room = Room::open().await;
    let author = room.author().await;
    let form = author
        .open("/admin/items/new")
        .await
        .fill("Title", "Too late");
    room.clock.pass(25 * 60 * 60 * 1000);
    let answer = form.pressed("Save").await;
    assert_ne!(answer.status, 500);
    assert!(
        answer.header("location").starts_with("/admin/sign-in"),
        "{answer:?}"
    );
    let list = room.editor().await.open("/admin/items").await.text();
    assert!(list.contains("No items yet."), "{list}");
}

#[actix_web::test]
async fn an_old_form_is_refused_at_its_first_press_and_when_it_has_to_be_mended() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops")).await;
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let form = form.fill("Date", "2018-12-24").fill("Time", "09:00");
    second_editor_saves(&room, item).await;
    is_refused(&room, &form, "Continue").await;

    let room = Room::open().await;
    let item = room.has(release("Ferry stops")).await;
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let form = form.fill("Date", "2018-02-30").fill("Time", "09:00");
    second_editor_saves(&room, item).await;
    is_refused(&room, &form, "Continue").await;

    let room = Room::open().await;
    let live = release("Ferry stops").live_at("2018-11-20T09:00:00Z");
    let item = room.has(live).await;
    let editor = room.editor().await;
    let form = editor
        .open(&format!("/admin/items/{item}/withdrawal"))
        .await;
    let form = form
        .fill("Public note", "It was wrong.")
        .fill("Date", "2018-12-24")
        .fill("Time", "09:00");
    second_editor_saves(&room, item).await;
    is_refused(&room, &form, "Withdraw").await;
}

#[actix_web::test]
async fn a_form_says_whether_the_words_moved_on_or_what_readers_see_of_them() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    room.save(item, release("Ferry stops").summary("A second draft."))
        .await;
    let editor = room.editor().await;
    let form = editor.open(&format!("/admin/items/{item}/schedule")).await;
    let form = form
        .choose("What kind of change is it?", "Update")
        .fill("Public note", "There is more to say.")
        .fill("Date", "2018-12-24")
        .fill("Time", "09:00");
    room.withdraw(item, "It was wrong.").await;
    let refused = form.press("Continue").await;
    assert_eq!(refused.status, 409);
    let sentences = refused.only("#problems ul");
    assert!(
        sentences.contains("The public side of this item changed in the meantime."),
        "{sentences}"
    );
    assert!(!sentences.contains("newer text"), "{sentences}");
}
