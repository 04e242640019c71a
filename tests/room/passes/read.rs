//! What a journalist reads with a pass, and what nobody can.

use dateline::media::ImageHash;
use reqwest::Method;

use super::{LIVE_AT, accepted, given, handed};
use crate::process::drawn::draw_all;
use crate::support::{Page, Room, at, jpeg, pdf, release};

const WORDS: [&str; 4] = ["A boat", "A boat at dusk", "Mara Lind", "Free to use"];
const EMBARGO: &str = "Embargoed until 27 Nov 2018, 09:00 (UTC+00:00) in Europe/London, that is 09:00 UTC, 12:00 in Africa/Nairobi.";

fn is_kept_secret(page: &Page) {
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert!(page.header("x-robots-tag").contains("noindex"));
    assert_eq!(page.header("set-cookie"), "");
}

#[actix_web::test]
async fn a_journalist_accepts_the_terms_and_reads_the_scheduled_text_with_its_pictures() {
    let room = Room::open().await;
    let photo = room.photo(640, WORDS).await;
    let other = room.photo(642, WORDS).await;
    let body = format!("The ferry stops.\n\n![](image:{})", photo.id);
    let item = release("Ferry stops").lead(photo.id).body(&body);
    room.has(item.topic("Ferries").going_live_at(LIVE_AT)).await;
    room.has(release("Court sits").lead(other.id).going_live_at(LIVE_AT))
        .await;
    let editor = room.editor().await;
    let form = editor.open("/admin/items/1").await.click("Passes").await;
    let mut form = form.click("Give a pass…").await;
    assert!(form.has(EMBARGO));
    assert_eq!(
        (form.filled("Date"), form.filled("Time")),
        ("2018-11-27".to_owned(), "09:00".to_owned())
    );
    let form = form.fill("Journalist", "Ann Lee");
    let list = form
        .fill("Outlet", "The Herald")
        .press("Give the pass")
        .await;
    let pass = handed(&room, &list);
    assert!(list.has("Ann Lee, The Herald") && list.has("Terms not accepted yet"));
    let again = editor.open("/admin/items/1/passes").await;
    assert_eq!(again.count("#address"), 0, "it is shown once");

    let reader = room.visitor();
    let picture = |hash: &str| format!("{pass}/images/{hash}/320.webp");
    assert_eq!(reader.get(&picture(&photo.hash)).await.status, 404);
    let terms = reader.open(&pass).await;
    is_kept_secret(&terms);
    assert!(terms.has(EMBARGO) && terms.has("publish nothing of it"));
    assert!(terms.has("For Ann Lee, The Herald"));
    assert!(!terms.source().contains("Ferry") && !terms.source().contains("ferry"));
    let story = terms.press("I accept the terms").await;
    is_kept_secret(&story);
    assert_eq!(story.only("h1"), "Ferry stops");
    assert!(story.has(EMBARGO) && story.has("The ferry stops."));
    assert!(story.has("Ann Lee") && story.has("The Herald"));
    let day = story.only(".byline .meta");
    assert!(day.starts_with("To be published "), "{day}");
    assert_eq!(story.count("meta[property], link[rel=canonical]"), 0);
    let shown = story.attrs("main img", "src");
    assert_eq!(shown.len(), 2);
    for src in shown {
        assert!(src.starts_with(&format!("{pass}/images/")), "{src}");
        let bytes = reader.get(&src).await;
        assert_eq!(bytes.status, 200, "{src}");
        is_kept_secret(&bytes);
    }
    let nothing = room.get("/news/no-such-thing").await;
    for kept in [
        picture(&other.hash),
        format!("/images/{}/320.webp", photo.hash),
        "/news/ferry-stops".to_owned(),
    ] {
        assert_eq!(reader.get(&kept).await, nothing, "{kept}");
    }
}

#[actix_web::test]
async fn a_journalist_fetches_the_files_of_the_scheduled_text_and_no_others() {
    let room = Room::open().await;
    let report = room.keep("a.pdf", &pdf(2, "a"), "The report").await;
    let other = room.keep("b.pdf", &pdf(2, "b"), "Another").await;
    assert_eq!(draw_all(&room), 2);
    let item = release("Ferry stops").file(report.id);
    room.has(item.going_live_at(LIVE_AT)).await;
    room.has(release("Court sits").file(other.id).going_live_at(LIVE_AT))
        .await;
    let editor = room.editor().await;
    let pass = given(&room, &editor, "Ann Lee").await;
    let below = format!("{pass}{}", report.address);
    let nothing = room.get("/news/no-such-thing").await;
    let page = format!("{below}/page-160.jpg");
    for address in [&below, &page] {
        assert_eq!(room.get(address).await, nothing, "the terms come first");
    }
    let reader = accepted(&room, &pass).await;
    let story = reader.get(&pass).await;
    assert_eq!(story.attr(".files a", "href"), below);
    assert_eq!(story.attr(".files img", "src"), page);
    let drawn = reader.get(&page).await;
    is_kept_secret(&drawn);
    assert_eq!(
        (drawn.status, drawn.header("content-type")),
        (200, "image/jpeg")
    );
    let file = reader.get(&below).await;
    is_kept_secret(&file);
    assert_eq!((file.status, &file.body), (200, &pdf(2, "a")));
    for kept in [
        format!("{pass}{}", other.address),
        format!("{pass}{}/page-160.jpg", other.address),
        report.address.clone(),
        format!("{}/page-160.jpg", report.address),
    ] {
        assert_eq!(reader.get(&kept).await, nothing, "{kept}");
    }
    let seen = editor.open("/admin/items/1/passes").await;
    assert!(seen.has("Fetched a file"), "{}", seen.text());
}

#[actix_web::test]
async fn a_secret_that_opens_nothing_is_any_address_where_nothing_is() {
    let room = Room::open().await;
    let photo = room.photo(640, WORDS).await;
    let item = release("Ferry stops").lead(photo.id);
    room.has(item.going_live_at(LIVE_AT)).await;
    let pass = given(&room, &room.editor().await, "Ann Lee").await;
    accepted(&room, &pass).await;
    let nothing = room.get("/news/no-such-thing").await;
    let wrong = format!("/passes/{}", "0123456789abcdef".repeat(2));
    let secret = pass.trim_start_matches("/passes/");
    for guessed in [
        wrong.clone(),
        "/passes/x".to_owned(),
        format!("/passes/{}", secret.to_uppercase()),
        format!("{pass}0"),
    ] {
        for below in [
            String::new(),
            "/acceptance".to_owned(),
            format!("/images/{}/320.webp", photo.hash),
        ] {
            let address = format!("{guessed}{below}");
            assert_eq!(room.get(&address).await, nothing, "{address}");
        }
    }
    for odd in ["/images/x/320.webp", "/images", "/acceptance", "/more"] {
        let address = format!("{pass}{odd}");
        assert_eq!(room.get(&address).await, nothing, "{address}");
    }
    let visitor = room.visitor();
    let address = format!("{wrong}/acceptance");
    let sent = visitor.request(Method::POST, &address);
    let sent = sent.header("origin", &room.root);
    assert_eq!(visitor.send(&address, sent).await, nothing);
}

#[actix_web::test]
async fn only_a_page_of_the_room_accepts_terms_and_old_browsers_can() {
    let room = Room::open().await;
    room.has(release("Ferry stops").going_live_at(LIVE_AT))
        .await;
    let pass = given(&room, &room.editor().await, "Ann Lee").await;
    let address = format!("{pass}/acceptance");
    let visitor = room.visitor();
    let accept = async |headers: &[(&str, &str)]| {
        let mut sent = visitor.request(Method::POST, &address);
        for (name, value) in headers {
            sent = sent.header(*name, *value);
        }
        visitor.send(&address, sent).await.status
    };
    for foreign in [
        &[][..],
        &[("origin", "https://evil.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", "null")],
    ] {
        assert_eq!(accept(foreign).await, 403, "{foreign:?}");
    }
    assert!(room.get(&pass).await.has("News under embargo"));
    // A page that names itself to nobody.
    assert_eq!(accept(&[("origin", "null")]).await, 303);
    assert_eq!(room.get(&pass).await.only("h1"), "Ferry stops");
    assert_eq!(accept(&[("origin", "null")]).await, 303, "and again");
}

#[actix_web::test]
async fn a_pass_shows_the_scheduled_words_and_no_newer_draft() {
    let room = Room::open().await;
    let photo = room.photo(640, WORDS).await;
    let newer = room.photo(642, WORDS).await;
    let item = release("Ferry stops").lead(photo.id);
    let item = room.has(item.going_live_at(LIVE_AT)).await;
    let pass = given(&room, &room.editor().await, "Ann Lee").await;
    let reader = accepted(&room, &pass).await;
    let before = reader.get(&pass).await;
    let draft = release("Secret plan").slug("ferry-stops").lead(newer.id);
    room.save(item, draft.notes("Nobody knows")).await;
    assert_eq!(reader.get(&pass).await, before);
    for (hash, status) in [(&photo.hash, 200), (&newer.hash, 404)] {
        let address = format!("{pass}/images/{hash}/320.webp");
        assert_eq!(reader.get(&address).await.status, status);
    }
}

#[actix_web::test]
async fn at_the_instant_of_publication_the_pass_leads_to_the_public_page() {
    let room = Room::open().await;
    let photo = room.photo(640, WORDS).await;
    let item = release("Ferry stops").lead(photo.id);
    let item = room.has(item.going_live_at(LIVE_AT)).await;
    let pass = given(&room, &room.editor().await, "Ann Lee").await;
    let unread = given(&room, &room.editor().await, "Bo Lee").await;
    let reader = accepted(&room, &pass).await;
    room.clock.set("2018-11-27T08:59:59.999Z");
    assert_eq!(reader.get(&pass).await.only("h1"), "Ferry stops");
    room.clock.set(LIVE_AT);
    for pass in [&pass, &unread] {
        let ended = reader.get(pass).await;
        assert_eq!(
            (ended.status, ended.header("location")),
            (303, "/news/ferry-stops")
        );
        is_kept_secret(&ended);
    }
    assert_eq!(reader.open(&pass).await.count(".preview"), 0);
    let picture = format!("/images/{}/320.webp", photo.hash);
    assert_eq!(reader.get(&format!("{pass}{picture}")).await.status, 404);
    assert_eq!(reader.get(&picture).await.status, 200);
    room.withdraw(item, "It was wrong.").await;
    assert!(reader.open(&pass).await.has("It was wrong."));
    assert!(room.clock.now() >= at(LIVE_AT));
}

#[actix_web::test]
async fn a_picture_gives_way_under_a_pass_too_when_its_licence_ends_or_its_file_is_another() {
    let room = Room::open().await;
    let photo = room.photo(640, WORDS).await;
    let item = release("Ferry stops").lead(photo.id);
    room.has(item.going_live_at(LIVE_AT)).await;
    let editor = room.editor().await;
    let page = editor.open("/admin/images/1").await;
    let saved = page.fill("Last day of the licence", "2018-11-26");
    assert!(saved.press("Save").await.has("Saved."));
    let pass = given(&room, &editor, "Ann Lee").await;
    let reader = accepted(&room, &pass).await;
    let nothing = room.get("/news/no-such-thing").await;
    let picture = |hash: &str| format!("{pass}/images/{hash}/320.webp");
    assert_eq!(reader.get(&picture(&photo.hash)).await.status, 200);

    let new = jpeg(700, 500);
    let form = editor.open("/admin/images/1/file").await;
    let form = form.attach("New file", "new.jpg", &new);
    assert_eq!(form.press("Replace the file").await.status, 200);
    let hash = ImageHash::of(&new).as_str().to_owned();
    let old = reader.get(&picture(&photo.hash)).await;
    assert_eq!(old, nothing, "the file of before is nobody’s any more");
    let story = reader.open(&pass).await;
    let shown = story.attrs("main img", "src");
    assert!(shown.iter().any(|src| src.contains(&hash)), "{shown:?}");

    room.clock.set("2018-11-26T23:59:59.999Z");
    assert_eq!(reader.get(&picture(&hash)).await.status, 200);
    room.clock.set("2018-11-27T00:00:00Z");
    assert_eq!(reader.get(&picture(&hash)).await, nothing);
    let story = reader.open(&pass).await;
    assert_eq!(story.only("h1"), "Ferry stops");
    assert_eq!(story.count("main figure img"), 0);
    assert!(!story.source().contains(&hash) && !story.has("A boat at dusk"));
}
