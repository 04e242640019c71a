//! Images: no address answers before a public page shows the picture, and none tells its metadata.

use dateline::newsroom::Change;

use crate::support::{Browser, PLANTED, Page, Room, Shot, jpeg, png, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
/// What a photo of 1,000 pixels is delivered in.
const WIDTHS: [u32; 5] = [320, 480, 640, 960, 1000];

fn addresses(shot: &Shot) -> Vec<String> {
    WIDTHS
        .iter()
        .flat_map(|width| ["webp", "jpg"].map(|end| format!("/images/{}/{width}.{end}", shot.hash)))
        .collect()
}

/// Every size answers alike: with the picture, or as if nothing were there.
async fn are_public(room: &Room, shot: &Shot) -> bool {
    let nothing = room.get("/nothing/here/at/all").await;
    let mut public = Vec::new();
    for address in addresses(shot) {
        let answer = room.get(&address).await;
        public.push(answer.status == 200);
        assert!(answer.status == 200 || answer == nothing, "{answer:?}");
    }
    assert!(public.iter().all(|one| *one == public[0]), "{public:?}");
    public[0]
}

#[actix_web::test]
async fn a_picture_answers_in_no_size_until_its_item_is_public_and_in_every_size_then() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    assert!(!are_public(&room, &shot).await, "in the library");
    let item = release("Ferry stops")
        .lead(shot.id)
        .going_live_at("2018-11-26T13:00:00Z");
    let item = room.has(item).await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert!(!are_public(&room, &shot).await, "scheduled");
    room.clock.set("2018-11-26T13:00:00Z");
    assert!(are_public(&room, &shot).await, "live");
    room.withdraw(item, "It was wrong.").await;
    assert!(
        are_public(&room, &shot).await,
        "withdrawn text stays readable, with its picture"
    );
}

#[actix_web::test]
async fn pictures_of_a_removed_item_are_gone_in_every_size_and_those_that_others_show_stay() {
    let room = Room::open().await;
    let own = room.photo(1000, WORDS).await;
    let shared = room.photo(1001, WORDS).await;
    let draft = room.photo(1002, WORDS).await;
    let text = format!("In full.\n\n![](image:{})", shared.id);
    let both = release("Ferry stops").lead(own.id).body(&text);
    let item = room.has(both.live_at("2018-11-20T09:00:00Z")).await;
    let other = release("Ferry runs").lead(shared.id);
    room.has(other.live_at("2018-11-21T09:00:00Z")).await;
    room.clock.set("2018-11-26T13:00:00Z");
    let editor = room.editor().await;
    let removal = editor.open(&format!("/admin/items/{item}/removal")).await;
    let removed = removal
        .fill("Public note", "Nobody can stand for it any more.")
        .press("Remove")
        .await;
    assert_eq!(removed.status, 200);
    let full = format!("/images/{}/full.jpg", own.hash);
    for address in addresses(&own).into_iter().chain([full]) {
        let answer = room.get(&address).await;
        assert_eq!(answer.status, 410, "{address}");
        assert!(answer.has("Nobody can stand for it any more."), "{address}");
    }
    let still = format!("/images/{}/960.webp", shared.hash);
    assert_eq!(room.get(&still).await.status, 200, "another item shows it");
    assert!(!are_public(&room, &draft).await, "nobody ever showed it");
}

#[actix_web::test]
async fn a_picture_in_the_body_is_public_with_it_and_one_that_a_correction_drops_is_not() {
    let room = Room::open().await;
    let lead = room.photo(1000, WORDS).await;
    let body = room.photo(1001, WORDS).await;
    let text = format!("In full.\n\n![](image:{})", body.id);
    let both = release("Ferry stops").lead(lead.id).body(&text);
    let item = room.has(both.live_at("2018-11-20T09:00:00Z")).await;
    assert!(are_public(&room, &lead).await);
    let address = format!("/images/{}/960.webp", body.hash);
    assert_eq!(room.get(&address).await.status, 200);
    let alone = release("Ferry stops").lead(lead.id);
    room.save(item, alone).await;
    assert_eq!(
        room.get(&address).await.status,
        200,
        "a draft takes nothing away"
    );
    let alone = release("Ferry stops")
        .lead(lead.id)
        .summary("Without the boat.");
    room.change(item, alone, (Change::Correction, "The wrong boat."))
        .await;
    assert_eq!(room.get(&address).await.status, 404);
    assert!(are_public(&room, &lead).await);
}

#[actix_web::test]
async fn a_picture_that_only_a_draft_of_a_live_item_shows_is_not_public() {
    let room = Room::open().await;
    let item = room
        .has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let shot = room.photo(1000, WORDS).await;
    room.save(item, release("Ferry stops").lead(shot.id)).await;
    assert!(!are_public(&room, &shot).await);
}

#[actix_web::test]
async fn every_rendition_is_what_its_address_says_and_tells_nothing_of_the_camera() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    room.has(
        release("Ferry stops")
            .lead(shot.id)
            .live_at("2018-11-20T09:00:00Z"),
    )
    .await;
    for address in addresses(&shot) {
        let answer = room.page(&address).await;
        let kind = if address.ends_with("webp") {
            "image/webp"
        } else {
            "image/jpeg"
        };
        assert_eq!(answer.header("content-type"), kind, "{address}");
        let picture = image::load_from_memory(&answer.body).unwrap();
        let width = picture.width().to_string();
        assert!(
            address.contains(&format!("/{width}.")),
            "{address}: {width}"
        );
        assert_eq!(picture.height(), picture.width() / 2, "{address}");
        assert!(!answer.source().contains(PLANTED), "{address}");
    }
    for never in [
        "1001.jpg", "1920.jpg", "320.gif", "320.avif", "0.jpg", "original", "320",
    ] {
        let address = format!("/images/{}/{never}", shot.hash);
        assert_eq!(room.get(&address).await.status, 404, "{never}");
    }
}

/// Uploads the picture through the library's form, and describes it.
async fn uploaded(author: &Browser, name: &str, bytes: &[u8]) -> Page {
    let describe = author
        .open("/admin/images")
        .await
        .attach("Add pictures", name, bytes)
        .press("Upload")
        .await;
    assert!(
        describe.has("One picture is in the library."),
        "{}",
        describe.text()
    );
    let saved = describe
        .choose("Alt text", "It shows something")
        .fill("The alt text", "A boat")
        .press("Save")
        .await;
    assert!(saved.has("Saved."));
    saved.page.clone()
}

#[actix_web::test]
async fn uploaded_photos_lose_their_metadata_and_strangers_cannot_see_staffs_copies() {
    let room = Room::open().await;
    let author = room.author().await;
    let jpeg = jpeg(700, 350);
    let png = png(702, 351);
    assert!(String::from_utf8_lossy(&jpeg).contains(PLANTED));
    assert!(String::from_utf8_lossy(&png).contains(PLANTED));
    for (name, bytes) in [("boat.jpg", jpeg), ("boat.png", png)] {
        let page = uploaded(&author, name, &bytes).await;
        let address = page.attr("main img", "src");
        assert!(address.starts_with("/admin/images/"), "{address}");
        let picture = author.get(&address).await;
        assert_eq!(picture.status, 200, "{address}");
        assert!(!picture.source().contains(PLANTED), "{address}");
        assert_eq!(picture.header("cache-control"), "no-store");
        assert_ne!(room.get(&address).await.status, 200, "{address}");
    }
}
