//! The texts of a pack: the item as plain text, Markdown and HTML, captions, contacts and terms.

use actix_web::web::Bytes;

use super::files::{self, PackedFile};
use super::{Photo, page};
use crate::prose::markdown;
use crate::prose::source::{self, Carried};
use crate::public::ContactLine;
use crate::public::item::{ItemPage, Notice, Story};

/// Each text under the name of its file.
pub(super) fn all(
    (story, item): (&Story<'_>, &ItemPage),
    (photos, files): (&[Photo], &[PackedFile]),
) -> Vec<(String, Bytes)> {
    let slug = story.revision.wording.slug.as_str();
    let mut texts = vec![
        (format!("{slug}.txt"), plain(story, item, photos).into()),
        (format!("{slug}.md"), with_looks(story, item, photos).into()),
    ];
    // What cannot be laid out is left out: the words are in the others.
    let html = page::html(story, item, (photos, files));
    texts.extend(html.map(|html| (format!("{slug}.html"), html.into())));
    texts.push(("contacts.txt".to_owned(), contacts(item).into()));
    texts.push(("terms.txt".to_owned(), terms(item, photos).into()));
    if !photos.is_empty() {
        let captions = photos.iter().map(caption).collect();
        texts.push(("photos/captions.txt".to_owned(), sheet(captions).into()));
    }
    texts
}

/// Paragraphs with a line between them; what is empty is left out.
fn sheet(paragraphs: Vec<String>) -> String {
    let said = paragraphs.iter().map(|words| words.trim());
    let mut text = said
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    text.push('\n');
    text
}

fn plain(story: &Story<'_>, item: &ItemPage, photos: &[Photo]) -> String {
    let wording = &story.revision.wording;
    let told = |number, caption: &str| photo(photos, number).map(|photo| told(photo, caption));
    let words =
        |source: &str| markdown::to_text_with(source, &|one| told(one.number, &one.caption));
    let mut paragraphs = head(item, &item.title);
    let lead = wording.lead.map(|lead| lead.image.get());
    paragraphs.extend(lead.and_then(|lead| told(lead, "")));
    paragraphs.push(words(wording.body.as_str()));
    for (heading, source) in behind(story, item) {
        paragraphs.push(format!("{heading}\n\n{}", words(&source)));
    }
    paragraphs.push(contacts(item));
    paragraphs.push(version(item));
    sheet(paragraphs)
}

/// Where a picture stands: its file, and what is said below it.
fn told(photo: &Photo, caption: &str) -> String {
    let mut lines = vec![format!("[Picture: photos/{}]", photo.file)];
    lines.extend(below(photo, caption));
    lines.join("\n")
}

/// What is said below a picture, line by line: its caption, or that of this one use of it, and how old it is;
/// then credit and terms.
pub(super) fn below(photo: &Photo, caption: &str) -> Vec<String> {
    let image = &photo.image;
    let caption = if caption.is_empty() {
        image.caption.as_str()
    } else {
        caption
    };
    let said = [
        sentences(&[caption, &photo.age]),
        sentences(&[&image.credit, &image.terms]),
    ];
    said.into_iter().filter(|words| !words.is_empty()).collect()
}

/// With a full stop between one and the next.
fn sentences<Words: AsRef<str>>(words: &[Words]) -> String {
    let said: Vec<&str> = words
        .iter()
        .map(AsRef::as_ref)
        .filter(|one| !one.is_empty())
        .collect();
    let between = |one: &str| {
        let ends = one.ends_with(['.', '!', '?', '…', '”', '"']);
        format!("{one}{}", if ends { " " } else { ". " })
    };
    match said.split_last() {
        Some((last, before)) => before.iter().map(|one| between(one)).collect::<String>() + last,
        None => String::new(),
    }
}

pub(super) fn photo(photos: &[Photo], number: i64) -> Option<&Photo> {
    photos.iter().find(|photo| photo.image.id.get() == number)
}

/// The photo on top, where it may be shown.
pub(super) fn lead<'a>(story: &Story<'_>, photos: &'a [Photo]) -> Option<&'a Photo> {
    photo(photos, story.revision.wording.lead?.image.get())
}

fn with_looks(story: &Story<'_>, item: &ItemPage, photos: &[Photo]) -> String {
    let wording = &story.revision.wording;
    let mut paragraphs = head(item, &format!("# {}", item.title));
    let file = |number, caption: &str| {
        photo(photos, number).map(|photo| Carried {
            file: format!("photos/{}", photo.file),
            alt: photo.image.alt.clone(),
            said: sentences(&below(photo, caption)),
        })
    };
    let carried_out = |words: &str| source::carried_out(words, &story.address.0, &file);
    let lead = lead(story, photos).and_then(|photo| file(photo.image.id.get(), ""));
    paragraphs.extend(lead.map(|carried| carried.written("")));
    paragraphs.push(carried_out(wording.body.as_str()));
    for (heading, words) in behind(story, item) {
        let words = carried_out(&words);
        paragraphs.push(format!("## {heading}\n\n{words}"));
    }
    paragraphs.push(format!("## {}", contacts(item)));
    paragraphs.push(version(item));
    sheet(paragraphs)
}

/// Notes and boilerplate, which stand behind the text.
pub(super) fn behind(story: &Story<'_>, item: &ItemPage) -> Vec<(String, String)> {
    let wording = &story.revision.wording;
    let mut parts = Vec::new();
    if !story.around.files.is_empty() {
        parts.push(("Files".to_owned(), files::listed(story)));
    }
    if !wording.notes.is_empty() {
        let notes = wording.notes.as_str().to_owned();
        parts.push(("Notes to editors".to_owned(), notes));
    }
    if let Some(about) = story.about_words() {
        parts.push((item.about_heading.clone(), about.to_owned()));
    }
    parts
}

pub(super) fn head(item: &ItemPage, title: &str) -> Vec<String> {
    let mut paragraphs = vec![format!("{}: {}", item.frame.room_name, item.kind.name)];
    paragraphs.extend(item.withdrawn.iter().map(notice));
    paragraphs.push(title.to_owned());
    paragraphs.push(item.summary.clone());
    paragraphs.push(item.dateline.clone());
    paragraphs.extend(item.notices.iter().map(notice));
    paragraphs
}

fn notice(notice: &Notice) -> String {
    format!("{} {}: {}", notice.word, notice.date.words, notice.note)
}

/// Which state of the item this is.
pub(super) fn version(item: &ItemPage) -> String {
    let changed = item.updated.as_ref();
    let changed = changed.map(|date| format!(", changed {}", date.words));
    format!(
        "Version: published {}{}. The present one stands at {}",
        item.published.words,
        changed.unwrap_or_default(),
        item.canonical
    )
}

/// The item's own contacts, else the room's.
pub(super) fn contacts(item: &ItemPage) -> String {
    let all = if item.contacts.is_empty() {
        &item.frame.contacts
    } else {
        &item.contacts
    };
    let mut paragraphs = vec!["Press contact".to_owned()];
    paragraphs.extend(all.iter().map(contact));
    sheet(paragraphs)
}

fn contact(contact: &ContactLine) -> String {
    let lines = [
        &contact.name,
        &contact.role,
        &contact.languages,
        &contact.phone,
        &contact.after_hours,
        &contact.mail,
    ];
    let said = lines.into_iter().filter(|line| !line.is_empty());
    said.cloned().collect::<Vec<_>>().join("\n")
}

fn caption(photo: &Photo) -> String {
    let image = &photo.image;
    let day = image
        .taken_on
        .map(|day| day.to_string())
        .unwrap_or_default();
    let lines = [
        ("Caption", image.caption.as_str()),
        ("Credit", &image.credit),
        ("Terms", &image.terms),
        ("Alt text", &image.alt),
        ("Taken on", &day),
    ];
    let said = lines.into_iter().filter(|(_, words)| !words.is_empty());
    let said: Vec<String> = said
        .map(|(name, words)| format!("{name}: {words}"))
        .collect();
    format!("{}\n{}", photo.file, said.join("\n"))
}

fn terms(item: &ItemPage, photos: &[Photo]) -> String {
    let mut paragraphs = vec![format!(
        "The words come from {}, {}. Each photo is to be used with its credit and under its own terms:",
        item.frame.room_name, item.canonical
    )];
    if photos.is_empty() {
        paragraphs = vec![format!(
            "The words come from {}, {}",
            item.frame.room_name, item.canonical
        )];
    }
    paragraphs.extend(photos.iter().map(|photo| {
        let image = &photo.image;
        let terms = if image.terms.is_empty() {
            "No terms are given; ask the press contact."
        } else {
            &image.terms
        };
        format!("{}\nCredit: {}\nTerms: {terms}", photo.file, image.credit)
    }));
    sheet(paragraphs)
}
