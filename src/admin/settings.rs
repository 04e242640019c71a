//! What the room says of itself: name, mission, introduction, colour, zone, languages, contacts, boilerplate.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::view::{Choice, Field, FieldProblem, problems};
use super::{AdminFrame, Visit, room_of};
use crate::clock::Clock;
use crate::desk;
use crate::keys::new_key;
use crate::newsroom::room::{Contact, ContactKey, Room};
use crate::newsroom::words::Language;
use crate::storage::room::Frame;
use crate::storage::{ReadStore, Store};
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
    problems: Vec<FieldProblem>,
    name: Field,
    mission: Field,
    introduction: Field,
    accent: Field,
    zone: Field,
    zones: Vec<String>,
    boilerplate: Vec<LanguageField>,
    languages: Vec<Choice>,
    contacts: Vec<ContactFields>,
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
    name: Field,
    role: Field,
    languages: Field,
    phone: Field,
    after_hours: Field,
    mail: Field,
}

/// The parts of a contact, as the form names them.
const PARTS: [&str; 6] = ["name", "role", "languages", "phone", "after_hours", "mail"];
const EMPTY_CONTACTS: usize = 2;
const LONGEST_BOILERPLATE: usize = 4_000;

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let settings = read
        .read(move |tx| {
            let room = room_of(tx, visit.now)?;
            let fields = of_room(&room.room);
            Ok::<_, Problem>(settings_page(
                &visit,
                &room,
                &fields,
                &FieldErrors::default(),
            ))
        })
        .await?;
    page(&request, &settings, Freshness::Never)
}

pub(super) async fn send(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (read, store, clock): (Data<ReadStore>, Data<Store>, Data<Clock>),
) -> Answer {
    let admin = staff.admin()?;
    let visit = Visit::sends(&request, staff, &clock);
    let (fields, now) = (form.0, visit.now);
    let room = read.read(move |tx| room_of(tx, now)).await?;
    let new = match parse(&fields, &room.room) {
        Ok(new) => new,
        Err(errors) => {
            let page = settings_page(&visit, &room, &fields, &errors);
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let key = fields.form_key()?;
    store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now,
            };
            desk::room::save(tx, &new, &sent, admin)
        })
        .await?;
    say(&request, "Saved. Readers see it from now on.");
    see_other(paths::SETTINGS)
}

fn of_room(room: &Room) -> Fields {
    let mut fields = Fields::default();
    fields.set("name", room.name.as_str());
    fields.set("mission", room.mission.as_str());
    fields.set("introduction", room.introduction.as_str());
    fields.set("accent", &room.accent.hex());
    fields.set("zone", room.zone.name());
    for language in &room.languages {
        fields.set("language", language.as_str());
    }
    for (language, words) in &room.boilerplate {
        fields.set(&format!("boilerplate_{language}"), words);
    }
    for (index, contact) in room.contacts.iter().enumerate() {
        for (part, value) in PARTS.into_iter().zip(parts(contact)) {
            fields.set(&format!("contact_{index}_{part}"), value);
        }
    }
    fields
}

fn parts(contact: &Contact) -> [&str; 6] {
    [
        &contact.name,
        &contact.role,
        &contact.languages,
        &contact.phone,
        &contact.after_hours,
        &contact.mail,
    ]
}

fn settings_page(
    visit: &Visit,
    room: &Frame,
    fields: &Fields,
    errors: &FieldErrors,
) -> SettingsPage {
    let field = |name: &str| Field::of(name, fields, errors);
    let shown = contacts_in(fields) + EMPTY_CONTACTS;
    SettingsPage {
        frame: visit.frame(room),
        form_key: new_key(),
        problems: problems(errors),
        name: field("name"),
        mission: field("mission"),
        introduction: field("introduction"),
        accent: field("accent"),
        zone: field("zone"),
        zones: Zone::names(),
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
    }
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

/// How many contacts the fields hold, counting up to the last one that is not empty.
fn contacts_in(fields: &Fields) -> usize {
    (0..Contact::MOST)
        .filter(|index| {
            PARTS.iter().any(|part| {
                !fields
                    .get(&format!("contact_{index}_{part}"))
                    .trim()
                    .is_empty()
            })
        })
        .max()
        .map_or(0, |last| last + 1)
}

fn contact_fields(index: usize, fields: &Fields, errors: &FieldErrors) -> ContactFields {
    let field = |part: &str| Field::of(&format!("contact_{index}_{part}"), fields, errors);
    ContactFields {
        index: index.to_string(),
        name: field("name"),
        role: field("role"),
        languages: field("languages"),
        phone: field("phone"),
        after_hours: field("after_hours"),
        mail: field("mail"),
    }
}

fn parse(fields: &Fields, before: &Room) -> Result<Room, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", fields.get("name").parse());
    let mission = errors.take("mission", fields.get("mission").parse());
    let introduction = errors.take("introduction", fields.get("introduction").parse());
    let accent = errors.take("accent", fields.get("accent").parse());
    let zone = errors.take("zone", Zone::named(fields.get("zone").trim()));
    let languages: Vec<Language> = fields
        .all("language")
        .filter_map(|tag| tag.parse().ok())
        .collect();
    if languages.is_empty() {
        errors.add("language", "Choose at least one language.");
    }
    let boilerplate = boilerplate(fields, before, &mut errors);
    let contacts = contacts(fields, before, &mut errors);
    match (name, mission, introduction, accent, zone) {
        (Some(name), Some(mission), Some(introduction), Some(accent), Some(zone))
            if errors.is_empty() =>
        {
            let uid = before.uid.clone();
            Ok(Room {
                uid,
                name,
                mission,
                introduction,
                accent,
                zone,
                languages,
                contacts,
                boilerplate,
            })
        }
        _ => Err(errors),
    }
}

/// The boilerplate of every language that the form showed; that of others stays as it was.
fn boilerplate(
    fields: &Fields,
    before: &Room,
    errors: &mut FieldErrors,
) -> BTreeMap<String, String> {
    let mut boilerplate = before.boilerplate.clone();
    for language in &before.languages {
        let name = format!("boilerplate_{}", language.as_str());
        let words = fields.get(&name).replace("\r\n", "\n").trim().to_owned();
        let length = words.chars().count();
        if length > LONGEST_BOILERPLATE {
            errors.add(
                &name,
                format!(
                    "This is {} characters too long.",
                    length - LONGEST_BOILERPLATE
                ),
            );
        }
        boilerplate.insert(language.as_str().to_owned(), words);
    }
    boilerplate
}

fn contacts(fields: &Fields, before: &Room, errors: &mut FieldErrors) -> Vec<Contact> {
    (0..contacts_in(fields))
        .filter_map(|index| contact(index, fields, before, errors))
        .collect()
}

/// One contact, or nothing where every part is empty. A contact keeps its key while it keeps its place.
fn contact(
    index: usize,
    fields: &Fields,
    before: &Room,
    errors: &mut FieldErrors,
) -> Option<Contact> {
    let parts = PARTS.map(|part| contact_part(&format!("contact_{index}_{part}"), fields, errors));
    if parts.iter().all(String::is_empty) {
        return None;
    }
    let [name, role, languages, phone, after_hours, mail] = parts;
    if name.is_empty() {
        errors.add(
            &format!("contact_{index}_name"),
            "Write whom the press asks for.",
        );
    }
    let key = before.contacts.get(index).map_or_else(
        || ContactKey::new(new_key().chars().take(12).collect::<String>()),
        |contact| contact.key.clone(),
    );
    Some(Contact {
        key,
        name,
        role,
        languages,
        phone,
        after_hours,
        mail,
    })
}

fn contact_part(name: &str, fields: &Fields, errors: &mut FieldErrors) -> String {
    let words: String = fields
        .get(name)
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    if words.chars().count() > Contact::LONGEST {
        errors.add(
            name,
            format!("Write at most {} characters.", Contact::LONGEST),
        );
    }
    words
}
