//! Pictures: take one in, describe it.

use super::{Changed, Done, Failure, writing::Sent};
use crate::accounts::{Person, Writer};
use crate::clock::Instant;
use crate::media::ImageId;
use crate::media::image::Words;
use crate::newsroom::Refusal;
use crate::newsroom::tags::Tag;
use crate::storage::images::NewImage;
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, forms, images, purges};

/// How the journal calls a change of an image's words.
pub const DESCRIBED: &str = "described";

/// Stores an image with its original and renditions; the same photo is in the library once.
pub fn take_in(
    tx: &mut WriteTx<'_>,
    new: &NewImage<'_>,
    writer: Writer,
) -> Result<Done<ImageId>, Failure> {
    if let Some(known) = images::by_hash(tx, &new.taken.hash)? {
        return Ok(Done::Before(known.to_string()));
    }
    let image = images::add(tx, new)?;
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
    let writer = person.writer().ok_or(Refusal::NotAWriter)?;
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let known = images::find(tx, image)?.ok_or(Refusal::NoSuchImage)?;
    let before = known.words()?;
    if before.fingerprint() != shown && before != *words {
        return Ok(Done::Now(Changed::Conflict));
    }
    let is_public = images::is_or_will_be_public(tx, image, sent.now)?;
    if is_public {
        if person.editor().is_none() {
            return Err(Refusal::PictureIsPublic.into());
        }
        if !words.alt_text.is_settled() {
            return Err(Refusal::PictureNeedsAltText.into());
        }
    }
    images::describe(tx, image, words)?;
    if is_public {
        let shown = [Tag::Image(known.shown.hash), Tag::Listing];
        purges::owe(tx, &shown, (sent.now, sent.now))?;
    }
    journal::note(
        tx,
        Some(writer.id()),
        &Entry::of_image(DESCRIBED, image),
        sent.now,
    )?;
    forms::remember(tx, sent.form_key, &image.to_string(), sent.now)?;
    Ok(Done::Now(Changed::Kept))
}
