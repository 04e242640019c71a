//! A photo whose licence has ended is public nowhere, from its instant on and without any job.

use dateline::storage::secrets;

use crate::support::{Browser, Room, Tab, release};

const LAST: &str = "2018-12-10T23:59:59.999Z";
const ENDED: &str = "2018-12-11T00:00:00.000Z";

/// A photo on top of one item and in the body of another, with a last day.
async fn licensed(room: &Room) -> String {
    let photo = room
        .photo(640, ["A ferry", "Crossing", "Mara Lind", "With credit"])
        .await;
    let lead = release("Ferry stops").lead(photo.id);
    room.has(lead.live_at("2018-11-20T09:00:00Z")).await;
    let body = release("In full").body("Before.\n\n![](image:1)\n\nAfter.");
    room.has(body.live_at("2018-11-21T09:00:00Z")).await;
    let editor = room.editor().await;
    let page = editor.open("/admin/images/1").await;
    let form = page
        .fill("Last day of the licence", "2018-12-10")
        .fill("Territory", "Europe");
    assert!(form.press("Save").await.has("Saved."));
    photo.hash
}

/// What of the photo readers can get at all.
async fn seen(room: &Room, hash: &str) -> Vec<(String, bool)> {
    let mut seen = Vec::new();
    for name in ["320.jpg", "640.webp", "full.jpg"] {
        let address = format!("/images/{hash}/{name}");
        let status = room.get(&address).await.status;
        assert!(matches!(status, 200 | 404), "{address}: {status}");
        seen.push((address, status == 200));
    }
    for address in ["/", "/press-releases", "/news/ferry-stops", "/news/in-full"] {
        let page = room.page(address).await;
        let shows = String::from_utf8_lossy(&page.body).contains(hash);
        seen.push((address.to_owned(), shows));
    }
    let pack = room.get("/news/ferry-stops/pack.zip").await;
    let in_pack = pack.body.windows(8).any(|at| at == b"Crossing");
    seen.push(("pack".to_owned(), in_pack));
    seen
}

#[actix_web::test]
async fn a_photo_goes_everywhere_in_the_millisecond_in_which_its_licence_ends() {
    let room = Room::open().await;
    let hash = licensed(&room).await;
    room.clock.set(LAST);
    for (place, shown) in seen(&room, &hash).await {
        assert!(shown, "{place} shows it to the last millisecond");
    }
    room.clock.set(ENDED);
    for (place, shown) in seen(&room, &hash).await {
        assert!(!shown, "{place} shows it no more");
    }
    let unknown = room
        .get("/images/00000000000000000000000000000000/320.jpg")
        .await;
    let ended = room.get(&format!("/images/{hash}/320.jpg")).await;
    assert_eq!(ended.body, unknown.body, "the same as any 404");
    let item = room.page("/news/ferry-stops").await;
    assert_eq!(item.count("main figure"), 0);
    assert!(
        room.page("/").await.count(".graphic") > 0,
        "the kind’s graphic"
    );
    let full = room.page("/news/in-full").await;
    assert_eq!(full.count("main figure"), 0, "its place is closed");
    assert!(!full.has("Crossing") && full.has("Before.") && full.has("After."));
}

#[actix_web::test]
async fn the_licence_ends_by_the_clocks_of_the_room_and_can_be_prolonged_by_an_editor() {
    let room = Room::open().await;
    let hash = licensed(&room).await;
    room.clock.set(ENDED);
    let author = room.author().await;
    let page = author.open("/admin/images/1").await;
    assert!(
        page.has("The licence ended: since 11 Dec 2018"),
        "{}",
        page.text()
    );
    let editor = room.editor().await;
    let page = editor.open("/admin/images/1").await;
    let page = page.fill("Last day of the licence", "2019-01-31");
    let refused = page.clone().sent_by(&author).press("Save").await;
    assert_eq!(refused.status, 403);
    let saved = page.press("Save").await;
    assert!(saved.has("Saved."));
    for (place, shown) in seen(&room, &hash).await {
        assert!(shown, "{place} shows it again");
    }
    let page = editor.open("/admin/images/1").await;
    let wrong = page
        .fill("Last day of the licence", "31.1.2019")
        .press("Save")
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong
            .only("#last_day-error")
            .contains("Write year, month and day")
    );
}

#[actix_web::test]
async fn time_travel_and_the_leak_check_know_when_a_licence_ends() {
    let room = Room::open().await;
    let hash = licensed(&room).await;
    let editor = room.editor().await;
    for (instant, shown) in [
        ("2018-12-10T23:59:59Z", true),
        ("2018-12-11T00:00:00Z", false),
    ] {
        let address = format!("/admin/time-travel/{instant}/news/ferry-stops");
        let page = editor.open(&address).await;
        assert_eq!(page.status, 200, "{address}");
        let shows = String::from_utf8_lossy(&page.body).contains(&hash);
        assert_eq!(shows, shown, "{instant}");
        let now = crate::support::at(instant);
        let looked_for = room
            .read
            .read_here(move |tx| secrets::room(tx, now))
            .unwrap();
        let hidden = looked_for.hidden_images.iter().any(|one| one.words == hash);
        assert_eq!(
            hidden, !shown,
            "the leak check looks for what is not public"
        );
    }
}

#[actix_web::test]
async fn editors_and_whoever_uploaded_it_are_warned_four_weeks_ahead() {
    let room = Room::open().await;
    licensed(&room).await;
    let warned = "Licences of pictures that end soon";
    room.clock.set("2018-11-12T23:59:59.999Z");
    assert!(!room.editor().await.get("/admin").await.has(warned));
    room.clock.set("2018-11-13T00:00:00Z");
    let work = room.editor().await.get("/admin").await;
    assert!(
        work.has(warned) && work.has("Used in 2 items"),
        "{}",
        work.text()
    );
    assert!(
        !room.author().await.get("/admin").await.has(warned),
        "another’s"
    );
    let soon = room.author().await;
    let soon = soon.open("/admin/images?licence=soon").await;
    assert_eq!(soon.count(".tile"), 1);
    room.clock.set(ENDED);
    let editor = room.editor().await;
    assert!(!editor.get("/admin").await.has(warned));
    let ended = editor.open("/admin/images?licence=ended").await;
    assert_eq!(ended.count(".tile"), 1);
}

async fn chosen<'a>(browser: &'a Browser, pictures: &[(u32, &str)]) -> Tab<'a> {
    let mut library = browser.open("/admin/images").await;
    for (number, name) in pictures {
        library = library.tick(&format!("Choose picture {number}: {name}"), true);
    }
    library.press("Set the licence…").await
}

/// Last day, territory and terms as the picture's page has them.
async fn licence(browser: &Browser, picture: u32) -> [String; 3] {
    let mut page = browser.open(&format!("/admin/images/{picture}")).await;
    ["Last day of the licence", "Territory", "Terms"].map(|field| page.filled(field))
}

#[actix_web::test]
async fn the_licence_of_several_is_set_where_there_is_none_everywhere_or_taken_away() {
    let room = Room::open().await;
    licensed(&room).await;
    room.photo(322, ["A barge", "", "", ""]).await;
    let editor = room.editor().await;
    let both = [(1, "A ferry"), (2, "A barge")];
    let page = chosen(&editor, &both).await;
    assert_eq!(page.only("h1"), "Licence of several pictures");
    let empty = page.press("Set this licence").await;
    assert_eq!(empty.status, 422);
    assert!(empty.only("#last_day-error").contains("Write a last day"));
    let form = page.fill("The day", "2018-12-31");
    let unclear = form.press("Set this licence").await;
    assert_eq!(unclear.status, 422);
    let form = form
        .choose("Last day of the licence", "It is the day below")
        .fill("Territory", "Worldwide")
        .fill("Terms", "With this story");
    let list = form.press("Set this licence").await;
    assert!(
        list.has("1 picture: the licence was set. 1 picture: nothing had to be changed."),
        "{}",
        list.text()
    );
    let (ferry, barge) = (licence(&editor, 1).await, licence(&editor, 2).await);
    assert_eq!(
        ferry,
        ["2018-12-10", "Europe", "With credit"],
        "it had all three"
    );
    assert_eq!(barge, ["2018-12-31", "Worldwide", "With this story"]);

    let page = chosen(&editor, &both).await;
    let form = page.choose(
        "Last day of the licence",
        "There is none: the licence does not end",
    );
    let refused = form.press("Set this licence").await;
    assert_eq!(refused.status, 422);
    let form = form.choose("Where", "Everywhere, in place of what is there");
    assert!(
        form.press("Set this licence")
            .await
            .has("2 pictures: the licence")
    );
    assert_eq!(licence(&editor, 1).await, ["", "Europe", "With credit"]);
    assert_eq!(licence(&editor, 2).await[0], "");
}

#[actix_web::test]
async fn a_licence_of_several_goes_by_each_ones_rule_and_readers_follow_at_once() {
    let room = Room::open().await;
    let hash = licensed(&room).await;
    room.photo(322, ["A barge", "", "", ""]).await;
    let both = [(1, "A ferry"), (2, "A barge")];
    for (browser, done, goes) in [
        (room.author().await, 1, false),
        (room.editor().await, 2, true),
    ] {
        let page = chosen(&browser, &both).await;
        assert_eq!(page.count(".chosen .error"), usize::from(!goes));
        let form = page
            .tick("A ferry", true)
            .choose("Last day of the licence", "It is the day below")
            .choose("Where", "Everywhere, in place of what is there")
            .fill("The day", "2018-11-19");
        let told = form.press("Set this licence").await;
        let sentence = format!(
            "{done} picture{}: the licence was set.",
            if goes { "s" } else { "" }
        );
        assert_eq!(told.has("ask an editor"), !goes, "{}", told.text());
        if !goes {
            assert_eq!(told.status, 409);
            assert_eq!(told.count(".chosen li"), 1);
            assert!(told.has(&sentence), "{}", told.text());
        }
        for (place, shown) in seen(&room, &hash).await {
            assert_eq!(shown, !goes, "{place}");
        }
    }
}

#[actix_web::test]
async fn whoever_publishes_is_told_of_a_licence_that_has_ended_or_soon_will() {
    let room = Room::open().await;
    licensed(&room).await;
    let soon = "The licence of photo.jpg ends on 10 Dec 2018";
    let ended = "Readers do not see photo.jpg: its licence ended on 10 Dec 2018";
    for (instant, told) in [
        ("2018-11-12T23:59:59.999Z", [false, false]),
        ("2018-11-13T00:00:00Z", [true, false]),
        (LAST, [true, false]),
        (ENDED, [false, true]),
    ] {
        room.clock.set(instant);
        let editor = room.editor().await;
        for address in ["/admin/items/1", "/admin/items/2"] {
            let page = editor.open(address).await;
            let says = [page.has(soon), page.has(ended)];
            assert_eq!(says, told, "{address} at {instant}: {}", page.text());
        }
    }
    let editor = room.editor().await;
    // It is advice: what is live is corrected all the same, and its page says it first.
    let form = editor.open("/admin/items/1").await;
    let saved = form.fill("Summary", "It stops at one.").press("Save").await;
    assert!(saved.has("Saved."), "{}", saved.text());
    let change = editor.open("/admin/items/1/publications").await;
    assert!(change.has(ended), "{}", change.text());
    let change = change
        .choose("What kind of change is it?", "Update")
        .fill("Public note", "It stops at one.");
    let out = change.press("Publish the change").await;
    assert_eq!(out.status, 200, "{}", out.text());
    assert!(room.page("/news/ferry-stops").await.has("It stops at one."));
}
