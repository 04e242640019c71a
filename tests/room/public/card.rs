//! Share cards: there exactly while their page is, drawn in every script, and told to other sites.

use dateline::media::graphic::{Card, Colours, Faces, HEIGHT, WIDTH};
use dateline::newsroom::Change;
use dateline::newsroom::words::Language;
use dateline::web::assets;
use image::RgbImage;
use reqwest::Method;

use crate::support::{Room, release};

const LIVE: &str = "2018-11-20T09:00:00Z";
const CARD: &str = "/news/ferry-stops/card.png";
const WORDS: [&str; 4] = ["A boat", "At dusk", "Mara Lind / Quay", "Free to use"];
/// Where the title stands, from the top.
const TITLE: std::ops::Range<u32> = 140..510;

fn faces() -> Faces {
    assets::faces().expect("the front-end files are built: run make assets")
}

fn titled(title: &str, language: &str) -> Card {
    let known: Language = language.parse().unwrap();
    Card {
        label: String::new(),
        icon: String::new(),
        title: title.to_owned(),
        foot: String::new(),
        language: language.to_owned(),
        leftwards: known.direction() == "rtl",
        colours: Colours {
            paper: "#ffffff".to_owned(),
            ink: "#000000".to_owned(),
            mark: None,
            edge: None,
        },
    }
}

fn picture(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().into_rgb8()
}

fn drawn(card: &Card, faces: &Faces) -> RgbImage {
    picture(&card.png(faces).unwrap())
}

/// The first and the last column and row with ink, and how many pixels have some.
fn ink(picture: &RgbImage) -> (u32, u32, u32, u32, usize) {
    let mut marks = picture
        .enumerate_pixels()
        .filter(|(_, _, pixel)| pixel.0 != [255; 3])
        .map(|(x, y, _)| (x, y));
    let (x, y) = marks.next().expect("something is drawn");
    marks.fold((x, x, y, y, 1), |(left, right, top, low, many), (x, y)| {
        (left.min(x), right.max(x), top.min(y), low.max(y), many + 1)
    })
}

#[actix_web::test]
async fn a_card_is_there_exactly_while_its_item_is() {
    let room = Room::open().await;
    let nothing = room.get("/nothing/here/at/all").await;
    room.has(release("Never out")).await;
    let draft = room.get("/news/never-out/card.png").await;
    assert_eq!(draft, nothing, "a draft");
    let item = release("Ferry stops").going_live_at("2018-11-26T13:00:00Z");
    let item = room.has(item).await;
    room.clock.set("2018-11-26T12:59:59.999Z");
    assert_eq!(room.get(CARD).await, nothing, "scheduled");
    room.clock.set("2018-11-26T13:00:00Z");
    let card = room.get(CARD).await;
    assert_eq!(
        (card.status, card.header("content-type")),
        (200, "image/png")
    );
    let seen = picture(&card.body);
    assert_eq!((seen.width(), seen.height()), (WIDTH, HEIGHT));
    room.withdraw(item, "It was wrong.").await;
    let withdrawn = room.get(CARD).await;
    assert_eq!(withdrawn.status, 200, "readable with its notice");
    assert_ne!(withdrawn.body, card.body, "and the card says so");
    let editor = room.editor().await;
    let removal = editor.open(&format!("/admin/items/{item}/removal")).await;
    let removed = removal.fill("Public note", "A court asked for it.");
    removed.press("Remove").await;
    let gone = room.get(CARD).await;
    assert_eq!(
        (gone.status, &gone),
        (410, &room.get("/news/ferry-stops").await)
    );
}

#[actix_web::test]
async fn a_card_is_kept_asked_about_and_follows_its_words() {
    let room = Room::open().await;
    let item = room.has(release("Ferry stops").live_at(LIVE)).await;
    let card = room.get(CARD).await;
    let tag = card.header("etag");
    assert!(
        tag.starts_with('"') && card.header("cache-control").contains("no-cache"),
        "{card:?}"
    );
    let visitor = room.visitor();
    let asked = visitor
        .request(Method::GET, CARD)
        .header("if-none-match", tag);
    assert_eq!(asked.send().await.unwrap().status(), 304);
    let words = release("Ferry sails").slug("ferry-sails");
    room.change(item, words, (Change::Correction, "It sails."))
        .await;
    let led = room.get(CARD).await;
    assert_eq!(
        (led.status, led.header("location")),
        (301, "/news/ferry-sails/card.png")
    );
    assert_ne!(room.get("/news/ferry-sails/card.png").await.body, card.body);
}

#[actix_web::test]
async fn other_sites_are_told_of_the_card_and_of_the_photo_first() {
    let room = Room::open().await;
    let shot = room.photo(1000, WORDS).await;
    room.has(release("Ferry stops").live_at(LIVE)).await;
    room.has(release("Bridge opens").lead(shot.id).live_at(LIVE))
        .await;
    let page = room.page("/news/ferry-stops").await;
    let told = |name: &str| page.attrs(&format!("meta[property=\"{name}\"]"), "content");
    let [address] = told("og:image").try_into().unwrap();
    assert!(
        address.starts_with("http") && address.ends_with(CARD),
        "{address}"
    );
    assert_eq!(
        told("og:image:alt"),
        ["Open Quay, Press release: Ferry stops"]
    );
    assert_eq!(
        (told("og:image:width"), told("og:image:height")),
        (vec!["1200".into()], vec!["630".into()])
    );
    assert_eq!(
        page.attr("meta[name=\"twitter:card\"]", "content"),
        "summary_large_image"
    );
    let page = room.page("/news/bridge-opens").await;
    let images = page.attrs("meta[property=\"og:image\"]", "content");
    assert!(
        images[0].contains(&shot.hash) && images[1].ends_with("/card.png"),
        "{images:?}"
    );
    let alts = page.attrs("meta[property=\"og:image:alt\"]", "content");
    assert_eq!(alts[0], "A boat");
    for (address, card) in [
        ("/", "/card.png"),
        ("/press-releases", "/press-releases/card.png"),
    ] {
        let image = room
            .page(address)
            .await
            .attr("meta[property=\"og:image\"]", "content");
        assert!(image.ends_with(card), "{image}");
        assert_eq!(
            room.get(card).await.header("content-type"),
            "image/png",
            "{card}"
        );
    }
}

#[actix_web::test]
async fn the_card_of_a_kind_follows_its_address() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let form = admin
        .open("/admin/kinds")
        .await
        .click("Press release")
        .await;
    let form = form.fill("Address of its list", "releases");
    form.press("Save the kind").await;
    let led = room.get("/press-releases/card.png").await;
    assert_eq!(
        (led.status, led.header("location")),
        (301, "/releases/card.png")
    );
    let nothing = room.get("/nothing/here/at/all").await;
    assert_eq!(room.get("/no-such-kind/card.png").await, nothing);
}

#[test]
fn words_of_every_language_of_the_room_are_drawn_within_the_margins() {
    let faces = faces();
    for language in Language::all() {
        let card = titled(language.own_name(), language.as_str());
        let (left, right, top, low, many) = ink(&drawn(&card, &faces));
        let tag = language.as_str();
        assert!(many > 2_000, "{tag} has {many} pixels of ink");
        assert!(
            left >= 60 && right <= WIDTH - 60,
            "{tag}: {left} to {right}"
        );
        assert!(
            TITLE.contains(&top) && TITLE.contains(&low),
            "{tag}: {top} to {low}"
        );
        if language.direction() == "rtl" {
            assert!(right > WIDTH - 100, "{tag} begins at the right: {right}");
        } else {
            assert!(left < 100, "{tag} begins at the left: {left}");
        }
        // Each letter is there: without the last one, less is drawn.
        let mut shorter = card.clone();
        shorter.title.pop();
        assert_ne!(drawn(&shorter, &faces), drawn(&card, &faces), "{tag}");
    }
}

#[test]
fn letters_join_where_their_script_joins_them_and_stand_in_reading_order() {
    let faces = faces();
    let joined = ink(&drawn(&titled("سفينة", "ar"), &faces));
    let apart = ink(&drawn(
        &titled("س\u{200c}ف\u{200c}ي\u{200c}ن\u{200c}ة", "ar"),
        &faces,
    ));
    assert_ne!(joined, apart);
    // An Arabic title with a Latin word in it reads from the right: its first word stands there.
    let first = titled("ميناء Quay", "ar");
    let last = titled("Quay ميناء", "ar");
    assert_ne!(drawn(&first, &faces), drawn(&last, &faces));
    // Han letters have the shapes of their readers.
    assert_ne!(
        drawn(&titled("骨直", "ja"), &faces),
        drawn(&titled("骨直", "zh"), &faces)
    );
}

#[test]
fn a_long_title_is_wrapped_and_cut_and_never_leaves_its_place() {
    let faces = faces();
    let words = [
        (
            "en",
            "The ferry to the northern islands stops for the winter, and nobody was told why. ",
        ),
        (
            "de",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung",
        ),
        (
            "ar",
            "توقفت العبارة المتجهة إلى الجزر الشمالية طوال فصل الشتاء ولم يخبر أحد بالسبب ",
        ),
        ("zh", "开往北方岛屿的渡轮整个冬天停航而没有人被告知原因"),
        ("th", "เรือข้ามฟากไปยังหมู่เกาะทางเหนือหยุดให้บริการตลอดฤดูหนาว"),
    ];
    for (language, sentence) in words {
        let title: String = sentence.repeat(12).chars().take(400).collect();
        let (left, right, top, low, _) = ink(&drawn(&titled(&title, language), &faces));
        assert!(
            left >= 60 && right <= WIDTH - 60,
            "{language}: {left} to {right}"
        );
        assert!(
            TITLE.contains(&top) && TITLE.contains(&low),
            "{language}: {top} to {low}"
        );
        // What is beyond the cut does not matter.
        let longer = titled(&format!("{title} {sentence}"), language);
        assert_eq!(
            drawn(&titled(&title, language), &faces),
            drawn(&longer, &faces),
            "{language}"
        );
    }
}

#[test]
fn marks_in_words_are_words() {
    let faces = faces();
    let hostile = [
        "</svg><path fill=\"#ff0000\" d=\"M0 0h1200v630H0z\"/>",
        "<image href=\"file:///etc/passwd\"/>&lt;script&#x3e;",
        "\u{202e}drow\u{2028}\u{0}\u{feff}\u{fffe} end",
    ];
    for title in hostile {
        let mut card = titled(title, "en");
        card.label = title.to_owned();
        card.foot = title.to_owned();
        let seen = drawn(&card, &faces);
        assert!(ink(&seen).4 > 2_000, "{title}");
        let red = seen.pixels().any(|pixel| pixel.0 == [255, 0, 0]);
        assert!(!red, "{title}");
    }
    // Letters that there is no face for are left out, and the card is still one.
    let mut card = titled("🚢", "en");
    assert!(
        drawn(&card, &faces)
            .pixels()
            .all(|pixel| pixel.0 == [255; 3])
    );
    card.title = "🚢 Ferry".to_owned();
    assert_eq!(drawn(&card, &faces), drawn(&titled("Ferry", "en"), &faces));
}
