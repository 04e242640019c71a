//! Inviting somebody: a name, a mail address, roles, and a link that sets the password.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::confirmation;
use super::doorkeeper::Doorkeeper;
use super::mails::SendsMail;
use super::person::{role_choices, roles_of};
use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::{PersonId, Roles};
use crate::clock::Clock;
use crate::desk::writing::Sent as SentBy;
use crate::desk::{Done, Failure, people};
use crate::keys::new_key;
use crate::newsroom::{AddressSecret, Refusal};
use crate::public::PublicAddress;
use crate::storage::people::NewPerson;
use crate::storage::{ReadStore, Store};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{hand_over, say};
use crate::web::{FieldErrors, Fields, Freshness, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/invitation.html")]
struct InvitationPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    /// Whether the link goes out by mail too.
    sends: bool,
    name: Field,
    mail: Field,
    roles: Vec<Choice>,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    sends: Data<SendsMail>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let typed = (Fields::default(), FieldErrors::default());
    let form = invitation_page(&read, visit, typed, &sends).await?;
    page(&form, Freshness::Never)
}

async fn invitation_page(
    read: &ReadStore,
    visit: Visit,
    (fields, errors): (Fields, FieldErrors),
    sends: &SendsMail,
) -> Result<InvitationPage, Problem> {
    let frame = read
        .read(move |tx| Ok::<_, Problem>(visit.frame(&room_of(tx)?)))
        .await?;
    Ok(InvitationPage {
        frame,
        form_key: new_key(),
        problems: problems(&errors),
        sends: sends.0,
        name: Field::of("name", &fields, &errors),
        mail: Field::of("mail", &fields, &errors),
        roles: role_choices(roles_of(&fields)),
    })
}

/// Every field is read before anything is complained about.
fn typed(fields: &Fields, errors: &mut FieldErrors) -> Option<NewPerson> {
    let name = errors.take("name", fields.get("name").parse());
    let email = errors.take("mail", fields.get("mail").parse());
    let roles = roles_of(fields);
    if roles == Roles::default() {
        errors.add("roles", Refusal::NoRole.to_string());
    }
    Some(NewPerson {
        name: name?,
        email: email?,
        hash: None,
        roles,
    })
    .filter(|_| errors.is_empty())
}

pub(super) async fn invite(
    request: HttpRequest,
    staff: Staff,
    (form, door): (Sent, Doorkeeper),
    (store, address): (Data<Store>, Data<PublicAddress>),
    sends: Data<SendsMail>,
) -> Answer {
    let admin = staff.admin()?;
    let fields = form.0;
    let key = fields.form_key()?;
    let visit = Visit::sends(&request, staff.clone(), &door.clock);
    let mut errors = FieldErrors::default();
    let Some(new) = typed(&fields, &mut errors) else {
        let again = invitation_page(&door.read, visit, (fields, errors), &sends).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    if let Some(asked) = confirmation::asks(&request, &staff, &fields, &door).await? {
        return Ok(asked);
    }
    let secret = AddressSecret::new();
    let opens = format!("{}{}", address.0, paths::set_password(&secret));
    let now = door.clock.now();
    let done = store
        .write(move |tx| {
            let form_key = &key;
            people::invite(tx, &new, &secret, &SentBy { form_key, now }, admin)
        })
        .await;
    match done {
        Ok(Done::Now(id)) => invited(&request, id, &opens),
        Ok(Done::Before(id)) => see_other(&format!("{}/{id}", paths::PEOPLE)),
        Err(Failure::Refused(refusal)) => {
            errors.add("mail", refusal.to_string());
            let again = invitation_page(&door.read, visit, (fields, errors), &sends).await?;
            page_with(super::status_of(&refusal), &again)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn invited(request: &HttpRequest, id: PersonId, opens: &str) -> Answer {
    let page = paths::person(id);
    hand_over(request, &page, opens);
    say(
        request,
        "The account is made. Nobody can use it before its link is opened.",
    );
    see_other(&page)
}
