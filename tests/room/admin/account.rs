//! One's own account, its sessions, and what ends them.

use reqwest::Method;

use super::people::{CHOSEN, signs_in};
use crate::support::{Browser, Room, Tab};

const PASSWORD: &str = "correct horse, battery";

async fn changes_password<'a>(browser: &'a Browser, from: &str, to: &str) -> Tab<'a> {
    let account = browser.open("/admin/account").await;
    let account = account
        .fill("Your present password", from)
        .fill("New password", to);
    account.press("Change your password").await
}

fn cookie(answer: &reqwest::Response) -> String {
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// What somebody gets who copied a cookie.
async fn with_copied(room: &Room, cookie: &str) -> u16 {
    let thief = room.visitor();
    let request = thief.request(Method::GET, "/admin/account");
    request
        .header("cookie", cookie)
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

/// Signs Eva in by hand and gives the cookie that she got.
async fn signed_in(room: &Room, browser: &Browser, agent: &str) -> String {
    let answer = browser
        .request(Method::POST, "/admin/sign-in")
        .header("origin", &room.root)
        .header("user-agent", agent)
        .form(&[("mail", "eva@quay.example"), ("password", PASSWORD)])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 303);
    cookie(&answer)
}

#[actix_web::test]
async fn a_new_password_ends_every_other_session_and_every_copy_of_this_one() {
    let room = Room::open().await;
    let (here, there) = (room.visitor(), room.visitor());
    let copied = signed_in(&room, &here, "").await;
    let elsewhere = signed_in(&room, &there, "").await;
    assert_eq!(
        (
            with_copied(&room, &copied).await,
            with_copied(&room, &elsewhere).await
        ),
        (200, 200)
    );

    let wrong = changes_password(&here, "not it", CHOSEN).await;
    assert_eq!(
        (wrong.status, wrong.only("#own_password-error")),
        (422, "This is not your present password.".into())
    );
    let easy = changes_password(&here, PASSWORD, "evaevaevaeva").await;
    assert_eq!(easy.status, 422);
    assert_eq!(
        with_copied(&room, &elsewhere).await,
        200,
        "nothing happened"
    );

    let done = changes_password(&here, PASSWORD, CHOSEN).await;
    assert_eq!(
        (done.status, done.address.as_str()),
        (200, "/admin/account")
    );
    assert_eq!(
        (
            with_copied(&room, &copied).await,
            with_copied(&room, &elsewhere).await
        ),
        (303, 303)
    );
    assert_eq!(here.get("/admin").await.status, 200, "still signed in here");
    assert_eq!(
        signs_in(&there, "eva@quay.example", PASSWORD).await.status,
        422
    );
    assert_eq!(
        signs_in(&there, "eva@quay.example", CHOSEN).await.status,
        200
    );
}

#[actix_web::test]
async fn a_person_sees_where_they_are_signed_in_and_ends_it() {
    let room = Room::open().await;
    let [here, phone, old] = [room.visitor(), room.visitor(), room.visitor()];
    let at_phone = signed_in(
        &room,
        &phone,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
    )
    .await;
    let at_old = signed_in(&room, &old, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0").await;
    room.clock.pass(60_000);
    signed_in(
        &room,
        &here,
        "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    )
    .await;
    let account = here.open("/admin/account").await;
    let devices = account.select(".sessions strong");
    assert_eq!(
        devices,
        ["Firefox on Linux", "Firefox on Windows", "Safari on iPhone"]
    );
    assert!(account.select(".sessions li")[0].contains("this one"));
    let author = room.author().await;
    assert_eq!(
        author.open("/admin/account").await.count(".sessions li"),
        1,
        "one's own alone"
    );

    // By hand, somebody else's session: nothing happens.
    let foreign = author.request(Method::POST, "/admin/account/sessions/end");
    let foreign = foreign
        .header("origin", &room.root)
        .form(&[("session", "1")]);
    assert_eq!(foreign.send().await.unwrap().status(), 303);
    assert_eq!(with_copied(&room, &at_phone).await, 200);

    let numbers = account.attrs(".sessions input[name=session]", "value");
    let one = here.request(Method::POST, "/admin/account/sessions/end");
    let one = one
        .header("origin", &room.root)
        .form(&[("session", &numbers[0])]);
    assert_eq!(one.send().await.unwrap().status(), 303);
    assert_eq!(
        (
            with_copied(&room, &at_old).await,
            with_copied(&room, &at_phone).await
        ),
        (303, 200)
    );
    let account = here.open("/admin/account").await;
    let account = account.press("Sign out everywhere else").await;
    assert_eq!(account.count(".sessions li"), 1);
    assert_eq!(with_copied(&room, &at_phone).await, 303);
}

/// Uses the session so much later. That it is used is noted beside the request that uses it.
async fn is_used_after(browser: &Browser, room: &Room, millis: i64) {
    let facts = async || {
        browser
            .open("/admin/account")
            .await
            .select(".sessions .facts")
    };
    let before = facts().await;
    room.clock.pass(millis);
    while facts().await == before {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[actix_web::test]
async fn a_session_ends_idle_after_a_day_and_in_use_after_a_week() {
    const HOUR: i64 = 60 * 60 * 1000;
    let room = Room::open().await;
    let (idle, used) = (room.author().await, room.editor().await);
    is_used_after(&used, &room, 24 * HOUR - 1).await;
    room.clock.pass(1);
    assert_eq!(idle.get("/admin").await.status, 303, "idle for a day");
    for _ in 0..11 {
        is_used_after(&used, &room, 12 * HOUR).await;
    }
    assert_eq!(used.get("/admin").await.status, 200);
    room.clock.pass(12 * HOUR);
    assert_eq!(used.get("/admin").await.status, 303, "a week is over");
}

#[actix_web::test]
async fn a_name_and_a_mail_address_are_ones_own_to_change() {
    let room = Room::open().await;
    let editor = room.editor().await;
    let account = editor.open("/admin/account").await;
    let renamed = account
        .fill("Your name", "Eva <b>Ruiz</b>")
        .press("Change your name")
        .await;
    assert!(renamed.only(".me").starts_with("Eva <b>Ruiz</b>"));
    let taken = renamed.fill("Your mail address", "anna@quay.example");
    let taken = taken.press("Change your mail address").await;
    assert_eq!(
        (taken.status, taken.only("#mail-error")),
        (422, "This mail address belongs to another account.".into())
    );
    let moved = taken.fill("Your mail address", "e.ruiz@quay.example");
    moved.press("Change your mail address").await;
    let other = room.visitor();
    assert_eq!(
        signs_in(&other, "eva@quay.example", PASSWORD).await.status,
        422
    );
    assert_eq!(
        signs_in(&other, "e.ruiz@quay.example", PASSWORD)
            .await
            .status,
        200
    );
    let mails = room.admin().await.open("/admin/mails").await.source();
    assert!(mails.contains("Your mail address for the newsroom of Open Quay was changed"));
    assert!(
        mails.contains("eva@quay.example"),
        "the address before is told"
    );
}

/// How long a page of staff's takes, as the middle of several.
async fn page_time(browser: &Browser) -> std::time::Duration {
    const PAGES: usize = 21;
    let mut times = Vec::new();
    for _ in 0..PAGES {
        let begun = std::time::Instant::now();
        assert_eq!(browser.get("/admin/items").await.status, 200);
        times.push(begun.elapsed());
    }
    times.sort();
    times[PAGES / 2]
}

/// Hashing has half of the processors, and this one process sends all of the attack besides.
const SLOWER_AT_MOST: f64 = 25.0;

#[actix_web::test]
async fn a_thousand_wrong_passwords_lock_nobody_out() {
    const CLIENTS: usize = 100;
    let room = Room::open().await;
    let reading = room.author().await;
    let attacker = room.visitor();
    let wrong = |client: usize| {
        let sent = attacker
            .request(Method::POST, "/admin/sign-in")
            .header("origin", &room.root)
            .header("x-forwarded-for", format!("198.51.100.{client}"))
            .form(&[("mail", "eva@quay.example"), ("password", "a wrong one")]);
        async move { sent.send().await.unwrap().status().as_u16() }
    };
    let all = (0..1000).map(|number| wrong(number % CLIENTS));
    let quiet = page_time(&reading).await;
    let attack = futures_util::future::join_all(all);
    let owner = async {
        // Behind everybody else, from an address of her own.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let eva = room.visitor();
        let door = eva
            .request(Method::POST, "/admin/sign-in")
            .header("origin", &room.root)
            .header("x-forwarded-for", "203.0.113.9")
            .form(&[("mail", "eva@quay.example"), ("password", PASSWORD)]);
        door.send().await.unwrap().status().as_u16()
    };
    let busy = async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        page_time(&reading).await
    };
    let (answers, owner, busy) = tokio::join!(attack, owner, busy);
    assert_eq!(owner, 303);
    let slower = busy.as_secs_f64() / quiet.as_secs_f64();
    assert!(
        slower < SLOWER_AT_MOST,
        "{slower:.1} times slower: {busy:?}"
    );
    assert!(
        answers.iter().all(|status| [422, 503].contains(status)),
        "{answers:?}"
    );
}
