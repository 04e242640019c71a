//! What stands on paper behind the text: files, contacts, what it is about, where links lead, terms.

use super::parts::{english, text};
use crate::media::paper::{Part, Style, Text};
use crate::public::ContactLine;
use crate::public::item::{ItemPage, Story};
use crate::web::view::Link;

/// A heading with what stands under it; nothing where nothing does.
pub(super) fn below(heading: &str, parts: Vec<Part>) -> Vec<Part> {
    if parts.is_empty() {
        return parts;
    }
    let mut all = vec![english(Style::Heading(2), heading)];
    all.extend(parts);
    all
}

pub(super) fn files(story: &Story<'_>, item: &ItemPage) -> Vec<Part> {
    let parts = item.files.iter().flat_map(|file| {
        let address = format!("{}{}", story.address.0, file.href);
        [
            text(Style::Body, &file.title),
            english(Style::Small, format!("{}\n{address}", file.facts)),
        ]
    });
    below("Files", parts.collect())
}

/// The item's own, else the room's.
pub(super) fn contacts(item: &ItemPage) -> Vec<Part> {
    let all = if item.contacts.is_empty() {
        &item.frame.contacts
    } else {
        &item.contacts
    };
    all.iter().map(contact).collect()
}

fn contact(contact: &ContactLine) -> Part {
    let lines = [
        ("", &contact.name),
        ("", &contact.role),
        ("Speaks ", &contact.languages),
        ("Phone ", &contact.phone),
        ("Out of hours ", &contact.after_hours),
        ("Mail ", &contact.mail),
    ];
    let said = lines.iter().filter(|(_, words)| !words.is_empty());
    let lines: Vec<String> = said
        .map(|(before, words)| format!("{before}{words}"))
        .collect();
    english(Style::Body, lines.join("\n"))
}

pub(super) fn subjects(item: &ItemPage) -> Option<Part> {
    let named = |name: &str, links: &[Link]| {
        let labels: Vec<&str> = links.iter().map(|link| link.label.as_str()).collect();
        (!labels.is_empty()).then(|| format!("{name}: {}", labels.join(", ")))
    };
    let said = [named("Topics", &item.topics), named("Places", &item.places)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| english(Style::Small, said.join("\n")))
}

/// Where the links lead, under the numbers that stand at their words.
pub(super) fn addresses(addresses: &[String]) -> Vec<Part> {
    let numbered = (1..).zip(addresses).map(|(number, address)| {
        let address = address.trim_start_matches("mailto:");
        Part::Text(Text {
            depth: 1,
            mark: format!("{number}."),
            ..Text::plain(Style::Small, address)
        })
    });
    below("Addresses of links", numbered.collect())
}

pub(super) fn terms(item: &ItemPage, parts: &[Part]) -> Part {
    let words = format!(
        "The words come from {}, {}",
        item.frame.room_name, item.canonical
    );
    let photos = parts.iter().any(|part| matches!(part, Part::Photo(_)));
    let photos = if photos {
        "\nEach photo is to be used with its credit and under its own terms."
    } else {
        ""
    };
    english(Style::Small, format!("{words}{photos}"))
}
