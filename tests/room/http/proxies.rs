//! Who a client is, behind a proxy and without one.

use std::time::{Duration, Instant};

use dateline::web::doors::{Limits, TrustedProxies};
use futures_util::future::join_all;
use reqwest::Method;

use crate::support::Room;

/// How long a wrong password takes that comes from there.
async fn wrong_password(room: &Room, from: &str, mail: &str) -> Duration {
    let browser = room.visitor();
    let asked = Instant::now();
    let form = [("mail", mail), ("password", "wrong horse"), ("next", "")];
    let answer = browser
        .request(Method::POST, "/admin/sign-in")
        .header("x-forwarded-for", from)
        .header("sec-fetch-site", "same-origin")
        .form(&form)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    asked.elapsed()
}

/// Twelve failures from one address, then one from there and one from elsewhere.
async fn guessed(proxies: TrustedProxies) -> [Duration; 2] {
    let room = Room::open_within(Limits::default(), proxies);
    let mails: Vec<_> = (0..12)
        .map(|number| format!("a{number}@quay.example"))
        .collect();
    let guesses = mails
        .iter()
        .map(|mail| wrong_password(&room, "203.0.113.7", mail));
    join_all(guesses).await;
    let again = wrong_password(&room, "198.51.100.1, 203.0.113.7", "b@quay.example").await;
    let elsewhere = wrong_password(&room, "203.0.113.7, 198.51.100.1", "c@quay.example").await;
    [again, elsewhere]
}

/// What twelve failures cost the next try.
const SLOWED: Duration = Duration::from_secs(2);

#[actix_web::test]
async fn behind_a_trusted_proxy_each_client_is_slowed_for_itself() {
    let [again, elsewhere] = guessed(TrustedProxies::default()).await;
    assert!(again > SLOWED, "{again:?}");
    assert!(elsewhere < SLOWED, "{elsewhere:?}");
}

#[actix_web::test]
async fn without_a_trusted_proxy_nobody_becomes_somebody_else_by_a_header() {
    let [again, elsewhere] = guessed(TrustedProxies::new(&[])).await;
    assert!(
        again > SLOWED && elsewhere > SLOWED,
        "{again:?} {elsewhere:?}"
    );
}
