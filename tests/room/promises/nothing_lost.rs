//! Nothing that was saved is lost, nothing that was typed is thrown away, nothing happens twice.

use dateline::accounts::Roles;
use dateline::keys::new_key;
use dateline::newsroom::ItemId;
use dateline::storage::{self, StorageError, library};
use dateline::zone::Zone;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};
use scraper::{Html, Selector};

use crate::support::staffed::{Staffed, open};

type Fields = Vec<(String, String)>;

/// What a browser would send of the page's form, as it stands.
fn form(page: &str) -> Fields {
    let html = Html::parse_document(page);
    let mut fields = Fields::new();
    let css = "main form[method=post] :is(input, textarea, select)";
    for field in html.select(&Selector::parse(css).unwrap()) {
        let Some(name) = field.attr("name") else {
            continue;
        };
        let ticked = field.attr("checked").is_some();
        let value = match (field.value().name(), field.attr("type")) {
            ("textarea", _) => field
                .text()
                .collect::<String>()
                .trim_start_matches('\n')
                .to_owned(),
            ("select", _) => {
                let chosen = Selector::parse("option[selected]").unwrap();
                let option = field.select(&chosen).next();
                option
                    .and_then(|o| o.attr("value"))
                    .unwrap_or_default()
                    .to_owned()
            }
            (_, Some("radio" | "checkbox")) if !ticked => continue,
            _ => field.attr("value").unwrap_or_default().to_owned(),
        };
        fields.push((name.to_owned(), value));
    }
    fields
}

fn with(mut fields: Fields, changed: &[(&str, &str)]) -> Fields {
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    &fields.iter().find(|(known, _)| known == name).unwrap().1
}

async fn page(room: &Staffed, client: &Client, path: &str) -> String {
    let response = room.get(client, path).await;
    assert_eq!(response.status(), 200, "{path}");
    response.text().await.unwrap()
}

async fn send(room: &Staffed, client: &Client, path: &str, fields: &Fields) -> Response {
    let borrowed: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    room.send(client, path, &borrowed).await
}

fn two_editors(room: &Staffed) -> ItemId {
    let ann = room.person("ann", Roles::EDITOR);
    room.person("ben", Roles::EDITOR);
    room.draft("Quay opens", &ann)
}

#[actix_web::test]
async fn two_people_save_and_the_second_is_shown_both_texts_and_loses_nothing() {
    let room = open();
    let item = two_editors(&room);
    let path = format!("/admin/items/{item}");
    let (ann, ben) = (room.sign_in("ann").await, room.sign_in("ben").await);
    let anns = form(&page(&room, &ann, &path).await);
    let bens = form(&page(&room, &ben, &path).await);
    let anns = with(
        anns,
        &[("title", "Ann’s title"), ("summary", "Ann’s summary.")],
    );
    assert_eq!(send(&room, &ann, &path, &anns).await.status(), 303);
    let bens = with(bens, &[("title", "Ben’s title"), ("body", "Ben’s body.")]);
    let answer = send(&room, &ben, &path, &bens).await;
    assert_eq!(answer.status(), 409);
    let both = answer.text().await.unwrap();
    for words in [
        "ann",
        "Ann’s title",
        "Ben’s title",
        "Ann’s summary.",
        "Ben’s body.",
    ] {
        assert!(both.contains(words), "{words}");
    }
    let merged = form(&both);
    assert_eq!(value(&merged, "title"), "Ben’s title");
    assert_eq!(
        value(&merged, "summary"),
        "Ann’s summary.",
        "only Ann changed it"
    );
    assert_eq!(value(&merged, "body"), "Ben’s body.", "only Ben changed it");
    assert_eq!(send(&room, &ben, &path, &merged).await.status(), 303);
    let saved = form(&page(&room, &ann, &path).await);
    assert_eq!(value(&saved, "summary"), "Ann’s summary.");
    assert_eq!(value(&saved, "body"), "Ben’s body.");
}

#[actix_web::test]
async fn the_same_form_sent_twice_makes_one_item() {
    let room = open();
    two_editors(&room);
    let ann = room.sign_in("ann").await;
    let blank = form(&page(&room, &ann, "/admin/items/new").await);
    let typed = with(blank, &[("title", "Once only"), ("body", "Text.")]);
    let first = send(&room, &ann, "/admin/items", &typed).await;
    let second = send(&room, &ann, "/admin/items", &typed).await;
    assert_eq!(first.headers()["location"], second.headers()["location"]);
    let list = page(&room, &ann, "/admin/items?words=Once+only").await;
    assert!(list.contains("1 item"), "one item is there");
}

#[actix_web::test]
async fn a_form_that_is_out_of_date_never_publishes() {
    let room = open();
    let item = two_editors(&room);
    let (ann, ben) = (room.sign_in("ann").await, room.sign_in("ben").await);
    let publications = format!("/admin/items/{item}/publications");
    let confirm = form(&page(&room, &ann, &publications).await);
    let path = format!("/admin/items/{item}");
    let bens = with(
        form(&page(&room, &ben, &path).await),
        &[("body", "Something else.")],
    );
    assert_eq!(send(&room, &ben, &path, &bens).await.status(), 303);
    assert_eq!(
        send(&room, &ann, &publications, &confirm).await.status(),
        409
    );
    assert_eq!(
        room.get(&room.stranger(), "/news/quay-opens")
            .await
            .status(),
        404
    );
}

#[actix_web::test]
async fn what_was_typed_stands_in_the_form_that_was_refused() {
    let room = open();
    two_editors(&room);
    let ann = room.sign_in("ann").await;
    let blank = form(&page(&room, &ann, "/admin/items/new").await);
    let typed = with(
        blank,
        &[
            ("title", ""),
            ("summary", "Kept \"words\""),
            ("slug", "No Slug"),
            ("focus_x", "200"),
            ("lead_number", "77"),
        ],
    );
    let answer = send(&room, &ann, "/admin/items", &typed).await;
    assert_eq!(answer.status(), 422);
    let again = form(&answer.text().await.unwrap());
    assert_eq!(value(&again, "summary"), "Kept \"words\"");
    assert_eq!(value(&again, "slug"), "No Slug");
    assert_eq!(value(&again, "lead_number"), "77");
}

#[actix_web::test]
async fn a_file_that_is_no_picture_gets_a_sentence_and_leaves_no_trace() {
    let room = open();
    two_editors(&room);
    let ann = room.sign_in("ann").await;
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let form = Form::new()
        .part(
            "pictures",
            Part::bytes(svg.as_bytes()).file_name("logo.jpg"),
        )
        .part(
            "pictures",
            Part::bytes(vec![0xff, 0xd8, 0xff, 0xe0]).file_name("cut.jpg"),
        );
    let answer = ann
        .post(format!("{}/admin/images", room.root))
        .header("origin", &room.root)
        .multipart(form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    let text = answer.text().await.unwrap();
    assert!(text.contains("logo.jpg") && text.contains("cut.jpg"));
    assert!(text.contains("JPEG, PNG, WebP or GIF"));
    let count = room
        .read
        .read_here(|tx| library::count(tx, &library::LibraryFilter::default(), room.now));
    assert_eq!(count.unwrap(), 0);
}

fn in_london(room: &Staffed) {
    let moved = room.store.write_here(|tx| {
        let frame = storage::room::frame(tx)?.unwrap();
        let london = dateline::newsroom::room::Room {
            zone: Zone::named("Europe/London").unwrap(),
            ..frame.room
        };
        storage::room::save(tx, &london, room.now)
    });
    moved.map_err(|error: StorageError| error).unwrap();
}

#[actix_web::test]
async fn an_hour_that_clocks_skip_is_refused_and_one_they_show_twice_is_asked_about() {
    let room = open();
    in_london(&room);
    let item = two_editors(&room);
    let ann = room.sign_in("ann").await;
    let path = format!("/admin/items/{item}/schedule");
    let confirm = form(&page(&room, &ann, &path).await);
    let missing = with(
        confirm.clone(),
        &[("date", "2019-03-31"), ("time", "01:30")],
    );
    let answer = send(&room, &ann, &path, &missing).await;
    assert_eq!(answer.status(), 422);
    assert!(answer.text().await.unwrap().contains("never show 01:30"));
    let twice = with(confirm, &[("date", "2019-10-27"), ("time", "01:30")]);
    let answer = send(&room, &ann, &path, &twice).await;
    assert_eq!(answer.status(), 422);
    let asked = answer.text().await.unwrap();
    assert!(
        asked.contains("UTC+01:00") && asked.contains("UTC+00:00"),
        "both are named"
    );
    let chosen = with(form(&asked), &[("which", "later")]);
    let told = send(&room, &ann, &path, &chosen).await;
    assert_eq!(told.status(), 200);
    let told = told.text().await.unwrap();
    assert!(told.contains("27 Oct 2019, 01:30 (UTC+00:00)"));
    assert_eq!(send(&room, &ann, &path, &form(&told)).await.status(), 303);
    room.clock
        .set(dateline::clock::Instant::parse("2019-10-27T01:29:59.999Z").unwrap());
    assert_eq!(
        room.get(&room.stranger(), "/news/quay-opens")
            .await
            .status(),
        404
    );
    room.clock
        .set(dateline::clock::Instant::parse("2019-10-27T01:30:00Z").unwrap());
    assert_eq!(
        room.get(&room.stranger(), "/news/quay-opens")
            .await
            .status(),
        200
    );
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let room = open();
    two_editors(&room);
    let stranger = room.stranger();
    let mut answers = Vec::new();
    for mail in ["ann@example.org", "eva@example.org"] {
        let fields = [("mail", mail), ("password", "not this one at all")];
        let answer = room.send(&stranger, "/admin/sign-in", &fields).await;
        assert_eq!(answer.status(), 422);
        answers.push(answer.text().await.unwrap().replace(mail, "somebody"));
    }
    assert_eq!(answers[0], answers[1]);
}

#[actix_web::test]
async fn a_form_without_its_key_does_nothing() {
    let room = open();
    two_editors(&room);
    let ann = room.sign_in("ann").await;
    let blank = form(&page(&room, &ann, "/admin/items/new").await);
    for key in ["", "short", &"x".repeat(32)] {
        let typed = with(blank.clone(), &[("title", "Keyless"), ("form_key", key)]);
        assert_eq!(
            send(&room, &ann, "/admin/items", &typed).await.status(),
            400,
            "{key}"
        );
    }
    let typed = with(blank, &[("title", "Keyless"), ("form_key", &new_key())]);
    assert_eq!(
        send(&room, &ann, "/admin/items", &typed).await.status(),
        303
    );
}
