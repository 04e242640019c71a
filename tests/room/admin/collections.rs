//! Collections: pictures that belong together, put in and taken out several at once.

use dateline::media::ImageId;

use crate::support::{Browser, Room, Tab, release};

async fn boats(room: &Room) {
    for (width, alt) in [(320, "A ferry"), (322, "A barge"), (324, "A lock")] {
        room.photo(width, [alt, "", "", ""]).await;
    }
}

async fn chosen<'a>(
    browser: &'a Browser,
    address: &str,
    (pictures, button): (&[(u32, &str)], &str),
) -> Tab<'a> {
    let mut library = browser.open(address).await;
    for (number, name) in pictures {
        library = library.tick(&format!("Choose picture {number}: {name}"), true);
    }
    library.press(button).await
}

const PUT: &str = "Put into a collection…";
const TAKE: &str = "Take out of a collection…";

#[actix_web::test]
async fn pictures_are_put_into_a_collection_found_there_and_taken_out() {
    let room = Room::open().await;
    boats(&room).await;
    let author = room.author().await;
    let library = author.open("/admin/images").await;
    assert_eq!(library.count("select[name=collection]"), 0);
    assert!(!library.has("Take out of a collection"), "there is none");
    let two = [(1, "A ferry"), (2, "A barge")];
    let page = chosen(&author, "/admin/images", (&two, PUT)).await;
    let empty = page.press("Put these into the collection").await;
    assert_eq!(empty.status, 422);
    assert!(empty.only("#new_name-error").contains("Write the name"));
    let form = page.fill("Name of a new collection", "Boats of Sarrin");
    let list = form.press("Put these into the collection").await;
    let put = "2 pictures: put into the collection.";
    assert!(list.has(put), "{}", list.text());

    // The same name, however it is written, is the same collection.
    let more = [(1, "A ferry"), (3, "A lock")];
    let page = chosen(&author, "/admin/images", (&more, PUT)).await;
    let both = page.clone().choose("Collection", "Boats of Sarrin");
    let both = both.fill("Name of a new collection", "Ships");
    let both = both.press("Put these into the collection").await;
    assert!(both.only("#new_name-error").contains("not both"));
    let form = page.fill("Name of a new collection", "BOATS of  sarrin");
    let list = form.press("Put these into the collection").await;
    let told = "1 picture: put into the collection. 1 picture: nothing had to be changed.";
    assert!(list.has(told), "{}", list.text());

    let held = list.choose("Collection", "Boats of Sarrin");
    let held = held.press("Show").await;
    assert_eq!(held.select(".tile .name"), ["A lock", "A barge", "A ferry"]);
    assert_eq!(held.click("Table").await.count("tbody tr"), 3);
    let lock = author.open("/admin/images/3").await;
    let held = lock.click("Boats of Sarrin").await;
    assert_eq!(held.count(".tile"), 3);

    let page = chosen(&author, "/admin/images?collection=1", (&two, TAKE)).await;
    let list = page.press("Take these out of the collection").await;
    assert!(list.has("2 pictures: taken out of the collection."));
    let held = author.open("/admin/images?collection=1").await;
    assert_eq!(held.select(".tile .name"), ["A lock"]);
    assert!(author.get("/admin/images/1").await.has("It is in none."));
    let log = room.editor().await.get("/admin/log").await;
    for deed in ["put into a collection", "taken out of a collection"] {
        assert!(log.has(deed), "{deed}: {}", log.text());
    }
}

#[actix_web::test]
async fn a_picture_is_in_several_collections_and_its_page_names_them() {
    let room = Room::open().await;
    boats(&room).await;
    let author = room.author().await;
    for name in ["Sarrin", "Boats"] {
        let page = author.open("/admin/images/1").await;
        assert!(page.has("Collections"));
        let page = page.click(PUT).await;
        let form = page.fill("Name of a new collection", name);
        let list = form.press("Put these into the collection").await;
        assert!(list.has("1 picture: put into the collection."));
    }
    let page = author.open("/admin/images/1").await;
    let named = page.select("a[href*='collection=']");
    assert_eq!(named, ["Boats", "Sarrin"]);
}

#[actix_web::test]
async fn a_collection_is_begun_renamed_and_deleted_and_its_pictures_stay() {
    let room = Room::open().await;
    boats(&room).await;
    let author = room.author().await;
    let list = author.open("/admin/images").await;
    let list = list.click("Collections").await;
    assert!(list.has("No collections yet."));
    let list = list
        .fill("Name of a new collection", "Boats")
        .press("Begin it")
        .await;
    assert!(list.has("Begun.") && list.has("0 pictures"));
    let taken = list.fill("Name of a new collection", "BOATS");
    let taken = taken.press("Begin it").await;
    assert_eq!(taken.status, 422);
    assert!(taken.only("#name-error").contains("of this name already"));
    let all = [(1, "A ferry"), (2, "A barge")];
    let page = chosen(&author, "/admin/images", (&all, PUT)).await;
    let form = page.choose("Collection", "Boats");
    form.press("Put these into the collection").await;
    let one = author.open("/admin/images/collections").await;
    let one = one.click("Boats").await;
    assert_eq!(one.only(".count"), "2 pictures");
    let saved = one.fill("Name", "Ships").press("Save").await;
    assert_eq!(saved.only("h1"), "Ships");
    assert_eq!(saved.count("form[action$='/end']"), 0, "an editor deletes");

    let editor = room.editor().await;
    let one = editor.open("/admin/images/collections/1").await;
    let list = one.press("Delete the collection").await;
    assert!(list.has("Its pictures are still in the library."));
    assert!(list.has("No collections yet."));
    let library = editor.open("/admin/images").await;
    assert_eq!(library.count(".tile"), 3);
    assert_eq!(editor.get("/admin/images/collections/1").await.status, 404);
    let log = room.admin().await.get("/admin/log").await;
    for told in ["Boats → Ships", "Ships, pictures in it: 2"] {
        assert!(log.has(told), "{told}: {}", log.text());
    }
}

#[actix_web::test]
async fn a_public_picture_is_collected_by_authors_and_one_in_the_trash_by_nobody() {
    let room = Room::open().await;
    boats(&room).await;
    let live = release("Ferry stops").lead(ImageId::new(2));
    room.has(live.live_at("2018-11-20T09:00:00Z")).await;
    let author = room.author().await;
    let two = [(1, "A ferry"), (2, "A barge")];
    let page = chosen(&author, "/admin/images", (&two, PUT)).await;
    let trash = author.open("/admin/images/1").await;
    assert_eq!(trash.press("Put into the trash").await.status, 200);
    let form = page.fill("Name of a new collection", "Boats");
    let told = form.press("Put these into the collection").await;
    assert_eq!(told.status, 409);
    assert!(told.has("1 picture: put into the collection."));
    assert!(told.has("This picture is in the trash"), "{}", told.text());
    assert!(!room.page("/news/ferry-stops").await.has("Boats"));
}

#[actix_web::test]
async fn what_is_emptied_out_of_the_trash_leaves_its_collections() {
    let room = Room::open().await;
    boats(&room).await;
    let author = room.author().await;
    let two = [(1, "A ferry"), (2, "A barge")];
    let page = chosen(&author, "/admin/images", (&two, PUT)).await;
    let form = page.fill("Name of a new collection", "Boats");
    form.press("Put these into the collection").await;
    let trash = author.open("/admin/images/1").await;
    trash.press("Put into the trash").await;
    let list = author.get("/admin/images/collections").await;
    assert!(list.has("1 picture"), "what is in the trash is not counted");
    // Brought back, it is where it was.
    let back = author.open("/admin/images/1").await;
    assert!(back.press("Bring it back").await.has("Boats"));
    author
        .open("/admin/images/1")
        .await
        .press("Put into the trash")
        .await;
    let gone = crate::support::at("2019-03-01T00:00:00Z");
    let emptied = room
        .store
        .write_here(move |tx| dateline::desk::library::empty_one(tx, gone))
        .unwrap();
    assert_eq!(emptied.map(ImageId::get), Some(1));
    let left = room
        .read
        .read_here(dateline::storage::collections::sizes)
        .unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left.first().map(|(_, size)| *size), Some(1));
}
