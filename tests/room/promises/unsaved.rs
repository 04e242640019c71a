//! Words that were typed and not saved outlive the browser, for the one who typed them.

use crate::support::{Browser, Room, Tab, release};

/// Sends what stands in the form to where script keeps it.
async fn keeps(tab: &Tab<'_>) {
    let mut copy = tab.clone();
    copy.aim_at(&tab.attr("form.editor", "data-autosave"));
    assert_eq!(copy.pressed("Save").await.status, 204);
}

async fn drafted() -> Room {
    let room = Room::open().await;
    room.has(release("Ferry stops").body("First line.")).await;
    room
}

async fn editing(browser: &Browser) -> Tab<'_> {
    browser.open("/admin/items/1").await
}

#[actix_web::test]
async fn unsaved_words_are_offered_to_the_one_who_typed_them_and_to_nobody_else() {
    let room = drafted().await;
    let (anna, eva) = (room.author().await, room.editor().await);
    keeps(&editing(&anna).await.fill("Body", "Typed, not saved.")).await;
    assert!(!editing(&eva).await.has("not saved:"));
    assert!(!eva.open("/admin").await.has("Typed, but not saved"));
    assert!(anna.open("/admin").await.has("Typed, but not saved"));
    let mut offered = editing(&anna).await;
    assert!(offered.has("You typed words here that were not saved: Ferry stops, kept 26 Nov 2018"));
    assert_eq!(offered.filled("Body"), "First line.");
    let mut continued = offered.click("Go on with them").await;
    assert_eq!(continued.filled("Body"), "Typed, not saved.");
    assert!(continued.has("They are not saved yet."));
    let mut saved = continued.press("Save").await;
    assert_eq!(saved.filled("Body"), "Typed, not saved.");
    assert!(!saved.has("that were not saved"));
    assert!(!anna.open("/admin").await.has("Typed, but not saved"));
}

#[actix_web::test]
async fn what_stands_saved_already_is_not_offered() {
    let room = drafted().await;
    let anna = room.author().await;
    keeps(&editing(&anna).await).await;
    assert!(!editing(&anna).await.has("that were not saved"));
    assert!(!anna.open("/admin").await.has("Typed, but not saved"));
}

#[actix_web::test]
async fn unsaved_words_on_an_old_revision_meet_the_new_one() {
    let room = drafted().await;
    let (anna, eva) = (room.author().await, room.editor().await);
    keeps(&editing(&anna).await.fill("Body", "Anna’s line.")).await;
    let theirs = editing(&eva).await.fill("Body", "Eva’s line.");
    assert!(theirs.press("Save").await.has("Saved."));
    let continued = editing(&anna).await.click("Go on with them").await;
    let both = continued.press("Save").await;
    assert_eq!(both.status, 409);
    assert!(both.has("Anna’s line.") && both.has("Eva’s line."));
}

#[actix_web::test]
async fn every_form_of_a_new_item_keeps_its_own_words_until_it_is_saved() {
    let room = Room::open().await;
    let anna = room.author().await;
    let one = anna.open("/admin/items/new").await.fill("Title", "One");
    let two = anna.open("/admin/items/new").await.fill("Title", "Two");
    keeps(&one).await;
    keeps(&two).await;
    keeps(&two.fill("Title", "Two, again")).await;
    let work = anna.open("/admin").await;
    let titles: Vec<_> = work.select("[aria-labelledby=unsaved] h3");
    assert_eq!(titles, ["Two, again", "One"]);
    let mut two = work.click("Two, again").await;
    assert_eq!(two.filled("Title"), "Two, again");
    let refused = two.fill("Slug", "No Slug!").press("Save").await;
    assert_eq!(refused.status, 422);
    let saved = refused.fill("Slug", "second").press("Save").await;
    assert!(saved.has("Saved."), "{}", saved.text());
    let work = anna.open("/admin").await;
    assert_eq!(work.select("[aria-labelledby=unsaved] h3"), ["One"]);
}

#[actix_web::test]
async fn words_that_come_after_their_form_started_the_item_belong_to_that_item() {
    let room = Room::open().await;
    let anna = room.author().await;
    let form = anna.open("/admin/items/new").await;
    let form = form.fill("Title", "Court sits").fill("Summary", "Once.");
    let started = form.pressed("Save").await;
    keeps(&form.fill("Summary", "Written on, in the old page.")).await;
    let item = anna.open(started.header("location")).await;
    let mut item = item.click("Go on with them").await;
    assert_eq!(item.filled("Summary"), "Written on, in the old page.");
    assert!(
        item.press("Save").await.has("Saved."),
        "no merge with oneself"
    );
    assert!(!anna.open("/admin").await.has("Typed, but not saved"));
}

#[actix_web::test]
async fn words_are_thrown_away_by_the_one_who_typed_them_only() {
    let room = drafted().await;
    let (anna, eva) = (room.author().await, room.editor().await);
    keeps(&editing(&anna).await.fill("Body", "Typed, not saved.")).await;
    let offered = editing(&anna).await;
    let mut foreign = editing(&eva).await;
    foreign.aim_at("/admin/autosaves/1/end");
    assert_eq!(foreign.pressed("Save").await.status, 404);
    assert!(editing(&anna).await.has("that were not saved"));
    let after = offered.press("Throw them away").await;
    assert!(after.has("Thrown away."));
    assert!(!after.has("that were not saved"));
}

#[actix_web::test]
async fn words_of_an_item_that_is_not_there_are_refused() {
    let room = drafted().await;
    let anna = room.author().await;
    let mut form = editing(&anna).await;
    form.aim_at("/admin/items/9/autosave");
    assert_eq!(form.pressed("Save").await.status, 404);
}
