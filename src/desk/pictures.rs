//! Pictures: take one in, describe it.

use super::{Changed, Done, Failure, library, writing::Sent};
use crate::accounts::{Person, Writer};
use crate::clock::Instant;
use crate::media::image::Words;
use crate::media::{AltText, ImageId, Look};
use crate::newsroom::Refusal;
use crate::newsroom::library as rules;
use crate::newsroom::tags::Tag;
use crate::storage::images::{LibraryImage, NewImage};
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, forms, images, looks, purges, replacing};

/// How the journal calls a change of an image's words.
pub const DESCRIBED: &str = "described";

/// How it calls another file under an image.
pub const REPLACED: &str = "file replaced";

/// Stores an image with its original and renditions, and how it looks; the same photo is in the
/// library once.
pub fn take_in(
    tx: &mut WriteTx<'_>,
    (new, look): (&NewImage<'_>, Option<Look>),
    writer: Writer,
) -> Result<Done<ImageId>, Failure> {
    if let Some(known) = images::by_hash(tx, &new.taken.hash)? {
        return Ok(Done::Before(known.to_string()));
    }
    let image = images::add(tx, new)?;
    looks::keep(tx, image, look)?;
    journal::note(
        tx,
        Some(writer.id()),
        &Entry::of_image("uploaded", image),
        new.now,
    )?;
    Ok(Done::Now(image))
}

/// Remembers what an upload was answered with; where the same form was sent before, its answer holds.
pub fn finish_upload(
    tx: &mut WriteTx<'_>,
    form_key: &str,
    answer: String,
    now: Instant,
) -> Result<String, Failure> {
    if let Some(first) = forms::answer(tx, form_key)? {
        return Ok(first);
    }
    forms::remember(tx, form_key, &answer, now)?;
    Ok(answer)
}

/// Writes the words of an image. They show everywhere at once, wherever the image is used; so
/// while a public page shows it, or a scheduled one will, only an editor may, and its alt text stays settled.
/// `shown` is the fingerprint of the words that the form was opened with.
pub fn describe(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    (shown, words): (&str, &Words),
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<Changed>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (known, standing) = library::standing(tx, image, sent.now)?;
    let before = known.words()?;
    if before.fingerprint() != shown && before != *words {
        return Ok(Done::Now(Changed::Conflict));
    }
    rules::change(person.roles, standing)?;
    if standing.is_public() && !words.alt_text.is_settled() {
        return Err(Refusal::PictureNeedsAltText.into());
    }
    images::describe(tx, image, words)?;
    if standing.is_public() {
        let shown = [Tag::Image(known.shown.hash), Tag::Listing];
        purges::owe(tx, &shown, (sent.now, sent.now))?;
    }
    journal::note(
        tx,
        Some(person.id),
        &Entry::of_image(DESCRIBED, image),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, &image.to_string(), sent.now)?;
    Ok(Done::Now(Changed::Kept))
}

/// Writes the alt text of an image and leaves its other words as they are.
pub fn set_alt_text(
    tx: &mut WriteTx<'_>,
    image: ImageId,
    (shown, alt_text): (&str, AltText),
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<Changed>, Failure> {
    let known = images::find(tx, image)?.ok_or(Refusal::NoSuchImage)?;
    let words = Words {
        alt_text,
        ..known.words()?
    };
    describe(tx, image, (shown, &words), sent, person)
}

/// Gives an image another file. Its words, its crops and everything that shows it stay; readers get
/// the new file at once, under an address of its own. `shown` is the hash of the file that the form showed.
pub fn replace(
    tx: &mut WriteTx<'_>,
    (image, shown): (ImageId, &str),
    (new, look): (&NewImage<'_>, Option<Look>),
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (known, standing) = library::standing(tx, image, sent.now)?;
    rules::change(person.roles, standing)?;
    if known.shown.hash != shown {
        return Err(Refusal::FileMovedOn.into());
    }
    if let Some(number) = images::by_hash(tx, &new.taken.hash)? {
        return Err(Refusal::FileIsHere { number }.into());
    }
    let before = replacing::replace(tx, image, new)?;
    looks::keep(tx, image, look)?;
    if standing.is_public() {
        let gone = [Tag::Image(known.shown.hash.clone()), Tag::Listing];
        purges::owe(tx, &gone, (sent.now, sent.now))?;
    }
    let detail = told(&known, new, before);
    let entry = Entry {
        detail: &detail,
        ..Entry::of_image(REPLACED, image)
    };
    journal::note(tx, Some(person.id), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, &image.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// Before and after, as the journal keeps it.
fn told(known: &LibraryImage, new: &NewImage<'_>, before: ImageId) -> String {
    let file = |width: u32, height: u32, hash: &str| {
        let first: String = hash.chars().take(12).collect();
        format!("{width} × {height} ({first})")
    };
    format!(
        "{} → {}; the file before is picture {before}, in the trash",
        file(known.shown.width, known.shown.height, &known.shown.hash),
        file(new.taken.width, new.taken.height, new.taken.hash.as_str()),
    )
}
