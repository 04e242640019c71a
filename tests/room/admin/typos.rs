//! A typo changes nothing that readers rely on, or somebody answers for it.

use crate::support::{Room, Tab, release};

const BODY: &str =
    "The 40 men of the *Alma* are free, said Anna Osei: “they walk home”. Nobody stoped them.";

async fn changed<'a>(editor: &'a crate::support::Browser, to: &str) -> Tab<'a> {
    let form = editor.open("/admin/items/1").await;
    assert!(form.fill("Body", to).press("Save").await.has("Saved."));
    let step = editor.open("/admin/items/1/publications").await;
    step.choose(
        "What kind of change is it?",
        "Typo: no fact changes, readers are not told",
    )
}

async fn live_room() -> Room {
    let room = Room::open().await;
    let live = release("Ferry stops").body(BODY);
    room.has(live.live_at("2018-11-20T09:00:00Z")).await;
    room
}

#[actix_web::test]
async fn a_slip_of_the_pen_goes_out_as_a_typo() {
    let room = live_room().await;
    let editor = room.editor().await;
    let step = changed(&editor, &BODY.replace("stoped", "stopped")).await;
    assert!(!step.has("Reason, for a typo"));
    assert!(step.press("Publish the change").await.has("It is out"));
    assert!(
        room.page("/news/ferry-stops")
            .await
            .has("Nobody stopped them.")
    );
}

#[actix_web::test]
async fn a_typo_in_a_number_a_name_or_a_quotation_is_refused_and_the_words_are_told() {
    for (old, new, told) in [
        ("40", "400", "Numbers: “40” became “400”"),
        ("Osei", "Osie", "Names: “Osei” became “Osie”"),
        (
            "they walk home",
            "they ran home",
            "“they walk home” became “they ran home”",
        ),
    ] {
        let room = live_room().await;
        let editor = room.editor().await;
        let step = changed(&editor, &BODY.replace(old, new)).await;
        let refused = step.press("Publish the change").await;
        assert_eq!(refused.status, 422, "{new}");
        let problem = refused.only("#problems a[href='#reason']");
        assert!(problem.contains(told), "{problem}");
        assert!(room.page("/news/ferry-stops").await.has(old));
        let answered = refused.fill(
            "Reason, for a typo that touches facts",
            "The ministry's list says so.",
        );
        assert!(answered.press("Publish the change").await.has("It is out"));
        let page = room.page("/news/ferry-stops").await;
        assert!(page.has(new));
        assert!(
            !page.source().contains("ministry"),
            "a reason is the staff's"
        );
    }
}

#[actix_web::test]
async fn another_headline_is_no_typo_also_when_it_is_to_come_later() {
    let room = live_room().await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1").await;
    form.fill("Title", "Ferry stays").press("Save").await;
    let step = editor.open("/admin/items/1/schedule").await;
    let step = step.choose(
        "What kind of change is it?",
        "Typo: no fact changes, readers are not told",
    );
    let refused = step
        .fill("Date", "2018-11-27")
        .fill("Time", "09:00")
        .press("Continue")
        .await
        .press("Schedule")
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("Headline: “Ferry stops” became “Ferry stays”"));
    let update = refused.choose("What kind of change is it?", "Update: there is news to add");
    let update = update.fill("Public note", "The ferry stays.");
    let told = update.press("Continue").await;
    assert!(told.press("Schedule").await.has("Scheduled"));
}
