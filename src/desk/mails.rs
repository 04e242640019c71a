//! What an admin can do with a mail: try a failed one again.

use super::{Done, Failure, writing::Sent};
use crate::accounts::Admin;
use crate::newsroom::{MailId, Refusal};
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, forms, mails};

/// A failed mail waits again, with all its tries before it.
pub fn try_again(
    tx: &mut WriteTx<'_>,
    mail: MailId,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    if !mails::try_again(tx, mail, sent.now)? {
        return Err(Refusal::NoFailedMail.into());
    }
    let detail = format!("mail {mail}");
    let entry = Entry::of_room("tried a mail again", &detail);
    journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, "mails", sent.now)?;
    Ok(Done::Now(()))
}
