//! The second page of signing in, and every way that could lead round it.

use reqwest::{Method, RequestBuilder};

use super::people::{CHOSEN, path_of, signs_in};
use crate::support::{Browser, Room, Tab, sets_up_app};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const EVA: &str = "eva@quay.example";
const PASSWORD: &str = "correct horse, battery";

async fn gives_code<'a>(at: Tab<'a>, code: &str) -> Tab<'a> {
    at.fill("Code", code).press("Sign in").await
}

/// A browser at the second page.
async fn at_door(browser: &Browser) -> Tab<'_> {
    let door = signs_in(browser, EVA, PASSWORD).await;
    assert_eq!(door.address, "/admin/sign-in/factor");
    assert_eq!(door.only("h1"), "Now your code");
    door
}

#[actix_web::test]
async fn the_password_alone_opens_nothing_and_no_code_opens_twice() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, _) = sets_up_app(&room, &eva).await;
    let first = app.shows(room.clock.now());
    let other = room.visitor();
    let door = at_door(&other).await;
    for page in [
        "/admin",
        "/admin/items",
        "/admin/account",
        "/admin/account/factors/app",
    ] {
        let answer = other.get(page).await;
        assert_eq!(answer.status, 303, "{page}");
        assert!(
            answer.header("location").starts_with("/admin/sign-in"),
            "{page}"
        );
    }
    let used = gives_code(door, &first).await;
    assert_eq!(used.status, 422, "the code that set the app up");
    room.clock.pass(30 * SECOND);
    let code = app.shows(room.clock.now());
    let desk = gives_code(used, &code).await;
    assert_eq!((desk.status, desk.address.as_str()), (200, "/admin"));

    let third = room.visitor();
    let again = gives_code(at_door(&third).await, &code).await;
    assert_eq!(again.status, 422, "taken before");
    room.clock.pass(30 * SECOND);
    let code = app.shows(room.clock.now());
    let (half, rest) = code.split_at(3);
    let spaced = format!("{half} {rest}");
    assert_eq!(gives_code(again, &spaced).await.address, "/admin");
}

#[actix_web::test]
async fn somebody_who_wanted_a_page_arrives_there_after_both() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, _) = sets_up_app(&room, &eva).await;
    room.clock.pass(30 * SECOND);
    let other = room.visitor();
    let door = other.open("/admin/calendar").await;
    let door = door.fill("Mail address", EVA).fill("Password", PASSWORD);
    let door = door.press("Sign in").await;
    let page = gives_code(door, &app.shows(room.clock.now())).await;
    assert_eq!(page.address, "/admin/calendar");
}

#[actix_web::test]
async fn each_recovery_code_opens_once_and_new_ones_end_the_old() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (_, page) = sets_up_app(&room, &eva).await;
    let codes = page.select(".codes code");
    let other = room.visitor();
    let copied = codes[0].to_uppercase().replace('-', " ");
    let desk = gives_code(at_door(&other).await, &copied).await;
    assert_eq!(desk.address, "/admin");
    assert!(desk.only(".said").starts_with("9 recovery codes are left."));
    let again = gives_code(at_door(&other).await, &codes[0]).await;
    assert_eq!(again.status, 422, "used up");
    assert_eq!(gives_code(again, &codes[1]).await.address, "/admin");

    let renewed = eva.open("/admin/account/factors").await;
    assert!(renewed.has("8 are left."));
    let renewed = renewed.press("Make new recovery codes").await;
    let fresh = renewed.select(".codes code");
    assert_eq!(fresh.len(), 10);
    let old = gives_code(at_door(&other).await, &codes[2]).await;
    assert_eq!(old.status, 422);
    assert_eq!(gives_code(old, &fresh[2]).await.address, "/admin");
    let mails = room.admin().await.open("/admin/mails").await.source();
    assert!(mails.contains("A recovery code opened your account"));
    assert!(mails.contains("You have new recovery codes"));
}

#[actix_web::test]
async fn wrong_codes_make_a_pause_that_the_owner_is_told_of_and_can_get_round() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, page) = sets_up_app(&room, &eva).await;
    let recovery = page.select(".codes code");
    let other = room.visitor();
    let mut door = at_door(&other).await;
    for _ in 0..5 {
        door = gives_code(door, "000000").await;
        assert!(door.only("#code-error").contains("not right"));
    }
    room.clock.pass(15 * SECOND);
    let right = app.shows(room.clock.now().plus_millis(30 * SECOND));
    let paused = gives_code(door, &right).await;
    assert_eq!(paused.status, 422);
    assert!(paused.only("#code-error").contains("Wait 15 seconds"));
    assert_eq!(
        eva.get("/admin").await.status,
        200,
        "whoever is in stays in"
    );
    assert_eq!(gives_code(paused, &recovery[0]).await.address, "/admin");

    room.clock.pass(15 * SECOND);
    let door = at_door(&other).await;
    let code = app.shows(room.clock.now().plus_millis(30 * SECOND));
    assert_eq!(gives_code(door, &code).await.address, "/admin");
    let mails = room.admin().await.open("/admin/mails").await.source();
    let told = mails.matches("Somebody knows your password for the newsroom of Open Quay");
    assert_eq!(told.count(), 1);
}

#[actix_web::test]
async fn a_password_waits_ten_minutes_for_its_code_and_not_over_a_new_password() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, _) = sets_up_app(&room, &eva).await;
    let other = room.visitor();
    let door = at_door(&other).await;
    room.clock.pass(10 * MINUTE);
    let late = gives_code(door, &app.shows(room.clock.now())).await;
    assert_eq!(late.only("h1"), "Sign in to the newsroom");

    let waiting = at_door(&other).await;
    let account = eva.open("/admin/account").await;
    let account = account.fill("Your present password", PASSWORD);
    account
        .fill("New password", CHOSEN)
        .press("Change your password")
        .await;
    room.clock.pass(30 * SECOND);
    let code = app.shows(room.clock.now());
    let late = gives_code(waiting, &code).await;
    assert_eq!(late.only("h1"), "Sign in to the newsroom");
    let door = signs_in(&other, EVA, CHOSEN).await;
    assert_eq!(
        gives_code(door, &code).await.address,
        "/admin",
        "not used up"
    );
}

#[actix_web::test]
async fn somebody_who_is_disabled_or_gets_other_roles_between_password_and_code_is_not_let_in() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, page) = sets_up_app(&room, &eva).await;
    let codes = page.select(".codes code");
    let admin = room.admin().await;
    let (first, second) = (room.visitor(), room.visitor());
    let waiting = at_door(&first).await;
    let person = admin.open("/admin/people").await.click("Eva").await;
    let person = person.tick("Author", true).press("Change the roles").await;
    let sent_away = gives_code(waiting, &codes[0]).await;
    assert_eq!(sent_away.only("h1"), "Sign in to the newsroom");
    let waiting = at_door(&second).await;
    person.press("Disable the account").await;
    room.clock.pass(30 * SECOND);
    let code = app.shows(room.clock.now());
    let sent_away = gives_code(waiting, &code).await;
    assert_eq!(sent_away.only("h1"), "Sign in to the newsroom");
    assert_eq!(second.get("/admin").await.status, 303);
}

#[actix_web::test]
async fn a_link_for_a_lost_password_does_not_lead_round_the_factor() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, _) = sets_up_app(&room, &eva).await;
    let admin = room.admin().await;
    let page = admin.open("/admin/people").await.click("Eva").await;
    let link = path_of(&room, &page.press("Make a new link").await);
    let finder = room.visitor();
    let form = finder.open(&link).await.fill("New password", CHOSEN);
    form.press("Set the password").await;
    assert_eq!(finder.get("/admin").await.status, 303);
    let door = signs_in(&finder, EVA, CHOSEN).await;
    assert_eq!(door.address, "/admin/sign-in/factor");
    assert_eq!(finder.get("/admin").await.status, 303);
    room.clock.pass(30 * SECOND);
    let desk = gives_code(door, &app.shows(room.clock.now())).await;
    assert_eq!(desk.address, "/admin");
}

/// A request of a browser that keeps no cookies, with this one.
fn with(room: &Room, stranger: &Browser, cookie: &str, path: &str) -> RequestBuilder {
    let request = stranger.request(Method::POST, path);
    let request = request.header("origin", &room.root);
    if cookie.is_empty() {
        request
    } else {
        request.header("cookie", cookie)
    }
}

/// Sends a form and gives the cookie that came with the answer.
async fn cookie_after(request: RequestBuilder, fields: &[(&str, &str)]) -> String {
    let answer = request.form(fields).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

#[actix_web::test]
async fn each_step_of_signing_in_has_a_key_of_its_own_and_the_one_before_opens_nothing() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, _) = sets_up_app(&room, &eva).await;
    room.clock.pass(30 * SECOND);
    let code = app.shows(room.clock.now());
    // Planted by somebody who hopes that it becomes Eva's: a session that is nobody's.
    let plain = room.visitor();
    let planted = with(&room, &plain, "", "/admin/forgotten-password");
    let planted = planted.form(&[("mail", EVA)]).send().await.unwrap();
    assert!(
        planted.headers().get("set-cookie").is_none(),
        "no key before a password"
    );

    let half = with(&room, &plain, "", "/admin/sign-in");
    let half = cookie_after(half, &[("mail", EVA), ("password", PASSWORD)]).await;
    let again = with(&room, &room.visitor(), &half, "/admin/sign-in");
    let renewed = cookie_after(again, &[("mail", EVA), ("password", PASSWORD)]).await;
    let stranger = room.visitor();
    let stale = with(&room, &stranger, &half, "/admin/sign-in/factor");
    let stale = stale.form(&[("code", &code)]).send().await.unwrap();
    assert_eq!(stale.headers()["location"], "/admin/sign-in");

    let whole = with(&room, &stranger, &renewed, "/admin/sign-in/factor");
    let whole = cookie_after(whole, &[("code", &code)]).await;
    let opens = async |cookie: &str| {
        let request = room.visitor().request(Method::GET, "/admin");
        let request = request.header("cookie", cookie);
        request.send().await.unwrap().status().as_u16()
    };
    let all = [
        opens(&half).await,
        opens(&renewed).await,
        opens(&whole).await,
    ];
    assert_eq!(all, [303, 303, 200]);
}
