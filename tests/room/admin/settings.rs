//! Settings: what each change says before and after, how it is taken back, and what readers see of it.

use reqwest::Method;

use crate::support::{Browser, Room, release};

async fn sets(admin: &Browser, values: &[(&str, &str)]) {
    let mut form = admin.open("/admin/settings").await;
    for (label, value) in values {
        form = form.fill(label, value);
    }
    let saved = form.press("Save settings").await;
    assert!(saved.has("Saved."), "{}", saved.text());
}

#[actix_web::test]
async fn a_change_of_settings_is_told_before_and_after_and_can_be_taken_back() {
    let room = Room::open().await;
    let admin = room.admin().await;
    sets(
        &admin,
        &[
            (" › Name", "Quay News"),
            ("Accent colour", "#102a54"),
            ("Mara Lind › Role", "Night desk"),
        ],
    )
    .await;
    let log = admin.open("/admin/log").await;
    assert!(log.has("changed the settings"));
    assert!(
        log.has("Name, Accent colour, Press contacts"),
        "{:?}",
        log.select("main td")
    );
    let entry = log
        .click("Before and after of Name, Accent colour, Press contacts")
        .await;
    let told = entry.select(".before dd");
    assert_eq!(told[..4], ["Open Quay", "Quay News", "#ffe600", "#102a54"]);
    assert!(told[4].contains("Press desk") && told[5].contains("Night desk"));
    assert!(room.page("/").await.has("Quay News"));

    let back = entry.press("Take this back").await;
    assert_eq!(back.address, "/admin/log");
    assert!(back.has("Taken back."));
    let front = room.page("/").await;
    assert!(front.has("Open Quay") && front.has("Press desk") && !front.has("Night desk"));
    let again = entry.pressed("Take this back").await;
    assert_eq!(again.status, 303, "the same form changes nothing twice");
    let log = admin.open("/admin/log?what=changed+the+settings").await;
    assert_eq!(
        log.count(".journal tbody tr"),
        2,
        "taking back is an entry too"
    );
    assert!(log.has("back to before entry"));
}

#[actix_web::test]
async fn what_was_changed_again_since_is_not_taken_back() {
    let room = Room::open().await;
    let admin = room.admin().await;
    sets(&admin, &[(" › Name", "Quay News")]).await;
    let log = admin.open("/admin/log").await;
    let entry = log.click("Before and after of Name").await;
    // Another setting: the page is out of date, and says so; looked at again, it fits.
    sets(&admin, &[("Mission", "Another one")]).await;
    let stale = entry.press("Take this back").await;
    assert_eq!(stale.status, 409);
    assert!(stale.has("Someone changed the settings in the meantime."));
    assert!(room.page("/").await.has("Quay News"));
    let entry = admin.open(&entry.address).await;
    sets(&admin, &[(" › Name", "Third Name")]).await;
    let stale = entry.press("Take this back").await;
    assert_eq!(stale.status, 409);
    assert!(
        stale.has("“Name” was changed again since"),
        "{}",
        stale.text()
    );
    assert_eq!(stale.count("main button"), 0, "there is nothing to press");
    assert!(room.page("/").await.has("Third Name"));
    let started = room.has(release("Ferry stops")).await;
    let other = admin.open(&format!("/admin/log?item={started}")).await;
    assert_eq!(other.count(".journal td[data-column='Did what'] a"), 0);
    assert_eq!(
        admin.get("/admin/log/1").await.status,
        404,
        "no settings in it"
    );
}

#[actix_web::test]
async fn what_would_break_the_room_is_refused_beside_its_field() {
    let room = Room::open().await;
    let admin = room.admin().await;
    for (label, value, id, says) in [
        (" › Name", " ", "name", "The room needs a name."),
        (
            "Accent colour",
            "#7a7a7a",
            "accent",
            "4.4:1; 4.5:1 is needed",
        ),
        ("Accent colour", "yellow", "accent", "Write the colour as #"),
        ("Time zone", "Nowhere/At-All", "zone", "Nowhere/At-All"),
        (
            "Items on a page",
            "100",
            "per_page",
            "Write a number from 6 to 48.",
        ),
        (
            "Further links",
            "Run javascript:x",
            "footer_links",
            "Line 1: the address must begin",
        ),
        (
            "Page 1 › Title",
            "Imprint",
            "page_0_body",
            "The page needs some text.",
        ),
    ] {
        let form = admin.open("/admin/settings").await.fill(label, value);
        let answer = form.press("Save settings").await;
        assert_eq!(answer.status, 422, "{label}");
        let error = answer.only(&format!("#{id}-error"));
        assert!(error.contains(says), "{label}: {error}");
    }
    assert!(!admin.open("/admin/log").await.has("changed the settings"));
}

#[actix_web::test]
async fn a_notice_stands_on_top_of_every_page_and_pages_and_links_at_its_foot() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    assert_eq!(
        room.get("/pages/imprint").await,
        room.get("/pages/none").await
    );
    let admin = room.admin().await;
    sets(
        &admin,
        &[
            ("On top of every page", "The phones are down: write to us."),
            ("Page 1 › Title", "Imprint"),
            (
                "Page 1 › Text",
                "We are **Open Quay**. ![](image:1) <b>x</b>",
            ),
            ("Further links", "Our work https://quay.example/work"),
        ],
    )
    .await;
    for address in [
        "/",
        "/news/ferry-stops",
        "/press-releases",
        "/pages/imprint",
    ] {
        let page = room.page(address).await;
        assert_eq!(
            page.only("aside.alert"),
            "The phones are down: write to us."
        );
        let foot = page.attrs(".footer a", "href");
        assert!(foot.contains(&"/pages/imprint".to_owned()), "{foot:?}");
        assert!(
            foot.contains(&"https://quay.example/work".to_owned()),
            "{foot:?}"
        );
    }
    for address in ["/news/none", "/passes/none", "/?page=99"] {
        let page = room.get(address).await;
        let notice = page.select("aside.alert");
        assert_eq!(page.status, 404, "{address}");
        assert_eq!(notice, ["The phones are down: write to us."], "{address}");
    }
    let visitor = room.visitor();
    let foreign = visitor.request(Method::POST, "/passes/none/acceptance");
    let foreign = foreign.header("sec-fetch-site", "cross-site");
    let foreign = visitor.send("/passes/none/acceptance", foreign).await;
    let notice = foreign.select("aside.alert");
    assert_eq!(foreign.status, 403);
    assert_eq!(notice, ["The phones are down: write to us."]);
    let staff = admin.get("/admin/items/99").await;
    assert_eq!((staff.status, staff.count("aside.alert")), (404, 0));
    let imprint = room.page("/pages/imprint").await;
    assert_eq!(imprint.only("h1"), "Imprint");
    assert_eq!(imprint.only(".prose strong"), "Open Quay");
    assert_eq!(
        imprint.count(".prose img"),
        0,
        "a picture is no page's own to show"
    );
    assert_eq!(imprint.only(".footer a[aria-current=page]"), "Imprint");
    sets(&admin, &[("On top of every page", "")]).await;
    assert_eq!(room.page("/").await.count("aside.alert"), 0);
}

#[actix_web::test]
async fn a_list_is_as_long_as_the_settings_say() {
    let room = Room::open().await;
    for number in 1..=14 {
        let title = format!("Ferry {number}");
        room.has(release(&title).live_at("2018-11-20T09:00:00Z"))
            .await;
    }
    assert!(room.page("/").await.has("Page 1 of 2"));
    sets(&room.admin().await, &[("Items on a page", "6")]).await;
    for address in ["/", "/press-releases"] {
        assert!(room.page(address).await.has("Page 1 of 3"), "{address}");
    }
    assert_eq!(room.page("/?page=3").await.count("main article h3"), 2);
}

#[actix_web::test]
async fn the_front_page_is_shown_as_the_form_would_have_it_and_nothing_is_saved() {
    let room = Room::open().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    let before = room.get("/").await;
    let admin = room.admin().await;
    let mut form = admin
        .open("/admin/settings")
        .await
        .fill(" › Name", "Quay <News>")
        .fill("Accent colour", "#102a54")
        .fill("On top of every page", "The phones are down.");
    form.aim_at("/admin/settings/preview");
    let shown = form.pressed("Preview the front page").await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert_eq!(shown.only(".masthead .room"), "Quay <News>");
    assert_eq!(shown.only("aside.alert"), "The phones are down.");
    assert!(shown.has("Nothing is saved") && shown.has("Ferry stops"));
    let sheets = shown.attrs("link[rel=stylesheet]", "href");
    assert!(
        sheets.contains(&"/assets/accent.102a54.css".to_owned()),
        "{sheets:?}"
    );
    assert_eq!(
        shown.attr("main article h3 a", "href"),
        "/admin/readers/news/ferry-stops"
    );
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(room.get("/").await, before, "readers see what they saw");
    let again = admin.open("/admin/settings").await;
    assert!(!again.source().contains("Quay &#60;News"));
    // What cannot be read is told beside its field, as on saving.
    let mut form = again.fill("Accent colour", "#7a7a7a");
    form.aim_at("/admin/settings/preview");
    let refused = form.pressed("Preview the front page").await;
    assert_eq!((refused.status, refused.count("#accent-error")), (422, 1));
}
