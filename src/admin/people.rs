//! Everybody who has an account, for admins.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::view::Chip;
use super::{AdminFrame, Visit, room_of};
use crate::clock::Clock;
use crate::newsroom::{Account, AccountState};
use crate::prose::dates::{self, DateWords};
use crate::storage::{ReadStore, ReadTx, people};
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, Staff, page, paths};
use crate::zone::Zone;

#[derive(Template)]
#[template(path = "admin/people.html")]
struct PeoplePage {
    frame: AdminFrame,
    count: String,
    rows: Vec<PersonRow>,
}

struct PersonRow {
    href: String,
    name: String,
    mail: String,
    roles: String,
    chip: Chip,
    since: DateWords,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let people = read.read(move |tx| people_page(tx, &visit)).await?;
    page(&people, Freshness::Never)
}

fn people_page(tx: &mut ReadTx<'_>, visit: &Visit) -> Result<PeoplePage, Problem> {
    let room = room_of(tx)?;
    let accounts = people::accounts(tx)?;
    Ok(PeoplePage {
        count: match accounts.len() {
            1 => "1 person".to_owned(),
            many => format!("{many} people"),
        },
        rows: accounts
            .into_iter()
            .map(|account| row(&account, &room.room.zone))
            .collect(),
        frame: visit.frame(&room),
    })
}

fn row(account: &Account, zone: &Zone) -> PersonRow {
    let person = &account.person;
    PersonRow {
        href: paths::person(person.id),
        name: person.name.as_str().to_owned(),
        mail: person.email.as_str().to_owned(),
        roles: person.roles.words(),
        chip: chip(account.state()),
        since: dates::staff_time(account.created_at, zone),
    }
}

pub(super) fn chip(state: AccountState) -> Chip {
    let (word, look) = match state {
        AccountState::Active => ("Active", "approved"),
        AccountState::Invited => ("Invited", "scheduled"),
        AccountState::Disabled => ("Disabled", "closed"),
    };
    Chip {
        word: word.to_owned(),
        look: look.to_owned(),
    }
}
