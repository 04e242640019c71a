//! Files for readers, as staff keep them: uploaded, described, chosen, replaced, deleted.

use dateline::newsroom::ItemId;

use crate::support::{Browser, Room, Tab, pdf, release};

async fn upload<'a>(browser: &'a Browser, name: &str, bytes: &[u8]) -> Tab<'a> {
    let files = browser.open("/admin/files").await;
    let form = files.attach("Add a file for readers", name, bytes);
    form.press("Upload").await
}

#[actix_web::test]
async fn a_report_is_uploaded_described_chosen_and_published() {
    let room = Room::open().await;
    let author = room.author().await;
    let empty = author.open("/admin/files").await;
    assert!(empty.has("No files yet."), "{}", empty.text());
    let page = upload(&author, "report.pdf", &pdf(3, "a")).await;
    assert_eq!(page.address, "/admin/files/1");
    assert!(page.has("PDF, English, 3 pages, 1 kB"), "{}", page.text());
    assert!(page.has("names of authors"), "{}", page.text());

    let editor_page = author.open("/admin/items/new").await;
    let item = editor_page
        .fill("Title", "Ferry stops")
        .fill("Summary", "In short.")
        .fill("Body", "In full.")
        .tick("File 1: report.pdf", true)
        .press("Save")
        .await;
    assert!(
        item.has("Give every file a title: report.pdf (file 1)."),
        "{}",
        item.text()
    );
    let page = author.open("/admin/files/1").await;
    let saved = page
        .fill("Title", "Ferries: the report")
        .choose("Language", "Arabic")
        .fill(
            "Whom to ask for an accessible version",
            "Tariq, access@quay.example",
        )
        .press("Save")
        .await;
    assert!(saved.has("Saved."), "{}", saved.text());
    assert!(saved.has("Used in 1 item"), "{}", saved.text());
    let item = author.open("/admin/items/1").await;
    assert!(item.has("Title of every file"), "{}", item.text());
    room.publish(ItemId::new(1), "2018-11-26T12:00:00Z").await;
    let public = room.page("/news/ferry-stops").await;
    assert!(
        public.has("PDF, Arabic, 3 pages, 1 kB"),
        "{}",
        public.text()
    );
    assert!(public.has("ask Tariq, access@quay.example."));
    let href = public.attr(".files a", "href");
    assert_eq!(room.page(&href).await.body, pdf(3, "a"));
    let log = room.editor().await.get("/admin/log").await;
    assert!(
        log.has("file described") && log.has("file 1"),
        "{}",
        log.text()
    );
}

#[actix_web::test]
async fn what_readers_must_not_be_given_is_refused_with_a_sentence() {
    let room = Room::open().await;
    let author = room.author().await;
    for (name, bytes, sentence) in [
        ("report.docx", pdf(1, "a"), "which is .pdf"),
        ("page.txt", b"<html>".to_vec(), "a page with markup"),
        (
            "old.doc",
            b"\xD0\xCF\x11\xE0\xA1\xB1".to_vec(),
            "old Office format",
        ),
        (
            "run.pdf",
            b"%PDF-1.4\nnothing".to_vec(),
            "damaged or cut off",
        ),
        ("none.pdf", Vec::new(), "empty"),
    ] {
        let refused = upload(&author, name, &bytes).await;
        assert_eq!(refused.status, 422, "{name}");
        assert!(refused.has(sentence), "{name}: {}", refused.text());
        assert!(refused.has("No files yet."), "{name}");
    }
    let none = author.open("/admin/files").await.press("Upload").await;
    assert!(none.status == 422 && none.has("Choose the new file first."));
    upload(&author, "report.pdf", &pdf(1, "a")).await;
    let again = upload(&author, "copy.pdf", &pdf(1, "a")).await;
    assert_eq!(again.status, 409);
    assert!(again.has("already, as file 1"), "{}", again.text());
}

#[actix_web::test]
async fn another_version_keeps_the_address_and_the_one_before_stays_for_staff() {
    let room = Room::open().await;
    let file = room.keep("report.pdf", &pdf(2, "a"), "The report").await;
    let planned = release("Ferry stops").file(file.id);
    room.has(planned.live_at("2018-11-20T09:00:00Z")).await;
    let before = room.page(&file.address).await.header("etag").to_owned();
    let (author, editor) = (room.author().await, room.editor().await);
    let form = editor.open("/admin/files/1/file").await;
    let refused = form
        .attach("New file", "new.pdf", &pdf(5, "b"))
        .sent_by(&author)
        .press("Replace the file")
        .await;
    assert_eq!(refused.status, 403);
    assert!(refused.has("ask an editor"), "{}", refused.text());

    let form = editor.open("/admin/files/1").await;
    let form = form.click("Replace the file…").await;
    assert!(form.has("Readers see it, or soon will"), "{}", form.text());
    let late = editor.open("/admin/files/1/file").await;
    let late = late.attach("New file", "late.pdf", &pdf(7, "c"));
    let other = form
        .clone()
        .attach("New file", "new.txt", b"Dear editor,\n");
    let other = other.press("Replace the file").await;
    assert_eq!(other.status, 422);
    assert!(other.has("ends in .pdf"), "{}", other.text());
    let done = form
        .attach("New file", "new.pdf", &pdf(5, "b"))
        .press("Replace the file")
        .await;
    assert!(
        done.has("Replaced.") && done.has("5 pages"),
        "{}",
        done.text()
    );
    let late = late.press("Replace the file").await;
    assert_eq!(late.status, 409);
    assert!(late.has("Somebody changed this file"), "{}", late.text());

    let now = room.page(&file.address).await;
    assert_eq!(now.body, pdf(5, "b"));
    assert_ne!(now.header("etag"), before);
    assert!(room.page("/news/ferry-stops").await.has("5 pages"));
    let old = editor.get("/admin/files/1/versions/1").await;
    assert_eq!((old.status, &old.body), (200, &pdf(2, "a")));
    assert_eq!(old.header("cache-control"), "no-store");
    assert_eq!(editor.get("/admin/files/1/versions/3").await.status, 404);
    assert_eq!(room.get("/admin/files/1/versions/1").await.status, 303);
    let sound = room.read.read_here(dateline::desk::soundness::look);
    assert!(sound.unwrap().is_empty());
}

#[actix_web::test]
async fn a_file_that_was_approved_with_its_text_is_an_editors_to_replace() {
    let room = Room::open().await;
    let file = room.keep("report.pdf", &pdf(2, "a"), "The report").await;
    room.has(release("Ferry stops").file(file.id)).await;
    let (author, editor) = (room.author().await, room.second_editor().await);
    for (who, step, button) in [
        (&author, "submission", "Submit for review"),
        (&editor, "approval", "Approve"),
    ] {
        let page = who.open(&format!("/admin/items/1/{step}")).await;
        assert_eq!(page.press(button).await.status, 200, "{button}");
    }
    for (who, status) in [(&author, 403), (&editor, 200)] {
        let page = editor.open("/admin/files/1/file").await;
        let page = page.attach("New file", "new.pdf", &pdf(3, "b"));
        let swapped = page.sent_by(who).press("Replace the file").await;
        assert_eq!(swapped.status, status, "{}", swapped.text());
    }
}

#[actix_web::test]
async fn what_any_words_name_is_not_deleted_and_the_rest_is() {
    let room = Room::open().await;
    let used = room.keep("used.pdf", &pdf(1, "a"), "Used").await;
    let unused = room.keep("unused.pdf", &pdf(1, "b"), "Unused").await;
    let item = room.has(release("Ferry stops").file(used.id)).await;
    room.save(item, release("Ferry stops again").slug("ferry-stops"))
        .await;
    let author = room.author().await;
    let page = author.open("/admin/files/1").await;
    assert!(page.has("In older words"), "{}", page.text());
    assert!(!page.has("Delete the file"));
    let mut form = author.open(&format!("/admin/files/{}", unused.id)).await;
    form.aim_at("/admin/files/1/end");
    let refused = form.press("Delete the file").await;
    assert_eq!(refused.status, 409);
    assert!(refused.has("so it cannot be deleted"), "{}", refused.text());
    let page = author.open("/admin/files/2").await;
    let gone = page.press("Delete the file").await;
    assert!(
        gone.has("Deleted, with every version of it."),
        "{}",
        gone.text()
    );
    assert_eq!(author.get("/admin/files/2").await.status, 404);
    let found = author.open("/admin/files?words=used").await;
    assert_eq!(found.count("tbody tr"), 1);
    let none = author.open("/admin/files?words=nothing").await;
    assert!(none.has("No file is called that."));
}

#[actix_web::test]
async fn a_file_is_chosen_by_number_and_a_wrong_number_is_told() {
    let room = Room::open().await;
    let first = room.keep("a.pdf", &pdf(1, "a"), "First").await;
    let second = room.keep("b.pdf", &pdf(1, "b"), "Second").await;
    room.has(release("Ferry stops")).await;
    let author = room.author().await;
    let form = author.open("/admin/items/1").await;
    let wrong = form.clone().fill("Further files", "9").press("Save").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("There is no file number 9."), "{}", wrong.text());
    let typed = form.fill("Further files", &format!("{}, {}", second.id, first.id));
    let saved = typed.press("Save").await;
    assert!(saved.has("Saved."), "{}", saved.text());
    let preview = author.open("/admin/items/1/preview").await;
    assert_eq!(preview.select(".files a"), ["Second", "First"]);
}

#[actix_web::test]
async fn two_people_who_describe_one_file_lose_nothing() {
    let room = Room::open().await;
    room.keep("a.pdf", &pdf(1, "a"), "The report").await;
    let (author, editor) = (room.author().await, room.editor().await);
    let late = author.open("/admin/files/1").await;
    let first = editor.open("/admin/files/1").await;
    first.fill("Title", "The whole report").press("Save").await;
    let late = late.fill("Title", "The short report").press("Save").await;
    assert_eq!(late.status, 409);
    assert!(late.has("The whole report"), "{}", late.text());
    let late = late.press("Save").await;
    assert!(late.has("Saved."), "{}", late.text());
    let readers = room.admin().await;
    let refused = readers.open("/admin/files/1").await;
    assert!(!refused.has("Replace the file…"));
}

#[actix_web::test]
async fn what_many_items_use_is_counted_and_a_hundred_of_them_are_told() {
    let room = Room::open().await;
    let file = room.keep("report.pdf", &pdf(1, "a"), "The report").await;
    let photo = room.photo(320, ["A ferry", "", "", ""]).await;
    let furnished = |number: u32| {
        let named = release(&format!("Item {number}"));
        named.lead(photo.id).file(file.id)
    };
    let first = room.has(furnished(0)).await;
    for number in 1..=102 {
        room.has(furnished(number)).await;
    }
    room.save(first, release("Item 0")).await;
    let author = room.author().await;
    for (address, list) in [
        ("/admin/files/1", "/admin/files"),
        ("/admin/images/1", "/admin/images"),
    ] {
        let page = author.open(address).await;
        assert!(page.has("Used in 102 items"), "{}", page.text());
        assert!(page.has("and 2 more"), "{}", page.text());
        let told = page.select("main a[href^='/admin/items/']");
        assert_eq!(told.iter().filter(|one| *one == "Item 1").count(), 1);
        assert_eq!(told.len(), 101, "a hundred, and one in older words");
        assert!(page.has("In older words"));
        assert!(author.open(list).await.has("Used in 102 items"));
    }
}

#[actix_web::test]
async fn an_items_files_are_put_in_order_by_their_places_and_typed_words_keep_it() {
    let room = Room::open().await;
    let names = ["First", "Second", "Third"];
    let mut item = release("Ferry stops");
    for name in names {
        let file = room.keep(&format!("{name}.pdf"), &pdf(1, name), name).await;
        item = item.file(file.id);
    }
    room.has(item).await;
    let author = room.author().await;
    let form = author.open("/admin/items/1").await;
    let late = author.open("/admin/items/1").await;
    let late = late.fill("Summary", "At noon.");
    let moved = form.fill("Place of File 3: Third", "1").press("Save").await;
    assert!(moved.has("Saved."), "{}", moved.text());
    let order = async || {
        let preview = author.open("/admin/items/1/preview").await;
        preview.select(".files a")
    };
    assert_eq!(order().await, ["Third", "First", "Second"]);
    let mut again = author.open("/admin/items/1").await;
    assert_eq!(again.filled("Place of File 3: Third"), "1");
    assert_eq!(again.filled("Place of File 1: First"), "2");
    let same = again.press("Save").await;
    assert_eq!(same.status, 200);
    assert_eq!(order().await, ["Third", "First", "Second"]);

    // Somebody who wrote other words meanwhile moved no file.
    let merged = late.press("Save").await;
    assert_eq!(merged.status, 409, "{}", merged.text());
    let merged = merged.press("Save").await;
    assert!(merged.has("Saved."), "{}", merged.text());
    assert_eq!(order().await, ["Third", "First", "Second"]);
    let wrong = author.open("/admin/items/1").await;
    let wrong = wrong
        .fill("Place of File 2: Second", "1")
        .fill("Title", "")
        .press("Save")
        .await;
    assert_eq!(wrong.status, 422);
    let mended = wrong.fill("Title", "Ferry stops").press("Save").await;
    assert!(mended.has("Saved."), "{}", mended.text());
    assert_eq!(order().await, ["Second", "Third", "First"]);
}
