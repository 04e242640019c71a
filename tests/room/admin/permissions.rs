//! Every route under /admin × every role, generated from the program's own list of routes and the table of moves.

use dateline::accounts::{Person, Roles};
use dateline::admin;
use dateline::keys::new_key;
use dateline::newsroom::{Move, Wording, moves};
use reqwest::{Client, StatusCode};

use super::rules::{RULES, Rule};
use crate::support::staffed::{Staffed, open, wording};

/// Addresses that stand outside every list would be served by nobody's rule.
const NOWHERE: [(&str, &str); 3] = [
    ("get", "/nothing"),
    ("post", "/nothing"),
    ("get", "/items/0/nothing"),
];

/// Every route with its rule: those above, and a page and a button for each move, whose rule is
/// the table of moves itself.
fn rules() -> Vec<(&'static str, String, Rule)> {
    let mut rules: Vec<_> = RULES
        .into_iter()
        .map(|(method, address, rule)| (method, address.to_owned(), rule))
        .collect();
    for (noun, a_move) in admin::moves() {
        let rule = if moves::may_ever(a_move, Roles::AUTHOR).is_ok() {
            Rule::Writers
        } else {
            Rule::Editors
        };
        let address = format!("/items/{{number}}{noun}");
        if a_move != Move::Save {
            rules.push(("get", address.clone(), rule));
        }
        rules.push(("post", address, rule));
    }
    rules.sort();
    rules.dedup();
    rules
}

/// The routes as the program registers them, read from its own source; those of moves are made
/// from a list.
fn registered() -> Vec<(String, String)> {
    let source = concat!(
        include_str!("../../../src/admin/mod.rs"),
        include_str!("../../../src/admin/room_routes.rs"),
        include_str!("../../../src/admin/door_routes.rs"),
        include_str!("../../../src/admin/image_routes.rs"),
        include_str!("../../../src/admin/files/mod.rs"),
    );
    let mut routes = Vec::new();
    for part in source.split(".route(").skip(1) {
        let Some(part) = part.trim_start().strip_prefix('"') else {
            assert!(part.starts_with("&below("), "not read: {part}");
            continue;
        };
        let address = part.split('"').next().unwrap().to_owned();
        let rest = part.split_once(',').unwrap().1;
        let is_get = rest.contains("web::get")
            && !rest.split("web::get").next().unwrap().contains("post")
            || [
                "publishing::opens",
                "words::opens",
                "word::opens",
                "merger::opens",
            ]
            .iter()
            .any(|opens| rest.trim_start().starts_with(opens));
        routes.push((if is_get { "get" } else { "post" }.to_owned(), address));
    }
    routes
}

#[test]
fn a_route_without_a_rule_fails() {
    let registered = registered();
    assert!(
        registered.len() > 20,
        "the list was not read: {registered:?}"
    );
    let rules = rules();
    for (method, address) in registered {
        let known = rules
            .iter()
            .filter(|(m, a, _)| *m == method && *a == address)
            .count();
        assert_eq!(known, 1, "{method} {address}");
    }
}

pub(super) fn people(room: &Staffed) -> Vec<Person> {
    vec![
        room.person("author", Roles::AUTHOR),
        room.person("editor", Roles::EDITOR),
        room.person("admin", Roles::ADMIN),
        room.person("first", Roles::FIRST),
    ]
}

fn path(address: &str) -> String {
    format!(
        "/admin{}",
        address
            .replace("{number}", "1")
            .replace("{comment}", "1")
            .replace("{rendition}", "320.webp")
            .replace("{version}", "1")
            .replace("{page}", "page-160.webp")
            .replace("{instant}{address:.*}", "2018-11-26T12:00:00Z/")
            .replace("{address:.*}", "/")
    )
}

async fn status(room: &Staffed, client: &Client, method: &str, address: &str) -> StatusCode {
    if method == "get" {
        room.get(client, &path(address)).await.status()
    } else {
        room.send(client, &path(address), &[("form_key", &new_key())])
            .await
            .status()
    }
}

#[actix_web::test]
async fn a_stranger_is_asked_to_sign_in_everywhere_and_comes_back_to_a_page() {
    let room = open();
    let stranger = room.stranger();
    let pages: Vec<String> = rules()
        .iter()
        .filter(|(method, ..)| *method == "get")
        .map(|(_, address, _)| path(address))
        .collect();
    for (method, address, rule) in rules() {
        if rule == Rule::Everybody {
            continue;
        }
        let answer = if method == "get" {
            room.get(&stranger, &path(&address)).await
        } else {
            room.send(&stranger, &path(&address), &[]).await
        };
        assert_eq!(answer.status(), 303, "{method} {address}");
        let to = answer.headers()["location"].to_str().unwrap();
        assert!(
            to.starts_with("/admin/sign-in"),
            "{method} {address} leads to {to}"
        );
        let asked = to.split_once('?').map_or("", |(_, query)| query);
        let next = form_urlencoded::parse(asked.as_bytes()).find(|(name, _)| name == "next");
        let next = next.map_or_else(String::new, |(_, page)| page.into_owned());
        // Whoever has not come in yet has no page to come back to.
        let of_the_door = ["/sign-out", "/sign-in/", "/account/factors/app"];
        let is_of_the_door = of_the_door.iter().any(|one| address.starts_with(one));
        assert!(
            pages.contains(&next) || (is_of_the_door && next.is_empty()),
            "{method} {address} comes back to {next}"
        );
    }
}

#[actix_web::test]
async fn every_role_gets_what_its_rule_says_and_nothing_else() {
    let room = open();
    for person in people(&room) {
        let client = room.sign_in(person.name.as_str()).await;
        for (method, address) in NOWHERE {
            let status = status(&room, &client, method, address).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{method} {address}");
        }
        for (method, address, rule) in rules() {
            if address == "/sign-out" || rule == Rule::Everybody {
                continue;
            }
            let status = status(&room, &client, method, &address).await;
            let refused = status == StatusCode::FORBIDDEN;
            let roles = person.roles.words();
            assert_eq!(
                refused,
                !rule.allows(person.roles),
                "{roles}: {method} {address} → {status}"
            );
            assert!(
                !status.is_server_error(),
                "{roles}: {method} {address} → {status}"
            );
        }
    }
}

#[actix_web::test]
async fn a_change_that_another_site_sends_is_refused() {
    let room = open();
    people(&room);
    let editor = room.sign_in("editor").await;
    let address = format!("{}/admin/items", room.root);
    let ways: [&[(&str, &str)]; 4] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", &room.root)],
    ];
    for headers in ways {
        let mut request = editor.post(&address).form(&[("title", "Planted")]);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(request.send().await.unwrap().status(), 403, "{headers:?}");
    }
}

#[actix_web::test]
async fn a_session_ends_at_sign_out_also_for_whoever_copied_the_cookie() {
    let room = open();
    people(&room);
    let client = room.stranger();
    let mail = [
        ("mail", "editor@example.org"),
        ("password", "one password for all"),
    ];
    let signed_in = room.send(&client, "/admin/sign-in", &mail).await;
    let cookie = signed_in.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    let copied = cookie.split(';').next().unwrap().to_owned();
    let thief = room.stranger();
    let steal = || {
        thief
            .get(format!("{}/admin", room.root))
            .header("cookie", &copied)
            .send()
    };
    assert_eq!(steal().await.unwrap().status(), 200);
    assert_eq!(
        room.send(&client, "/admin/sign-out", &[]).await.status(),
        303
    );
    assert_eq!(steal().await.unwrap().status(), 303);
}

#[actix_web::test]
async fn a_picture_that_readers_see_or_will_see_keeps_its_alt_text_and_is_an_editors_to_change() {
    let room = open();
    let editor = people(&room)[1].clone();
    let (image, _) = room.image("A boat", &editor);
    let words = Wording {
        body: format!("![](image:{image})").parse().unwrap(),
        ..wording("Ferry stops")
    };
    let item = room.start(words, &editor);
    let address = format!("/admin/images/{image}");
    let (author, editors) = (room.sign_in("author").await, room.sign_in("editor").await);
    let describe = async |client: &Client, choice: &str| {
        let key = new_key();
        // An author who may not is shown no form, and can write one all the same.
        let form = room.get(&editors, &address).await.text().await.unwrap();
        let shown = form
            .split("name=\"shown\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let fields = [
            ("form_key", key.as_str()),
            ("shown", shown.unwrap()),
            ("alt_choice", choice),
            ("alt_text", "A ship"),
        ];
        room.send(client, &address, &fields).await.status().as_u16()
    };
    assert_eq!(
        describe(&author, "written").await,
        303,
        "nothing waits for it yet"
    );
    room.schedule(item, editor.editor().unwrap());
    assert_eq!(describe(&author, "written").await, 403);
    assert_eq!(describe(&editors, "later").await, 422);
    assert_eq!(describe(&editors, "written").await, 303);
}
