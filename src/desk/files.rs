//! Files that readers may take: take one in, describe it, give it other bytes, delete it.

use super::writing::Sent;
use super::{Changed, Done, Failure};
use crate::accounts::{Person, PersonId, Roles, Writer};
use crate::clock::Instant;
use crate::keys::new_key;
use crate::newsroom::files::{self as rules, Standing};
use crate::newsroom::library::Reach;
use crate::newsroom::tags::Tag;
use crate::newsroom::{FileId, FileWords, Refusal};
use crate::storage::files::{NewBytes, StaffFile};
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, StorageError, WriteTx, file_uses, files, forms, purges, room};

/// How the journal calls a change of a file's words.
pub const DESCRIBED: &str = "file described";

/// How it calls other bytes of a file.
pub const REPLACED: &str = "file replaced";

/// Stores a file with its bytes; the same bytes are here once. Its language is the room's first one
/// until somebody says otherwise.
pub fn take_in(
    tx: &mut WriteTx<'_>,
    new: &NewBytes<'_>,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<FileId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    if let Some(number) = files::by_hash(tx, &new.taken.hash)? {
        return Err(Refusal::SameFile { number }.into());
    }
    let room = room::frame(tx)?.ok_or(Refusal::NoRoom)?;
    let language = room.room.languages.first().map_or("en", |one| one.as_str());
    let file = files::add(tx, new, (&new_key(), language))?;
    note(tx, ("file uploaded", file, ""), writer.id(), sent.now)?;
    forms::remember(tx, sent.form_key, &file.to_string(), sent.now)?;
    Ok(Done::Now(file))
}

/// A file with what decides about it.
fn standing(
    tx: &mut ReadTx<'_>,
    id: FileId,
    now: Instant,
) -> Result<(StaffFile, Standing), Failure> {
    let known = files::find(tx, id)?.ok_or(Refusal::NoSuchFile)?;
    let standing = Standing {
        is_used: file_uses::is_used(tx, id)?,
        reach: reach(tx, id, now)?,
    };
    Ok((known, standing))
}

fn reach(tx: &mut ReadTx<'_>, id: FileId, now: Instant) -> Result<Reach, StorageError> {
    Ok(if file_uses::is_or_will_be_public(tx, id, now)? {
        Reach::Readers
    } else if file_uses::is_approved(tx, id)? {
        Reach::Approved
    } else if file_uses::may_return(tx, id, now)? {
        Reach::Returning
    } else {
        Reach::Nobody
    })
}

/// Why these people may not change a file now; nothing where they may.
pub fn refused(
    tx: &mut ReadTx<'_>,
    (id, now): (FileId, Instant),
    roles: Roles,
) -> Result<Option<Refusal>, Failure> {
    let (_, standing) = standing(tx, id, now)?;
    Ok(rules::change(roles, standing).err())
}

/// Writes the words of a file, which show everywhere at once. `shown` is the fingerprint of the words
/// that the form was opened with.
pub fn describe(
    tx: &mut WriteTx<'_>,
    id: FileId,
    (shown, words): (&str, &FileWords),
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<Changed>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (known, standing) = standing(tx, id, sent.now)?;
    if known.words.fingerprint() != shown && known.words != *words {
        return Ok(Done::Now(Changed::Conflict));
    }
    rules::change(person.roles, standing)?;
    if standing.is_public() && words.title.is_empty() {
        return Err(Refusal::FileNeedsTitle.into());
    }
    files::describe(tx, &known, words)?;
    tell_caches(tx, (&known, standing), sent.now)?;
    note(tx, (DESCRIBED, id, ""), person.id, sent.now)?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(Changed::Kept))
}

/// Gives a file other bytes of its format. Its address and its words stay, and readers get the new bytes
/// at once. `shown` is the version that the form showed.
pub fn replace(
    tx: &mut WriteTx<'_>,
    (id, shown): (FileId, i64),
    new: &NewBytes<'_>,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (known, standing) = standing(tx, id, sent.now)?;
    rules::change(person.roles, standing)?;
    if known.version != shown {
        return Err(Refusal::FileChanged.into());
    }
    if new.taken.format != known.format {
        return Err(Refusal::OtherFormat {
            ends: known.format.ending(),
            name: known.format.name(),
        }
        .into());
    }
    if let Some(number) = files::by_hash(tx, &new.taken.hash)? {
        return Err(Refusal::SameFile { number }.into());
    }
    files::replace(tx, &known, new)?;
    tell_caches(tx, (&known, standing), sent.now)?;
    let detail = format!("version {}", known.version + 1);
    note(tx, (REPLACED, id, &detail), person.id, sent.now)?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// Deletes a file that no revision of any item names, with every version of it.
pub fn delete(
    tx: &mut WriteTx<'_>,
    id: FileId,
    sent: &Sent<'_>,
    person: &Person,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (_, standing) = standing(tx, id, sent.now)?;
    rules::delete(person.roles, standing)?;
    files::delete(tx, id)?;
    note(tx, ("file deleted", id, ""), person.id, sent.now)?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// The pages that offer it say other words from now on.
fn tell_caches(
    tx: &mut WriteTx<'_>,
    (known, standing): (&StaffFile, Standing),
    now: Instant,
) -> Result<(), StorageError> {
    if standing.is_public() {
        purges::owe(tx, &[Tag::File(known.key.clone())], (now, now))?;
    }
    Ok(())
}

fn note(
    tx: &mut WriteTx<'_>,
    (what, id, detail): (&'static str, FileId, &str),
    by: PersonId,
    now: Instant,
) -> Result<(), StorageError> {
    let detail = format!("file {id} {detail}");
    journal::note(tx, Some(by), &Entry::of_file(what, id, detail.trim()), now)
}
