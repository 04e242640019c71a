//! One person's account: roles, the link that opens it, and its end.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::confirmation;
use super::doorkeeper::Doorkeeper;
use super::mails::SendsMail;
use super::people::chip;
use super::view::{Chip, Choice, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::accounts::{PersonId, Roles};
use crate::clock::{Clock, Instant};
use crate::desk::writing::Sent as SentBy;
use crate::desk::{Done, Failure, factors as desk_factors, people as desk};
use crate::keys::new_key;
use crate::newsroom::{AddressSecret, LinkPurpose};
use crate::prose::dates::{self, DateWords};
use crate::public::PublicAddress;
use crate::storage::{ReadStore, ReadTx, Store, WriteTx, account_links, factors, people, sessions};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::{hand_over, handed_over, say};
use crate::web::{
    FieldErrors, Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other,
};

#[derive(Template)]
#[template(path = "admin/person.html")]
struct PersonPage {
    frame: AdminFrame,
    form_key: String,
    problems: Vec<FieldProblem>,
    href: String,
    name: String,
    mail: String,
    chip: Chip,
    since: DateWords,
    signed_in: String,
    own: bool,
    /// What they have besides a password, and whether it can be taken away.
    factors: String,
    has_factor: bool,
    sends: bool,
    /// What a link is for; a disabled account has none.
    way_in: Option<WayIn>,
    /// The new link, once.
    address: Option<String>,
    roles: Vec<Choice>,
    /// The same in words, as they were looked at.
    has: String,
}

struct WayIn {
    invited: bool,
    /// Until when a link that was made opens the account.
    until: Option<DateWords>,
}

pub(super) fn role_choices(roles: Roles) -> Vec<Choice> {
    let choice = |value: &str, label: &str, chosen| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
    };
    vec![
        choice("author", "Author", roles.author),
        choice("editor", "Editor", roles.editor),
        choice("admin", "Admin", roles.admin),
    ]
}

/// The roles that are ticked.
pub(super) fn roles_of(fields: &Fields) -> Roles {
    fields
        .all("roles")
        .filter_map(|role| role.parse().ok())
        .fold(Roles::default(), Roles::with)
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (person, sends): (Numbered<PersonId>, Data<SendsMail>),
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let errors = FieldErrors::default();
    let mut shown = read
        .read(move |tx| person_page(tx, person.0, &visit, &errors))
        .await?;
    shown.sends = sends.0;
    shown.address = handed_over(&request, &paths::person(person.0));
    page(&shown, Freshness::Never)
}

fn person_page(
    tx: &mut ReadTx<'_>,
    id: PersonId,
    visit: &Visit,
    errors: &FieldErrors,
) -> Result<PersonPage, Problem> {
    let room = room_of(tx)?;
    let account = people::one_account(tx, id)?.ok_or(Problem::NotFound)?;
    let moment = |at: Instant| dates::staff_time(at, &room.room.zone);
    let links = account_links::standing(tx, id, visit.now)?;
    let person = &account.person;
    let has = factors::of_person(tx, id)?;
    Ok(PersonPage {
        frame: visit.frame(&room),
        form_key: new_key(),
        problems: problems(errors),
        href: paths::person(id),
        name: person.name.as_str().to_owned(),
        mail: person.email.as_str().to_owned(),
        chip: chip(account.state()),
        since: moment(account.created_at),
        signed_in: match sessions::of_person(tx, id, visit.now)?.len() {
            0 => "Signed in nowhere.".to_owned(),
            1 => "Signed in on one device.".to_owned(),
            many => format!("Signed in on {many} devices."),
        },
        own: visit.staff.person.id == id,
        factors: has.words(),
        has_factor: has.is_any(),
        sends: false,
        way_in: account.link_purpose().ok().map(|purpose| WayIn {
            invited: purpose == LinkPurpose::Invitation,
            until: links.first().map(|link| moment(link.expires_at)),
        }),
        address: None,
        roles: role_choices(person.roles),
        has: person.roles.words(),
    })
}

type Stores = (Data<Store>, Data<PublicAddress>);

/// A new one-time link, shown on the next page.
pub(super) async fn make_link(
    request: HttpRequest,
    staff: Staff,
    (person, form): (Numbered<PersonId>, Sent),
    door: Doorkeeper,
    (store, address): Stores,
) -> Answer {
    let admin = staff.admin()?;
    let (person, fields) = (person.0, form.0);
    let key = fields.form_key()?;
    if let Some(asked) = confirmation::asks(&request, &staff, &fields, &door).await? {
        return Ok(asked);
    }
    let secret = AddressSecret::new();
    let opens = format!("{}{}", address.0, paths::set_password(&secret));
    let now = door.clock.now();
    let done = store
        .write(move |tx| {
            let form_key = &key;
            desk::make_link(tx, person, &secret, &SentBy { form_key, now }, admin)
        })
        .await;
    let page = paths::person(person);
    match done {
        Ok(Done::Now(())) => {
            hand_over(&request, &page, &opens);
            say(&request, "The link is made.");
            see_other(&page)
        }
        Ok(Done::Before(_)) => see_other(&page),
        Err(failure) => refused((&request, staff, &door), person, failure).await,
    }
}

/// A change of the account, and what is said of it.
enum Step {
    /// With those that the page showed.
    Roles(Roles, String),
    Disable,
    Enable,
    ResetFactors,
}

impl Step {
    fn take(
        self,
        tx: &mut WriteTx<'_>,
        person: PersonId,
        by: (Option<PersonId>, Instant),
    ) -> Result<(), Failure> {
        match self {
            Self::Roles(roles, shown) => desk::change_roles(tx, person, (roles, Some(&shown)), by),
            Self::Disable => desk::disable(tx, person, by),
            Self::Enable => desk::enable(tx, person, by),
            Self::ResetFactors => desk_factors::reset(tx, person, by),
        }
    }

    fn said(&self) -> &'static str {
        match self {
            Self::Roles(..) => "The roles are changed. They sign in again.",
            Self::Disable => "The account is disabled: they are signed out everywhere.",
            Self::Enable => "The account can be used again.",
            Self::ResetFactors => {
                "The second factor is taken away. What opens to them now follows from the rule of second factors."
            }
        }
    }
}

type Sending = (Numbered<PersonId>, Sent);

pub(super) async fn change_roles(
    request: HttpRequest,
    staff: Staff,
    sending: Sending,
    door: Doorkeeper,
    store: Data<Store>,
) -> Answer {
    let roles = roles_of(&sending.1.0);
    let shown = sending.1.0.get("shown").to_owned();
    take(
        (request, staff),
        sending,
        (&door, &store),
        Step::Roles(roles, shown),
    )
    .await
}

pub(super) async fn disable(
    request: HttpRequest,
    staff: Staff,
    sending: Sending,
    door: Doorkeeper,
    store: Data<Store>,
) -> Answer {
    take((request, staff), sending, (&door, &store), Step::Disable).await
}

pub(super) async fn enable(
    request: HttpRequest,
    staff: Staff,
    sending: Sending,
    door: Doorkeeper,
    store: Data<Store>,
) -> Answer {
    take((request, staff), sending, (&door, &store), Step::Enable).await
}

pub(super) async fn reset_factors(
    request: HttpRequest,
    staff: Staff,
    sending: Sending,
    door: Doorkeeper,
    store: Data<Store>,
) -> Answer {
    let step = Step::ResetFactors;
    take((request, staff), sending, (&door, &store), step).await
}

async fn take(
    (request, staff): (HttpRequest, Staff),
    (person, form): Sending,
    (door, store): (&Doorkeeper, &Store),
    step: Step,
) -> Answer {
    let admin = staff.admin()?;
    let person = person.0;
    if let Some(asked) = confirmation::asks(&request, &staff, &form.0, door).await? {
        return Ok(asked);
    }
    let by = (Some(admin.id()), door.clock.now());
    let said = step.said();
    let done = store.write(move |tx| step.take(tx, person, by)).await;
    match done {
        Ok(()) => {
            say(&request, said);
            see_other(&paths::person(person))
        }
        Err(failure) => refused((&request, staff, door), person, failure).await,
    }
}

async fn refused(
    (request, staff, door): (&HttpRequest, Staff, &Doorkeeper),
    person: PersonId,
    failure: Failure,
) -> Answer {
    let Failure::Refused(refusal) = failure else {
        return Err(failure.into());
    };
    let status: StatusCode = super::status_of(&refusal);
    let visit = Visit::sends(request, staff, &door.clock);
    let mut errors = FieldErrors::default();
    errors.add("", refusal.to_string());
    let shown = door
        .read
        .read(move |tx| person_page(tx, person, &visit, &errors))
        .await?;
    page_with(status, &shown)
}
