//! Every route under /admin × every role × every state of an item, generated from the tables: the
//! program's own list of routes, and the table of moves.

use dateline::accounts::{Person, Roles};
use dateline::desk::publishing::desk;
use dateline::keys::new_key;
use dateline::newsroom::{ItemId, Move, Wording, moves};
use reqwest::{Client, StatusCode};

use crate::support::staffed::{Staffed, aim, open, wording};

/// Who may use a route at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Everybody,
    Staff,
    Writers,
    Editors,
    Admins,
}

impl Rule {
    fn allows(self, roles: Roles) -> bool {
        match self {
            Self::Everybody | Self::Staff => true,
            Self::Writers => roles.may_write(),
            Self::Editors => roles.editor,
            Self::Admins => roles.admin,
        }
    }
}

/// The rule of every route, by method and address below /admin.
const RULES: [(&str, &str, Rule); 32] = [
    ("get", "", Rule::Staff),
    ("get", "/set-up", Rule::Everybody),
    ("post", "/set-up", Rule::Everybody),
    ("get", "/sign-in", Rule::Everybody),
    ("post", "/sign-in", Rule::Everybody),
    ("post", "/sign-out", Rule::Staff),
    ("get", "/settings", Rule::Admins),
    ("post", "/settings", Rule::Admins),
    ("get", "/items", Rule::Staff),
    ("post", "/items", Rule::Writers),
    ("get", "/items/new", Rule::Writers),
    ("get", "/items/{number}", Rule::Staff),
    ("post", "/items/{number}", Rule::Writers),
    ("get", "/items/{number}/preview", Rule::Staff),
    ("get", "/items/{number}/publications", Rule::Editors),
    ("post", "/items/{number}/publications", Rule::Editors),
    ("get", "/items/{number}/schedule", Rule::Editors),
    ("post", "/items/{number}/schedule", Rule::Editors),
    ("get", "/items/{number}/schedule/end", Rule::Editors),
    ("post", "/items/{number}/schedule/end", Rule::Editors),
    ("get", "/items/{number}/withdrawal", Rule::Editors),
    ("post", "/items/{number}/withdrawal", Rule::Editors),
    ("get", "/items/{number}/restoration", Rule::Editors),
    ("post", "/items/{number}/restoration", Rule::Editors),
    ("get", "/images", Rule::Staff),
    ("post", "/images", Rule::Writers),
    ("get", "/images/{number}", Rule::Staff),
    ("post", "/images/{number}", Rule::Writers),
    ("get", "/images/{number}/{rendition}", Rule::Staff),
    // Addresses that stand outside the list above would be served by nobody's rule.
    ("get", "/nothing", Rule::Everybody),
    ("post", "/nothing", Rule::Everybody),
    ("get", "/items/0/nothing", Rule::Everybody),
];

/// The routes as the program registers them, read from its own source.
fn registered() -> Vec<(String, String)> {
    let source = include_str!("../../../src/admin/mod.rs");
    let mut routes = Vec::new();
    for part in source.split(".route(").skip(1) {
        let address = part.split('"').nth(1).unwrap().to_owned();
        let method = if part.split("web::").nth(1).unwrap().starts_with("get") {
            "get"
        } else {
            "post"
        };
        routes.push((method.to_owned(), address));
    }
    routes
}

#[test]
fn a_route_without_a_rule_fails() {
    let registered = registered();
    assert!(
        registered.len() > 25,
        "the list was not read: {registered:?}"
    );
    for (method, address) in registered {
        let rules = RULES
            .iter()
            .filter(|(m, a, _)| *m == method && *a == address)
            .count();
        assert_eq!(rules, 1, "{method} {address}");
    }
}

fn people(room: &Staffed) -> Vec<Person> {
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
            .replace("{rendition}", "320.webp")
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
async fn a_stranger_is_asked_to_sign_in_everywhere() {
    let room = open();
    let stranger = room.stranger();
    for (method, address, rule) in RULES {
        if rule == Rule::Everybody {
            continue;
        }
        let answer = if method == "get" {
            room.get(&stranger, &path(address)).await
        } else {
            room.send(&stranger, &path(address), &[]).await
        };
        assert_eq!(answer.status(), 303, "{method} {address}");
        let to = answer.headers()["location"].to_str().unwrap();
        assert!(
            to.starts_with("/admin/sign-in"),
            "{method} {address} leads to {to}"
        );
    }
}

#[actix_web::test]
async fn every_role_gets_what_its_rule_says_and_nothing_else() {
    let room = open();
    for person in people(&room) {
        let client = room.sign_in(person.name.as_str()).await;
        for (method, address, rule) in RULES {
            if address == "/sign-out" || rule == Rule::Everybody {
                continue;
            }
            let status = status(&room, &client, method, address).await;
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

/// The address that makes each move, and whether it is asked with the address of the item.
fn address_of(a_move: Move, item: ItemId) -> String {
    let noun = match a_move {
        Move::Save => return format!("/admin/items/{item}"),
        Move::PublishNow | Move::Correct => "publications",
        Move::Schedule => "schedule",
        Move::Unschedule => "schedule/end",
        Move::Withdraw => "withdrawal",
        Move::Restore => "restoration",
    };
    format!("/admin/items/{item}/{noun}")
}

/// A fresh item in the state of that number, and what the table of moves says of it.
fn item_in(room: &Staffed, state: usize, editor: &Person) -> ItemId {
    let item = room.draft(&format!("Item {}", new_key()), editor);
    let proof = editor.editor().unwrap();
    match state {
        0 => {}
        1 => room.schedule(item, proof),
        2 => room.publish(item, proof),
        _ => {
            room.publish(item, proof);
            room.withdraw(item, proof);
        }
    }
    item
}

#[actix_web::test]
async fn the_page_of_a_move_opens_exactly_where_the_table_allows_it() {
    let room = open();
    let people = people(&room);
    let editor = people[1].clone();
    for person in &people {
        let client = room.sign_in(person.name.as_str()).await;
        for state in 0..4 {
            let item = item_in(&room, state, &editor);
            let facts = room.read.read_here(|tx| desk(tx, item)).unwrap().unwrap();
            let situation = facts.situation(room.now);
            for a_move in Move::ALL {
                if a_move == Move::Save {
                    continue;
                }
                let mut allowed = moves::allow(a_move, person.roles, situation).is_ok();
                if matches!(a_move, Move::PublishNow | Move::Correct) {
                    // One address makes both: whichever fits the item.
                    allowed = [Move::PublishNow, Move::Correct]
                        .into_iter()
                        .any(|one| moves::allow(one, person.roles, situation).is_ok());
                }
                let address = address_of(a_move, item);
                let status = room.get(&client, &address).await.status();
                let who = person.roles.words();
                assert_eq!(
                    status == 200,
                    allowed,
                    "{who} {a_move:?} {situation:?} → {status}"
                );
            }
        }
    }
}

#[actix_web::test]
async fn an_author_who_guesses_an_address_changes_nothing() {
    let room = open();
    let people = people(&room);
    let author = room.sign_in("author").await;
    for state in 0..4 {
        let item = item_in(&room, state, &people[1]);
        let before = room.read.read_here(|tx| desk(tx, item)).unwrap().unwrap();
        let shown = aim(&before).shown;
        let publication = shown
            .publication
            .map_or_else(String::new, |id| id.to_string());
        let shown = format!("{}.{publication}", shown.revision);
        for a_move in Move::ALL.into_iter().filter(|a_move| *a_move != Move::Save) {
            let key = new_key();
            let fields = [
                ("form_key", key.as_str()),
                ("shown", &shown),
                ("change", "correction"),
                ("public_note", "A note."),
                ("date", "2019-01-01"),
                ("time", "10:00"),
            ];
            let sent = room.send(&author, &address_of(a_move, item), &fields).await;
            assert_eq!(sent.status(), 403, "{a_move:?} in state {state}");
        }
        let after = room.read.read_here(|tx| desk(tx, item)).unwrap().unwrap();
        assert_eq!(after.lane.newest(), before.lane.newest());
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
        let form = room.get(client, &address).await.text().await.unwrap();
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
    assert_eq!(describe(&editors, "later").await, 409);
    assert_eq!(describe(&editors, "written").await, 303);
}
