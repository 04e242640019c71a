//! Passkeys, with a device in software: made, used after the password and alone, taken away.

use super::people::signs_in;
use crate::support::{Browser, Device, Room, Tab};

const EVA: &str = "eva@quay.example";
const PASSWORD: &str = "correct horse, battery";
const FACTORS: &str = "/admin/account/factors";
const MAKES: &str = "/admin/account/factors/passkeys/question";
const SECOND: &str = "/admin/sign-in/factor/passkey/question";
const PROVES: &str = "/admin/account/factors/passkeys/proof";
const ALONE: &str = "/admin/sign-in/passkey/question";

/// A passkey of whoever is signed in; the page after it.
async fn makes<'a>(device: &mut Device, browser: &'a Browser, name: &str) -> Tab<'a> {
    let page = browser.open(FACTORS).await;
    let made = device.makes(browser, MAKES).await;
    let page = made.in_form(page).fill("Name", name);
    page.press("Make a passkey").await
}

#[actix_web::test]
async fn a_passkey_is_made_with_recovery_codes_and_opens_the_door_after_the_password() {
    let room = Room::open_at_a_name().await;
    let (eva, elsewhere) = (room.editor().await, room.editor().await);
    let mut phone = Device::new(&room);
    let done = makes(&mut phone, &eva, "Phone").await;
    assert_eq!(done.count(".codes li"), 10);
    assert_eq!(done.select(".sessions strong"), ["Phone"]);
    assert!(done.has("not used yet"));
    assert_eq!(elsewhere.get("/admin").await.status, 303);

    let other = room.visitor();
    let door = signs_in(&other, EVA, PASSWORD).await;
    assert_eq!(door.address, "/admin/sign-in/factor");
    assert_eq!(other.get("/admin").await.status, 303);
    let proof = phone.proves(&other, SECOND).await;
    let desk = proof.in_form(door).press("Use a passkey").await;
    assert_eq!(desk.address, "/admin");
    let used = eva.open(FACTORS).await;
    assert!(!used.has("not used yet"));

    let third = room.visitor();
    let door = signs_in(&third, EVA, PASSWORD).await;
    let again = proof.in_form(door).press("Use a passkey").await;
    assert_eq!(again.status, 422, "an answer is taken once");
    let code = &done.select(".codes code")[0];
    let desk = again.fill("Code", code).press("Sign in").await;
    assert_eq!(
        desk.address, "/admin",
        "a recovery code does without the key"
    );
    let mails = room.admin().await.open("/admin/mails").await.source();
    assert!(mails.contains("Your second factor for the newsroom of Open Quay was changed"));
}

#[actix_web::test]
async fn a_passkey_alone_opens_the_door_and_leads_where_its_owner_wanted() {
    let room = Room::open_at_a_name().await;
    let eva = room.editor().await;
    let mut phone = Device::new(&room);
    makes(&mut phone, &eva, "Phone").await;
    let other = room.visitor();
    let door = other.open("/admin/calendar").await;
    let proof = phone.proves(&other, ALONE).await;
    let page = proof.in_form(door).press("Sign in with a passkey").await;
    assert_eq!(
        (page.status, page.address.as_str()),
        (200, "/admin/calendar")
    );
    assert!(page.only(".me").starts_with("Eva"));

    let stranger = room.visitor();
    let door = stranger.open("/admin/sign-in").await;
    let replayed = proof.in_form(door.clone());
    let replayed = replayed.press("Sign in with a passkey").await;
    assert_eq!(replayed.status, 422);
    // Made for another room, or not at all.
    let mut unknown = Device::new(&room);
    let author = room.author().await;
    unknown.makes(&author, MAKES).await;
    let proof = unknown.proves(&stranger, ALONE).await;
    let refused = proof.in_form(door).press("Sign in with a passkey").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .only("#problems")
            .contains("does not know that passkey")
    );
}

#[actix_web::test]
async fn somebody_elses_passkey_is_no_second_factor() {
    let room = Room::open_at_a_name().await;
    let (eva, anna) = (room.editor().await, room.author().await);
    let (mut evas, mut annas) = (Device::new(&room), Device::new(&room));
    makes(&mut evas, &eva, "Eva’s").await;
    makes(&mut annas, &anna, "Anna’s").await;
    let thief = room.visitor();
    let door = signs_in(&thief, EVA, PASSWORD).await;
    let proof = annas.proves(&thief, SECOND).await;
    let refused = proof.in_form(door).press("Use a passkey").await;
    assert_eq!(refused.status, 422);
    assert_eq!(thief.get("/admin").await.status, 303);
}

#[actix_web::test]
async fn a_passkey_that_was_taken_away_or_whose_owner_is_disabled_opens_nothing() {
    let room = Room::open_at_a_name().await;
    let eva = room.editor().await;
    let mut phone = Device::new(&room);
    let page = makes(&mut phone, &eva, "Phone").await;
    let other = room.visitor();
    let door = other.open("/admin/sign-in").await;
    let proof = phone.proves(&other, ALONE).await;
    let page = page.press("Take away: Phone").await;
    assert!(page.only(".said").contains("taken away"));
    let refused = proof.in_form(door).press("Sign in with a passkey").await;
    assert_eq!(refused.status, 422);
    let desk = signs_in(&other, EVA, PASSWORD).await;
    assert_eq!(desk.address, "/admin", "no factor is left");

    let mut key = Device::new(&room);
    let eva = room.editor().await;
    makes(&mut key, &eva, "Key").await;
    let admin = room.admin().await;
    let person = admin.open("/admin/people").await.click("Eva").await;
    assert!(person.has("One passkey; 10 recovery codes are left."));
    person.press("Disable the account").await;
    let door = other.open("/admin/account").await;
    let stranger = room.visitor();
    let proof = key.proves(&stranger, ALONE).await;
    let at = stranger.open("/admin/sign-in").await;
    let refused = proof.in_form(at).press("Sign in with a passkey").await;
    assert_eq!(
        (refused.status, door.only("h1")),
        (422, "Sign in to the newsroom".into())
    );
}

#[actix_web::test]
async fn a_passkey_is_a_fresh_proof_before_a_dangerous_step_and_somebody_elses_is_none() {
    let room = Room::open_at_a_name().await;
    let (eva, anna) = (room.editor().await, room.author().await);
    let (mut evas, mut annas) = (Device::new(&room), Device::new(&room));
    makes(&mut evas, &eva, "Eva’s").await;
    makes(&mut annas, &anna, "Anna’s").await;
    room.clock.pass(16 * 60_000);
    let asked = eva.open(FACTORS).await.press("Take away: Eva’s").await;
    assert_eq!((asked.status, asked.only("h1")), (200, "Is it you?".into()));
    assert!(asked.has("or a passkey"), "{}", asked.text());
    let wrong = annas.proves(&anna, PROVES).await;
    let wrong = wrong.in_fields(asked, "own_").press("Use a passkey").await;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert!(
        eva.open(FACTORS).await.has("Eva’s"),
        "nothing was taken away"
    );
    let proof = evas.proves(&eva, PROVES).await;
    let proven = proof.in_fields(wrong, "own_").press("Use a passkey").await;
    assert_eq!(proven.status, 200, "{}", proven.text());
    assert!(!eva.open(FACTORS).await.has("Eva’s"));
}

#[actix_web::test]
async fn a_room_at_a_number_offers_no_passkey_and_says_why() {
    let room = Room::open().await;
    let eva = room.editor().await;
    let page = eva.open(FACTORS).await;
    assert!(page.has("Passkeys need an address with a name"));
    assert_eq!(page.count("[data-passkey]"), 0);
    let door = room.visitor().open("/admin/sign-in").await.source();
    assert!(!door.contains("data-passkey"));
}
