//! Keeps what somebody typed and has not saved. It is no step: nothing is decided and nothing noted.

use super::Failure;
use super::writing::saved_before;
use crate::accounts::Writer;
use crate::clock::Instant;
use crate::newsroom::{Refusal, RevisionId};
use crate::storage::autosaves::{self, Place};
use crate::storage::{WriteTx, forms, items};

/// What was typed where, as it arrives.
pub struct Typed {
    pub place: Place,
    /// With the hash of what the form held.
    pub form_key: String,
}

/// Keeps the words. `encoded` gives the fields; where the form of a new item has started one
/// already, they belong to that item, and on top of the revision that it names.
pub fn keep(
    tx: &mut WriteTx<'_>,
    typed: Typed,
    encoded: impl FnOnce(Option<RevisionId>) -> String,
    now: Instant,
    writer: Writer,
) -> Result<(), Failure> {
    let (place, on) = match (typed.place, saved_before(tx, &typed.form_key)?) {
        (Place::New(_), Some((item, revision))) => (Place::Item(item), Some(revision)),
        (place, _) => (place, None),
    };
    if let Place::Item(item) = place
        && items::head(tx, item)?.is_none()
    {
        return Err(Refusal::NoSuchItem.into());
    }
    Ok(autosaves::keep(
        tx,
        writer.id(),
        (&place, &encoded(on)),
        now,
    )?)
}

/// Where words of a new item are kept: with the form, whatever it holds by now.
pub fn of_form(form_key: &str) -> Place {
    Place::New(forms::key_alone(form_key).to_owned())
}

/// The person does not want these words any more.
pub fn discard(tx: &mut WriteTx<'_>, id: i64, writer: Writer) -> Result<(), Failure> {
    Ok(autosaves::discard(tx, writer.id(), id)?)
}
