//! The first start makes a room and offers one address to open it; the second finds it as it was.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::binary::{Running, run, seen};
use super::client::Client;
use super::writer::{MAIL, PASSWORD, open_room, opened, token_of};
use crate::storage::raw::Raw;
use crate::storage::scratch::Scratch;

#[actix_web::test]
async fn the_set_up_address_makes_the_first_account_once() {
    let place = Scratch::new();
    let mut running = Running::serve(&place.room());
    let set_up = running.line("set-up");
    let client = Client::of(&running.readers);
    let (path, token) = token_of(&client, &set_up);
    assert_eq!(path, "/admin/set-up");
    assert!(token.len() >= 32, "{token}");
    let right = format!("{path}?token={token}");

    let page = client.get(&right).await.unwrap().ok();
    assert!(page.words().contains("Open your newsroom"));
    assert_eq!(
        open_room(&client, &set_up).await.leads_below("/admin"),
        "/admin"
    );
    let work = client.get("/admin").await.unwrap().ok().words();
    assert!(
        work.contains("Welcome.") && work.contains("Ada Writer"),
        "{work}"
    );

    assert_eq!(client.get(&right).await.unwrap().status, 404);
    let stranger = Client::of(&running.readers);
    assert_eq!(open_room(&stranger, &set_up).await.status, 404);
    assert_eq!(stranger.get("/admin").await.unwrap().status, 303);
}

#[actix_web::test]
async fn a_wrong_or_missing_key_is_an_address_that_does_not_exist() {
    let place = Scratch::new();
    let mut running = Running::serve(&place.room());
    let set_up = running.line("set-up");
    let client = Client::of(&running.readers);
    let (path, token) = token_of(&client, &set_up);
    for wrong in ["", "x", token.get(1..).unwrap(), &token.to_uppercase()] {
        let page = client.get(&format!("{path}?token={wrong}")).await.unwrap();
        assert_eq!(page.status, 404, "{wrong}");
        let forged = set_up.replace(token, wrong);
        assert_eq!(open_room(&client, &forged).await.status, 404, "{wrong}");
    }
    // Nobody was made by any of these: the right key still opens the room.
    open_room(&client, &set_up).await.leads_below("/admin");
}

#[actix_web::test]
async fn readers_are_told_that_the_room_opens_soon() {
    let place = Scratch::new();
    let running = Running::serve(&place.room());
    let front = Client::of(&running.readers).get("/").await.unwrap();
    assert_eq!(front.status, 503);
}

#[actix_web::test]
async fn a_first_account_with_a_short_password_is_not_made() {
    let place = Scratch::new();
    let mut running = Running::serve(&place.room());
    let set_up = running.line("set-up");
    let client = Client::of(&running.readers);
    let (path, token) = token_of(&client, &set_up);
    let fields = super::client::owned(&[
        ("token", token),
        ("room_name", "The harbour news"),
        ("name", "Ada Writer"),
        ("mail", MAIL),
        ("password", "short"),
    ]);
    let answer = client.send(path, &fields).await.unwrap();
    assert_eq!(answer.status, 422);
    let words = answer.words();
    assert!(
        words.contains("A password needs at least 12 characters; 7 more."),
        "{words}"
    );
    assert!(answer.text().contains("The harbour news"));
    open_room(&client, &set_up).await.leads_below("/admin");
}

#[actix_web::test]
async fn a_second_start_prints_no_set_up_address_and_finds_everything_as_it_was() {
    let place = Scratch::new();
    let (mut first, client) = opened(&place.room()).await;
    let item = client
        .write_item(&[
            ("title", "The bridge is open again"),
            ("summary", "Traffic flows."),
            ("body", "After *three* winters."),
        ])
        .await
        .unwrap();
    client.publish_item(item, &[]).await.unwrap();
    let pages = [
        "/",
        "/news/the-bridge-is-open-again",
        "/feed.atom",
        "/press-releases",
    ];
    let mut before = Vec::new();
    for page in pages {
        let text = client.get(page).await.unwrap().ok().text();
        assert!(text.contains("The bridge is open again"), "{page}");
        before.push(text.replace(&first.readers, ""));
    }
    let key = fs::read(place.room().with_extension("key")).unwrap();
    drop(client);
    let printed = first.stop().await;
    let words: Vec<_> = printed
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(words, ["readers", "staff", "set-up"]);

    let mut second = Running::serve(&place.room());
    let staff = second.line("staff");
    assert_eq!(staff, format!("{}/admin", second.readers));
    let client = Client::of(&second.readers);
    for (page, before) in pages.iter().zip(&before) {
        let text = client.get(page).await.unwrap().ok().text();
        assert_eq!(text.replace(&second.readers, ""), *before, "{page}");
    }
    assert_eq!(
        client.sign_in(MAIL, PASSWORD).await.unwrap().location,
        "/admin"
    );
    assert_eq!(
        client.field_of_item(item, "body").await.unwrap(),
        "After *three* winters."
    );
    assert_eq!(fs::read(place.room().with_extension("key")).unwrap(), key);
    drop(client);
    let printed = second.stop().await;
    assert!(
        !printed.iter().any(|line| line.contains("set-up")),
        "{printed:?}"
    );
}

#[actix_web::test]
async fn the_key_that_seals_cookies_is_readable_by_its_owner_only() {
    let place = Scratch::new();
    let mut running = Running::serve(&place.room());
    let _waited = running.line("set-up");
    let key = place.room().with_extension("key");
    let mode = fs::metadata(&key).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(fs::read(&key).unwrap().len(), 64);
}

#[actix_web::test]
async fn a_person_who_was_added_signs_in_with_the_printed_password() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let (running, _) = opened(&place.room()).await;
    let added = run(&[
        "person",
        "add",
        "--database",
        &file,
        "--name",
        "Bo Editor",
        "--mail",
        "bo@example.org",
        "--role",
        "editor",
    ]);
    let (code, out, err) = seen(&added);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let line: Vec<&str> = out.strip_suffix('\n').unwrap().split(' ').collect();
    let [role, mail, password] = line[..] else {
        panic!("{out}");
    };
    assert_eq!((role, mail), ("editor", "bo@example.org"));

    let client = Client::of(&running.readers);
    let wrong = client
        .sign_in(mail, &password.replace('-', ""))
        .await
        .unwrap();
    assert_eq!(wrong.status, 422);
    client
        .sign_in(mail, password)
        .await
        .unwrap()
        .leads_below("/admin");
    let work = client.get("/admin").await.unwrap().ok().words();
    assert!(work.contains("Bo Editor"), "{work}");

    let again = run(&[
        "person",
        "add",
        "--database",
        &file,
        "--name",
        "Bo Second",
        "--mail",
        "BO@example.org",
        "--role",
        "author",
    ]);
    let (code, out, err) = seen(&again);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(err, "bo@example.org has an account already.\n");
}

#[actix_web::test]
async fn a_room_that_starts_with_the_samples_keeps_the_name_that_was_typed() {
    let place = Scratch::new();
    let mut running = Running::serve(&place.room());
    let set_up = running.line("set-up");
    let client = Client::of(&running.readers);
    let (path, token) = token_of(&client, &set_up);
    let fields = super::client::owned(&[
        ("token", token),
        ("room_name", "The harbour news"),
        ("name", "Ada Writer"),
        ("mail", MAIL),
        ("password", PASSWORD),
        ("samples", "yes"),
    ]);
    let answer = client.send(path, &fields).await.unwrap();
    answer.leads_below("/admin");
    let front = client.get("/").await.unwrap().ok();
    assert!(front.words().contains("The harbour news"));
    assert!(front.text().matches("/news/").count() >= 12);
    assert_eq!(client.send(path, &fields).await.unwrap().status, 404);
}

/// Runs a command for people on this room that must succeed; what it printed.
fn person(words: &[&str], file: &str) -> String {
    let output = run(&[&["person"], words, &["--database", file]].concat());
    let (code, out, err) = seen(&output);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{words:?}");
    out
}

#[actix_web::test]
async fn whoever_runs_the_machine_lists_people_and_gives_and_takes_what_they_may_do() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let (running, _) = opened(&place.room()).await;
    let bo = ["--mail", "bo@example.org"];
    let all = |words: &[&str]| person(&[words, &bo].concat(), &file);
    all(&["add", "--name", "Bo", "--role", "editor"]);
    assert_eq!(
        all(&["role", "--role", "author,admin"]),
        "author and admin bo@example.org\n"
    );
    let list = person(&["list"], &file);
    assert!(
        list.contains("active\tauthor and admin\tbo@example.org\tBo\n"),
        "{list}"
    );

    let printed = all(&["reset-password"]);
    let password = printed.trim_end().split(' ').next_back().unwrap();
    let client = Client::of(&running.readers);
    let signed_in = client.sign_in(bo[1], password).await.unwrap();
    signed_in.leads_below("/admin");
    all(&["disable"]);
    assert_eq!(client.get("/admin").await.unwrap().status, 303);
    assert_eq!(client.sign_in(bo[1], password).await.unwrap().status, 422);
    assert_eq!(all(&["disable", "--undo"]), "active bo@example.org\n");
    let signed_in = client.sign_in(bo[1], password).await.unwrap();
    signed_in.leads_below("/admin");

    for (words, no) in [
        (
            ["role", "--role", "author", "--mail", MAIL],
            "Nobody else can run this newsroom",
        ),
        (
            ["role", "--role", "author", "--mail", "who@example.org"],
            "There is no such person.",
        ),
    ] {
        all(&["role", "--role", "editor"]);
        let (code, _, err) = seen(&run(
            &[&["person"], &words[..], &["--database", &file]].concat()
        ));
        assert_eq!((code, err.contains(no)), (Some(1), true), "{err}");
    }
}

#[actix_web::test]
async fn whoever_runs_the_machine_takes_a_lost_second_factor_away() {
    let place = Scratch::new();
    let file = place.room().to_string_lossy().into_owned();
    let (running, client) = opened(&place.room()).await;
    let mut raw = Raw::open(&place.room());
    raw.run(
        "INSERT INTO app_factors (person_id, sealed, last_step, made_at)
         SELECT id, '', 0, 0 FROM people",
    );
    assert_eq!(client.get("/admin").await.unwrap().status, 200);
    let other = Client::of(&running.readers);
    let door = other.sign_in(MAIL, PASSWORD).await.unwrap();
    assert_eq!(door.leads_below("/admin"), "/admin/sign-in/factor");
    let reset = ["reset-factor", "--mail", MAIL];
    assert_eq!(person(&reset, &file), format!("no-factor {MAIL}\n"));
    assert_eq!(client.get("/admin").await.unwrap().status, 303);
    let desk = other.sign_in(MAIL, PASSWORD).await.unwrap();
    assert_eq!(desk.leads_below("/admin"), "/admin");
    let (code, _, err) = seen(&run(
        &[&["person"], &reset[..], &["--database", &file]].concat()
    ));
    assert_eq!(code, Some(1));
    assert!(err.contains("This account has no second factor"), "{err}");
}
