//! Second factors, as their owner and an admin handle them.

use dateline::keys::hex;
use reqwest::Method;

use super::people::signs_in;
use crate::support::{PhoneApp, Room, Tab, sets_up_app};

const MINUTE: i64 = 60 * 1000;
const PASSWORD: &str = "correct horse, battery";

fn mails_of(page: &Tab<'_>, words: &str) -> usize {
    page.source().matches(words).count()
}

#[actix_web::test]
async fn an_app_is_set_up_by_its_first_code_and_ends_every_other_session() {
    let room = Room::open().await;
    let (eva, elsewhere) = (room.editor().await, room.editor().await);
    let account = eva.open("/admin/account").await;
    assert!(account.has("None: the password alone opens the account."));
    let factors = account.click("Second factor and recovery codes").await;
    let form = factors.press("Set up an app").await;
    let drawn = eva.get(&form.attr(".qr img", "src")).await;
    assert_eq!(
        (drawn.header("content-type"), drawn.header("cache-control")),
        ("image/svg+xml", "no-store")
    );
    assert!(drawn.source().contains("<svg") && !drawn.source().contains("style="));
    let again = eva.open("/admin/account/factors/app").await;
    assert_eq!(again.only(".secret code"), form.only(".secret code"));

    let app = PhoneApp::reads(&form);
    let old = app.shows(room.clock.now().plus_millis(-5 * MINUTE));
    let wrong = form.fill("Code", &old).press("Confirm the code").await;
    assert_eq!(wrong.status, 422);
    assert!(!wrong.only("#code-error").is_empty());
    assert_eq!(
        elsewhere.get("/admin").await.status,
        200,
        "nothing is set up"
    );

    let code = app.shows(room.clock.now());
    let done = wrong.fill("Code", &code).press("Confirm the code").await;
    assert_eq!(done.count(".codes li"), 10);
    assert_eq!(elsewhere.get("/admin").await.status, 303);
    let later = eva.open("/admin/account/factors").await;
    assert_eq!(later.count(".codes li"), 0, "shown once");
    assert!(later.has("10 are left."));
    let gone = eva.get("/admin/account/factors/app/picture.svg").await;
    assert_eq!(gone.status, 404, "nobody sees the secret again");
    let mails = room.admin().await.open("/admin/mails").await.source();
    assert!(mails.contains("Your second factor for the newsroom of Open Quay was changed"));
}

#[actix_web::test]
async fn a_copy_of_the_rooms_file_holds_no_secret_of_an_app() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let factors = eva.open("/admin/account/factors").await;
    let form = factors.press("Set up an app").await;
    let typed = form.only(".secret code").replace(' ', "");
    let raw = totp_rs::Secret::try_from_base32(&typed).unwrap();
    let digits = hex(raw.as_bytes());
    let app = PhoneApp::reads(&form);
    let code = app.shows(room.clock.now());
    let before = holds(&room);
    let done = form.fill("Code", &code).pressed("Confirm the code").await;
    assert_eq!(done.status, 303);
    let waiting = holds(&room);
    let codes = eva
        .open("/admin/account/factors")
        .await
        .select(".codes code");
    for held in [before, waiting, holds(&room)] {
        let finds = |words: &[u8]| held.windows(words.len()).any(|part| part == words);
        assert!(finds(b"eva@quay.example"), "the file was read");
        for secret in [raw.as_bytes(), typed.as_bytes(), digits.as_bytes()] {
            assert!(!finds(secret));
        }
        assert!(codes.iter().all(|code| !finds(code.as_bytes())));
    }
    assert_eq!(codes.len(), 10);
}

/// All bytes of the room's file, and of what was written beside it.
fn holds(room: &Room) -> Vec<u8> {
    let file = room.file();
    let beside = file.with_file_name("room.db-wal");
    [file, beside]
        .iter()
        .flat_map(|file| std::fs::read(file).unwrap())
        .collect()
}

#[actix_web::test]
async fn taking_a_factor_away_asks_for_a_fresh_proof_which_a_code_is_too_and_is_told_by_mail() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let (app, page) = sets_up_app(&room, &eva).await;
    room.clock.pass(16 * MINUTE);
    let asked = page.press("Take the app away").await;
    assert_eq!((asked.status, asked.only("h1")), (200, "Is it you?".into()));
    let nothing = asked.press("Go on").await;
    assert_eq!(nothing.status, 422, "neither password nor code");
    let wrong = nothing.fill("Or a code", "000000").press("Go on").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.only("#own_code-error").contains("not right"));
    let code = app.shows(room.clock.now());
    let gone = wrong.fill("Or a code", &code).press("Go on").await;
    assert!(gone.has("None is set up."), "{}", gone.text());
    let again = eva.request(Method::POST, "/admin/account/factors/app/end");
    let again = again.header("origin", &room.root).form(&[("x", "")]);
    assert_eq!(again.send().await.unwrap().status(), 409);

    let desk = signs_in(&eva, "eva@quay.example", PASSWORD).await;
    assert_eq!(desk.address, "/admin", "the password is enough again");
    let admin = room.admin().await;
    let mails = admin.open("/admin/mails").await;
    let told = "Your second factor for the newsroom of Open Quay was changed";
    assert_eq!(mails_of(&mails, told), 2, "set up and taken away");
}

#[actix_web::test]
async fn a_secret_that_was_left_on_a_screen_is_forgotten_with_the_proof_it_was_asked_for_with() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let factors = eva.open("/admin/account/factors").await;
    let form = factors.press("Set up an app").await;
    let app = PhoneApp::reads(&form);
    room.clock.pass(16 * MINUTE);
    let code = app.shows(room.clock.now());
    let late = form.fill("Code", &code).press("Confirm the code").await;
    assert_eq!(late.address, "/admin/account/factors");
    assert!(late.has("None is set up."), "{}", late.text());
    let picture = eva.get("/admin/account/factors/app/picture.svg").await;
    assert_eq!(picture.status, 404);
}

#[actix_web::test]
async fn an_admin_takes_the_second_factor_of_somebody_who_lost_it_away() {
    let room = Room::open().await;
    let (admin, eva) = (room.admin().await, room.editor().await);
    sets_up_app(&room, &eva).await;
    let author = room.author().await;
    let by_hand = author.request(Method::POST, "/admin/people/2/factors/end");
    let by_hand = by_hand.header("origin", &room.root).form(&[("x", "")]);
    assert_eq!(by_hand.send().await.unwrap().status(), 403);
    assert_eq!(eva.get("/admin").await.status, 200);

    let page = admin.open("/admin/people").await.click("Eva").await;
    assert!(page.has("An app that shows codes; 10 recovery codes are left."));
    room.clock.pass(16 * MINUTE);
    let asked = page.press("Take the second factor away").await;
    assert_eq!(asked.only("h1"), "Is it you?");
    let done = asked.fill("Your password", PASSWORD).press("Go on").await;
    assert!(done.has("None: the password alone opens the account."));
    assert_eq!(eva.get("/admin").await.status, 303, "signed out everywhere");
    let desk = signs_in(&eva, "eva@quay.example", PASSWORD).await;
    assert_eq!(desk.address, "/admin");
    let mails = admin.open("/admin/mails").await.source();
    assert!(mails.contains("Your second factor for the newsroom of Open Quay was changed"));
    assert_eq!(done.count("button"), page.count("button") - 1);
}
