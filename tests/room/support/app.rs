//! The app on somebody's phone: it has the secret that a page showed, and shows codes.

use dateline::clock::Instant;
use totp_rs::{Builder, Secret, Totp};

use super::browser::{Browser, Tab};
use super::room::Room;

pub(crate) struct PhoneApp(Totp);

impl PhoneApp {
    /// Types the secret of this page into an app.
    pub(crate) fn reads(page: &Tab<'_>) -> Self {
        let typed = page.only(".secret code").replace(' ', "");
        let secret = Secret::try_from_base32(typed).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    pub(crate) fn shows(&self, now: Instant) -> String {
        let seconds = u64::try_from(now.millis()).unwrap() / 1000;
        self.0.generate(seconds).to_string()
    }
}

/// Sets an app up for whoever is signed in; the app, and the page with the recovery codes.
pub(crate) async fn sets_up_app<'a>(room: &Room, browser: &'a Browser) -> (PhoneApp, Tab<'a>) {
    let factors = browser.open("/admin/account/factors").await;
    let form = factors.press("Set up an app").await;
    let app = PhoneApp::reads(&form);
    let code = app.shows(room.clock.now());
    let done = form.fill("Code", &code).press("Confirm the code").await;
    assert_eq!(done.address, "/admin/account/factors", "{}", done.text());
    (app, done)
}
