//! Two people change what there is only one of, a picture's words or the settings: the second
//! sees what the first wrote, and nobody's words are thrown away.

use crate::support::Room;

const WORDS: [&str; 4] = [
    "A ferry at its quay",
    "The last ferry.",
    "Mara Lind",
    "Free",
];

#[actix_web::test]
async fn whoever_describes_a_picture_second_sees_what_the_first_wrote() {
    let room = Room::open().await;
    let image = room.photo(640, WORDS).await.id;
    let address = format!("/admin/images/{image}");
    let (one, two) = (room.editor().await, room.second_editor().await);
    let (first, second) = (one.open(&address).await, two.open(&address).await);
    let saved = first
        .fill("Caption", "The last ferry of the year.")
        .fill("Credit", "Mara Lind / Open Quay")
        .press("Save")
        .await;
    assert!(saved.has("Saved."));
    let mut both = second
        .fill("Caption", "A ferry, moored.")
        .press("Save")
        .await;
    assert_eq!(both.status, 409);
    assert!(both.has("Eva saved these words while you were writing, 26 Nov 2018, 12:00"));
    assert_eq!(both.select(".difference h3"), ["Caption"]);
    assert_eq!(
        both.select(".difference [data-theirs]"),
        ["The last ferry of the year."]
    );
    assert_eq!(both.filled("Caption"), "A ferry, moored.");
    assert_eq!(both.filled("Credit"), "Mara Lind / Open Quay");
    assert!(both.press("Save").await.has("Saved."));
    let mut merged = one.open(&address).await;
    assert_eq!(merged.filled("Caption"), "A ferry, moored.");
    assert_eq!(merged.filled("Credit"), "Mara Lind / Open Quay");
}

#[actix_web::test]
async fn a_picture_form_with_a_mistake_still_knows_what_it_was_opened_with() {
    let room = Room::open().await;
    let image = room.photo(640, WORDS).await.id;
    let address = format!("/admin/images/{image}");
    let (one, two) = (room.editor().await, room.second_editor().await);
    let (first, second) = (one.open(&address).await, two.open(&address).await);
    assert!(
        first
            .fill("Terms", "Ask first")
            .press("Save")
            .await
            .has("Saved.")
    );
    let mistaken = second.fill("The alt text", "").press("Save").await;
    assert_eq!(mistaken.status, 422);
    let mended = mistaken
        .fill("The alt text", "A ferry")
        .fill("Terms", "Never");
    let both = mended.press("Save").await;
    assert_eq!(both.status, 409);
    assert_eq!(both.select(".difference [data-theirs]"), ["Ask first"]);
}

#[actix_web::test]
async fn the_second_of_two_admins_sees_what_the_first_changed() {
    let room = Room::open().await;
    let (one, two) = (room.admin().await, room.admin().await);
    let first = one.open("/admin/settings").await;
    let second = two.open("/admin/settings").await;
    let saved = first
        .fill("Mission", "Harbours for all.")
        .fill("Introduction", "Everything about quays.")
        .press("Save settings")
        .await;
    assert!(saved.has("Saved."));
    let mut both = second
        .fill("Mission", "We keep harbours.")
        .fill("Accent colour", "#102a54")
        .press("Save settings")
        .await;
    assert_eq!(both.status, 409);
    assert!(both.has("Ada saved the settings while you were writing"));
    assert_eq!(both.select(".difference h3"), ["Mission"]);
    assert_eq!(
        both.select(".difference [data-theirs]"),
        ["Harbours for all."]
    );
    assert!(
        room.page("/").await.has("Harbours for all."),
        "nothing was stored"
    );
    assert_eq!(both.filled("Introduction"), "Everything about quays.");
    assert_eq!(both.filled("Accent colour"), "#102a54");
    assert!(both.press("Save settings").await.has("Saved."));
    assert!(room.page("/").await.has("We keep harbours."));
    assert!(room.page("/").await.has("Everything about quays."));
}

#[actix_web::test]
async fn a_press_contact_stays_the_same_person_when_another_is_put_before_it_or_taken_away() {
    let room = Room::open().await;
    let item = crate::support::release("Ferry stops").contact("desk");
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    let added = settings
        .fill("Contact 2 › Name", "Ben Oak")
        .press("Save settings")
        .await;
    let gone = ["Name", "Role", "Languages spoken", "Phone", "Mail"]
        .into_iter()
        .fold(added, |form, field| {
            form.fill(&format!("Mara Lind › {field}"), "")
        });
    assert!(gone.press("Save settings").await.has("Saved."));
    let editor = room.editor().await;
    let item = editor.open("/admin/items/1").await;
    assert!(item.has("Ben Oak"));
    assert_eq!(item.count("input[name=contact]"), 1);
    assert_eq!(
        item.count("input[name=contact][checked]"),
        0,
        "who was never chosen is chosen"
    );
}

#[actix_web::test]
async fn two_admins_who_both_change_the_contacts_are_asked() {
    let room = Room::open().await;
    let (one, two) = (room.admin().await, room.admin().await);
    let (first, second) = (
        one.open("/admin/settings").await,
        two.open("/admin/settings").await,
    );
    let first = first.fill("Mara Lind › Phone", "+44 20 7946 0000");
    assert!(first.press("Save settings").await.has("Saved."));
    let both = second.fill("Mara Lind › Role", "Head of press");
    let both = both.press("Save settings").await;
    assert_eq!(both.status, 409);
    assert_eq!(both.select(".difference h3"), ["Press contacts"]);
    assert!(
        both.only(".difference [data-theirs]")
            .contains("+44 20 7946 0000")
    );
    assert!(
        both.only(".difference [data-yours]")
            .contains("Head of press")
    );
}
