//! What is missing before an item can go out, and what would make it better.

use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::library::{LicenceOutlook, licence_outlook};
use crate::newsroom::{Refusal, Wording};
use crate::prose::{dates, markdown};
use crate::storage::{ReadTx, StorageError, files, images, library};

/// One line of the list beside the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    Done(&'static str),
    /// It cannot go out like this.
    Missing(String),
    /// It can, but it would be better otherwise.
    Advice(String),
}

/// Every image that a wording shows: the lead and those in its body and its notes, each once.
pub fn images_of(wording: &Wording) -> Vec<ImageId> {
    let lead = wording.lead.map(|lead| lead.image);
    let texts = [wording.body.as_str(), wording.notes.as_str()];
    let placed = texts.into_iter().flat_map(markdown::images_in);
    let mut images: Vec<ImageId> = Vec::new();
    for image in lead.into_iter().chain(placed.map(ImageId::new)) {
        if !images.contains(&image) {
            images.push(image);
        }
    }
    images
}

/// Looks at a wording as an editor would before sending it out.
pub fn look(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<Vec<Check>, StorageError> {
    let mut checks = vec![
        filled(
            "Summary",
            wording.summary.is_empty(),
            "Write the summary: lists, feeds and cards show it.",
        ),
        filled("Body", wording.body.is_empty(), "Write the body."),
        advised(
            "Dateline",
            wording.dateline.is_empty(),
            "Say where it was written: the dateline has no place.",
        ),
        advised(
            "Contact",
            wording.contacts.is_empty(),
            "Choose whom journalists can call about this.",
        ),
        pictures(tx, wording)?,
        lead(wording),
    ];
    checks.extend(titles(tx, wording)?);
    Ok(checks)
}

/// Of an item without files, nothing is asked.
fn titles(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<Option<Check>, StorageError> {
    let files = files::all_of(tx, &wording.files)?;
    let unnamed = files.iter().filter(|file| file.words.title.is_empty());
    let unnamed: Vec<String> = unnamed
        .map(|file| format!("{} (file {})", file.file_name, file.id))
        .collect();
    Ok(match (files.is_empty(), unnamed.is_empty()) {
        (true, _) => None,
        (false, true) => Some(Check::Done("Title of every file")),
        (false, false) => Some(Check::Missing(format!(
            "Give every file a title: {}.",
            unnamed.join(", ")
        ))),
    })
}

/// The same, with what is true of this hour only: licences that have ended or soon will.
pub fn look_at(
    tx: &mut ReadTx<'_>,
    wording: &Wording,
    now: Instant,
) -> Result<Vec<Check>, StorageError> {
    let mut checks = look(tx, wording)?;
    checks.extend(licences(tx, wording, now)?);
    Ok(checks)
}

/// Advice and no bar: what is live already can be corrected without its picture.
fn licences(
    tx: &mut ReadTx<'_>,
    wording: &Wording,
    now: Instant,
) -> Result<Vec<Check>, StorageError> {
    let images = library::licensed_for_a_time(tx, &images_of(wording))?;
    let told = images.iter().filter_map(|image| {
        let day = dates::staff_day(image.licence.last_day?.date()).words;
        let name = &image.file_name;
        match licence_outlook(image.licence_ends_at, now) {
            LicenceOutlook::Ended => Some(Check::Advice(format!(
                "Readers do not see {name}: its licence ended on {day}. Choose another picture, or prolong the licence."
            ))),
            LicenceOutlook::EndsSoon => Some(Check::Advice(format!(
                "The licence of {name} ends on {day}: after it, readers see the picture nowhere. Choose another one, or prolong the licence."
            ))),
            LicenceOutlook::Holds => None,
        }
    });
    Ok(told.collect())
}

fn filled(name: &'static str, empty: bool, missing: &str) -> Check {
    if empty {
        Check::Missing(missing.to_owned())
    } else {
        Check::Done(name)
    }
}

fn advised(name: &'static str, empty: bool, advice: &str) -> Check {
    if empty {
        Check::Advice(advice.to_owned())
    } else {
        Check::Done(name)
    }
}

fn lead(wording: &Wording) -> Check {
    if wording.lead.is_some() {
        Check::Done("Lead picture")
    } else {
        Check::Advice("Without a lead picture, the kind’s graphic stands in.".to_owned())
    }
}

fn pictures(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<Check, StorageError> {
    let ids = images_of(wording);
    let known = images::shown(tx, &ids)?;
    if let Some(unknown) = ids
        .iter()
        .find(|id| !known.iter().any(|image| image.id == **id))
    {
        return Ok(Check::Missing(format!(
            "There is no picture number {unknown} in the library."
        )));
    }
    let names = images::without_alt_text(tx, &ids)?;
    if !names.is_empty() {
        return Ok(Check::Missing(format!(
            "Write alt text, or say that the picture is decorative: {}.",
            names.join(", ")
        )));
    }
    let uncredited = known.iter().filter(|image| image.credit.is_empty()).count();
    match uncredited {
        0 => Ok(Check::Done("Alt text and credit of every picture")),
        1 => Ok(Check::Advice("One picture has no credit.".to_owned())),
        several => Ok(Check::Advice(format!("{several} pictures have no credit."))),
    }
}

/// Refuses to send out what has something missing.
pub fn ready(tx: &mut ReadTx<'_>, wording: &Wording) -> Result<(), super::Failure> {
    let missing = missing(look(tx, wording)?);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Refusal::NotReady { missing }.into())
    }
}

/// The sentences that stand in the way.
pub fn missing(checks: Vec<Check>) -> Vec<String> {
    checks
        .into_iter()
        .filter_map(|check| match check {
            Check::Missing(sentence) => Some(sentence),
            Check::Done(_) | Check::Advice(_) => None,
        })
        .collect()
}
