//! The same attempts made with the program: real steps of the desk on a real database.

use dateline::accounts::Person;
use dateline::clock::Instant;
use dateline::desk::publishing::{self, Aim, desk};
use dateline::desk::writing::{self, Saved, Sent};
use dateline::desk::{Done, Failure, holding, review};
use dateline::keys::{new_key, new_uid};
use dateline::newsroom::publishing::{Said, Shown};
use dateline::newsroom::schedule::Typed;
use dateline::newsroom::words::{Dateline, Notes};
use dateline::newsroom::{ItemId, KindId, Move, Refusal, SecondPair, Wording, moves};
use dateline::storage::listings::{self, Filter};
use dateline::storage::{ReadStore, StorageError, Store, WriteTx, holds, items, reading, room};

use super::attempts::{Attempt, Page, What, Words};
use super::model::Text;

pub(super) struct Program {
    pub(super) store: Store,
    pub(super) read: ReadStore,
    /// Author, two editors, admin, as the model numbers them.
    pub(super) people: [Person; 4],
    pub(super) items: Vec<ItemId>,
}

/// What readers get: item, face, word, when it was first shown and when they were last told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Got {
    pub(super) item: usize,
    pub(super) face: String,
    pub(super) word: String,
    pub(super) address: String,
    pub(super) first_shown: i64,
    pub(super) told: Option<i64>,
}

fn typed(millis: i64) -> Typed {
    let instant = Instant::from_millis(millis);
    Typed {
        instant,
        zone: "UTC".to_owned(),
        wall: instant.to_string(),
    }
}

fn wording(text: &Text) -> Wording {
    let body = if text.complete { "It is so." } else { "" };
    Wording {
        kind: KindId::new(1),
        language: "en".parse().unwrap(),
        title: "Ferry stops".parse().unwrap(),
        slug: text.address.parse().unwrap(),
        summary: format!("It stops at quay {} for {} now.", text.quay, text.word)
            .parse()
            .unwrap(),
        body: body.parse().unwrap(),
        dateline: Dateline::default(),
        notes: Notes::default(),
        topics: Vec::new(),
        places: Vec::new(),
        contacts: Vec::new(),
        translation_of: None,
        lead: None,
        files: Vec::new(),
    }
}

/// The word that a reader would recognise the text by.
fn word_of(summary: &str) -> String {
    let word = summary.split(' ').find(|word| word.starts_with("word"));
    word.unwrap().to_owned()
}

fn said(words: Words, urgent: bool) -> Said {
    Said {
        change: words.change.map(|change| change.parse().unwrap()),
        public_note: words.note.then(|| "It changed.".parse().unwrap()),
        reason: words.reason.then(|| "It had to.".parse().unwrap()),
        urgent,
    }
}

/// A step that was made; that a form came twice does not happen here.
fn made<T>(done: Done<T>) -> T {
    match done {
        Done::Now(made) => made,
        Done::Before(answer) => panic!("this form came before: {answer}"),
    }
}

impl Program {
    /// Whether the program let it happen.
    pub(super) fn attempt(&mut self, attempt: &Attempt, now: i64) -> Result<(), Refusal> {
        let person = self.people[attempt.who].clone();
        let item = self.items.get(attempt.item).copied();
        let key = new_key();
        let sent = Sent {
            form_key: &key,
            now: Instant::from_millis(now),
        };
        let done = self.store.write_here(|tx| {
            let try_ = Try {
                person,
                page: attempt.page,
                sent,
            };
            match item {
                Some(item) if !matches!(attempt.what, What::Start(_)) => {
                    try_.on(tx, item, &attempt.what).map(|()| None)
                }
                _ => try_.start(tx, &attempt.what).map(Some),
            }
        });
        match done {
            Ok(started) => {
                self.items.extend(started);
                Ok(())
            }
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(Failure::Storage(broken)) => panic!("{attempt:?}: {broken}"),
        }
    }

    /// What the pages offer this person; passes are another story.
    pub(super) fn offered(&self, who: usize, item: usize, now: i64) -> Vec<String> {
        let (person, id) = (&self.people[who], self.items[item]);
        let now = Instant::from_millis(now);
        let situation = self.read.read_here(|tx| {
            let desk = desk(tx, id)?.unwrap();
            Ok::<_, StorageError>(desk.situation(now, person.id))
        });
        moves::legal(person.roles, situation.unwrap())
            .into_iter()
            .filter(|a_move| !matches!(a_move, Move::GivePass | Move::RevokePass))
            .map(|a_move| format!("{a_move:?}"))
            .collect()
    }

    /// What stands at these addresses for readers, and what their list shows.
    pub(super) fn readers_see(
        &self,
        addresses: &[&str],
        instant: i64,
    ) -> (Vec<Option<Got>>, Vec<Got>) {
        let now = Instant::from_millis(instant);
        let seen = self.read.read_here(|tx| {
            let mut pages = Vec::new();
            for address in addresses {
                pages.push(reading::at_address(tx, address, now)?);
            }
            let list = listings::newest(tx, &Filter::default(), now, (0, 100))?;
            let count = listings::count(tx, &Filter::default(), now)?;
            assert_eq!(count, u64::try_from(list.len()).unwrap());
            Ok::<_, StorageError>((pages, list))
        });
        let (pages, list) = seen.unwrap();
        let pages = pages
            .into_iter()
            .map(|page| page.map(|page| self.page(page)));
        let list = list.into_iter().map(|card| Got {
            item: self.number(card.item),
            face: "live".to_owned(),
            word: word_of(&card.summary),
            address: card.slug,
            first_shown: card.published_at.millis(),
            told: card.updated_at.map(Instant::millis),
        });
        (pages.collect(), list.collect())
    }

    fn page(&self, page: reading::PublicItem) -> Got {
        let leads_on = page.moved_to.map(|slug| format!(" {slug}"));
        let wording = page.revision.wording;
        Got {
            item: self.number(page.item),
            face: page.face.as_str().to_owned() + &leads_on.unwrap_or_default(),
            word: word_of(wording.summary.as_str()),
            address: wording.slug.to_string(),
            first_shown: page.published_at.millis(),
            told: page.updated_at.map(Instant::millis),
        }
    }

    fn number(&self, item: ItemId) -> usize {
        self.items.iter().position(|id| *id == item).unwrap()
    }
}

/// One form: who sends it, from which page, when.
struct Try<'a> {
    person: Person,
    page: Page,
    sent: Sent<'a>,
}

impl Try<'_> {
    fn start(&self, tx: &mut WriteTx<'_>, what: &What) -> Result<ItemId, Failure> {
        let What::Start(text) = what else {
            panic!("nothing is there yet: {what:?}");
        };
        let writer = self.person.writer().ok_or(Refusal::NotAWriter)?;
        let item = writing::start(tx, &new_uid(), wording(text), &self.sent, writer)?;
        Ok(made(item))
    }

    fn on(&self, tx: &mut WriteTx<'_>, item: ItemId, what: &What) -> Result<(), Failure> {
        let aim = self.aim(tx, item)?;
        match what {
            What::Save(_)
            | What::BringBackWords(_)
            | What::Submit
            | What::Discard
            | What::BringBack => self.write(tx, aim, what),
            What::Hold | What::UndoHold | What::InsistOnTwo(_) => self.of_the_room(tx, what),
            _ => self.edit(tx, aim, what),
        }
    }

    fn aim(&self, tx: &mut WriteTx<'_>, item: ItemId) -> Result<Aim, Failure> {
        let desk = desk(tx, item)?.unwrap();
        let first = items::numbered(tx, item, 1)?.unwrap().id;
        let newest = desk.lane.newest();
        let shown = match self.page {
            Page::Fresh => (desk.head.id, newest),
            Page::FirstWords => (first, newest),
            Page::FirstLane => (desk.head.id, None),
        };
        Ok(Aim {
            item,
            shown: Shown {
                revision: shown.0,
                publication: shown.1,
                enclosed: Some(desk.enclosed.fingerprint()),
            },
        })
    }

    fn write(&self, tx: &mut WriteTx<'_>, aim: Aim, what: &What) -> Result<(), Failure> {
        let writer = self.person.writer().ok_or(Refusal::NotAWriter)?;
        let (sent, words) = (&self.sent, (aim.item, aim.shown.revision));
        let draft = review::Aim {
            item: aim.item,
            shown: aim.shown.revision,
        };
        let done = match what {
            What::Save(text) => {
                let saved = writing::save(tx, words, wording(text), sent, writer)?;
                return match made(saved) {
                    Saved::Revision(_) => Ok(()),
                    Saved::Conflict { .. } => Err(Refusal::MovedOn.into()),
                };
            }
            What::BringBackWords(nth) => {
                let number = i64::try_from(*nth).unwrap() + 1;
                writing::bring_back_words(tx, words, number, sent, writer)?
            }
            What::Submit => review::submit(tx, draft, sent, writer)?,
            What::Discard => review::discard(tx, draft, sent, writer)?,
            What::BringBack => review::bring_back(tx, draft, sent, writer)?,
            other => panic!("not for writers: {other:?}"),
        };
        made(done);
        Ok(())
    }

    fn edit(&self, tx: &mut WriteTx<'_>, aim: Aim, what: &What) -> Result<(), Failure> {
        let editor = self.person.editor().ok_or(Refusal::NotAnEditor)?;
        let (sent, note) = (&self.sent, "So it was decided.".parse().unwrap());
        let draft = review::Aim {
            item: aim.item,
            shown: aim.shown.revision,
        };
        let done = match what {
            What::RequestChanges => {
                let why = "Is that so?".parse().unwrap();
                review::request_changes(tx, draft, &why, sent, editor)?
            }
            What::Approve => review::approve(tx, aim, sent, editor)?,
            What::Sign => review::sign(tx, aim, sent, editor)?,
            What::Publish(words) => publishing::now(tx, aim, said(*words, false), sent, editor)?,
            What::PublishUrgently(words) => {
                publishing::now(tx, aim, said(*words, true), sent, editor)?
            }
            What::Schedule(words, at) => {
                publishing::later(tx, aim, (said(*words, false), typed(*at)), sent, editor)?
            }
            What::Reschedule(at) => publishing::reschedule(tx, aim, typed(*at), sent, editor)?,
            What::Unschedule => publishing::not_after_all(tx, aim, sent, editor)?,
            What::Withdraw(at) => {
                publishing::withdraw(tx, aim, (note, at.map(typed)), sent, editor)?
            }
            What::Remove(target) => {
                let target = target.map(|target| target.parse().unwrap());
                publishing::remove(tx, aim, (note, target), sent, editor)?
            }
            What::Restore => publishing::restore(tx, aim, note, sent, editor)?,
            other => panic!("not for editors: {other:?}"),
        };
        made(done);
        Ok(())
    }

    fn of_the_room(&self, tx: &mut WriteTx<'_>, what: &What) -> Result<(), Failure> {
        let sent = &self.sent;
        if let What::InsistOnTwo(strict) = what {
            let mut words = room::frame(tx)?.unwrap().room;
            words.second_pair = if *strict {
                SecondPair::Required
            } else {
                SecondPair::Advised
            };
            return Ok(room::save(tx, &words, sent.now)?);
        }
        let editor = self.person.editor().ok_or(Refusal::NotAnEditor)?;
        if *what == What::Hold {
            let why = "A court order.".parse().unwrap();
            made(holding::hold_everything(tx, &why, sent, editor)?);
        } else {
            let hold = holds::open(tx)?.ok_or(Refusal::NothingHeld)?;
            made(holding::undo(tx, hold.id, sent, editor)?);
        }
        Ok(())
    }
}
