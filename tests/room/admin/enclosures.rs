//! Whoever approves or publishes a text stands for its pictures and files too, exactly as they saw them.

use crate::support::{Browser, Room, Tab, jpeg, pdf, release};

use super::review::{item, step};

const CHANGED: &str = "Pictures or files of this text were changed in the meantime.";

/// A draft with a picture and a file.
async fn furnished() -> Room {
    let room = Room::open().await;
    let photo = room
        .photo(640, ["A ferry", "At sea", "Mara Lind", ""])
        .await;
    let file = room.keep("report.pdf", &pdf(2, "a"), "The report").await;
    room.has(release("Ferry stops").lead(photo.id).file(file.id))
        .await;
    room
}

/// Each thing that can be changed of both, and the sentence that tells it.
const CHANGES: [(What, &str); 4] = [
    (
        What::Caption,
        "Picture 1 (photo.jpg) has other words: Anna, 26 Nov 2018, 12:00",
    ),
    (What::Photo, "has another file: Anna, 26 Nov 2018, 12:00"),
    (
        What::Title,
        "File 1 (Another report) has other words: Anna, 26 Nov 2018, 12:00",
    ),
    (
        What::Version,
        "File 1 (The report) has another file: Anna, 26 Nov 2018, 12:00",
    ),
];

#[derive(Clone, Copy, Debug)]
enum What {
    Caption,
    Photo,
    Title,
    Version,
}

impl What {
    async fn by(self, who: &Browser) {
        let done = match self {
            Self::Caption => {
                let page = who.open("/admin/images/1").await;
                page.fill("Caption", "In port").press("Save").await
            }
            Self::Photo => {
                let page = who.open("/admin/images/1/file").await;
                let page = page.attach("New file", "new.jpg", &jpeg(700, 500));
                page.press("Replace the file").await
            }
            Self::Title => {
                let page = who.open("/admin/files/1").await;
                page.fill("Title", "Another report").press("Save").await
            }
            Self::Version => {
                let page = who.open("/admin/files/1/file").await;
                let page = page.attach("New file", "new.pdf", &pdf(3, "b"));
                page.press("Replace the file").await
            }
        };
        assert_eq!(done.status, 200, "{self:?}: {}", done.text());
    }
}

fn chips(page: &Tab<'_>) -> Vec<String> {
    page.select(".state .chip")
}

#[actix_web::test]
async fn an_editor_approves_no_picture_and_no_file_that_they_have_not_seen() {
    for (what, sentence) in CHANGES {
        let room = furnished().await;
        let (author, editor) = (room.author().await, room.second_editor().await);
        step(&author, "/submission", "Submit for review").await;
        let read = item(&editor, "/approval").await;
        let covers = ["/admin/images/1", "/admin/files/1"];
        assert_eq!(read.attrs(".going a", "href"), covers);
        what.by(&author).await;
        let refused = read.press("Approve").await;
        assert_eq!(refused.status, 409, "{what:?}");
        assert!(
            refused.has(CHANGED) && refused.has(sentence),
            "{what:?}: {}",
            refused.text()
        );
        assert_eq!(chips(&item(&editor, "").await), ["In review"], "{what:?}");
        let approved = refused.press("Approve").await;
        assert_eq!(chips(&approved), ["Approved"], "{what:?}");
    }
}

#[actix_web::test]
async fn nothing_goes_out_with_a_picture_or_file_that_its_editor_has_not_seen() {
    for (what, sentence) in CHANGES {
        let room = furnished().await;
        let (author, editor) = (room.author().await, room.editor().await);
        let now = item(&editor, "/publications").await;
        let later = item(&editor, "/schedule").await;
        let later = later
            .fill("Date", "2018-12-01")
            .fill("Time", "10:00")
            .press("Continue")
            .await;
        what.by(&author).await;
        for (form, button) in [(now, "Publish now"), (later, "Schedule")] {
            let refused = form.press(button).await;
            assert_eq!(refused.status, 409, "{what:?}: {button}");
            assert!(refused.has(CHANGED), "{what:?}: {}", refused.text());
            assert!(refused.has(sentence), "{what:?}: {}", refused.text());
        }
        assert_eq!(room.get("/news/ferry-stops").await.status, 404);
        assert_eq!(chips(&item(&editor, "").await), ["Draft"], "{what:?}");
        let out = step(&editor, "/publications", "Publish now").await;
        assert!(out.has("It is out"), "{what:?}: {}", out.text());
    }
}

#[actix_web::test]
async fn what_changed_between_reading_and_the_button_is_told_before_it_is_pressed() {
    let room = furnished().await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    step(&author, "/submission", "Submit for review").await;
    let review = item(&editor, "/review").await;
    let (what, sentence) = CHANGES[3];
    what.by(&author).await;
    let told = review.click("Approve…").await;
    assert_eq!(told.status, 200);
    assert!(told.has(CHANGED) && told.has(sentence), "{}", told.text());
    assert_eq!(chips(&told.press("Approve").await), ["Approved"]);

    let quiet = item(&editor, "/review").await.click("Publish now…").await;
    assert!(!quiet.has(CHANGED), "{}", quiet.text());
    let edited = item(&author, "").await.fill("Summary", "At one.");
    assert!(edited.press("Save").await.has("Saved."));
    let late = item(&editor, "").await.click("Approve…").await;
    assert!(!late.has("in the meantime"), "{}", late.text());
}

#[actix_web::test]
async fn a_form_that_says_nothing_of_pictures_and_files_approves_nothing() {
    let room = furnished().await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    step(&author, "/submission", "Submit for review").await;
    let form = item(&editor, "/approval").await;
    for (made_up, status) in [("", 409), ("7", 400)] {
        let form = form.clone().script_fills("enclosed", made_up);
        assert_eq!(form.pressed("Approve").await.status, status, "{made_up}");
    }
    assert_eq!(chips(&item(&editor, "").await), ["In review"]);
}

#[actix_web::test]
async fn what_an_editor_changes_after_an_approval_is_told_to_whoever_publishes() {
    let room = furnished().await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    step(&author, "/submission", "Submit for review").await;
    step(&editor, "/approval", "Approve").await;
    let before = item(&editor, "/publications").await;
    assert!(!before.has("Changed since it was approved"));
    What::Version.by(&editor).await;
    let now = item(&editor, "/publications").await;
    let told = "Changed since it was approved: File 1 (The report) has another file: Edo, 26 Nov 2018, 12:00";
    assert!(now.has(told), "{}", now.text());
    let out = now.press("Publish now").await;
    assert!(out.has("It is out"), "{}", out.text());
}

#[actix_web::test]
async fn a_signature_stands_for_the_file_that_was_read() {
    let room = furnished().await;
    let admin = room.admin().await;
    let settings = admin.open("/admin/settings").await;
    let careful = settings.choose("Second pair of eyes", "Required");
    assert!(careful.press("Save settings").await.has("Saved."));
    let (one, two) = (room.editor().await, room.second_editor().await);
    let urgent = item(&one, "/urgent-publication").await;
    let late = urgent.fill("Why it cannot wait", "People are in danger.");
    What::Caption.by(&one).await;
    let refused = late.press("Publish urgently").await;
    assert!(
        refused.status == 409 && refused.has(CHANGED),
        "{}",
        refused.text()
    );
    let out = refused.press("Publish urgently").await;
    assert!(out.has("It is out"), "{}", out.text());
    let read = item(&two, "/signature").await;
    What::Version.by(&one).await;
    let refused = read.press("Sign").await;
    assert!(
        refused.status == 409 && refused.has(CHANGED),
        "{}",
        refused.text()
    );
    assert!(refused.press("Sign").await.has("Signed"));
}

/// The file of an item that readers had, changed by its author, who may not, and by an editor, who may.
async fn is_an_editors_to_change(room: &Room) {
    let (author, editor) = (room.author().await, room.editor().await);
    for (address, file, bytes) in [
        ("/admin/images/1/file", "new.jpg", jpeg(700, 500)),
        ("/admin/files/1/file", "new.pdf", pdf(3, "b")),
    ] {
        for (who, status) in [(&author, 403), (&editor, 200)] {
            let page = editor.open(address).await;
            let page = page.attach("New file", file, &bytes);
            let swapped = page.sent_by(who).press("Replace the file").await;
            assert_eq!(swapped.status, status, "{address}: {}", swapped.text());
            assert!(status == 200 || swapped.has("as it is if an editor restores"));
        }
    }
    for address in ["/admin/images/1", "/admin/files/1"] {
        let page = editor.open(address).await.sent_by(&author);
        assert_eq!(page.press("Save").await.status, 403, "{address}");
    }
}

#[actix_web::test]
async fn what_a_removed_item_may_get_back_is_an_editors_to_change() {
    let room = furnished().await;
    let editor = room.editor().await;
    step(&editor, "/publications", "Publish now").await;
    let removal = item(&editor, "/removal").await;
    let removed = removal.fill("Public note", "It was not ours.");
    assert!(removed.press("Remove").await.has("Removed:"));
    is_an_editors_to_change(&room).await;
}

#[actix_web::test]
async fn whoever_restores_an_item_has_seen_what_comes_back_with_it() {
    let room = furnished().await;
    let (one, two) = (room.editor().await, room.second_editor().await);
    step(&one, "/publications", "Publish now").await;
    let removal = item(&one, "/removal").await;
    let removed = removal.fill("Public note", "It was not ours.");
    assert!(removed.press("Remove").await.has("Removed:"));
    let restoration = item(&two, "/restoration").await;
    let late = restoration.fill("Public note", "It is ours.");
    What::Version.by(&one).await;
    let refused = late.press("Restore").await;
    assert!(
        refused.status == 409 && refused.has(CHANGED),
        "{}",
        refused.text()
    );
    let back = refused.press("Restore").await;
    assert!(back.has("Restored:"), "{}", back.text());
}

#[actix_web::test]
async fn what_a_hold_took_back_is_an_editors_to_change_until_it_is_undone() {
    let room = furnished().await;
    let editor = room.editor().await;
    let form = item(&editor, "/schedule").await;
    let form = form.fill("Date", "2018-12-01").fill("Time", "10:00");
    let told = form.press("Continue").await;
    assert!(told.press("Schedule").await.has("Scheduled:"));
    let hold = editor.open("/admin/hold").await;
    let held = hold.fill("Why", "A court order.");
    assert_eq!(held.press("Hold everything").await.status, 200);
    is_an_editors_to_change(&room).await;
}
