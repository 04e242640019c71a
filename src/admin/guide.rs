//! A short guide of the newsroom: how a text becomes news, who does what, and which keys help.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::{AdminFrame, Visit, room_of};
use crate::clock::Clock;
use crate::storage::ReadStore;
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, Staff, page};

#[derive(Template)]
#[template(path = "admin/guide.html")]
struct GuidePage {
    frame: AdminFrame,
    may_write: bool,
    is_editor: bool,
    is_admin: bool,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let visit = Visit::opens(&request, staff, &clock);
    let roles = visit.staff.person.roles;
    let frame = read
        .read(move |tx| Ok::<_, Problem>(visit.frame(&room_of(tx)?)))
        .await?;
    let guide = GuidePage {
        frame,
        may_write: roles.may_write(),
        is_editor: roles.editor,
        is_admin: roles.admin,
    };
    page(&guide, Freshness::Never)
}
