//! People: who is invited, what each may do, how they come in, and where they are signed in.

use super::writing::Sent;
use super::{Done, Failure, telling};
use crate::accounts::{Admin, Email, PasswordHash, PersonId, PersonName, Roles};
use crate::clock::Instant;
use crate::newsroom::room::Room;
use crate::newsroom::staffing::ASKED_AGAIN_AFTER_MILLIS;
use crate::newsroom::{Account, AccountNews, AccountState, AddressSecret, LinkPurpose, Refusal};
use crate::storage::account_links::NewLink;
use crate::storage::journal::{self, Entry};
use crate::storage::people::NewPerson;
use crate::storage::{
    ReadTx, StorageError, WriteTx, account_links, calendar, forms, mails, people, room, sessions,
};

/// Adds somebody who can sign in.
pub fn add(tx: &mut WriteTx<'_>, new: &NewPerson, now: Instant) -> Result<PersonId, StorageError> {
    let id = people::add(tx, new, now)?;
    let entry = Entry::of_person("added a person", id, "");
    journal::note(tx, None, &entry, now)?;
    Ok(id)
}

/// Opens the room with its first account, unless somebody was faster.
pub fn open_room(
    tx: &mut WriteTx<'_>,
    first: &NewPerson,
    new: &Room,
    now: Instant,
) -> Result<Option<PersonId>, Failure> {
    if !people::nobody_is_here(tx)? {
        return Ok(None);
    }
    room::save(tx, new, now)?;
    Ok(Some(add(tx, first, now)?))
}

/// Adds somebody who sets a password by a link.
pub fn invite(
    tx: &mut WriteTx<'_>,
    new: &NewPerson,
    secret: &AddressSecret,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<PersonId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let id = people::add(tx, new, sent.now)?;
    let roles = new.roles.words();
    let entry = Entry::of_person("invited a person", id, &roles);
    journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    let account = one(tx, id)?;
    link_to(tx, &account, secret, (Some(admin.id()), sent.now))?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(id))
}

/// Makes a new one-time link to the account; one that was made before opens nothing any more.
pub fn make_link(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    secret: &AddressSecret,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let account = one(tx, person)?;
    let by = admin.id();
    link_to(tx, &account, secret, (Some(by), sent.now))?;
    let entry = Entry::of_person("made a link to an account", person, "");
    journal::note(tx, Some(by), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, &person.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// Somebody at the door asks for a link to this address. Nobody there is told whether it was made.
pub fn ask_for_link(
    tx: &mut WriteTx<'_>,
    email: &Email,
    secret: &AddressSecret,
    now: Instant,
) -> Result<(), Failure> {
    let account = people::account_of(tx, email)?;
    let Some(account) = account.filter(|account| account.state() == AccountState::Active) else {
        return Ok(());
    };
    let person = account.person.id;
    let asked = |made_at: Instant| now.millis() - made_at.millis() < ASKED_AGAIN_AFTER_MILLIS;
    // A link that an admin gave stays, whoever asks at the door.
    let standing = account_links::standing(tx, person, now)?;
    if standing
        .iter()
        .any(|link| link.made_by.is_some() || asked(link.made_at))
    {
        return Ok(());
    }
    link_to(tx, &account, secret, (None, now))?;
    let entry = Entry::of_person("asked for a new password", person, "");
    journal::note(tx, None, &entry, now)?;
    Ok(())
}

fn link_to(
    tx: &mut WriteTx<'_>,
    account: &Account,
    secret: &AddressSecret,
    (by, now): (Option<PersonId>, Instant),
) -> Result<(), Failure> {
    let purpose = account.link_purpose()?;
    end_links(tx, account.person.id)?;
    let expires_at = now.plus_millis(purpose.lasts_millis());
    let link = NewLink {
        person: account.person.id,
        purpose,
        secret,
        made_by: by,
        made_at: now,
        expires_at,
    };
    let number = account_links::add(tx, &link)?;
    telling::of_link(tx, &account.person, (number, &link))?;
    Ok(())
}

/// The person's links open nothing any more, and mails that bring them are not sent.
fn end_links(tx: &mut WriteTx<'_>, person: PersonId) -> Result<(), StorageError> {
    for number in account_links::end_all(tx, person)? {
        telling::take_back_link(tx, number)?;
    }
    Ok(())
}

/// Whose password this link sets.
pub fn behind_link(
    tx: &mut ReadTx<'_>,
    secret: &AddressSecret,
    now: Instant,
) -> Result<Option<(Account, LinkPurpose)>, StorageError> {
    let Some(link) = account_links::open(tx, secret, now)? else {
        return Ok(None);
    };
    let account = people::one_account(tx, link.person)?;
    Ok(account
        .filter(|account| account.state() != AccountState::Disabled)
        .map(|account| (account, link.purpose)))
}

/// With a new password, whatever opened the account or a part of it by itself opens nothing more.
fn set_password(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    hash: &PasswordHash,
) -> Result<(), StorageError> {
    people::set_password(tx, person, hash)?;
    calendar::end_feed(tx, person)?;
    end_links(tx, person)
}

/// Sets the password of whoever has the link, which opens nothing any more. Whoever was signed in
/// is so no more.
pub fn set_password_by_link(
    tx: &mut WriteTx<'_>,
    secret: &AddressSecret,
    hash: &PasswordHash,
    now: Instant,
) -> Result<(), Failure> {
    let (account, purpose) = behind_link(tx, secret, now)?.ok_or(Refusal::LinkIsOver)?;
    let person = account.person.id;
    set_password(tx, person, hash)?;
    sessions::end_all(tx, person, None)?;
    let entry = Entry::of_person("set a password by a link", person, purpose.as_str());
    journal::note(tx, Some(person), &entry, now)?;
    if purpose == LinkPurpose::Reset {
        telling::of_account(tx, &account.person.email, AccountNews::NewPassword, now)?;
    }
    Ok(())
}

/// Somebody's own new password. They stay signed in where they are, and nowhere else.
pub fn change_password(
    tx: &mut WriteTx<'_>,
    (person, session): (PersonId, i64),
    hash: &PasswordHash,
    now: Instant,
) -> Result<(), Failure> {
    let account = one(tx, person)?;
    set_password(tx, person, hash)?;
    sessions::end_all(tx, person, Some(session))?;
    let entry = Entry::of_person("changed the own password", person, "");
    journal::note(tx, Some(person), &entry, now)?;
    telling::of_account(tx, &account.person.email, AccountNews::NewPassword, now)?;
    Ok(())
}

/// A new password that whoever runs the machine gives; everybody who was signed in is out.
pub fn reset_password(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    hash: &PasswordHash,
    now: Instant,
) -> Result<(), Failure> {
    set_password(tx, person, hash)?;
    sessions::end_all(tx, person, None)?;
    let entry = Entry::of_person("reset a password", person, "");
    journal::note(tx, None, &entry, now)?;
    Ok(())
}

/// Somebody's own name.
pub fn rename(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    name: &PersonName,
    now: Instant,
) -> Result<(), Failure> {
    let account = one(tx, person)?;
    if account.person.name == *name {
        return Ok(());
    }
    people::set_name(tx, person, name)?;
    let was = format!("{} → {}", account.person.name.as_str(), name.as_str());
    let entry = Entry::of_person("changed a name", person, &was);
    journal::note(tx, Some(person), &entry, now)?;
    Ok(())
}

/// Somebody's own mail address; the one before is told.
pub fn change_email(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    email: &Email,
    now: Instant,
) -> Result<(), Failure> {
    let account = one(tx, person)?;
    if account.person.email == *email {
        return Ok(());
    }
    people::set_email(tx, person, email)?;
    end_links(tx, person)?;
    mails::readdress(tx, &account.person.email, email)?;
    let entry = Entry::of_person("changed a mail address", person, "");
    journal::note(tx, Some(person), &entry, now)?;
    let news = AccountNews::NewEmail { to: email.as_str() };
    telling::of_account(tx, &account.person.email, news, now)?;
    Ok(())
}

/// Gives somebody these roles and no other, if they have those that were looked at. They sign in
/// again, so no open page has an old right.
pub fn change_roles(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (roles, shown): (Roles, Option<&str>),
    (by, now): (Option<PersonId>, Instant),
) -> Result<(), Failure> {
    let account = one(tx, person)?;
    if shown.is_some_and(|shown| shown != account.person.roles.words()) {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let others = people::other_admins(tx, person)?;
    account.may_have(roles, others)?;
    if account.person.roles == roles {
        return Ok(());
    }
    people::set_roles(tx, person, roles)?;
    sessions::end_all(tx, person, None)?;
    let was = format!("{} → {}", account.person.roles.words(), roles.words());
    let entry = Entry::of_person("changed roles", person, &was);
    journal::note(tx, by, &entry, now)?;
    Ok(())
}

/// Nobody signs in with the account any more, and whatever it opened by itself is shut.
pub fn disable(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (by, now): (Option<PersonId>, Instant),
) -> Result<(), Failure> {
    let account = one(tx, person)?;
    let others = people::other_admins(tx, person)?;
    account.may_be_disabled(by, others)?;
    people::disable(tx, person, Some(now))?;
    end_links(tx, person)?;
    sessions::end_all(tx, person, None)?;
    calendar::end_feed(tx, person)?;
    mails::take_back_from(tx, &account.person.email)?;
    let entry = Entry::of_person("disabled an account", person, "");
    journal::note(tx, by, &entry, now)?;
    Ok(())
}

/// The account can be used again, with its roles and password.
pub fn enable(
    tx: &mut WriteTx<'_>,
    person: PersonId,
    (by, now): (Option<PersonId>, Instant),
) -> Result<(), Failure> {
    one(tx, person)?.may_be_enabled()?;
    people::disable(tx, person, None)?;
    let entry = Entry::of_person("enabled an account", person, "");
    journal::note(tx, by, &entry, now)?;
    Ok(())
}

/// Signs somebody out of one of their own sessions, or of all but the one that they ask from.
pub fn end_sessions(
    tx: &mut WriteTx<'_>,
    (person, own): (PersonId, i64),
    which: Option<i64>,
    now: Instant,
) -> Result<(), Failure> {
    let ended = match which {
        Some(number) => sessions::end_own(tx, person, number)?,
        None => sessions::end_all(tx, person, Some(own))?,
    };
    if ended > 0 {
        let count = ended.to_string();
        let entry = Entry::of_person("ended sessions", person, &count);
        journal::note(tx, Some(person), &entry, now)?;
    }
    Ok(())
}

fn one(tx: &mut ReadTx<'_>, person: PersonId) -> Result<Account, Failure> {
    Ok(people::one_account(tx, person)?.ok_or(Refusal::NoSuchPerson)?)
}
