//! The page that says what changed between two revisions, field by field.

use askama::Template;

use super::history_page::Comparison;
use super::view::Names;
use super::{AdminFrame, Visit};
use crate::desk::publishing::Desk;
use crate::media::ImageId;
use crate::newsroom::room::ContactKey;
use crate::newsroom::{ItemId, Lead, Move, Revision, Shape, SubjectName, Wording, moves};
use crate::prose::{dates, markdown};
use crate::public::difference::{Difference, MOST_ON_A_PAGE};
use crate::public::kind_of;
use crate::storage::room::Frame;
use crate::storage::{ReadTx, StorageError, files, history, images, items};
use crate::web::{Problem, paths};

#[derive(Template)]
#[template(path = "admin/changes.html")]
pub(super) struct ChangesPage {
    frame: AdminFrame,
    back: String,
    heading: String,
    title: String,
    /// Who saved either of them, and when.
    revisions: Vec<String>,
    comparison: Option<Comparison>,
    language: String,
    direction: String,
    /// Fields that readers read, in the item's language.
    texts: Vec<Difference>,
    /// Whether only marks of the text changed, such as bold words or the address of a link.
    only_looks: bool,
    /// Everything else, in the newsroom's.
    choices: Vec<Difference>,
    bring_back: Option<String>,
}

pub(super) fn changes_page(
    tx: &mut ReadTx<'_>,
    (visit, room): (&Visit, &Frame),
    desk: &Desk,
    (older, newer): (i64, i64),
) -> Result<ChangesPage, Problem> {
    let old = items::numbered(tx, desk.item, older)?.ok_or(Problem::NotFound)?;
    let new = items::numbered(tx, desk.item, newer)?.ok_or(Problem::NotFound)?;
    let (names, saved) = (Names::all(tx)?, history::revisions(tx, desk.item)?);
    let wording = &new.wording;
    let texts = texts(&old.wording, wording);
    let looks = [(&old.wording.body, &wording.body)]
        .into_iter()
        .any(|(old, new)| old != new && pictures(old.as_str()) == pictures(new.as_str()));
    Ok(ChangesPage {
        heading: format!("What changed from revision {older} to {newer}"),
        title: wording.title.as_str().to_owned(),
        back: paths::item_history(desk.item),
        revisions: vec![
            saved_line(&old, &names, room),
            saved_line(&new, &names, room),
        ],
        comparison: Comparison::of(tx, (desk, room), &saved, (older, newer))?,
        language: wording.language.as_str().to_owned(),
        direction: wording.language.direction().to_owned(),
        only_looks: looks && texts.iter().all(|text| text.name != BODY),
        choices: choices(tx, &old, &new, room)?,
        texts,
        bring_back: bring_back(visit, desk, &old),
        frame: visit.frame(room),
    })
}

const BODY: &str = "Body";

fn saved_line(revision: &Revision, names: &Names, room: &Frame) -> String {
    let when = dates::staff_time(revision.written_at, &room.room.zone).words;
    let by = names.of(revision.written_by);
    format!("Revision {}: saved by {by}, {when}.", revision.number)
}

/// The texts as they are read, not as they are typed.
fn texts(old: &Wording, new: &Wording) -> Vec<Difference> {
    let plain = markdown::to_text;
    [
        (
            "Title",
            old.title.as_str().to_owned(),
            new.title.as_str().to_owned(),
        ),
        (
            "Summary",
            old.summary.as_str().to_owned(),
            new.summary.as_str().to_owned(),
        ),
        (BODY, plain(old.body.as_str()), plain(new.body.as_str())),
        (
            "Notes to editors",
            plain(old.notes.as_str()),
            plain(new.notes.as_str()),
        ),
        (
            "Dateline",
            old.dateline.as_str().to_owned(),
            new.dateline.as_str().to_owned(),
        ),
    ]
    .into_iter()
    .filter_map(|(name, old, new)| Difference::between(name, &old, &new, MOST_ON_A_PAGE))
    .collect()
}

fn choices(
    tx: &mut ReadTx<'_>,
    old: &Revision,
    new: &Revision,
    room: &Frame,
) -> Result<Vec<Difference>, StorageError> {
    let (was, is) = (
        chosen(tx, &old.wording, room)?,
        chosen(tx, &new.wording, room)?,
    );
    let pairs = was.into_iter().zip(is);
    let difference = |((name, was), (_, is)): ((_, String), (_, String))| {
        Difference::between(name, &was, &is, MOST_ON_A_PAGE)
    };
    Ok(pairs.filter_map(difference).collect())
}

/// Everything that was chosen and not written, in words, always the same fields in the same order.
fn chosen(
    tx: &mut ReadTx<'_>,
    wording: &Wording,
    room: &Frame,
) -> Result<[(&'static str, String); 12], StorageError> {
    let kind = kind_of(room, wording.kind).map_or_else(String::new, |kind| kind.name.clone());
    let (shape, point) = cut(wording.lead);
    Ok([
        ("Kind", kind),
        ("Slug", wording.slug.as_str().to_owned()),
        ("Language", wording.language.name().to_owned()),
        ("Translation of", translation(wording.translation_of)),
        ("Topics", names(&wording.topics)),
        ("Places", names(&wording.places)),
        ("Press contacts", contacts(wording, room)),
        ("Lead picture", lead(tx, wording.lead)?),
        ("How the lead picture is cut", shape),
        ("The point that every cut keeps", point),
        ("Pictures in the texts", in_texts(tx, wording)?),
        ("Files", files_of(tx, wording)?),
    ])
}

fn translation(of: Option<ItemId>) -> String {
    of.map_or_else(String::new, |item| format!("item {item}"))
}

fn names(subjects: &[SubjectName]) -> String {
    let names: Vec<&str> = subjects.iter().map(SubjectName::as_str).collect();
    names.join(", ")
}

fn contacts(wording: &Wording, room: &Frame) -> String {
    let all = &room.room.contacts;
    let name = |key: &ContactKey| {
        let known = all.iter().find(|contact| contact.key == *key);
        known.map_or("somebody who is a contact no more", |contact| {
            contact.name.as_str()
        })
    };
    let names: Vec<&str> = wording.contacts.iter().map(name).collect();
    names.join(", ")
}

fn lead(tx: &mut ReadTx<'_>, lead: Option<Lead>) -> Result<String, StorageError> {
    match lead {
        Some(lead) => picture(tx, lead.image),
        None => Ok("none".to_owned()),
    }
}

fn cut(lead: Option<Lead>) -> (String, String) {
    let Some(lead) = lead else {
        return (String::new(), String::new());
    };
    let shape = match lead.shape {
        Shape::Whole => "as it was taken",
        Shape::Wide => "wide, 16:9",
    };
    let (x, y) = (lead.focus.x(), lead.focus.y());
    let point = format!("{x} % from the left, {y} % from the top");
    (shape.to_owned(), point)
}

fn pictures(text: &str) -> Vec<i64> {
    markdown::images_in(text)
}

fn in_texts(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<String, StorageError> {
    let mut numbers = pictures(wording.body.as_str());
    numbers.extend(pictures(wording.notes.as_str()));
    let words = numbers
        .into_iter()
        .map(|number| picture(tx, ImageId::new(number)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(words.join("\n"))
}

/// `File 3: Verdict in Paris`, one on each line.
fn files_of(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<String, StorageError> {
    let lines: Vec<String> = files::all_of(tx, &wording.files)?
        .iter()
        .map(|file| format!("File {}: {}", file.id, super::files::name(file)))
        .collect();
    Ok(lines.join("\n"))
}

/// `Picture 3: A boat at dusk`
fn picture(tx: &mut ReadTx<'_>, id: ImageId) -> Result<String, StorageError> {
    let words = images::find(tx, id)?.map_or_else(String::new, |image| {
        let alt = image.alt_text.text();
        if alt.is_empty() {
            image.file_name.clone()
        } else {
            alt.to_owned()
        }
    });
    Ok(format!("Picture {id}: {words}"))
}

/// Where the older words can be brought back, if this person may.
fn bring_back(visit: &Visit, desk: &Desk, old: &Revision) -> Option<String> {
    let person = &visit.staff.person;
    let situation = desk.situation(visit.now, person.id);
    let allowed = moves::allow(Move::BringBackWords, person.roles, situation).is_ok();
    (allowed && old.hash != desk.head.hash).then(|| {
        let number = old.number.to_string();
        paths::with_query(&paths::revision_return(desk.item), &[("revision", &number)])
    })
}
