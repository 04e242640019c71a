//! Between password and second factor: a session that is nobody's, and for ten minutes only.

use std::future::Future;
use std::pin::Pin;

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::problem::Problem;
use super::sessions::{AT_DOOR, ERA};
use super::staff::active;
use crate::accounts::{Person, PersonId};
use crate::clock::{Clock, Instant};
use crate::newsroom::factors::is_still_at_door;

const SINCE: &str = "at door since";
const NEXT: &str = "next";

/// Somebody whose password was right, and who is no [`Staff`](super::Staff) yet.
#[derive(Clone, Debug)]
pub struct AtDoor {
    pub person: Person,
    /// Where they wanted to go.
    pub next: String,
}

/// Keeps whose password was given, under a new key and with nothing of what the browser had before.
pub fn wait(
    request: &HttpRequest,
    (person, era): (PersonId, i64),
    next: &str,
    now: Instant,
) -> Result<(), Problem> {
    let session = request.get_session();
    session.clear();
    session.renew();
    let kept = session
        .insert(AT_DOOR, person.get())
        .and_then(|()| session.insert(ERA, era))
        .and_then(|()| session.insert(SINCE, now.millis()))
        .and_then(|()| session.insert(NEXT, next));
    kept.map_err(Problem::broken)
}

impl FromRequest for AtDoor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let session = request.get_session();
            let number = |name| session.get::<i64>(name).ok().flatten();
            let (id, since) = (number(AT_DOOR), number(SINCE).map(Instant::from_millis));
            let now = request.app_data::<Data<Clock>>().map(|clock| clock.now());
            let in_time = since
                .zip(now)
                .is_some_and(|(since, now)| is_still_at_door(since, now));
            let id = id.filter(|_| in_time);
            let next = session.get(NEXT).ok().flatten().unwrap_or_default();
            match active(&request, id).await? {
                Some((person, _taste)) => Ok(Self { person, next }),
                None => Err(Problem::SignInFirst { next }),
            }
        })
    }
}
