//! The files of the sample room, taken in and described as people would.

use super::SampleError;
use super::loading::{Stage, words_error};
use super::words::{self, SampleFile};
use crate::desk::{self, Done, writing};
use crate::keys::new_key;
use crate::media::files::look_at;
use crate::newsroom::FileWords;
use crate::storage::WriteTx;
use crate::storage::files::{self, NewBytes};

pub(super) fn keep(
    tx: &mut WriteTx<'_>,
    stage: &mut Stage,
    file: &SampleFile,
) -> Result<(), SampleError> {
    let text = words::file(&format!("files/{}", file.file_name))?;
    let taken = look_at(&file.file_name, text.as_bytes()).map_err(words_error)?;
    let person = stage.people.get("editor").cloned();
    let person = person.ok_or_else(|| words_error("no editor"))?;
    let writer = person
        .writer()
        .ok_or_else(|| words_error("the editor does not write"))?;
    let new = NewBytes {
        taken: &taken,
        bytes: text.as_bytes(),
        file_name: &file.file_name,
        by: person.id,
        now: stage.now,
    };
    let words = FileWords {
        title: file.title.parse().map_err(words_error)?,
        language: file.language.parse().map_err(words_error)?,
        contact: file.contact.parse().map_err(words_error)?,
    };
    let (first, second) = (new_key(), new_key());
    let sent = |form_key| writing::Sent {
        form_key,
        now: stage.now,
    };
    let kept = desk::files::take_in(tx, &new, &sent(&first), writer).map_err(words_error)?;
    let Done::Now(id) = kept else {
        return Err(words_error("a file came twice"));
    };
    let stored = files::find(tx, id).map_err(words_error)?;
    let stored = stored.ok_or_else(|| words_error("a file was lost"))?;
    let shown = stored.words.fingerprint();
    desk::files::describe(tx, id, (&shown, &words), &sent(&second), &person)
        .map_err(words_error)?;
    stage.files.insert(file.key.clone(), id);
    Ok(())
}
