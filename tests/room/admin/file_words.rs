//! What a photo's file says: proposed to whoever describes it, shown whole to staff, told to nobody else.

use crate::support::{Browser, Page, Room, Tab, jpeg, release, wired};

const WIRE: &str = "TOPSHOT - Crew of the ferry Lindal (left) wait on the quay in Sarrin, Velmara on May 14, 2017. - The ferry \
                    was stopped at dawn by the harbour police, a court said. (Photo by Tam Bril / AFP) (Photo \
                    credit should read TAM BRILL/AFP/Getty Images)";
const BACKGROUND: &str = "The ferry was stopped at dawn by the harbour police, a court said.";
const SENTENCE: &str =
    "Crew of the ferry Lindal (left) wait on the quay in Sarrin, Velmara on May 14, 2017.";

/// The page that comes after the upload of a photo with this caption, and a note for desks.
async fn uploaded<'a>(browser: &'a Browser, caption: &str) -> Tab<'a> {
    let fields = [
        (120, caption),
        (40, "Not to be used after Friday"),
        (105, "Ferry crew"),
    ];
    let photo = wired(640, 320, &fields);
    let library = browser.open("/admin/images").await;
    let library = library.attach("Add pictures", "wire.jpg", &photo);
    library.press("Upload").await
}

#[actix_web::test]
async fn the_parts_of_a_wire_caption_are_filled_in_with_where_they_came_from() {
    let room = Room::open().await;
    let author = room.author().await;
    let mut form = uploaded(&author, WIRE).await;
    assert_eq!(form.filled("Caption"), SENTENCE);
    assert_eq!(form.filled("Credit"), "TAM BRILL / AFP / Getty Images");
    assert_eq!(form.filled("Terms"), "Not to be used after Friday");
    assert_eq!(form.filled("Day it was taken"), "2017-05-14");
    assert_eq!(form.filled("The alt text"), "", "a person writes it");
    for words in [
        WIRE,
        "Proposed from the file’s IPTC caption, its first sentence.",
        "Proposed from the file’s IPTC caption, its corrected credit.",
        "Proposed from the file’s IPTC instructions.",
        "nothing of it counts before you save",
    ] {
        assert!(form.has(words), "{words}");
    }
    let parts = form.select(".passages dd");
    assert!(parts.contains(&"TOPSHOT".to_owned()) && parts.contains(&BACKGROUND.to_owned()));
    assert!(parts.contains(&"Ferry crew".to_owned()), "the headline");
}

#[actix_web::test]
async fn nothing_that_is_proposed_is_kept_before_somebody_saves() {
    let room = Room::open().await;
    let author = room.author().await;
    uploaded(&author, WIRE).await;
    let library = author.get("/admin/images").await;
    assert!(library.has("No credit") && library.has("No alt text yet"));
    assert!(!library.has("TAM BRILL"));
    let form = author.open("/admin/images/1").await;
    let form = form.fill("The alt text", "Two people in overalls sit on a quay");
    let form = form.fill("Caption", "Crew of the Lindal on the quay.");
    assert!(form.press("Save").await.has("Saved."));
    let mut form = author.open("/admin/images/1").await;
    assert_eq!(form.filled("Caption"), "Crew of the Lindal on the quay.");
    assert_eq!(form.filled("Credit"), "TAM BRILL / AFP / Getty Images");
    assert!(
        !form.has("Proposed from"),
        "a person stands for these words now"
    );
    assert!(form.has(WIRE), "and still can read what came");
}

#[actix_web::test]
async fn a_day_that_is_none_is_refused_beside_its_field_and_nothing_typed_is_lost() {
    let room = Room::open().await;
    let author = room.author().await;
    let form = uploaded(&author, WIRE).await;
    let form = form.fill("The alt text", "Two people sit on a quay");
    let form = form.fill("Day it was taken", "May 2017");
    let mut again = form.press("Save").await;
    assert_eq!(again.status, 422);
    assert!(again.has("“May 2017” is not a day on which a photo was taken."));
    assert_eq!(again.filled("Caption"), SENTENCE);
    assert_eq!(again.filled("The alt text"), "Two people sit on a quay");
}

#[actix_web::test]
async fn a_photo_whose_file_says_nothing_says_so() {
    let room = Room::open().await;
    let author = room.author().await;
    let library = author.open("/admin/images").await;
    let library = library.attach("Add pictures", "camera.jpg", &jpeg(640, 320));
    let mut form = library.press("Upload").await;
    assert!(form.has("Nothing: nobody wrote a caption"));
    assert!(!form.has("Proposed from") && form.filled("Caption").is_empty());
}

#[actix_web::test]
async fn hostile_words_of_a_file_stay_words() {
    let room = Room::open().await;
    let author = room.author().await;
    let hostile = "\"><script>alert(1)</script> \u{202e}evil (Photo by <b>x & y/AFP)";
    let mut form = uploaded(&author, hostile).await;
    assert_eq!(form.count("main script"), 0);
    assert_eq!(form.filled("Credit"), "<b>x & y / AFP");
}

/// The figure of the item that shows picture 1.
async fn figure(room: &Room) -> Page {
    room.page("/news/ferry-crew").await
}

#[actix_web::test]
async fn an_old_photo_says_that_it_is_a_file_photo_on_top_and_in_the_body() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let form = uploaded(&editor, WIRE).await;
    let form = form.fill("The alt text", "Two people sit on a quay");
    form.press("Save").await;
    let image = "1".parse().unwrap();
    let item = release("Ferry crew")
        .lead(image)
        .body("Text.\n\n![](image:1)");
    room.has(item.live_at("2018-11-20T09:00:00Z")).await;
    let page = figure(&room).await;
    assert_eq!(
        page.select("figcaption .file-photo"),
        ["File photo, May 2017"; 2]
    );
    for words in [BACKGROUND, "TOPSHOT"] {
        assert!(!page.has(words), "{words} is the file's");
    }
    let form = editor.open("/admin/images/1").await;
    form.fill("Day it was taken", "2018-10-30")
        .press("Save")
        .await;
    assert_eq!(figure(&room).await.count(".file-photo"), 0, "three weeks");
}
