//! Hostile words, typed by a person, come out whole as text on every page and never as markup.

use crate::support::{Browser, Page, Room, jpeg, release};

/// Each is typed into every field there is.
const HOSTILE: [&str; 8] = [
    r#"He said "stop" & 'go' <b>now</b>"#,
    "</script><script>alert(1)</script>",
    "]]><x:html onload=alert(1)>",
    "{{ 617*1000 }} {% raw %} ${617*1000}",
    r#"" onerror="alert(1)" x=""#,
    "javascript:alert(1) <a href=javascript:alert(1)>x</a>",
    "🕊️ العربية <i>و</i> &amp;quot; &#34;",
    "</textarea></title><!-- <svg onload=alert(1)>",
];

/// Nothing of it became an element, an attribute or an address that runs. The browser has looked
/// for handlers, inline scripts and foreign addresses already.
fn is_harmless(page: &Page) {
    for css in [
        "svg[onload]",
        "img[src=x]",
        "[href^=javascript]",
        "main script:not([src])",
    ] {
        assert_eq!(page.count(css), 0, "{css} on {}", page.address);
    }
    // The editor's own buttons have a bold and a slanted word.
    assert!(page.select("b").iter().all(|words| words == "Bold"));
    assert!(page.select("i").iter().all(|words| words == "Italic"));
    assert!(!page.has("617000"), "a template ran on {}", page.address);
}

/// The words with single spaces, as a page shows them.
fn shown(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words without the signs that turn the writing round.
fn straight(words: &str) -> String {
    let turns = |sign: &char| matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.chars().filter(|sign| !turns(sign)).collect()
}

/// One item whose every field is these words, written and published through the pages.
async fn write_and_publish(room: &Room, editor: &Browser, words: &str) {
    let straight = straight(words);
    let describe = editor
        .open("/admin/images")
        .await
        .attach("Add pictures", "boat.jpg", &jpeg(400, 200))
        .press("Upload")
        .await;
    let described = describe
        .choose("Alt text", "It shows something")
        .fill("The alt text", words)
        .fill("Caption", words)
        .fill("Credit", words)
        .fill("Terms", words)
        .press("Save")
        .await;
    assert!(described.has("Saved."), "{}", described.text());
    is_harmless(&described);
    assert_eq!(described.attr("main img", "alt"), straight);
    let item = editor
        .open("/admin/items/new")
        .await
        .fill("Title", words)
        .fill("Slug", "hostile")
        .fill("Summary", words)
        .fill("Body", &format!("`{words}`\n\n![](image:1)"))
        .fill("Notes to editors", words)
        .fill("Dateline", words)
        .fill("Topics", words)
        .fill("Places", words)
        .fill("Or another picture’s number", "1")
        .press("Save")
        .await;
    assert!(item.has("Saved."), "{}", item.text());
    let confirm = item.click("Publish now…").await;
    is_harmless(&confirm);
    assert!(confirm.has(&shown(&straight)));
    assert!(confirm.press("Publish now").await.has("It is out"));
    room.clock.pass(1);
}

#[actix_web::test]
async fn readers_see_hostile_words_as_they_were_typed() {
    for words in HOSTILE {
        let room = Room::open().await;
        write_and_publish(&room, &room.editor().await, words).await;
        let words = shown(words);
        let story = room.page("/news/hostile").await;
        assert_eq!(story.only("h1"), words);
        assert_eq!(story.only(".standfirst"), words);
        assert_eq!(story.only(".prose code"), words);
        assert_eq!(story.attrs("main img", "alt"), [words.as_str(); 2]);
        for caption in story.select("figcaption") {
            assert_eq!(caption.matches(words.as_str()).count(), 3, "{caption}");
        }
        let meta = story.attr("meta[property='og:title']", "content");
        assert_eq!(meta, words);
        let front = room.page("/").await;
        assert_eq!(front.only("article h3"), words);
        assert_eq!(front.only("article .summary"), words);
        assert_eq!(front.attr("article img", "alt"), words);
        for page in [&story, &front] {
            is_harmless(page);
        }
        for address in story.attrs(".subjects a", "href") {
            let list = room.page(&address).await;
            assert!(words.contains(&list.only("h1")), "{address}");
            is_harmless(&list);
        }
    }
}

#[actix_web::test]
async fn machines_read_hostile_words_as_they_were_typed() {
    for words in HOSTILE {
        let room = Room::open().await;
        write_and_publish(&room, &room.editor().await, words).await;
        let story = room.page("/news/hostile").await;
        let css = "script[type='application/ld+json']";
        let html = story.html();
        let script = scraper::Selector::parse(css).unwrap();
        let data: String = html.select(&script).flat_map(|one| one.text()).collect();
        let data: serde_json::Value = serde_json::from_str(&data).unwrap();
        assert_eq!(data["headline"], words);
        assert_eq!(data["description"], words);
        let feed = room.page("/feed.atom").await.source();
        let feed: atom_syndication::Feed = feed.parse().unwrap();
        assert_eq!(feed.entries[0].title.as_str(), words);
        assert_eq!(feed.entries[0].summary.as_ref().unwrap().as_str(), words);
    }
}

#[actix_web::test]
async fn staff_see_hostile_words_as_they_were_typed() {
    for words in HOSTILE {
        let room = Room::open().await;
        let editor = room.editor().await;
        write_and_publish(&room, &editor, words).await;
        let mut form = editor.open("/admin/items/1").await;
        for label in ["Title", "Summary", "Notes to editors", "Dateline"] {
            assert_eq!(form.filled(label), words, "{label}");
        }
        for address in [
            "/admin",
            "/admin/items",
            "/admin/items/1",
            "/admin/items/1/preview",
            "/admin/items/1/withdrawal",
            "/admin/images",
            "/admin/images/1",
        ] {
            let page = editor.get(address).await;
            assert_eq!(page.status, 200, "{address}");
            is_harmless(&page);
            let in_a_field = page.attrs("input", "value").contains(&words.to_owned());
            let readable = page.has(&shown(words)) || in_a_field;
            assert!(readable, "{address}: {}", page.text());
        }
    }
}

#[actix_web::test]
async fn a_refused_form_gives_hostile_words_back_as_they_were_typed() {
    let room = Room::open().await;
    let author = room.author().await;
    for words in HOSTILE {
        let form = author.open("/admin/items/new").await;
        let mut refused = form
            .fill("Slug", words)
            .fill("Summary", words)
            .press("Save")
            .await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.filled("Slug"), words);
        assert_eq!(refused.filled("Summary"), words);
        is_harmless(&refused);
    }
}

#[actix_web::test]
async fn a_room_with_a_hostile_name_says_it_and_nothing_more() {
    let room = Room::open().await;
    let admin = room.admin().await;
    room.has(release("Ferry stops").live_at("2018-11-20T09:00:00Z"))
        .await;
    for words in HOSTILE {
        let settings = admin.open("/admin/settings").await;
        let saved = settings
            .fill("Mission", words)
            .fill("Introduction", words)
            .fill("About the organisation, in English", &format!("`{words}`"))
            .fill("Mara Lind › Role", words)
            .press("Save settings")
            .await;
        assert_eq!(saved.status, 200, "{words}: {}", saved.text());
        for address in ["/", "/news/ferry-stops", "/reports", "/feed.atom"] {
            let page = room.page(address).await;
            if page.is_html() {
                is_harmless(&page);
                assert!(page.has(&shown(words)), "{address}: {}", page.text());
            }
        }
        is_harmless(&admin.get("/admin/settings").await);
        let feed: atom_syndication::Feed = room.page("/feed.atom").await.source().parse().unwrap();
        assert_eq!(feed.subtitle.unwrap().as_str(), words);
    }
}

#[actix_web::test]
async fn a_search_for_hostile_words_is_harmless() {
    let room = Room::open().await;
    let author = room.author().await;
    for words in HOSTILE {
        for (address, label) in [
            ("/admin/items", "Words in the title"),
            (
                "/admin/images",
                "Words in alt text, caption, credit, terms or file name",
            ),
        ] {
            let mut found = author
                .open(address)
                .await
                .fill(label, words)
                .press("Show")
                .await;
            assert_eq!(found.filled(label), words);
            is_harmless(&found);
        }
    }
}

/// A sign that turns the writing round could let a title pass for another one.
#[actix_web::test]
async fn signs_that_turn_the_writing_round_do_not_reach_readers_in_a_line() {
    let room = Room::open().await;
    let editor = room.editor().await;
    write_and_publish(
        &room,
        &editor,
        "Ferry \u{202e}spots\u{202c} \u{2066}now\u{2069}",
    )
    .await;
    let story = room.page("/news/hostile").await;
    assert_eq!(story.only("h1"), "Ferry spots now");
    let front = room.page("/").await;
    assert!(!front.source().contains(['\u{202e}', '\u{2066}']));
    let feed: atom_syndication::Feed = room.page("/feed.atom").await.source().parse().unwrap();
    assert_eq!(feed.entries[0].title.as_str(), "Ferry spots now");
    assert_eq!(
        feed.entries[0].summary.as_ref().unwrap().as_str(),
        "Ferry spots now"
    );
}

#[actix_web::test]
async fn markdown_yields_no_script_and_no_address_that_runs() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let body = "[a](javascript:alert(1)) [b](data:text/html,x) ![c](javascript:alert(1)) \
        <script>alert(1)</script> <img src=x onerror=alert(1)> [d](<https://quay.example/?a=1&b=\"2>)\n\n\
        <div onclick=alert(1)>e</div>\n\n![f](https://elsewhere.example/pixel.png)";
    let item = editor
        .open("/admin/items/new")
        .await
        .fill("Title", "Markdown")
        .fill("Summary", "S")
        .fill("Body", body)
        .press("Save")
        .await;
    let done = item.click("Publish now…").await.press("Publish now").await;
    assert!(done.has("It is out"));
    let story = room.page("/news/markdown").await;
    is_harmless(&story);
    assert_eq!(
        story.attrs(".prose a", "href"),
        [
            "https://quay.example/?a=1&b=\"2",
            // A picture from elsewhere is a link: nothing is loaded from there.
            "https://elsewhere.example/pixel.png"
        ]
    );
    assert_eq!(story.count(".prose img, .prose div"), 0);
}
