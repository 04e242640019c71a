//! The address under which somebody's calendar program reads the room's calendar.

use super::writing::Sent;
use super::{Done, Failure, telling};
use crate::accounts::PersonId;
use crate::newsroom::{AccountNews, AddressSecret, Refusal};
use crate::storage::journal::{self, Entry};
use crate::storage::{WriteTx, calendar, forms, people};

/// Makes the person's address; one that they had opens nothing any more.
pub fn make_address(
    tx: &mut WriteTx<'_>,
    secret: &AddressSecret,
    sent: &Sent<'_>,
    person: PersonId,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let known = people::active(tx, person)?.ok_or(Refusal::NoSuchPerson)?;
    calendar::set_feed(tx, person, (secret, sent.now))?;
    telling::of_account(tx, &known.email, AccountNews::CalendarAddress, sent.now)?;
    let entry = Entry::of_room("made an address of the calendar", "");
    journal::note(tx, Some(person), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, "calendar", sent.now)?;
    Ok(Done::Now(()))
}

/// Ends the person's address. Ending it twice ends it once.
pub fn end_address(tx: &mut WriteTx<'_>, sent: &Sent<'_>, person: PersonId) -> Result<(), Failure> {
    if calendar::end_feed(tx, person)? {
        let entry = Entry::of_room("ended an address of the calendar", "");
        journal::note(tx, Some(person), &entry, sent.now)?;
    }
    Ok(())
}
