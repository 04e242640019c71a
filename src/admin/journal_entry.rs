//! One entry of the journal that changed settings: what each said before and after, and taking it back.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::journal::who;
use super::{AdminFrame, Visit, room_of, status_of};
use crate::clock::Clock;
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::logo::Logo;
use crate::newsroom::room::Contact;
use crate::newsroom::room_pages::TextPage;
use crate::newsroom::settings::{Setting, SettingChange, taken_back};
use crate::newsroom::words::Language;
use crate::prose::dates::{self, DateWords};
use crate::storage::{ReadStore, ReadTx, Store, entries};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Fields, Freshness, Numbered, Problem, Sent, Staff, page, paths, see_other};

#[derive(Template)]
#[template(path = "admin/journal_entry.html")]
struct JournalEntryPage {
    frame: AdminFrame,
    form_key: String,
    /// The hash of what the room says now.
    shown: String,
    who: String,
    when: DateWords,
    what: String,
    changes: Vec<Change>,
    /// Why it cannot be taken back, if it cannot.
    refusal: String,
    action: String,
}

/// One setting, before and after, for eyes.
struct Change {
    label: &'static str,
    before: Vec<String>,
    after: Vec<String>,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    entry: Numbered<i64>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let shown = read
        .read(move |tx| entry_page(tx, &visit, entry.0, None))
        .await?;
    page(&shown, Freshness::Never)
}

pub(super) async fn take_back(
    request: HttpRequest,
    staff: Staff,
    (entry, form): (Numbered<i64>, Sent),
    (read, store, clock): (Data<ReadStore>, Data<Store>, Data<Clock>),
) -> Answer {
    let admin = staff.admin()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (number, fields): (i64, Fields) = (entry.0, form.0);
    let (key, shown) = (fields.form_key()?, fields.get("shown").to_owned());
    let done: Result<Done<()>, Failure> = store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::room::take_back(tx, (number, &shown), &sent, admin)
        })
        .await;
    match done {
        Ok(Done::Now(()) | Done::Before(_)) => {
            say(&request, "Taken back. Readers see it from now on.");
            see_other(paths::LOG)
        }
        Err(Failure::Refused(refusal)) if status_of(&refusal) != StatusCode::NOT_FOUND => {
            let status = status_of(&refusal);
            let said = Some(refusal.to_string());
            let shown = read
                .read(move |tx| entry_page(tx, &visit, number, said))
                .await?;
            page_with(status, &shown)
        }
        Err(failure) => Err(failure.into()),
    }
}

fn entry_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    number: i64,
    refusal: Option<String>,
) -> Result<JournalEntryPage, Problem> {
    let room = room_of(tx)?;
    let entry = entries::one(tx, number)?.filter(|entry| !entry.changes.is_empty());
    let entry = entry.ok_or(Problem::NotFound)?;
    let fits = taken_back(&room.room, &entry.changes).err();
    let refusal = refusal.or_else(|| fits.map(|why| why.to_string()));
    Ok(JournalEntryPage {
        form_key: new_key(),
        shown: room.room.hash().as_str().to_owned(),
        who: who(&entry),
        when: dates::staff_time(entry.place.at, &room.room.zone),
        changes: entry.changes.iter().map(change).collect(),
        what: entry.what,
        refusal: refusal.unwrap_or_default(),
        action: paths::log_entry_return(number),
        frame: visit.frame(&room),
    })
}

fn change(change: &SettingChange) -> Change {
    let setting = change.setting.parse().ok();
    Change {
        label: change.label(),
        before: lines(setting, &change.before),
        after: lines(setting, &change.after),
    }
}

/// What a setting says, in lines that a person reads.
fn lines(setting: Option<Setting>, text: &str) -> Vec<String> {
    let lines: Option<Vec<String>> = match setting {
        Some(Setting::Contacts) => serde_json::from_str::<Vec<Contact>>(text)
            .ok()
            .map(|contacts| contacts.iter().map(contact).collect()),
        Some(Setting::Boilerplate) => {
            serde_json::from_str::<std::collections::BTreeMap<String, String>>(text)
                .ok()
                .map(|words| words.iter().map(in_language).collect())
        }
        Some(Setting::Pages) => serde_json::from_str::<Vec<TextPage>>(text)
            .ok()
            .map(|pages| pages.iter().map(text_page).collect()),
        Some(Setting::Logo | Setting::Icon) => text.parse::<Logo>().ok().map(logo),
        Some(
            Setting::Name
            | Setting::Mission
            | Setting::Introduction
            | Setting::Notice
            | Setting::Accent
            | Setting::Zone
            | Setting::FurtherZones
            | Setting::SecondPair
            | Setting::ReadersSee
            | Setting::Languages
            | Setting::PerPage
            | Setting::FooterLinks,
        )
        | None => None,
    };
    let lines = lines.unwrap_or_else(|| text.lines().map(str::to_owned).collect());
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn logo(logo: Logo) -> Vec<String> {
    vec![format!(
        "A picture of {} × {} pixels",
        logo.width, logo.height
    )]
}

fn contact(contact: &Contact) -> String {
    let parts = contact.parts().into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

fn in_language((tag, words): (&String, &String)) -> String {
    match tag.parse::<Language>() {
        Ok(language) => format!("{}: {words}", language.name()),
        Err(_unknown) => format!("{tag}: {words}"),
    }
}

fn text_page(page: &TextPage) -> String {
    format!(
        "{} ({}): {}",
        page.title,
        paths::text_page(&page.slug),
        page.body
    )
}
