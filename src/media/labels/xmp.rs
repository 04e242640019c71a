//! The same words as XMP.

use std::fmt::Write;

use super::Labels;
use super::iim::instructions;

/// How XMP writes a text that may be there in several languages.
const IN_ALL_LANGUAGES: (&str, &str) = (
    "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
    "</rdf:li></rdf:Alt>",
);
const ONE_OF_MANY: (&str, &str) = ("<rdf:Bag><rdf:li>", "</rdf:li></rdf:Bag>");

const HEAD: &str = "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
    <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
    <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
    <rdf:Description rdf:about=\"\"\n \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n \
    xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n \
    xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"\n \
    xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\">\n";

pub(super) fn packet(labels: &Labels) -> String {
    let mut out = HEAD.to_owned();
    let day = labels.taken_on.map(|day| day.to_string());
    for (name, words) in [
        ("photoshop:Headline", labels.headline.as_str()),
        ("photoshop:Credit", &labels.credit),
        ("photoshop:Instructions", &instructions(labels)),
        ("photoshop:DateCreated", day.as_deref().unwrap_or_default()),
    ] {
        push(&mut out, name, ("", ""), words);
    }
    for (name, words) in [
        ("dc:description", &labels.caption),
        ("xmpRights:UsageTerms", &labels.terms),
        ("Iptc4xmpCore:AltTextAccessibility", &labels.alt_text),
    ] {
        push(&mut out, name, IN_ALL_LANGUAGES, words);
    }
    push(&mut out, "dc:publisher", ONE_OF_MANY, &labels.publisher);
    push(&mut out, "dc:relation", ONE_OF_MANY, &labels.address);
    out.push_str("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
    out
}

fn push(out: &mut String, name: &str, (open, close): (&str, &str), words: &str) {
    if !words.is_empty() {
        let words = escaped(words);
        // Writing to a text does not fail.
        let _written = writeln!(out, "<{name}>{open}{words}{close}</{name}>");
    }
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
