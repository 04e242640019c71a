//! Who is told by mail of a step; the mails are owed from the step's own transaction on.

use std::cmp::Ordering;

use super::publishing::Desk;
use super::writing::Sent;
use crate::accounts::{Email, Person, PersonId};
use crate::clock::Instant;
use crate::keys::new_uid;
use crate::newsroom::mail::{MailWords, NewMail};
use crate::newsroom::pass::{self, NewPass, Standing};
use crate::newsroom::room::Room;
use crate::newsroom::{
    AccountNews, AddressSecret, Change, Event, Face, ItemId, NewPublication, PassId, PublicationId,
    Revision, Seen, Wording,
};
use crate::prose::dates;
use crate::storage::account_links::NewLink;
use crate::storage::room::Frame;
use crate::storage::{
    ReadTx, StorageError, WriteTx, drafts, items, mails, passes, people, publications, room,
};

/// Owes a mail. Whatever is told to somebody goes through here; the event and the recipient
/// together are told once.
pub fn owe(tx: &mut WriteTx<'_>, mail: &NewMail) -> Result<(), StorageError> {
    mails::add(tx, mail, &new_uid())
}

/// What happened to an item, and when it is told.
struct News<'a> {
    event: Event,
    /// Makes the event one of its kind.
    key: &'a str,
    item: ItemId,
    wording: &'a Wording,
    by: PersonId,
    now: Instant,
    due_at: Instant,
}

/// Editors who have to read or to sign are told of a step in the draft lane, or whoever works on
/// the item is.
pub(super) fn of_step(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (event, by): (Event, PersonId),
    sent: &Sent<'_>,
) -> Result<(), StorageError> {
    let told = match event {
        Event::ReviewRequested => editors_but(tx, [by, desk.head.written_by])?,
        Event::Urgent => editors_but(tx, [by, by])?,
        Event::ChangesRequested
        | Event::Approved
        | Event::Published
        | Event::WentLive
        | Event::Assigned => workers(tx, desk, Some(by))?,
    };
    let news = News {
        event,
        key: sent.form_key,
        item: desk.item,
        wording: &desk.head.wording,
        by,
        now: sent.now,
        due_at: sent.now,
    };
    tell(tx, &news, told)
}

/// The new assignee is told, unless it is the one who chose, or the one who had it before.
pub(super) fn of_assignment(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (assignee, by): (Option<PersonId>, PersonId),
    sent: &Sent<'_>,
) -> Result<(), StorageError> {
    let before = desk.draft.as_ref().and_then(|draft| draft.assignee);
    let Some(new) = assignee.filter(|person| *person != by && Some(*person) != before) else {
        return Ok(());
    };
    let news = News {
        event: Event::Assigned,
        key: sent.form_key,
        item: desk.item,
        wording: &desk.head.wording,
        by,
        now: sent.now,
        due_at: sent.now,
    };
    let told = people::active(tx, new)?.into_iter().collect();
    tell(tx, &news, told)
}

/// Who gets a mail when this person publishes the item's newest words, now or later.
pub fn told_of_publication(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    (by, later, urgent): (PersonId, bool, bool),
) -> Result<Vec<Person>, StorageError> {
    let mut told = workers(tx, desk, (!later).then_some(by))?;
    if urgent {
        let editors = people::editors(tx)?;
        told.extend(editors.into_iter().filter(|editor| editor.id != by));
        told.sort_by_key(|person| person.id.get());
        told.dedup_by_key(|person| person.id);
    }
    Ok(told)
}

/// Who is told when these words are out: whoever worked on them, also if others are worked on now.
pub fn told_when_live(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    words: &Revision,
) -> Result<Vec<Person>, StorageError> {
    let assignee = match &desk.draft {
        Some(draft) if words.id == desk.head.id => draft.assignee,
        _ => drafts::assignee_aside(tx, desk.item)?,
    };
    who(tx, (desk.item, words.written_by, assignee), None)
}

/// Whoever works on the item is told that its words are out, at the instant when they are. The
/// words are the publication's own: the newest ones may be a draft again.
pub(super) fn of_publication(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (id, new): (PublicationId, &NewPublication),
) -> Result<(), StorageError> {
    if new.face != Face::Live || new.change == Change::Return {
        return Ok(());
    }
    let Some(words) = items::revision(tx, new.revision)? else {
        return Ok(());
    };
    let later = new.from > new.made_at;
    let key = key_of(id);
    let news = News {
        event: if later {
            Event::WentLive
        } else {
            Event::Published
        },
        key: &key,
        item: desk.item,
        wording: &words.wording,
        by: new.by,
        now: new.made_at,
        due_at: new.from,
    };
    // Whoever scheduled it need not be there when it goes live.
    let mut told = told_when_live(tx, desk, &words)?;
    told.retain(|person| later || person.id != new.by);
    tell(tx, &news, told)?;
    if new.seen != Seen::Urgent {
        return Ok(());
    }
    let told = editors_but(tx, [new.by, new.by])?;
    let news = News {
        event: Event::Urgent,
        ..news
    };
    tell(tx, &news, told)
}

/// What was scheduled does not go out after all, so nobody is told that it did.
pub(super) fn take_back(tx: &mut WriteTx<'_>, id: PublicationId) -> Result<(), StorageError> {
    mails::take_back(tx, &named(Event::WentLive, &key_of(id)))
}

/// A journalist is told of a pass, where an address is known. The link is the pass itself.
pub(super) fn of_pass(
    tx: &mut WriteTx<'_>,
    desk: &Desk,
    (id, new, secret): (PassId, &NewPass, &AddressSecret),
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    let (Some(recipient), Some(by)) = (new.mail.clone(), people::active(tx, by)?) else {
        return Ok(());
    };
    let Some(Frame { room, .. }) = room::frame(tx)? else {
        return Ok(());
    };
    let Some(embargo) = desk.lane.scheduled(now).map(|row| row.from) else {
        return Ok(());
    };
    let lines = embargo_lines(&room, embargo, new.expires_at);
    let words = pass::mail_words(&by.name, room.name.as_str(), new, &lines);
    let mail = NewMail {
        event: pass::given_event(id),
        recipient,
        words: MailWords {
            link: format!("/passes/{}", secret.as_str()),
            ..words
        },
        due_at: now,
        made_at: now,
    };
    owe(tx, &mail)
}

/// The embargo and the end of a pass, on every clock of the room.
fn embargo_lines(room: &Room, embargo: Instant, expires_at: Instant) -> [String; 2] {
    let told = |at| dates::in_zones(at, &room.zone, &room.further_zones);
    let latest = told(expires_at);
    let ends = match expires_at.cmp(&embargo) {
        Ordering::Less => format!("The pass expires before that: {latest}."),
        Ordering::Equal => "The pass ends then.".to_owned(),
        Ordering::Greater => {
            format!("The pass ends then or, if the time is moved, {latest} at the latest.")
        }
    };
    [format!("Embargoed until {}.", told(embargo)), ends]
}

/// The item's public lane has changed. A mail with a pass that still waits to be sent names no time that
/// is no longer meant, and one whose pass is over is not sent.
pub(super) fn of_passes(
    tx: &mut WriteTx<'_>,
    item: ItemId,
    now: Instant,
) -> Result<(), StorageError> {
    let passes = passes::of_item(tx, item)?;
    if passes.is_empty() {
        return Ok(());
    }
    let lane = publications::lane(tx, item)?;
    let Some(Frame { room, .. }) = room::frame(tx)? else {
        return Ok(());
    };
    for pass in &passes {
        let lines = match pass.standing(&lane, now) {
            Standing::Open(to_come) | Standing::TermsFirst(to_come) => {
                embargo_lines(&room, to_come.from, pass.words.expires_at).to_vec()
            }
            Standing::OnHold => vec![pass::ON_HOLD.to_owned()],
            Standing::Ended(_) | Standing::Expired | Standing::Revoked => {
                take_back_pass(tx, pass.id)?;
                continue;
            }
        };
        let further = pass::mail_lines(&pass.words, &lines);
        mails::say_instead(tx, &pass::given_event(pass.id), &further)?;
    }
    Ok(())
}

/// The pass was revoked before its mail was sent.
pub(super) fn take_back_pass(tx: &mut WriteTx<'_>, id: PassId) -> Result<(), StorageError> {
    mails::take_back(tx, &pass::given_event(id))
}

/// Somebody gets the link to their account by mail. The link is the account itself.
pub(super) fn of_link(
    tx: &mut WriteTx<'_>,
    person: &Person,
    (number, link): (i64, &NewLink<'_>),
) -> Result<(), StorageError> {
    let Some(Frame { room, .. }) = room::frame(tx)? else {
        return Ok(());
    };
    let by = match link.made_by {
        Some(by) => people::active(tx, by)?,
        None => None,
    };
    let until = dates::staff_time(link.expires_at, &room.zone).words;
    let by = by.as_ref().map(|by| &by.name);
    let words = link.purpose.mail_words(by, room.name.as_str(), &until);
    let mail = NewMail {
        event: link_event(number),
        recipient: person.email.clone(),
        words: MailWords {
            link: format!("/admin/set-password/{}", link.secret.as_str()),
            ..words
        },
        due_at: link.made_at,
        made_at: link.made_at,
    };
    owe(tx, &mail)
}

/// The link opens nothing any more.
pub(super) fn take_back_link(tx: &mut WriteTx<'_>, number: i64) -> Result<(), StorageError> {
    mails::take_back(tx, &link_event(number))
}

/// Somebody is told what became of their account, in case it was not them.
pub(super) fn of_account(
    tx: &mut WriteTx<'_>,
    recipient: &Email,
    news: AccountNews<'_>,
    now: Instant,
) -> Result<(), StorageError> {
    let Some(Frame { room, .. }) = room::frame(tx)? else {
        return Ok(());
    };
    let mail = NewMail {
        event: format!("account/{}", new_uid()),
        recipient: recipient.clone(),
        words: news.mail_words(room.name.as_str()),
        due_at: now,
        made_at: now,
    };
    owe(tx, &mail)
}

fn link_event(number: i64) -> String {
    format!("account-link/{number}")
}

fn key_of(id: PublicationId) -> String {
    format!("publication-{id}")
}

fn named(event: Event, key: &str) -> String {
    format!("{}/{key}", event.as_str())
}

fn editors_but(tx: &mut WriteTx<'_>, but: [PersonId; 2]) -> Result<Vec<Person>, StorageError> {
    let mut editors = people::editors(tx)?;
    editors.retain(|editor| !but.contains(&editor.id));
    Ok(editors)
}

/// Who works on the item's newest words.
fn workers(
    tx: &mut ReadTx<'_>,
    desk: &Desk,
    but: Option<PersonId>,
) -> Result<Vec<Person>, StorageError> {
    let assignee = desk.draft.as_ref().and_then(|draft| draft.assignee);
    who(tx, (desk.item, desk.head.written_by, assignee), but)
}

/// Who began the item, who wrote these words of it, and who it is assigned to.
fn who(
    tx: &mut ReadTx<'_>,
    (item, writer, assignee): (ItemId, PersonId, Option<PersonId>),
    but: Option<PersonId>,
) -> Result<Vec<Person>, StorageError> {
    let mut all: Vec<PersonId> = Vec::new();
    let began = items::began_by(tx, item)?;
    for person in began.into_iter().chain([writer]).chain(assignee) {
        if Some(person) != but && !all.contains(&person) {
            all.push(person);
        }
    }
    let mut active = Vec::new();
    for person in all {
        active.extend(people::active(tx, person)?);
    }
    Ok(active)
}

fn tell(tx: &mut WriteTx<'_>, news: &News<'_>, told: Vec<Person>) -> Result<(), StorageError> {
    let Some(by) = people::active(tx, news.by)? else {
        return Ok(());
    };
    let (title, language) = (&news.wording.title, news.wording.language);
    let words = MailWords {
        subject: news.event.subject(news.item, title),
        sentence: news.event.sentence(&by.name),
        about: Some((title.as_str().to_owned(), language)),
        link: page_of(news.event, news.item),
        link_words: news.event.link_words().to_owned(),
        ..MailWords::default()
    };
    for person in told {
        let mail = NewMail {
            event: named(news.event, news.key),
            recipient: person.email,
            words: words.clone(),
            due_at: news.due_at,
            made_at: news.now,
        };
        owe(tx, &mail)?;
    }
    Ok(())
}

/// The staff page that the mail leads to; a test opens it.
fn page_of(event: Event, item: ItemId) -> String {
    match event {
        Event::ChangesRequested => format!("/admin/items/{item}/review"),
        Event::Urgent => format!("/admin/items/{item}/signature"),
        Event::ReviewRequested
        | Event::Approved
        | Event::Published
        | Event::WentLive
        | Event::Assigned => format!("/admin/items/{item}"),
    }
}
