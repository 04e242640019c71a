//! The mails that the room owes, and what became of each.

use diesel::prelude::*;

use super::columns::parsed;
use super::schema::mails;
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::Email;
use crate::clock::Instant;
use crate::newsroom::mail::{MailWords, NewMail, STALE_AFTER_MILLIS, WORDS_KEPT_MILLIS};
use crate::newsroom::{MailId, MailState};

/// Longer than any try takes; after it, another mailer may think that the first one is gone.
const LEASE_MILLIS: i64 = 5 * 60 * 1000;
const MAY_BE_SENT: &str = "The room was restored from a backup, and this mail may have gone out before. Send it if it did not.";
const TOO_OLD: &str = "It waited for more than three days and is no news any more.";

#[derive(Queryable, Selectable)]
#[diesel(table_name = mails)]
struct Row {
    id: i64,
    recipient: String,
    uid: String,
    subject: String,
    sentence: String,
    title: String,
    language: String,
    link: String,
    link_words: String,
    state: String,
    due_at: i64,
    tries: i64,
    next_try_at: i64,
    sent_at: Option<i64>,
    last_error: String,
    further: String,
    link_is_secret: bool,
}

/// A mail with all that is known of it.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: MailId,
    pub recipient: Email,
    pub uid: String,
    /// `None` once they are forgotten.
    pub words: Option<MailWords>,
    pub state: MailState,
    pub due_at: Instant,
    pub tries: i64,
    pub next_try_at: Instant,
    pub sent_at: Option<Instant>,
    pub last_error: String,
}

fn read(row: Row) -> Result<Mail, StorageError> {
    let about = if row.title.is_empty() {
        None
    } else {
        Some((row.title, parsed("mails.language", &row.language)?))
    };
    let words = MailWords {
        subject: row.subject,
        sentence: row.sentence,
        about,
        link: row.link,
        link_words: row.link_words,
        further: row.further.lines().map(str::to_owned).collect(),
        link_is_secret: row.link_is_secret,
    };
    Ok(Mail {
        id: MailId::new(row.id),
        recipient: parsed("mails.recipient", &row.recipient)?,
        uid: row.uid,
        words: (words != MailWords::default()).then_some(words),
        state: parsed("mails.state", &row.state)?,
        due_at: Instant::from_millis(row.due_at),
        tries: row.tries,
        next_try_at: Instant::from_millis(row.next_try_at),
        sent_at: row.sent_at.map(Instant::from_millis),
        last_error: row.last_error,
    })
}

/// Whether there is a mail of this event to that address, sent or not.
fn was_told(tx: &mut ReadTx<'_>, event: &str, recipient: &Email) -> Result<bool, StorageError> {
    let told: Option<i64> = mails::table
        .filter(mails::event.eq(event))
        .filter(mails::recipient.eq(recipient.as_str()))
        .select(mails::id)
        .first(tx.connection())
        .optional()?;
    Ok(told.is_some())
}

/// Owes this mail from now on; `uid` is a new one. Whoever was told of this event is not told again.
pub fn add(tx: &mut WriteTx<'_>, new: &NewMail, uid: &str) -> Result<(), StorageError> {
    if was_told(tx, &new.event, &new.recipient)? {
        return Ok(());
    }
    let (title, language) = match &new.words.about {
        Some((title, language)) => (title.as_str(), language.as_str()),
        None => ("", ""),
    };
    diesel::insert_into(mails::table)
        .values((
            mails::event.eq(&new.event),
            mails::recipient.eq(new.recipient.as_str()),
            mails::uid.eq(uid),
            mails::subject.eq(&new.words.subject),
            mails::sentence.eq(&new.words.sentence),
            mails::title.eq(title),
            mails::language.eq(language),
            mails::link.eq(&new.words.link),
            mails::link_words.eq(&new.words.link_words),
            mails::further.eq(new.words.further.join("\n")),
            mails::link_is_secret.eq(new.words.link_is_secret),
            mails::state.eq(MailState::Waiting.as_str()),
            mails::made_at.eq(new.made_at.millis()),
            mails::due_at.eq(new.due_at.millis()),
            mails::tries.eq(0),
            mails::next_try_at.eq(new.due_at.millis()),
            mails::last_error.eq(""),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// What an event was about does not happen after all: nobody is told, at no further try either.
pub fn take_back(tx: &mut WriteTx<'_>, event: &str) -> Result<(), StorageError> {
    diesel::delete(
        mails::table
            .filter(mails::event.eq(event))
            .filter(mails::state.ne(MailState::Sent.as_str())),
    )
    .execute(tx.connection())?;
    Ok(())
}

/// What a mail says below its link is no longer so: unless it was sent, it says this.
pub fn say_instead(
    tx: &mut WriteTx<'_>,
    event: &str,
    further: &[String],
) -> Result<(), StorageError> {
    let unsent = mails::table
        .filter(mails::event.eq(event))
        .filter(mails::subject.ne(""))
        .filter(mails::state.ne(MailState::Sent.as_str()));
    diesel::update(unsent)
        .set(mails::further.eq(further.join("\n")))
        .execute(tx.connection())?;
    Ok(())
}

/// Somebody is told nothing more of the newsroom's work. What they were to be told of their own account
/// still goes to where it was addressed.
pub fn take_back_from(tx: &mut WriteTx<'_>, recipient: &Email) -> Result<(), StorageError> {
    diesel::delete(
        mails::table
            .filter(mails::recipient.eq(recipient.as_str()))
            .filter(mails::event.not_like("account/%"))
            .filter(mails::state.ne(MailState::Sent.as_str())),
    )
    .execute(tx.connection())?;
    Ok(())
}

/// Whoever had the one address has the other now, and what they are still owed goes there.
pub fn readdress(tx: &mut WriteTx<'_>, from: &Email, to: &Email) -> Result<(), StorageError> {
    let waiting: Vec<(i64, String)> = mails::table
        .filter(mails::recipient.eq(from.as_str()))
        .filter(mails::event.not_like("account/%"))
        .filter(mails::state.eq(MailState::Waiting.as_str()))
        .select((mails::id, mails::event))
        .load(tx.connection())?;
    for (id, event) in waiting {
        if was_told(tx, &event, to)? {
            diesel::delete(mails::table.find(id)).execute(tx.connection())?;
        } else {
            diesel::update(mails::table.find(id))
                .set(mails::recipient.eq(to.as_str()))
                .execute(tx.connection())?;
        }
    }
    Ok(())
}

/// Nobody is told of anything that waits: the sample room's people do not exist.
pub fn take_all_back(tx: &mut WriteTx<'_>) -> Result<(), StorageError> {
    diesel::delete(mails::table.filter(mails::state.eq(MailState::Waiting.as_str())))
        .execute(tx.connection())?;
    Ok(())
}

/// Nothing that was due goes out by itself: it may have gone out from another copy of the room.
pub fn put_aside(tx: &mut WriteTx<'_>, now: Instant) -> Result<(), StorageError> {
    diesel::update(
        mails::table
            .filter(mails::state.eq(MailState::Waiting.as_str()))
            .filter(mails::due_at.le(now.millis())),
    )
    .set((
        mails::state.eq(MailState::Failed.as_str()),
        mails::last_error.eq(MAY_BE_SENT),
    ))
    .execute(tx.connection())?;
    Ok(())
}

/// Whether a mail waits for a try at this instant.
pub fn any_due(tx: &mut ReadTx<'_>, now: Instant) -> Result<bool, StorageError> {
    let due: Option<i64> = mails::table
        .filter(mails::state.eq(MailState::Waiting.as_str()))
        .filter(mails::next_try_at.le(now.millis()))
        .select(mails::id)
        .first(tx.connection())
        .optional()?;
    Ok(due.is_some())
}

/// Takes the next mail in hand: nobody else gets it before the lease is over.
pub fn claim(tx: &mut WriteTx<'_>, now: Instant) -> Result<Option<Mail>, StorageError> {
    give_up_stale(tx, now)?;
    let row: Option<Row> = mails::table
        .filter(mails::state.eq(MailState::Waiting.as_str()))
        .filter(mails::next_try_at.le(now.millis()))
        .order((mails::next_try_at, mails::id))
        .select(Row::as_select())
        .first(tx.connection())
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let mut mail = read(row)?;
    mail.tries += 1;
    mail.next_try_at = now.plus_millis(LEASE_MILLIS);
    diesel::update(mails::table.find(mail.id.get()))
        .set((
            mails::tries.eq(mail.tries),
            mails::next_try_at.eq(mail.next_try_at.millis()),
        ))
        .execute(tx.connection())?;
    Ok(Some(mail))
}

fn give_up_stale(tx: &mut WriteTx<'_>, now: Instant) -> Result<(), StorageError> {
    diesel::update(
        mails::table
            .filter(mails::state.eq(MailState::Waiting.as_str()))
            .filter(mails::next_try_at.le(now.millis()))
            .filter(mails::due_at.lt(now.plus_millis(-STALE_AFTER_MILLIS).millis())),
    )
    .set((
        mails::state.eq(MailState::Failed.as_str()),
        mails::last_error.eq(TOO_OLD),
    ))
    .execute(tx.connection())?;
    Ok(())
}

/// What came of a try.
#[derive(Clone, Debug)]
pub enum Outcome {
    Sent(Instant),
    PutOff { until: Instant, error: String },
    Failed { error: String },
}

/// Keeps what came of a try, unless the lease was over and somebody else has it now.
pub fn settle(tx: &mut WriteTx<'_>, mail: &Mail, outcome: &Outcome) -> Result<(), StorageError> {
    let (state, next, sent, error) = match outcome {
        Outcome::Sent(at) => (MailState::Sent, mail.next_try_at, Some(*at), ""),
        Outcome::PutOff { until, error } => (MailState::Waiting, *until, None, error.as_str()),
        Outcome::Failed { error } => (MailState::Failed, mail.next_try_at, None, error.as_str()),
    };
    let held = mails::table
        .filter(mails::id.eq(mail.id.get()))
        .filter(mails::state.eq(MailState::Waiting.as_str()))
        .filter(mails::tries.eq(mail.tries));
    diesel::update(held)
        .set((
            mails::state.eq(state.as_str()),
            mails::next_try_at.eq(next.millis()),
            mails::sent_at.eq(sent.map(Instant::millis)),
            mails::last_error.eq(error),
        ))
        .execute(tx.connection())?;
    wipe_secret(tx, mail)
}

/// What opens something by itself is kept no longer than it takes to send it.
fn wipe_secret(tx: &mut WriteTx<'_>, mail: &Mail) -> Result<(), StorageError> {
    diesel::update(
        mails::table
            .filter(mails::id.eq(mail.id.get()))
            .filter(mails::state.eq(MailState::Sent.as_str()))
            .filter(mails::link_is_secret.eq(true)),
    )
    .set(mails::link.eq(""))
    .execute(tx.connection())?;
    Ok(())
}

/// Empties the words of mails that were due long ago; that they were told stays known.
pub fn forget_words(tx: &mut WriteTx<'_>, now: Instant) -> Result<(), StorageError> {
    let long_ago = now.plus_millis(-WORDS_KEPT_MILLIS).millis();
    diesel::update(
        mails::table
            .filter(mails::due_at.lt(long_ago))
            .filter(mails::subject.ne("")),
    )
    .set((
        mails::subject.eq(""),
        mails::sentence.eq(""),
        mails::title.eq(""),
        mails::language.eq(""),
        mails::link.eq(""),
        mails::link_words.eq(""),
        mails::further.eq(""),
        mails::link_is_secret.eq(false),
    ))
    .execute(tx.connection())?;
    Ok(())
}

/// The newest mails first, and how many there are in all.
pub fn newest(
    tx: &mut ReadTx<'_>,
    (skip, take): (i64, i64),
) -> Result<(Vec<Mail>, i64), StorageError> {
    let count = mails::table.count().get_result(tx.connection())?;
    let rows: Vec<Row> = mails::table
        .order(mails::id.desc())
        .offset(skip)
        .limit(take)
        .select(Row::as_select())
        .load(tx.connection())?;
    let list = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    Ok((list, count))
}

/// Whether it was a failed mail whose words are still known; it waits again from now on.
pub fn try_again(tx: &mut WriteTx<'_>, id: MailId, now: Instant) -> Result<bool, StorageError> {
    let failed = mails::table
        .filter(mails::id.eq(id.get()))
        .filter(mails::state.eq(MailState::Failed.as_str()))
        .filter(mails::subject.ne(""));
    let changed = diesel::update(failed)
        .set((
            mails::state.eq(MailState::Waiting.as_str()),
            mails::tries.eq(0),
            mails::due_at.eq(now.millis()),
            mails::next_try_at.eq(now.millis()),
            mails::last_error.eq(""),
        ))
        .execute(tx.connection())?;
    Ok(changed > 0)
}
