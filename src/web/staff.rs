//! The signed-in person of this request: the guard of everything under /admin.

use std::future::Future;
use std::pin::Pin;

use actix_session::SessionExt;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::problem::Problem;
use super::sessions::{self, PERSON, is_unread};
use super::way_back::page_of;
use crate::accounts::{Admin, Editor, Person, PersonId, Taste, Writer};
use crate::clock::Instant;
use crate::newsroom::Refusal;
use crate::storage::{ReadStore, people};

/// Somebody who is signed in and not disabled, as of this request.
#[derive(Clone, Debug)]
pub struct Staff {
    pub person: Person,
    /// The number of the session that they are signed in with.
    pub session: i64,
    /// When they gave their password in this session last.
    pub proven_at: Option<Instant>,
    pub taste: Taste,
}

impl Staff {
    pub fn writer(&self) -> Result<Writer, Refusal> {
        self.person.writer().ok_or(Refusal::NotAWriter)
    }

    pub fn editor(&self) -> Result<Editor, Refusal> {
        self.person.editor().ok_or(Refusal::NotAnEditor)
    }

    pub fn admin(&self) -> Result<Admin, Refusal> {
        self.person.admin().ok_or(Refusal::NotAnAdmin)
    }
}

impl FromRequest for Staff {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            match person(&request).await? {
                Some((person, taste)) => Ok(Self {
                    person,
                    taste,
                    session: sessions::number(&request).unwrap_or(0),
                    proven_at: sessions::proven_at(&request),
                }),
                None => Err(Problem::SignInFirst {
                    next: page_of(&request),
                }),
            }
        })
    }
}

async fn person(request: &HttpRequest) -> Result<Option<(Person, Taste)>, Problem> {
    let id = request.get_session().get(PERSON).ok().flatten();
    active(request, id).await
}

/// The person of this number and what they like, unless disabled.
pub(super) async fn active(
    request: &HttpRequest,
    id: Option<i64>,
) -> Result<Option<(Person, Taste)>, Problem> {
    if is_unread(request) {
        return Err(Problem::Busy);
    }
    let (Some(id), Some(read)) = (id, request.app_data::<Data<ReadStore>>()) else {
        return Ok(None);
    };
    let id = PersonId::new(id);
    read.read(move |tx| {
        let Some(person) = people::active(tx, id)? else {
            return Ok(None);
        };
        Ok(Some((person, people::taste(tx, id)?)))
    })
    .await
}
