//! Every route under /admin × every role, generated from the program's own list of routes and the table of moves.

use dateline::accounts::{Person, Roles};
use dateline::admin;
use dateline::keys::new_key;
use dateline::newsroom::{Move, Wording, moves};
use reqwest::{Client, StatusCode};

use crate::support::staffed::{Staffed, open, wording};

/// Who may use a route at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    Everybody,
    Staff,
    Writers,
    Editors,
    EditorsAndAdmins,
    Admins,
}

impl Rule {
    fn allows(self, roles: Roles) -> bool {
        match self {
            Self::Everybody | Self::Staff => true,
            Self::Writers => roles.may_write(),
            Self::Editors => roles.editor,
            Self::EditorsAndAdmins => roles.editor || roles.admin,
            Self::Admins => roles.admin,
        }
    }
}

/// The rule of every route that makes no move, by method and address below /admin.
const RULES: [(&str, &str, Rule); 106] = [
    ("get", "", Rule::Staff),
    ("get", "/set-up", Rule::Everybody),
    ("post", "/set-up", Rule::Everybody),
    ("get", "/sign-in", Rule::Everybody),
    ("post", "/sign-in", Rule::Everybody),
    ("get", "/sign-in/factor", Rule::Staff),
    ("post", "/sign-in/factor", Rule::Staff),
    ("post", "/sign-in/factor/passkey", Rule::Staff),
    ("post", "/sign-in/factor/passkey/question", Rule::Staff),
    ("post", "/sign-in/passkey", Rule::Everybody),
    ("post", "/sign-in/passkey/question", Rule::Everybody),
    ("post", "/sign-out", Rule::Staff),
    ("get", "/forgotten-password", Rule::Everybody),
    ("post", "/forgotten-password", Rule::Everybody),
    ("get", "/set-password/{secret}", Rule::Everybody),
    ("post", "/set-password/{secret}", Rule::Everybody),
    ("get", "/account", Rule::Staff),
    ("post", "/account", Rule::Staff),
    ("post", "/account/mail", Rule::Staff),
    ("post", "/account/password", Rule::Staff),
    ("post", "/account/sessions/end", Rule::Staff),
    ("post", "/account/taste", Rule::Staff),
    ("get", "/account/factors", Rule::Staff),
    ("post", "/account/factors/codes", Rule::Staff),
    ("get", "/account/factors/app", Rule::Staff),
    ("post", "/account/factors/app", Rule::Staff),
    ("get", "/account/factors/app/picture.svg", Rule::Staff),
    ("post", "/account/factors/app/code", Rule::Staff),
    ("post", "/account/factors/app/end", Rule::Staff),
    ("post", "/account/factors/passkeys", Rule::Staff),
    ("post", "/account/factors/passkeys/question", Rule::Staff),
    (
        "post",
        "/account/factors/passkeys/{number}/end",
        Rule::Staff,
    ),
    ("get", "/people", Rule::Admins),
    ("post", "/people", Rule::Admins),
    ("get", "/people/new", Rule::Admins),
    ("get", "/people/factors", Rule::Admins),
    ("post", "/people/factors", Rule::Admins),
    ("get", "/people/{number}", Rule::Admins),
    ("post", "/people/{number}/roles", Rule::Admins),
    ("post", "/people/{number}/link", Rule::Admins),
    ("post", "/people/{number}/end", Rule::Admins),
    ("post", "/people/{number}/return", Rule::Admins),
    ("post", "/people/{number}/factors/end", Rule::Admins),
    ("get", "/settings", Rule::Admins),
    ("post", "/settings", Rule::Admins),
    ("get", "/log", Rule::EditorsAndAdmins),
    ("get", "/log.csv", Rule::EditorsAndAdmins),
    ("get", "/log/{number}", Rule::Admins),
    ("post", "/log/{number}/return", Rule::Admins),
    ("get", "/topics", Rule::Editors),
    ("post", "/topics", Rule::Editors),
    ("get", "/topics/{number}", Rule::Editors),
    ("post", "/topics/{number}", Rule::Editors),
    ("post", "/topics/{number}/end", Rule::Editors),
    ("get", "/topics/{number}/merger", Rule::Editors),
    ("post", "/topics/{number}/merger", Rule::Editors),
    ("get", "/places", Rule::Editors),
    ("post", "/places", Rule::Editors),
    ("get", "/places/{number}", Rule::Editors),
    ("post", "/places/{number}", Rule::Editors),
    ("post", "/places/{number}/end", Rule::Editors),
    ("get", "/places/{number}/merger", Rule::Editors),
    ("post", "/places/{number}/merger", Rule::Editors),
    ("get", "/kinds", Rule::Admins),
    ("post", "/kinds", Rule::Admins),
    ("get", "/kinds/{number}", Rule::Admins),
    ("post", "/kinds/{number}", Rule::Admins),
    ("post", "/kinds/{number}/end", Rule::Admins),
    ("get", "/hold", Rule::Editors),
    ("post", "/hold", Rule::Editors),
    ("post", "/hold/end", Rule::Editors),
    ("get", "/calendar", Rule::Staff),
    ("post", "/calendar/address", Rule::Staff),
    ("post", "/calendar/address/end", Rule::Staff),
    ("get", "/leaks", Rule::Editors),
    ("post", "/leaks", Rule::Editors),
    ("get", "/time-travel", Rule::Editors),
    ("get", "/time-travel/{instant}{address:.*}", Rule::Editors),
    ("get", "/operation", Rule::Admins),
    ("get", "/search", Rule::Staff),
    ("get", "/guide", Rule::Staff),
    ("get", "/readers{address:.*}", Rule::Staff),
    ("get", "/mails", Rule::Admins),
    ("post", "/mails/{number}/tries", Rule::Admins),
    ("get", "/items", Rule::Staff),
    ("post", "/items", Rule::Writers),
    ("get", "/items/new", Rule::Writers),
    ("get", "/items/several", Rule::Writers),
    ("post", "/items/several", Rule::Writers),
    ("post", "/items/new/autosave", Rule::Writers),
    ("post", "/items/{number}/autosave", Rule::Writers),
    ("post", "/autosaves/{number}/end", Rule::Writers),
    ("get", "/items/{number}", Rule::Staff),
    ("get", "/items/{number}/preview", Rule::Staff),
    ("get", "/items/{number}/review", Rule::Staff),
    ("get", "/items/{number}/history", Rule::Staff),
    ("get", "/items/{number}/history/changes", Rule::Staff),
    ("post", "/items/{number}/comments", Rule::Writers),
    (
        "post",
        "/items/{number}/comments/{comment}/resolution",
        Rule::Writers,
    ),
    ("post", "/items/{number}/assignment", Rule::Writers),
    ("get", "/items/{number}/passes", Rule::Editors),
    ("get", "/images", Rule::Staff),
    ("post", "/images", Rule::Writers),
    ("get", "/images/{number}", Rule::Staff),
    ("post", "/images/{number}", Rule::Writers),
    ("get", "/images/{number}/{rendition}", Rule::Staff),
];

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
    assert_eq!(describe(&editors, "later").await, 422);
    assert_eq!(describe(&editors, "written").await, 303);
}
