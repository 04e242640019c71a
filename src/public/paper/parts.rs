//! What of an item stands on its paper, in the order of its page.

use super::ending;
use super::notes::{Texts, photo};
use crate::clock::Instant;
use crate::media::paper::{Foot, Look, MadeAt, Paper, Part, Run, Style, Text};
use crate::prose::markdown::images_in;
use crate::public::item::{ItemPage, Notice, Story};
use crate::zone::Zone;

/// The paper of the version with that number, counted from the first that readers saw.
pub(super) fn paper(story: &Story<'_>, item: &ItemPage, number: usize) -> Paper {
    let wording = &story.revision.wording;
    let mut texts = Texts {
        story,
        figures: story.images(false),
        width: width(wording.body.as_str(), wording.notes.as_str()),
        addresses: Vec::new(),
    };
    let mut parts = head(story, item);
    parts.extend(lead(story, item));
    parts.extend(texts.parts(wording.body.as_str()));
    parts.extend(ending::files(story, item));
    let notes = texts.parts(wording.notes.as_str());
    parts.extend(ending::below("Notes to editors", notes));
    parts.extend(ending::below("Press contact", ending::contacts(item)));
    let about = story.about_words().map(|words| texts.parts(words));
    parts.extend(ending::below(
        &item.about_heading,
        about.unwrap_or_default(),
    ));
    parts.extend(ending::subjects(item));
    parts.extend(ending::addresses(&texts.addresses));
    let terms = ending::terms(item, &parts);
    parts.push(terms);
    Paper {
        title: item.title.clone(),
        language: item.language.clone(),
        leftwards: item.direction == "rtl",
        parts,
        foot: Foot {
            room: item.frame.room_name.clone(),
            version: version(story, item, number),
            address: item.canonical.clone(),
        },
        made_at: made_at(story.updated_at.unwrap_or(story.published_at)),
    }
}

/// Of photos between paragraphs, in pixels: many are printed from smaller copies.
fn width(body: &str, notes: &str) -> u32 {
    const FEW: usize = 24;
    if images_in(body).len() + images_in(notes).len() > FEW {
        640
    } else {
        960
    }
}

pub(super) fn text(style: Style, words: impl Into<String>) -> Part {
    Part::Text(Text::plain(style, words))
}

pub(super) fn english(style: Style, words: impl Into<String>) -> Part {
    Part::Text(Text::plain(style, words).in_english())
}

fn head(story: &Story<'_>, item: &ItemPage) -> Vec<Part> {
    let mut parts = vec![english(Style::Room, &item.frame.room_name), Part::Rule];
    if let Some(withdrawn) = &item.withdrawn {
        parts.push(notice(withdrawn, item));
        parts.push(english(
            Style::Notice,
            "The text below stays readable as a record. Please do not quote it as our present position.",
        ));
    }
    parts.push(english(Style::Label, &item.kind.name));
    parts.push(text(Style::Title, &item.title));
    if !item.summary.is_empty() {
        parts.push(text(Style::Standfirst, &item.summary));
    }
    if !item.dateline.is_empty() {
        parts.push(text(Style::Body, &item.dateline));
    }
    parts.push(english(Style::Small, dates(story, item)));
    parts.extend(item.notices.iter().map(|told| notice(told, item)));
    parts
}

fn dates(story: &Story<'_>, item: &ItemPage) -> String {
    let zone = &story.frame.room.zone;
    let told = |words: &str, at: Instant| format!("{words} ({})", zone.offset_words(at));
    let published = told(&item.published.words, story.published_at);
    let updated = item.updated.as_ref().zip(story.updated_at);
    let updated = updated.map(|(date, at)| format!(" · updated {}", told(&date.words, at)));
    format!("Published {published}{}", updated.unwrap_or_default())
}

/// The word and the date are English and begin where the page begins, whatever the note's language is.
fn notice(notice: &Notice, item: &ItemPage) -> Part {
    const RIGHT_TO_LEFT: &str = "\u{200f}\u{2068}";
    const END: &str = "\u{2069}";
    let (begin, end) = if item.direction == "rtl" {
        (RIGHT_TO_LEFT, END)
    } else {
        ("", "")
    };
    let run = |words: String, look| Run { words, look };
    let word = format!("{begin}{} {}.{end}", notice.word, notice.date.words);
    let runs = vec![
        run(word, Look::Strong),
        run(format!(" {}", notice.note), Look::Plain),
    ];
    Part::Text(Text::of(Style::Notice, runs))
}

fn lead(story: &Story<'_>, item: &ItemPage) -> Option<Part> {
    const PRINTED: (u32, u16) = (1280, 320);
    let lead = story.revision.wording.lead?;
    let mut images = story.around.images.iter();
    let image = images.find(|image| image.id == lead.image)?;
    let figure = item.figure.as_ref()?;
    let words = [
        figure.caption.clone(),
        figure.file_photo.clone(),
        figure.credit.clone(),
        figure.terms.clone(),
    ];
    Some(Part::Photo(photo(
        image,
        PRINTED,
        figure.photo.alt.clone(),
        &words,
    )))
}

fn version(story: &Story<'_>, item: &ItemPage, number: usize) -> String {
    let zone = &story.frame.room.zone;
    let (date, at) = match (&item.updated, story.updated_at) {
        (Some(date), Some(at)) => (date, at),
        _ => (&item.published, story.published_at),
    };
    let offset = zone.offset_words(at);
    format!("Version {number} of {} ({offset})", date.words)
}

fn made_at(at: Instant) -> MadeAt {
    let at = Zone::utc().local(at);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    MadeAt {
        year: u16::try_from(at.year()).unwrap_or_default(),
        month: part(at.month()),
        day: part(at.day()),
        hour: part(at.hour()),
        minute: part(at.minute()),
        second: part(at.second()),
    }
}
