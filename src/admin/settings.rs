//! What the room says of itself: name, mission, introduction, colour, zone, languages, contacts, pages.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::merge::{Conflict, Three};
use super::settings_form::{contacts_in, merged, of_room, parse};
use super::settings_pages::{self, PageFields};
use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Clock;
use crate::desk::{self, Changed, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::SecondPair;
use crate::newsroom::room::{Accent, Contact, ReadersSee};
use crate::newsroom::words::Language;
use crate::storage::room::Frame;
use crate::storage::{ReadStore, Store, journal};
use crate::web::page::page_with;
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{FieldErrors, Fields, Freshness, Problem, Sent, Staff, page, paths, see_other};
use crate::zone::Zone;

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage {
    frame: AdminFrame,
    form_key: String,
    /// The hash of what the room says now, and the fields as they were opened.
    shown: String,
    was: String,
    conflict: Option<Conflict>,
    problems: Vec<FieldProblem>,
    name: Field,
    mission: Field,
    introduction: Field,
    accent: Field,
    zone: Field,
    zones: Vec<String>,
    further_zones: Field,
    second_pair: Vec<Choice>,
    readers_see: Vec<Choice>,
    boilerplate: Vec<LanguageField>,
    languages: Vec<Choice>,
    contacts: Vec<ContactFields>,
    notice: Field,
    per_page: Field,
    footer_links: Field,
    pages: Vec<PageFields>,
    /// How well words are read on the accent colour, as it is stored.
    contrast: String,
}

/// The boilerplate in one language.
struct LanguageField {
    name: String,
    label: String,
    lang: String,
    field: Field,
}

/// One press contact.
struct ContactFields {
    index: String,
    number: String,
    key: String,
    name: Field,
    role: Field,
    languages: Field,
    phone: Field,
    after_hours: Field,
    mail: Field,
}

const EMPTY_CONTACTS: usize = 2;

/// What the form holds besides what is stored.
#[derive(Default)]
struct Typed {
    fields: Fields,
    errors: FieldErrors,
    conflict: Option<Conflict>,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let settings = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let typed = Typed {
                fields: of_room(&room.room),
                ..Typed::default()
            };
            Ok::<_, Problem>(settings_page(&visit, &room, typed))
        })
        .await?;
    page(&settings, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): (Data<ReadStore>, Data<Store>, Data<Clock>),
) -> Answer {
    let admin = staff.admin()?;
    let visit = Visit::sends(&request, staff, &clock);
    let fields = form.0;
    let words = match parse(&fields) {
        Ok(words) => words,
        Err(errors) => return incomplete(&read, visit, fields, errors).await,
    };
    let (key, shown) = (fields.form_key()?, fields.get("shown").to_owned());
    let done: Result<_, Failure> = store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::room::save(tx, (&shown, words), &sent, admin)
        })
        .await;
    match done? {
        Done::Now(Changed::Kept) | Done::Before(_) => {
            say(&request, "Saved. Readers see it from now on.");
            see_other(paths::SETTINGS)
        }
        Done::Now(Changed::Conflict) => conflicting(&read, visit, fields).await,
    }
}

pub(super) async fn incomplete(
    read: &ReadStore,
    visit: Visit,
    fields: Fields,
    errors: FieldErrors,
) -> Answer {
    let page = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let typed = Typed {
                fields,
                errors,
                conflict: None,
            };
            Ok::<_, Problem>(settings_page(&visit, &room, typed))
        })
        .await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Another admin saved in between: both texts on one page, and nothing lost.
async fn conflicting(read: &ReadStore, visit: Visit, fields: Fields) -> Answer {
    let page = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let (fields, differences) = merged(Three {
                base: &Fields::parse(fields.get("was").as_bytes())?,
                theirs: &of_room(&room.room),
                yours: &fields,
            });
            let last = journal::last(tx, desk::room::CHANGED, None)?;
            let conflict = Conflict::between(tx, "the settings", (last, &room), differences)?;
            let typed = Typed {
                fields,
                conflict: Some(conflict),
                ..Typed::default()
            };
            Ok::<_, Problem>(settings_page(&visit, &room, typed))
        })
        .await?;
    page_with(StatusCode::CONFLICT, &page)
}

fn settings_page(visit: &Visit, room: &Frame, typed: Typed) -> SettingsPage {
    let (fields, errors) = (&typed.fields, &typed.errors);
    let field = |name: &str| Field::of(name, fields, errors);
    let shown = contacts_in(fields) + EMPTY_CONTACTS;
    SettingsPage {
        frame: visit.frame(room),
        form_key: new_key(),
        shown: kept_or(&typed, "shown", room.room.hash().as_str()),
        was: kept_or(&typed, "was", &of_room(&room.room).encoded()),
        problems: problems(errors),
        name: field("name"),
        mission: field("mission"),
        introduction: field("introduction"),
        accent: field("accent"),
        zone: field("zone"),
        zones: Zone::names(),
        further_zones: field("further_zones"),
        second_pair: second_pair(fields.get("second_pair")),
        readers_see: readers_see(fields.get("readers_see")),
        boilerplate: room
            .room
            .languages
            .iter()
            .map(|language| boilerplate_field(*language, fields, errors))
            .collect(),
        languages: languages(fields),
        contacts: (0..shown.min(Contact::MOST))
            .map(|index| contact_fields(index, fields, errors))
            .collect(),
        notice: field("notice"),
        per_page: field("per_page"),
        footer_links: field("footer_links"),
        pages: settings_pages::shown(fields, errors),
        contrast: format!("As in #ffe600. {}", told_contrast(room.room.accent)),
        conflict: typed.conflict,
    }
}

/// How well words are read on a colour.
pub(super) fn told_contrast(accent: Accent) -> String {
    let text = if accent.text_on() == "#ffffff" {
        "white"
    } else {
        "black"
    };
    format!(
        "Words on {} are {text}, with a contrast of {}:1; less than 4.5:1 is not taken.",
        accent.hex(),
        accent.contrast()
    )
}

/// A form that comes back with complaints still looks at what it was opened with.
fn kept_or(typed: &Typed, name: &str, now: &str) -> String {
    if typed.errors.is_empty() {
        now.to_owned()
    } else {
        typed.fields.get(name).to_owned()
    }
}

fn second_pair(chosen: &str) -> Vec<Choice> {
    vec![
        Choice::new(
            SecondPair::Required.as_str(),
            "Required: nothing goes out before another editor approved it, but what is urgent",
            chosen,
        ),
        Choice::new(
            SecondPair::Advised.as_str(),
            "Advised: an editor may publish alone, and that it was alone is recorded",
            chosen,
        ),
    ]
}

fn readers_see(chosen: &str) -> Vec<Choice> {
    vec![
        Choice::new(
            ReadersSee::Words.as_str(),
            "The words that changed, with the notes",
            chosen,
        ),
        Choice::new(
            ReadersSee::Notes.as_str(),
            "The notes only, without the words",
            chosen,
        ),
    ]
}

fn boilerplate_field(language: Language, fields: &Fields, errors: &FieldErrors) -> LanguageField {
    let name = format!("boilerplate_{}", language.as_str());
    LanguageField {
        label: format!("About the organisation, in {}", language.name()),
        lang: language.as_str().to_owned(),
        field: Field::of(&name, fields, errors),
        name,
    }
}

fn languages(fields: &Fields) -> Vec<Choice> {
    let chosen: Vec<&str> = fields.all("language").collect();
    Language::all()
        .map(|language| Choice {
            value: language.as_str().to_owned(),
            label: language.name().to_owned(),
            chosen: chosen.contains(&language.as_str()),
        })
        .collect()
}

fn contact_fields(index: usize, fields: &Fields, errors: &FieldErrors) -> ContactFields {
    let field = |part: &str| Field::of(&format!("contact_{index}_{part}"), fields, errors);
    ContactFields {
        index: index.to_string(),
        number: (index + 1).to_string(),
        key: fields.get(&format!("contact_{index}_key")).to_owned(),
        name: field("name"),
        role: field("role"),
        languages: field("languages"),
        phone: field("phone"),
        after_hours: field("after_hours"),
        mail: field("mail"),
    }
}
