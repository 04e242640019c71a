//! One item's page: what stands on it, and how its pictures come.

use dateline::accounts::Roles;
use dateline::media::FocalPoint;
use dateline::newsroom::{Lead, Shape, Wording};
use scraper::{ElementRef, Html, Selector};

use crate::support::staffed::{Staffed, open, wording};

async fn page(room: &Staffed, address: &str) -> Html {
    let response = room.get(&room.stranger(), address).await;
    assert_eq!(response.status(), 200, "{address}");
    Html::parse_document(&response.text().await.unwrap())
}

fn all<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).unwrap()).collect()
}

fn text(page: &Html, css: &str) -> String {
    all(page, css).iter().flat_map(ElementRef::text).collect()
}

#[actix_web::test]
async fn a_story_shows_its_parts_and_its_pictures_in_every_size() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let (image, hash) = room.image("A boat", &editor);
    let words = Wording {
        body: format!("First.\n\n![](image:{image})\n\n> Gone.\n>\n> — Mara Lind, pilot")
            .parse()
            .unwrap(),
        dateline: "Port Sarrin".parse().unwrap(),
        notes: "Call before noon.".parse().unwrap(),
        topics: vec!["Ferries".parse().unwrap()],
        lead: Some(Lead {
            image,
            shape: Shape::Wide,
            focus: FocalPoint::new(20, 81).unwrap(),
        }),
        ..wording("Ferry stops")
    };
    let item = room.start(words, &editor);
    room.publish(item, editor.editor().unwrap());
    let story = page(&room, "/news/ferry-stops").await;
    assert_eq!(text(&story, "h1"), "Ferry stops");
    assert!(text(&story, "main").contains("Port Sarrin, 26 November 2018"));
    assert!(text(&story, "main").contains("Call before noon."));
    assert_eq!(text(&story, "blockquote cite"), "Mara Lind, pilot");
    let times = all(&story, "main time");
    assert_eq!(times[0].attr("datetime"), Some("2018-11-26T12:00:00+00:00"));
    assert_eq!(all(&story, "main a[href='/topics/ferries']").len(), 1);

    let pictures = all(&story, "main figure img");
    assert_eq!(pictures.len(), 2);
    let (lead, body) = (pictures[0], pictures[1]);
    assert_eq!(
        (lead.attr("fetchpriority"), lead.attr("loading")),
        (Some("high"), None)
    );
    assert_eq!(
        (body.attr("fetchpriority"), body.attr("loading")),
        (None, Some("lazy"))
    );
    for picture in [lead, body] {
        assert_eq!(
            (picture.attr("width"), picture.attr("height")),
            (Some("640"), Some("400"))
        );
        assert_eq!(picture.attr("alt"), Some("A boat"));
        assert!(picture.attr("sizes").is_some());
        let sizes = picture.attr("srcset").unwrap();
        for width in [320, 480, 640] {
            assert!(
                sizes.contains(&format!("/images/{hash}/{width}.jpg {width}w")),
                "{sizes}"
            );
        }
    }
    assert!(
        story.html().contains("fx-20 fy-80"),
        "the focal point is kept"
    );
    for source in all(&story, "figure source[type='image/webp']") {
        for part in source.attr("srcset").unwrap().split(", ") {
            let address = part.split(' ').next().unwrap();
            let answer = room.get(&room.stranger(), address).await;
            assert_eq!(answer.headers()["content-type"], "image/webp", "{address}");
        }
    }
}

#[actix_web::test]
async fn a_story_in_two_languages_links_both_and_says_their_direction() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let english = room.draft("Ferry stops", &editor);
    room.publish(english, editor.editor().unwrap());
    let words = Wording {
        language: "ar".parse().unwrap(),
        slug: "ferry-stops-ar".parse().unwrap(),
        translation_of: Some(english),
        ..wording("توقفت العبّارة")
    };
    let arabic = room.start(words, &editor);
    let alone = page(&room, "/news/ferry-stops").await;
    assert!(
        all(&alone, "a[hreflang='ar'], a[lang='ar']").is_empty(),
        "a draft is no translation"
    );
    room.publish(arabic, editor.editor().unwrap());
    let story = page(&room, "/news/ferry-stops").await;
    assert_eq!(
        all(&story, "main a[href='/news/ferry-stops-ar'][lang='ar']").len(),
        1
    );
    let translated = page(&room, "/news/ferry-stops-ar").await;
    assert_eq!(all(&translated, "main [lang='ar'][dir='rtl'] h1").len(), 1);
    assert_eq!(
        all(&translated, "main a[href='/news/ferry-stops'][lang='en']").len(),
        1
    );
}

#[actix_web::test]
async fn pages_load_nothing_from_elsewhere_and_carry_no_style_or_script_of_their_own() {
    let room = open();
    let editor = room.person("editor", Roles::EDITOR);
    let words = Wording {
        body: "![](https://evil.example/track.png) <script>alert(1)</script>"
            .parse()
            .unwrap(),
        ..wording("Ferry stops")
    };
    let item = room.start(words, &editor);
    room.publish(item, editor.editor().unwrap());
    for address in ["/", "/news/ferry-stops", "/reports"] {
        let page = page(&room, address).await;
        for element in all(&page, "[src], link[href], [srcset]") {
            for name in ["src", "srcset"] {
                let value = element.attr(name).unwrap_or("/");
                assert!(
                    value.starts_with('/') && !value.starts_with("//"),
                    "{address}: {value}"
                );
            }
        }
        assert!(
            all(&page, "style, [style], [onclick], [onerror]").is_empty(),
            "{address}"
        );
        let inline = all(&page, "script:not([src]):not([type='application/ld+json'])");
        assert!(inline.is_empty(), "{address}");
    }
}
