//! Hostile words come out whole and harmless; old addresses lead on; withdrawn text stays readable.

use dateline::accounts::Roles;
use dateline::newsroom::Wording;
use dateline::newsroom::slug::Slug;
use scraper::{Html, Selector};

use crate::support::staffed::{Staffed, open, wording};

const HOSTILE: &str = r#"He said "stop" & 'go' <b>now</b> </script><img src=x onerror=alert(1)> {{ 7*7 }} ]]> 🕊 العربية"#;

async fn page(room: &Staffed, address: &str) -> String {
    let response = room.get(&room.stranger(), address).await;
    assert_eq!(response.status(), 200, "{address}");
    response.text().await.unwrap()
}

fn select(page: &str, css: &str) -> Vec<String> {
    Html::parse_document(page)
        .select(&Selector::parse(css).unwrap())
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

#[actix_web::test]
async fn hostile_words_are_text_everywhere() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let (image, _) = room.image(HOSTILE, &editor);
    let words = Wording {
        slug: Slug::suggest("hostile"),
        summary: HOSTILE.parse().unwrap(),
        body: format!("{HOSTILE}\n\n![](image:{image})\n")
            .parse()
            .unwrap(),
        notes: HOSTILE.parse().unwrap(),
        topics: vec!["Say \"<i>hi</i>\" & go".parse().unwrap()],
        lead: Some(dateline::newsroom::Lead {
            image,
            shape: dateline::newsroom::Shape::Whole,
            focus: dateline::media::FocalPoint::default(),
        }),
        ..wording(HOSTILE)
    };
    let item = room.start(words, &editor);
    room.publish(item, editor.editor().unwrap());
    let story = page(&room, "/news/hostile").await;
    assert_eq!(select(&story, "h1"), [HOSTILE]);
    assert!(
        select(&story, "figcaption")
            .iter()
            .all(|text| text.contains(HOSTILE))
    );
    let html = Html::parse_document(&story);
    let alt = Selector::parse("main figure img").unwrap();
    assert!(
        html.select(&alt)
            .all(|image| image.attr("alt") == Some(HOSTILE))
    );
    let front = page(&room, "/").await;
    assert_eq!(select(&front, "article h3"), [HOSTILE]);
    for page in [&story, &front] {
        assert!(select(page, "[onerror]").is_empty());
        assert!(select(page, "img[src=x]").is_empty());
        assert!(select(page, "main b, main i").is_empty());
    }
    let json_ld = select(&story, "script[type='application/ld+json']");
    let data: serde_json::Value = serde_json::from_str(&json_ld[0]).unwrap();
    assert_eq!(data["headline"], HOSTILE);
    assert!(page(&room, "/feed.atom").await.contains("&lt;/script&gt;"));
}

#[actix_web::test]
async fn every_address_that_was_ever_live_leads_to_the_present_one() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let item = room.draft("First name", &editor);
    room.publish(item, editor.editor().unwrap());
    for slug in ["second-name", "third-name"] {
        let words = Wording {
            slug: slug.parse().unwrap(),
            ..wording("First name")
        };
        room.save(item, words, &editor);
        room.clock.set(room.clock.now().plus_millis(1));
        room.correct(
            item,
            "The address was misleading.",
            editor.editor().unwrap(),
        );
    }
    for old in ["first-name", "second-name"] {
        let answer = room.get(&room.stranger(), &format!("/news/{old}")).await;
        assert_eq!(answer.status(), 301, "{old}");
        assert_eq!(answer.headers()["location"], "/news/third-name");
    }
    assert!(
        page(&room, "/news/third-name")
            .await
            .contains("The address was misleading.")
    );
}

#[actix_web::test]
async fn a_withdrawn_item_stays_readable_under_its_notice_and_leaves_the_lists() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let item = room.draft("Quay opens", &editor);
    room.publish(item, editor.editor().unwrap());
    assert!(page(&room, "/feed.atom").await.contains("The text."));
    room.clock.set(room.clock.now().plus_millis(1));
    room.withdraw(item, editor.editor().unwrap());
    let story = page(&room, "/news/quay-opens").await;
    assert!(story.contains("Withdrawn") && story.contains("It was wrong."));
    assert!(story.contains("The text."));
    assert!(!page(&room, "/").await.contains("Quay opens"));
    let feed = page(&room, "/feed.atom").await;
    assert!(feed.contains("Withdrawn: It was wrong."));
    assert!(!feed.contains("What it is about.") && !feed.contains("The text."));
}

#[actix_web::test]
async fn public_pages_carry_their_headers_and_no_cookie_and_answer_304_and_head() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let item = room.draft("Quay opens", &editor);
    room.publish(item, editor.editor().unwrap());
    for address in [
        "/",
        "/news/quay-opens",
        "/press-releases",
        "/feed.atom",
        "/nothing-here",
    ] {
        let stranger = room.stranger();
        let answer = room.get(&stranger, address).await;
        let headers = answer.headers();
        assert!(headers.get("set-cookie").is_none(), "{address}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        if answer.status() != 200 {
            continue;
        }
        let tag = headers["etag"].to_str().unwrap().to_owned();
        let url = format!("{}{address}", room.root);
        let again = stranger
            .get(&url)
            .header("if-none-match", &tag)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), 304, "{address}");
        let head = stranger.head(&url).send().await.unwrap();
        assert_eq!(
            (
                head.status().as_u16(),
                head.headers()["etag"].to_str().unwrap()
            ),
            (200, tag.as_str())
        );
        assert!(head.bytes().await.unwrap().is_empty());
    }
}
