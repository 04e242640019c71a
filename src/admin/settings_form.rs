//! The settings' fields: from the room to fields, from fields to the room's words. All are read before any complaint.

use std::collections::BTreeMap;

use super::merge::{self, Difference, Three};
use super::settings_pages::{self, PAGES};
use crate::newsroom::SecondPair;
use crate::newsroom::room::{
    Accent, Contact, ContactKey, ReadersSee, Room, RoomLine, RoomName, RoomWords,
};
use crate::newsroom::room_pages::{FooterLinks, PerPage, TextPage};
use crate::newsroom::words::Language;
use crate::web::{FieldErrors, Fields};
use crate::zone::{Zone, Zones};

/// The parts of a contact, as the form names them.
pub(super) const PARTS: [&str; 6] = ["name", "role", "languages", "phone", "after_hours", "mail"];
const LONGEST_BOILERPLATE: usize = 4_000;

/// What the fields hold when the settings are opened.
pub(super) fn of_room(room: &Room) -> Fields {
    let mut fields = Fields::default();
    fields.set("name", room.name.as_str());
    fields.set("mission", room.mission.as_str());
    fields.set("introduction", room.introduction.as_str());
    fields.set("accent", &room.accent.hex());
    fields.set("zone", room.zone.name());
    fields.set("further_zones", &room.further_zones.to_string());
    fields.set("second_pair", room.second_pair.as_str());
    fields.set("readers_see", room.readers_see.as_str());
    fields.set("notice", room.notice.as_str());
    fields.set("per_page", &room.per_page.get().to_string());
    fields.set("footer_links", &room.footer_links.to_string());
    settings_pages::fill(&mut fields, &room.pages);
    for language in &room.languages {
        fields.set("language", language.as_str());
    }
    for (language, words) in &room.boilerplate {
        fields.set(&format!("boilerplate_{language}"), words);
    }
    for (index, contact) in room.contacts.iter().enumerate() {
        fields.set(&format!("contact_{index}_key"), contact.key.as_str());
        for (part, value) in PARTS.into_iter().zip(contact.parts()) {
            fields.set(&format!("contact_{index}_{part}"), value);
        }
    }
    fields
}

/// How many contacts the fields hold, counting up to the last one that is not empty.
pub(super) fn contacts_in(fields: &Fields) -> usize {
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

/// Reads every field, then gives the words or all complaints at once.
pub(super) fn parse(fields: &Fields) -> Result<RoomWords, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", fields.get("name").parse());
    let mission = errors.take("mission", fields.get("mission").parse());
    let introduction = errors.take("introduction", fields.get("introduction").parse());
    let accent = errors.take("accent", fields.get("accent").parse());
    let zone = errors.take("zone", Zone::named(fields.get("zone").trim()));
    let zones = (
        zone,
        errors.take("further_zones", fields.get("further_zones").parse()),
    );
    let rules = (
        errors.take("second_pair", fields.get("second_pair").parse()),
        errors.take("readers_see", fields.get("readers_see").parse()),
    );
    let around = (
        errors.take("notice", fields.get("notice").parse()),
        errors.take("per_page", fields.get("per_page").parse()),
        errors.take("footer_links", fields.get("footer_links").parse()),
    );
    let lists = (
        languages(fields, &mut errors),
        boilerplate(fields, &mut errors),
        contacts(fields, &mut errors),
        settings_pages::parse(fields, &mut errors),
    );
    put_together(
        (name, mission, introduction, accent),
        (zones, rules, around),
        lists,
    )
    .filter(|_| errors.is_empty())
    .ok_or(errors)
}

type Lines = (
    Option<RoomName>,
    Option<RoomLine>,
    Option<RoomLine>,
    Option<Accent>,
);
type Rules = (
    (Option<Zone>, Option<Zones>),
    (Option<SecondPair>, Option<ReadersSee>),
    (Option<RoomLine>, Option<PerPage>, Option<FooterLinks>),
);
type Lists = (
    Vec<Language>,
    BTreeMap<String, String>,
    Vec<Contact>,
    Vec<TextPage>,
);

/// The words, if every field held what it must.
fn put_together(
    (name, mission, introduction, accent): Lines,
    ((zone, further_zones), (second_pair, readers_see), (notice, per_page, footer_links)): Rules,
    (languages, boilerplate, contacts, pages): Lists,
) -> Option<RoomWords> {
    Some(RoomWords {
        name: name?,
        mission: mission?,
        introduction: introduction?,
        accent: accent?,
        zone: zone?,
        further_zones: further_zones?,
        second_pair: second_pair?,
        readers_see: readers_see?,
        languages,
        contacts,
        boilerplate,
        notice: notice?,
        per_page: per_page?,
        footer_links: footer_links?,
        pages,
    })
}

fn languages(fields: &Fields, errors: &mut FieldErrors) -> Vec<Language> {
    let languages: Vec<Language> = fields
        .all("language")
        .filter_map(|tag| tag.parse().ok())
        .collect();
    if languages.is_empty() {
        errors.add("language", "Choose at least one language.");
    }
    languages
}

/// The boilerplate of every language that the form showed.
fn boilerplate(fields: &Fields, errors: &mut FieldErrors) -> BTreeMap<String, String> {
    let mut boilerplate = BTreeMap::new();
    for language in Language::all() {
        let name = format!("boilerplate_{}", language.as_str());
        if !fields.has(&name) {
            continue;
        }
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

fn contacts(fields: &Fields, errors: &mut FieldErrors) -> Vec<Contact> {
    (0..contacts_in(fields))
        .filter_map(|index| contact(index, fields, errors))
        .collect()
}

/// One contact, or nothing where every part is empty.
fn contact(index: usize, fields: &Fields, errors: &mut FieldErrors) -> Option<Contact> {
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
    Some(Contact {
        key: ContactKey::new(fields.get(&format!("contact_{index}_key"))),
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

/// Every field but the contacts, with its label.
const LABELS: [(&str, &str); 14] = [
    ("name", "Name"),
    ("mission", "Mission"),
    ("introduction", "Introduction"),
    ("accent", "Accent colour"),
    ("zone", "Time zone"),
    ("further_zones", "Further zones"),
    ("second_pair", "Second pair of eyes"),
    ("readers_see", "Readers see in an item’s history"),
    ("language", "Languages"),
    ("notice", "Notice"),
    ("per_page", "Items on a page"),
    ("footer_links", "Links at the foot"),
    (CONTACTS, "Press contacts"),
    (PAGES, "Pages"),
];
/// All contacts as one field: they are merged whole, because a row of the form is not a person.
const CONTACTS: &str = "contacts";

/// What was sent, merged with what somebody stored since the form was opened.
pub(super) fn merged(texts: Three<'_>) -> (Fields, Vec<Difference>) {
    let Three {
        base,
        theirs,
        yours,
    } = texts;
    let [base, listed, yours] =
        [base, theirs, yours].map(|fields| settings_pages::as_one(with_contacts(fields)));
    let boilerplates: Vec<(String, String)> = Language::all()
        .map(|language| {
            (
                format!("boilerplate_{}", language.as_str()),
                format!("About the organisation, in {}", language.name()),
            )
        })
        .filter(|(name, _)| yours.has(name))
        .collect();
    let mut labels = LABELS.to_vec();
    labels.extend(
        boilerplates
            .iter()
            .map(|(name, label)| (name.as_str(), label.as_str())),
    );
    let (mut fields, differences) = merge::merge(
        &labels,
        Three {
            base: &base,
            theirs: &listed,
            yours: &yours,
        },
    );
    if fields.get(CONTACTS) != yours.get(CONTACTS) {
        fields = taken(fields, contact_names(), theirs);
    }
    if fields.get(PAGES) != yours.get(PAGES) {
        fields = taken(fields, settings_pages::names(), theirs);
    }
    (fields, differences)
}

/// The fields with those of these names as somebody else stored them.
fn taken(fields: Fields, names: impl Iterator<Item = String>, theirs: &Fields) -> Fields {
    names.fold(fields, |fields, name| fields.with(&name, theirs))
}

/// The fields with all contacts written out as one text, a line for each.
fn with_contacts(fields: &Fields) -> Fields {
    let lines: Vec<String> = (0..contacts_in(fields))
        .map(|index| {
            PARTS
                .map(|part| {
                    fields
                        .get(&format!("contact_{index}_{part}"))
                        .trim()
                        .to_owned()
                })
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        })
        .filter(|line| !line.is_empty())
        .collect();
    let mut fields = fields.clone();
    fields.set(CONTACTS, &lines.join("\n"));
    fields
}

fn contact_names() -> impl Iterator<Item = String> {
    (0..Contact::MOST).flat_map(|index| {
        PARTS
            .into_iter()
            .chain(["key"])
            .map(move |part| format!("contact_{index}_{part}"))
    })
}
