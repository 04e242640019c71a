//! XMP: the properties of the packet's own descriptions. Entities that a packet declares are never expanded.

use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::{Block, Fact, Found, found};

/// Deeper than any program writes.
const DEEPEST: usize = 40;

/// So many tags and texts are read; more are no description of a photo.
const MOST_EVENTS: usize = 20_000;

/// Larger packets hold histories of edits, in bytes.
const LARGEST: usize = 400_000;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const IPTC_CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const IPTC_EXTENSION: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// IPTC Photo Metadata Standard 2023.2, by namespace and name.
const PROPERTIES: [(&str, &str, Fact); 15] = [
    (DC, "description", Fact::Description),
    (PHOTOSHOP, "Headline", Fact::Headline),
    (DC, "creator", Fact::Creator),
    (PHOTOSHOP, "Credit", Fact::CreditLine),
    (PHOTOSHOP, "Source", Fact::Source),
    (DC, "rights", Fact::Copyright),
    (RIGHTS, "UsageTerms", Fact::UsageTerms),
    (PHOTOSHOP, "Instructions", Fact::Instructions),
    (PHOTOSHOP, "DateCreated", Fact::DateCreated),
    (PHOTOSHOP, "City", Fact::City),
    (PHOTOSHOP, "Country", Fact::Country),
    (IPTC_EXTENSION, "PersonInImage", Fact::Persons),
    (IPTC_CORE, "AltTextAccessibility", Fact::AltText),
    (
        IPTC_CORE,
        "ExtDescrAccessibility",
        Fact::ExtendedDescription,
    ),
    (DC, "subject", Fact::Keywords),
];

pub(super) fn read(packet: &[u8]) -> Vec<Found> {
    if packet.len() > LARGEST {
        return Vec::new();
    }
    let packet = String::from_utf8_lossy(packet);
    let mut reader = NsReader::from_str(&packet);
    // What stands before a fault is kept: packets are patched in place by many programs.
    let mut reading = Reading::default();
    for _ in 0..MOST_EVENTS {
        let Ok(event) = reader.read_event() else {
            break;
        };
        if !reading.take(&event, &reader) {
            break;
        }
    }
    reading.found
}

/// Where a tag stands, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    Rdf,
    Description,
    Property,
    /// Inside a property: a list, or one of its entries.
    Inside,
    Entry,
}

#[derive(Default)]
struct Reading {
    places: Vec<Place>,
    /// The property that is read now, where its name means something.
    fact: Option<Fact>,
    text: String,
    /// The entries so far; the one in the default language stands first.
    entries: Vec<String>,
    in_default: bool,
    found: Vec<Found>,
}

impl Reading {
    /// Whether there is more to read.
    fn take(&mut self, event: &Event<'_>, reader: &NsReader<&[u8]>) -> bool {
        match event {
            Event::Start(tag) => {
                self.open(tag, reader);
                self.places.len() <= DEEPEST
            }
            Event::Empty(tag) => {
                self.open(tag, reader);
                self.close();
                true
            }
            Event::End(_) => {
                self.close();
                true
            }
            Event::Text(text) => {
                let text = text.decode().unwrap_or_default();
                self.text.push_str(&text);
                true
            }
            Event::CData(text) => {
                let text = text.decode().unwrap_or_default();
                self.text.push_str(&text);
                true
            }
            Event::GeneralRef(reference) => {
                self.text.extend(resolved(reference));
                true
            }
            Event::Eof => false,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => true,
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, reader: &NsReader<&[u8]>) {
        let (namespace, local) = reader.resolver().resolve_element(tag.name());
        let (namespace, local) = (named(&namespace), String::from_utf8_lossy(local.as_ref()));
        let is_rdf = |name: &str| namespace == RDF && local == name;
        let place = match self.places.last().copied().unwrap_or(Place::Outside) {
            Place::Outside if is_rdf("RDF") => Place::Rdf,
            Place::Outside => Place::Outside,
            Place::Rdf if is_rdf("Description") => Place::Description,
            Place::Description => Place::Property,
            Place::Property | Place::Inside if is_rdf("li") => Place::Entry,
            Place::Rdf | Place::Property | Place::Inside | Place::Entry => Place::Inside,
        };
        match place {
            Place::Description => self.attributes(tag, reader),
            Place::Property => {
                self.fact = fact(&namespace, &local);
                self.entries.clear();
            }
            Place::Entry => self.in_default = is_default(tag),
            Place::Outside | Place::Rdf | Place::Inside => {}
        }
        self.text.clear();
        self.places.push(place);
    }

    /// Simple properties may be written as attributes.
    fn attributes(&mut self, tag: &BytesStart<'_>, reader: &NsReader<&[u8]>) {
        for attribute in tag.attributes().flatten().take(200) {
            let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
            let local = String::from_utf8_lossy(local.as_ref());
            let Some(fact) = fact(&named(&namespace), &local) else {
                continue;
            };
            let raw = String::from_utf8_lossy(&attribute.value);
            let value = unescape(&raw).unwrap_or_default();
            self.found
                .extend(found(fact, Block::Xmp, [value.into_owned()]));
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        match self.places.pop() {
            // An entry within an entry belongs to a structure, and says nothing by itself.
            Some(Place::Entry) if !self.places.contains(&Place::Entry) => {
                let at = if self.in_default {
                    0
                } else {
                    self.entries.len()
                };
                self.in_default = false;
                self.entries.insert(at, text);
            }
            Some(Place::Property) => self.keep(text),
            Some(_) | None => {}
        }
    }

    fn keep(&mut self, text: String) {
        let entries = std::mem::take(&mut self.entries);
        let Some(fact) = self.fact.take() else { return };
        let texts = match (fact, entries.is_empty()) {
            (_, true) => vec![text],
            (Fact::Creator | Fact::Persons | Fact::Keywords, false) => entries,
            // The others are one text in several languages.
            (_, false) => entries.into_iter().take(1).collect(),
        };
        self.found.extend(found(fact, Block::Xmp, texts));
    }
}

fn named(namespace: &ResolveResult<'_>) -> String {
    match namespace {
        ResolveResult::Bound(namespace) => String::from_utf8_lossy(namespace.as_ref()).into_owned(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    }
}

fn fact(namespace: &str, local: &str) -> Option<Fact> {
    let is_it = |known: &&(&str, &str, Fact)| (known.0, known.1) == (namespace, local);
    PROPERTIES.iter().find(is_it).map(|(_, _, fact)| *fact)
}

fn is_default(tag: &BytesStart<'_>) -> bool {
    let language = tag.try_get_attribute("xml:lang").ok().flatten();
    language.is_some_and(|language| language.value.as_ref() == b"x-default")
}

/// A sign by its number, or one of the five that every XML knows.
fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(sign)) = reference.resolve_char_ref() {
        return Some(sign);
    }
    match reference.decode().ok()?.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
