//! Embargo passes: give one, revoke one, accept its terms, note what was done with it.

use super::publishing::{allow, found, once};
use super::{Done, Failure, telling, writing::Sent};
use crate::accounts::Editor;
use crate::clock::Instant;
use crate::newsroom::pass::{self, Deed, NewPass, Standing};
use crate::newsroom::publishing::Shown;
use crate::newsroom::{AddressSecret, ItemId, Move, Pass, PassId, Refusal};
use crate::storage::journal::{self, Entry};
use crate::storage::{StorageError, WriteTx, passes, publications};

/// Gives a pass. Its secret is new, and nobody can read it again from what is stored.
pub fn give(
    tx: &mut WriteTx<'_>,
    (item, shown): (ItemId, Shown),
    (new, secret): (&NewPass, &AddressSecret),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, item, sent, |tx| {
        let desk = found(tx, item)?;
        allow(&desk, Move::GivePass, (sent.now, editor.id()))?;
        if desk.lane.newest() != shown.publication {
            return Err(Refusal::LaneMovedOn.into());
        }
        pass::may_be_given(new, &desk.passes, &desk.lane, sent.now)?;
        let id = passes::add(tx, (item, secret), new, (editor.id(), sent.now))?;
        telling::of_pass(tx, &desk, (id, new, secret), (editor.id(), sent.now))?;
        let detail = format!("pass {id}");
        let entry = Entry::of_item("gave a pass to", item, &detail);
        Ok(journal::note(tx, Some(editor.id()), &entry, sent.now)?)
    })
}

/// From now on the pass opens nothing. A mail that is not sent yet stays unsent.
pub fn revoke(
    tx: &mut WriteTx<'_>,
    (item, id): (ItemId, PassId),
    sent: &Sent<'_>,
    editor: Editor,
) -> Result<Done<()>, Failure> {
    once(tx, item, sent, |tx| {
        let desk = found(tx, item)?;
        allow(&desk, Move::RevokePass, (sent.now, editor.id()))?;
        let known = desk.passes.iter().find(|pass| pass.id == id);
        let standing = known.map(|pass| pass.standing(&desk.lane, sent.now));
        if standing.is_none_or(Standing::is_over) {
            return Err(Refusal::NoSuchPass.into());
        }
        passes::revoke(tx, id, (editor.id(), sent.now))?;
        telling::take_back_pass(tx, id)?;
        let detail = format!("pass {id}");
        let entry = Entry::of_item("revoked a pass to", item, &detail);
        Ok(journal::note(tx, Some(editor.id()), &entry, sent.now)?)
    })
}

/// The holder accepts the terms. Accepting them again, or when the pass opens nothing any more,
/// changes nothing: the page says how it stands.
pub fn accept(tx: &mut WriteTx<'_>, known: &Pass, now: Instant) -> Result<(), StorageError> {
    let lane = publications::lane(tx, known.item)?;
    // Whoever waited in line decides about what has become of the pass by then.
    let all = passes::of_item(tx, known.item)?;
    let Some(pass) = all.into_iter().find(|pass| pass.id == known.id) else {
        return Ok(());
    };
    if !matches!(pass.standing(&lane, now), Standing::TermsFirst(_)) {
        return Ok(());
    }
    passes::accept(tx, pass.id, now)?;
    passes::note(tx, pass.id, Deed::Accepted, now)?;
    let detail = format!("pass {}", pass.id);
    let entry = Entry::of_item("accepted the terms of a pass to", pass.item, &detail);
    journal::note(tx, None, &entry, now)
}

/// Notes that the pass was opened, or a picture taken with it.
pub fn note(
    tx: &mut WriteTx<'_>,
    pass: PassId,
    deed: Deed,
    now: Instant,
) -> Result<(), StorageError> {
    passes::note(tx, pass, deed, now)
}
