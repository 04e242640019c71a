//! A second factor that a role requires: whoever has none sets one up before anything else opens.

use reqwest::Method;

use super::people::signs_in;
use crate::support::{Browser, PhoneApp, Room, Tab, sets_up_app};

const EVA: &str = "eva@quay.example";
const PASSWORD: &str = "correct horse, battery";

async fn requires<'a>(admin: &'a Browser, role: &str) -> Tab<'a> {
    let page = admin.open("/admin/people").await;
    let page = page
        .click("Second factors: who needs one, who has one")
        .await;
    page.tick(role, true).press("Save").await
}

#[actix_web::test]
async fn whoever_needs_a_factor_and_has_none_sets_one_up_before_anything_else_opens() {
    let room = Room::open().await;
    let (admin, eva, anna) = (room.admin().await, room.editor().await, room.author().await);
    let saved = requires(&admin, "Editor").await;
    assert!(saved.only(".said").contains("One person was signed out"));
    assert_eq!(eva.get("/admin").await.status, 303, "out at once");
    assert_eq!(anna.get("/admin").await.status, 200, "not concerned");

    let form = signs_in(&eva, EVA, PASSWORD).await;
    assert_eq!(form.address, "/admin/account/factors/app");
    assert!(form.has("Your role needs a second factor."));
    let drawn = eva.get("/admin/account/factors/app/picture.svg").await;
    assert_eq!(drawn.status, 200);
    for page in [
        "/admin",
        "/admin/items/new",
        "/admin/account",
        "/admin/account/factors",
    ] {
        assert_eq!(eva.get(page).await.status, 303, "{page}");
    }
    let by_hand = eva.request(Method::POST, "/admin/items");
    let by_hand = by_hand.header("origin", &room.root).form(&[("title", "x")]);
    assert_eq!(by_hand.send().await.unwrap().status(), 303);

    let app = PhoneApp::reads(&form);
    let code = app.shows(room.clock.now());
    let wrong = form.fill("Code", "12345").press("Confirm the code").await;
    assert_eq!(wrong.status, 422);
    assert_eq!(eva.get("/admin").await.status, 303);
    let codes = wrong.fill("Code", &code).press("Confirm the code").await;
    assert_eq!(codes.count(".codes li"), 10);
    assert_eq!(eva.get("/admin").await.status, 200);

    let kept = codes.press("Take the app away").await;
    assert_eq!(kept.status, 409);
    assert!(
        kept.only(".alert")
            .contains("Your role requires a second factor")
    );
    let other = room.visitor();
    let door = signs_in(&other, EVA, PASSWORD).await;
    assert_eq!(door.address, "/admin/sign-in/factor");
    let planted = other.open("/admin/account/factors/app").await;
    assert_eq!(
        planted.address, "/admin/sign-in",
        "no second app by the password alone"
    );
}

#[actix_web::test]
async fn two_who_set_up_at_the_door_are_not_both_let_in() {
    let room = Room::open().await;
    let admin = room.admin().await;
    requires(&admin, "Editor").await;
    let (owner, thief) = (room.visitor(), room.visitor());
    let form = signs_in(&owner, EVA, PASSWORD).await;
    let other = signs_in(&thief, EVA, PASSWORD).await;
    let now = room.clock.now();
    let code = PhoneApp::reads(&form).shows(now);
    form.fill("Code", &code).press("Confirm the code").await;
    let late = PhoneApp::reads(&other).shows(now);
    let late = other.fill("Code", &late).press("Confirm the code").await;
    assert_eq!(late.only("h1"), "Sign in to the newsroom");
    assert_eq!(thief.get("/admin").await.status, 303);
    assert_eq!(owner.get("/admin").await.status, 200);
}

#[actix_web::test]
async fn an_admin_shuts_nobody_out_by_mistake_least_of_all_themselves() {
    let room = Room::open().await;
    let admin = room.admin().await;
    let refused = requires(&admin, "Admin").await;
    assert_eq!(refused.status, 409);
    assert!(
        refused
            .only(".alert")
            .contains("set up your own second factor first")
    );
    assert_eq!(admin.get("/admin").await.status, 200);
    sets_up_app(&room, &admin).await;
    let saved = requires(&admin, "Admin").await;
    assert_eq!(saved.only(".said"), "Saved.");
    assert!(saved.select("td")[1].starts_with("An app that shows codes"));
    assert_eq!(admin.get("/admin").await.status, 200);
}

#[actix_web::test]
async fn whoever_is_given_a_role_that_needs_a_factor_is_led_to_set_one_up() {
    let room = Room::open().await;
    let (admin, anna) = (room.admin().await, room.author().await);
    requires(&admin, "Editor").await;
    let page = admin.open("/admin/people").await.click("Anna").await;
    let changed = page.tick("Editor", true).press("Change the roles").await;
    assert_eq!(changed.status, 200);
    assert_eq!(anna.get("/admin").await.status, 303);
    let form = signs_in(&anna, "anna@quay.example", PASSWORD).await;
    assert_eq!(form.address, "/admin/account/factors/app");
}
