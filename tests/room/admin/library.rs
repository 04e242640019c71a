//! The library: found by any of its words, by use, by what is missing, by whom and when; several pictures at once.

use crate::support::{Browser, Room, Tab, jpeg, release};

/// The names on the tiles, in their order.
async fn names(browser: &Browser, address: &str) -> Vec<String> {
    browser.open(address).await.select(".tile .name")
}

async fn three_boats(room: &Room) {
    let first = ["A ferry", "Crossing to Sarrin", "Mara Lind", "Free to use"];
    room.photo(320, first).await;
    room.photo(322, ["A barge", "", "", "Only with this story"])
        .await;
    room.photo(324, ["Écluse", "The lock", "Édith Côté", ""])
        .await;
}

#[actix_web::test]
async fn every_text_of_a_picture_is_searched() {
    let room = Room::open().await;
    three_boats(&room).await;
    let author = room.author().await;
    for (words, found) in [
        ("ferry", "A ferry"),
        ("SARRIN", "A ferry"),
        ("mara", "A ferry"),
        ("only with", "A barge"),
        ("ecluse edith", "Écluse"),
    ] {
        let address = format!("/admin/images?words={}", words.replace(' ', "+"));
        assert_eq!(names(&author, &address).await, [found], "{words}");
    }
    assert_eq!(
        names(&author, "/admin/images?words=photo.jpg").await.len(),
        3
    );
    assert!(
        names(&author, "/admin/images?words=ferry+barge")
            .await
            .is_empty()
    );
}

#[actix_web::test]
async fn pictures_are_chosen_by_use_by_what_is_missing_by_whom_and_when() {
    let room = Room::open().await;
    three_boats(&room).await;
    let author = room.author().await;
    let ferry = room.photo(326, ["Used", "", "Ann", ""]).await;
    room.has(release("Ferry stops").lead(ferry.id)).await;
    room.clock.set("2018-11-27T00:30:00Z");
    let library = author.open("/admin/images").await;
    let fresh = library.attach("Add pictures", "fresh.jpg", &jpeg(328, 164));
    assert_eq!(fresh.press("Upload").await.status, 200);

    assert_eq!(names(&author, "/admin/images?use=used").await, ["Used"]);
    let unused = ["fresh.jpg", "Écluse", "A barge", "A ferry"];
    assert_eq!(names(&author, "/admin/images?use=unused").await, unused);
    assert_eq!(
        names(&author, "/admin/images?lack=alt-text").await,
        ["fresh.jpg"]
    );
    assert_eq!(
        names(&author, "/admin/images?lack=credit").await,
        ["fresh.jpg", "A barge"]
    );
    let page = author.open("/admin/images").await;
    let by_anna = page.choose("Uploaded by", "Anna").press("Show").await;
    assert_eq!(by_anna.select(".tile .name"), ["fresh.jpg"]);
    let before = names(&author, "/admin/images?until=2018-11-26").await;
    assert_eq!(before.len(), 4);
    let after = names(&author, "/admin/images?from=2018-11-27").await;
    assert_eq!(after, ["fresh.jpg"]);
}

#[actix_web::test]
async fn the_order_and_the_table_stand_in_the_address_and_stay_there() {
    let room = Room::open().await;
    three_boats(&room).await;
    let author = room.author().await;
    let oldest = ["A ferry", "A barge", "Écluse"];
    assert_eq!(names(&author, "/admin/images?sort=oldest").await, oldest);
    assert_eq!(
        names(&author, "/admin/images?sort=credit").await,
        ["A barge", "A ferry", "Écluse"]
    );
    let table = author.open("/admin/images?sort=oldest").await;
    let table = table.click("Table").await;
    assert_eq!(table.count(".tile"), 0);
    assert_eq!(table.count("tbody tr"), 3);
    assert!(table.has("Only with this story"), "{}", table.text());
    let fewer = table
        .fill(
            "Words in alt text, caption, credit, terms or file name",
            "barge",
        )
        .press("Show")
        .await;
    assert_eq!(fewer.count("tbody tr"), 1);
    assert_eq!(fewer.click("Grid").await.select(".tile .name"), ["A barge"]);
}

async fn chosen<'a>(browser: &'a Browser, names: &[(u32, &str)], button: &str) -> Tab<'a> {
    let mut library = browser.open("/admin/images").await;
    for (number, name) in names {
        library = library.tick(&format!("Choose picture {number}: {name}"), true);
    }
    library.press(button).await
}

#[actix_web::test]
async fn words_are_set_on_several_where_they_are_missing_or_everywhere() {
    let room = Room::open().await;
    three_boats(&room).await;
    let author = room.author().await;
    let all = [(1, "A ferry"), (2, "A barge"), (3, "Écluse")];
    let page = chosen(&author, &all, "Set words…").await;
    assert_eq!(page.only("h1"), "Words of several pictures");
    let empty = page.press("Set these words").await;
    assert_eq!(empty.status, 422);
    assert!(empty.only("#credit-error").contains("Write a credit"));
    assert_eq!(empty.count(".chosen input[checked]"), 3);

    let form = page
        .fill("Credit", "Open Quay")
        .fill("Terms", "With credit");
    let list = form.press("Set these words").await;
    assert!(
        list.has("2 pictures: the words were set."),
        "{}",
        list.text()
    );
    assert!(list.has("1 picture: nothing had to be changed."));
    for (number, credit, terms) in [
        (1, "Mara Lind", "Free to use"),
        (2, "Open Quay", "Only with this story"),
        (3, "Édith Côté", "With credit"),
    ] {
        let mut one = author.open(&format!("/admin/images/{number}")).await;
        assert_eq!(one.filled("Credit"), credit);
        assert_eq!(one.filled("Terms"), terms);
    }
    let page = chosen(&author, &all, "Set words…").await;
    let form = page.fill("Caption", "Boats").choose("Where", "Everywhere");
    assert!(
        form.press("Set these words")
            .await
            .has("3 pictures: the words")
    );
    let mut ferry = author.open("/admin/images/1").await;
    assert_eq!(ferry.filled("Caption"), "Boats");
    assert_eq!(ferry.filled("Credit"), "Mara Lind");
}

#[actix_web::test]
async fn each_picture_follows_its_own_rule_and_each_refusal_is_told() {
    let room = Room::open().await;
    three_boats(&room).await;
    let public = room.photo(330, ["Public", "", "", ""]).await;
    let live = release("Ferry stops").lead(public.id);
    room.has(live.live_at("2018-11-20T09:00:00Z")).await;
    let author = room.author().await;
    let several = [(2, "A barge"), (3, "Écluse"), (4, "Public")];
    let page = chosen(&author, &several, "Set words…").await;
    assert!(page.has("Used in 1 item"));
    let mut meanwhile = author.open("/admin/images/3").await;
    meanwhile = meanwhile.fill("Caption", "Another lock");
    assert_eq!(meanwhile.press("Save").await.status, 200);
    assert_eq!(
        page.count(".chosen .error"),
        1,
        "told before it is filled in"
    );
    assert!(page.has("ask an editor to change it"));
    assert_eq!(page.count(".chosen input[checked]"), 2);
    let form = page.fill("Credit", "Quay").choose("Where", "Everywhere");
    let form = form.tick("Public", true);
    let told = form.press("Set these words").await;
    assert_eq!(told.status, 409);
    assert!(
        told.has("1 picture: the words were set."),
        "{}",
        told.text()
    );
    assert_eq!(told.count(".chosen li"), 2);
    assert!(told.has("ask an editor to change it"));
    assert!(told.has("Somebody changed the words of this picture"));
    let twice = form.press("Set these words").await;
    assert!(
        twice.has("1 picture: the words were set."),
        "nothing is done twice"
    );

    let editor = room.editor().await;
    let page = chosen(&editor, &[(4, "Public")], "Set words…").await;
    let form = page.fill("Credit", "Quay");
    assert!(
        form.press("Set these words")
            .await
            .has("1 picture: the words")
    );
    assert!(room.page("/news/ferry-stops").await.has("Quay"));
}

#[actix_web::test]
async fn nobody_chooses_who_does_not_write_and_nothing_is_done_with_nothing() {
    let room = Room::open().await;
    three_boats(&room).await;
    let list = room.admin().await.get("/admin/images").await;
    assert_eq!(list.count("input[type=checkbox]"), 0);
    let author = room.author().await;
    let list = author.open("/admin/images").await.press("Set words…").await;
    assert!(list.has("Choose some pictures first."));
}
