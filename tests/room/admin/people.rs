//! People: invited by a link that works once, given other roles, disabled and enabled again.

use dateline::accounts::PersonId;
use dateline::storage::StorageError;
use dateline::storage::sessions::{self, StoredSession};
use reqwest::Method;

use crate::support::{Browser, Room, Tab};

pub(super) const CHOSEN: &str = "seven quiet herons at the lock";

/// The page of somebody who was just invited.
pub(super) async fn invited<'a>(admin: &'a Browser, name: &str, roles: &[&str]) -> Tab<'a> {
    let mut form = admin.open("/admin/people/new").await;
    form = form.fill("Name", name).fill(
        "Mail address",
        &format!("{}@quay.example", name.to_lowercase()),
    );
    for role in roles {
        form = form.tick(role, true);
    }
    form.press("Invite").await
}

pub(super) fn path_of(room: &Room, page: &Tab<'_>) -> String {
    let address = page.attr("#address", "value");
    address.strip_prefix(&room.root).unwrap().to_owned()
}

pub(super) async fn signs_in<'a>(browser: &'a Browser, mail: &str, password: &str) -> Tab<'a> {
    let door = browser.open("/admin/sign-in").await;
    let door = door.fill("Mail address", mail).fill("Password", password);
    door.press("Sign in").await
}

#[actix_web::test]
async fn somebody_who_is_invited_sets_a_password_by_a_link_that_works_once() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let page = invited(&admin, "Nour", &["Author"]).await;
    assert_eq!(
        (page.only("h1"), page.only(".chip")),
        ("Nour".into(), "Invited".into())
    );
    let link = path_of(&room, &page);
    let again = admin.open(&page.address).await;
    assert!(!again.source().contains(&link), "shown once");

    let nour = room.visitor();
    let form = nour.open(&link).await;
    assert!(form.source().contains("Welcome, <bdi>Nour</bdi>"));
    assert_eq!(form.header("referrer-policy"), "same-origin");
    assert_eq!(form.header("cache-control"), "no-store");
    let door = form
        .fill("New password", CHOSEN)
        .press("Set the password")
        .await;
    assert_eq!(door.only(".said"), "Your password is set. Sign in with it.");
    let desk = signs_in(&nour, "nour@quay.example", CHOSEN).await;
    assert_eq!(desk.address, "/admin");

    let over = room.visitor().get(&link).await;
    assert_eq!(
        (over.status, over.only("h1")),
        (404, "This link opens nothing".into())
    );
    let page = admin.open(&page.address).await;
    assert_eq!(page.only(".chip"), "Active");
}

#[actix_web::test]
async fn a_password_that_is_easy_to_guess_is_refused_beside_the_field() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let link = path_of(&room, &invited(&admin, "Nour", &["Author"]).await);
    let nour = room.visitor();
    for easy in [
        "passwordpassword",
        "nour@quay.example",
        "aaaaaaaaaaaaaaaa",
        "short",
    ] {
        let form = nour.open(&link).await.fill("New password", easy);
        let again = form.press("Set the password").await;
        assert_eq!(again.status, 422, "{easy}");
        assert!(!again.only("#password-error").is_empty(), "{easy}");
        assert_eq!(again.attr("#password", "value"), "");
    }
    let door = signs_in(&nour, "nour@quay.example", "").await;
    assert_eq!(
        door.status, 422,
        "an account without a password opens with none"
    );
}

#[actix_web::test]
async fn a_link_ends_by_time_by_a_newer_one_and_with_the_account() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let page = invited(&admin, "Nour", &["Editor"]).await;
    let first = path_of(&room, &page);
    let second = path_of(&room, &page.press("Make a new link").await);
    let status = async |link: &str| room.visitor().get(link).await.status;
    assert_eq!((status(&first).await, status(&second).await), (404, 200));
    room.clock.pass(7 * 24 * 60 * 60 * 1000 - 1);
    assert_eq!(status(&second).await, 200);
    room.clock.pass(1);
    assert_eq!(status(&second).await, 404);

    let admin = room.admin().await;
    let third = admin
        .open(&page.address)
        .await
        .press("Make a new link")
        .await;
    let link = path_of(&room, &third);
    assert_eq!(status(&link).await, 200);
    third.press("Disable the account").await;
    assert_eq!(status(&link).await, 404);
    assert_eq!(status("/admin/set-password/none").await, 404);
}

#[actix_web::test]
async fn a_role_that_another_admin_took_is_not_given_back_by_a_page_of_before() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let before = admin.open("/admin/people").await.click("Eva").await;
    let now = admin.open("/admin/people").await.click("Eva").await;
    let taken = now.tick("Editor", false).tick("Author", true);
    assert_eq!(taken.press("Change the roles").await.status, 200);
    let stale = before.tick("Admin", true).press("Change the roles").await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    assert!(stale.has("Someone changed this in the meantime."));
    let editor = room.editor().await;
    assert_eq!(editor.get("/admin/leaks").await.status, 403);
}

#[actix_web::test]
async fn a_sign_in_that_was_under_way_when_all_sessions_ended_begins_none() {
    let room = Room::open().await;
    let eva = PersonId::new(2);
    let begun = |era, hash: &'static str| {
        let session = StoredSession {
            person: Some(eva),
            at_door: None,
            device: String::new(),
            state: "{}".to_owned(),
            era: Some(era),
        };
        let now = room.clock.now();
        let kept: Result<_, StorageError> = room.store.write_here(|tx| {
            sessions::add(tx, hash, &session, now)?;
            sessions::kept(tx, hash, now)
        });
        kept.unwrap().is_some()
    };
    assert!(begun(0, "first"), "nothing ended yet");
    let ended: Result<_, StorageError> =
        room.store.write_here(|tx| sessions::end_all(tx, eva, None));
    assert_eq!(ended.unwrap(), 1);
    assert!(!begun(0, "late"), "it took a password of before");
    assert!(begun(1, "anew"));
}

#[actix_web::test]
async fn whoever_gets_other_roles_or_none_at_all_is_out_at_once() {
    let room = Room::open().await;
    let (admin, editor) = (room.admin().await, room.editor().await);
    assert_eq!(editor.get("/admin/leaks").await.status, 200);
    let eva = admin.open("/admin/people").await.click("Eva").await;
    let changed = eva.tick("Editor", false).tick("Author", true);
    let changed = changed.press("Change the roles").await;
    assert_eq!(
        changed.only(".said"),
        "The roles are changed. They sign in again."
    );
    let sent_away = editor.get("/admin/leaks").await;
    assert_eq!(
        (sent_away.status, sent_away.header("location")),
        (303, "/admin/sign-in?next=%2Fadmin%2Fleaks")
    );

    let editor = room.editor().await;
    assert_eq!(
        editor.get("/admin/leaks").await.status,
        403,
        "the role is gone"
    );
    let calendar = editor
        .open("/admin/calendar")
        .await
        .press("Make an address")
        .await;
    let feed = path_of(&room, &calendar);
    assert_eq!(room.visitor().get(&feed).await.status, 200);
    let disabled = changed.press("Disable the account").await;
    assert_eq!(disabled.only(".chip"), "Disabled");
    assert_eq!(editor.get("/admin").await.status, 303);
    assert_eq!(room.visitor().get(&feed).await.status, 404);
    let door = signs_in(
        &room.visitor(),
        "eva@quay.example",
        "correct horse, battery",
    )
    .await
    .status;
    assert_eq!(door, 422, "the right password opens nothing");

    let enabled = disabled.press("Enable the account").await;
    assert_eq!(enabled.only(".chip"), "Active");
    assert_eq!(room.editor().await.get("/admin").await.status, 200);
    assert_eq!(
        room.visitor().get(&feed).await.status,
        404,
        "its address was ended for good"
    );
}

#[actix_web::test]
async fn the_last_admin_stays_one_and_nobody_disables_themselves() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let ada = admin.open("/admin/people").await.click("Ada").await;
    assert!(!ada.source().contains("Disable the account"));
    let refused = ada.clone().tick("Admin", false).tick("Editor", true);
    let refused = refused.press("Change the roles").await;
    assert_eq!(refused.status, 409);
    assert!(
        refused
            .only(".alert")
            .contains("Nobody else can run this newsroom")
    );
    let none = ada
        .clone()
        .tick("Admin", false)
        .press("Change the roles")
        .await;
    assert_eq!(
        (
            none.status,
            none.only(".alert").contains("at least one role")
        ),
        (422, true)
    );
    let by_hand = admin
        .request(Method::POST, &format!("{}/end", ada.address))
        .header("origin", &room.root)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("");
    assert_eq!(by_hand.send().await.unwrap().status(), 409);

    invited(&admin, "Nour", &["Admin"]).await;
    let refused = ada.tick("Admin", false).tick("Editor", true);
    assert_eq!(
        refused.press("Change the roles").await.status,
        409,
        "an invited admin runs nothing yet"
    );
}

#[actix_web::test]
async fn a_mail_address_belongs_to_one_account() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let form = admin.open("/admin/people/new").await;
    let form = form
        .fill("Name", "Second Eva")
        .fill("Mail address", "EVA@quay.example");
    let refused = form.tick("Author", true).press("Invite").await;
    assert_eq!(
        (refused.status, refused.only("#mail-error")),
        (422, "This mail address belongs to another account.".into())
    );
    let empty = admin.open("/admin/people/new").await.press("Invite").await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.count(".alert li"), 3, "name, mail address and role");
}

#[actix_web::test]
async fn a_step_with_an_account_asks_for_the_password_after_a_while_and_forgets_nothing() {
    let room = Room::open().await;
    let admin = room.admin().await;
    room.clock.pass(16 * 60 * 1000);
    let asked = invited(&admin, "Nour", &["Author"]).await;
    assert_eq!((asked.status, asked.only("h1")), (200, "Is it you?".into()));
    let wrong = asked
        .fill("Your password", "something else")
        .press("Go on")
        .await;
    assert_eq!(
        (wrong.status, wrong.only("#own_password-error")),
        (422, "This is not your password.".into())
    );
    let done = wrong
        .fill("Your password", "correct horse, battery")
        .press("Go on")
        .await;
    assert_eq!(
        (done.only("h1"), done.only(".chip")),
        ("Nour".into(), "Invited".into())
    );
    let more = invited(&admin, "Omar", &["Author"]).await;
    assert_eq!(more.only("h1"), "Omar", "not asked again so soon");
}
