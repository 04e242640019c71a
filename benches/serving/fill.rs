//! A room of so many live items, made through the same moves as real ones: the sample room first, then
//! items with its words and pictures under other titles.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use dateline::accounts::Person;
use dateline::clock::{Clock, Instant};
use dateline::desk::publishing::{self, Aim, desk};
use dateline::desk::{Done, writing};
use dateline::keys::{new_key, new_uid};
use dateline::newsroom::publishing::{Said, Shown};
use dateline::newsroom::words::Title;
use dateline::newsroom::{ItemId, Wording};
use dateline::samples::{self, Account};
use dateline::storage::listings::{self, Filter};
use dateline::storage::{ReadStore, ReadTx, StorageError, Store, WriteTx, items, mails, people};

use crate::tell;

/// A room that is ready to be served.
pub(crate) struct Filled {
    pub(crate) file: PathBuf,
    pub(crate) store: Store,
    pub(crate) read: ReadStore,
    /// May sign in, with a password of this run.
    pub(crate) editor: Account,
    pub(crate) person: Person,
    /// The words that its items are made of.
    pub(crate) words: Vec<Wording>,
}

/// So many items are made in one change.
const AT_ONCE: u32 = 500;
/// Items below this number are those of the sample room.
pub(crate) const FIRST: u32 = 100;
/// The newest item that is made is a minute old, the one before eleven.
const APART_MILLIS: i64 = 10 * 60 * 1000;

/// The room in this file, with what it lacks of so many live items.
pub(crate) fn filled(file: &Path, wanted: u32) -> Result<Filled> {
    let (store, read) = dateline::storage::open(file, None)?;
    let now = Clock::machine().now();
    if read.read_here(people::nobody_is_here)? {
        let prepared = samples::prepare()?;
        store.write_here(|tx| prepared.load(tx, now, None))?;
    }
    let accounts = samples::renew_passwords(&store)?;
    let editor = accounts
        .into_iter()
        .find(|account| account.key == "editor")
        .context("the sample room has no editor")?;
    let mail = editor.mail.parse()?;
    let account = read.read_here(|tx| people::account_of(tx, &mail))?;
    let person = account.context("the editor has no account")?.person;
    let filled = Filled {
        file: file.to_owned(),
        words: read.read_here(|tx| words(tx, now))?,
        store,
        read,
        editor,
        person,
    };
    filled.fill_up(wanted, now)?;
    Ok(filled)
}

/// The words of the items that the sample room has live.
fn words(tx: &mut ReadTx<'_>, now: Instant) -> Result<Vec<Wording>, StorageError> {
    const SAMPLES: i64 = 60;
    let mut words = Vec::new();
    for number in 1..=SAMPLES {
        let Some(revision) = items::head(tx, ItemId::new(number))? else {
            continue;
        };
        let wording = revision.wording;
        let is_plain = wording.translation_of.is_none() && wording.language.as_str() == "en";
        let lane = dateline::storage::publications::lane(tx, ItemId::new(number))?;
        let is_out = lane.at(now).is_some_and(|row| row.revision == revision.id);
        if is_plain && is_out {
            words.push(wording);
        }
    }
    Ok(words)
}

impl Filled {
    pub(crate) fn live(&self, now: Instant) -> Result<u32> {
        let count = |tx: &mut ReadTx<'_>| listings::count(tx, &Filter::default(), now);
        Ok(u32::try_from(self.read.read_here(count)?)?)
    }

    fn fill_up(&self, wanted: u32, now: Instant) -> Result<()> {
        let begun = std::time::Instant::now();
        let there = self.live(now)?;
        let mut next = there;
        while next < wanted {
            let end = wanted.min(next.saturating_add(AT_ONCE));
            self.store.write_here(|tx| {
                for number in next..end {
                    let before = i64::from(wanted - number) * APART_MILLIS;
                    let item = self.write(tx, number, now.plus_millis(-before))?;
                    self.publish(tx, item, now.plus_millis(-before))?;
                }
                // Nobody is told of what happened months ago.
                mails::take_all_back(tx).map_err(anyhow::Error::from)
            })?;
            next = end;
        }
        tell(&format!(
            "the room holds {} live items, {} of them made in {:.1?}",
            next,
            next - there,
            begun.elapsed()
        ));
        Ok(())
    }

    /// Starts an item with words of the samples; its title ends with the number.
    pub(crate) fn write(&self, tx: &mut WriteTx<'_>, number: u32, now: Instant) -> Result<ItemId> {
        let place = usize::try_from(number)? % self.words.len().max(1);
        let wording = self.words.get(place).context("the samples have no words")?;
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now,
        };
        let writer = self.person.writer().context("the editor does not write")?;
        let done = writing::start(tx, &new_uid(), under(number, wording)?, &sent, writer);
        match done.map_err(|failure| anyhow!("{failure}"))? {
            Done::Now(item) => Ok(item),
            Done::Before(answer) => Err(anyhow!("started before: {answer}")),
        }
    }

    fn publish(&self, tx: &mut WriteTx<'_>, item: ItemId, now: Instant) -> Result<()> {
        let desk = desk(tx, item)?.context("the item is not there")?;
        let aim = Aim {
            item,
            shown: Shown {
                revision: desk.head.id,
                publication: desk.lane.newest(),
                enclosed: Some(desk.enclosed.fingerprint()),
            },
        };
        let key = new_key();
        let sent = writing::Sent {
            form_key: &key,
            now,
        };
        let editor = self.person.editor().context("nobody may publish")?;
        publishing::now(tx, aim, Said::default(), &sent, editor)
            .map_err(|failure| anyhow!("{failure}"))?;
        Ok(())
    }
}

/// The title of the item with this number, and with it its address.
pub(crate) fn title(number: u32, wording: &Wording) -> String {
    let end = format!(" {number}");
    let room = Title::LONGEST.saturating_sub(end.len());
    let begin: String = wording.title.as_str().chars().take(room).collect();
    format!("{}{end}", begin.trim_end())
}

fn under(number: u32, wording: &Wording) -> Result<Wording> {
    let mut wording = wording.clone();
    wording.title = title(number, &wording).parse()?;
    wording.slug = slug(number).parse()?;
    ensure!(!wording.body.as_str().is_empty(), "an item without words");
    Ok(wording)
}

/// The last part of the address of the item with this number.
pub(crate) fn slug(number: u32) -> String {
    format!("item-of-the-bench-{number}")
}
