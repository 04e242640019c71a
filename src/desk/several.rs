//! The same move with several items: each is decided, done and told by itself.

use super::review::{self, Aim};
use super::writing::{self, Saved, Sent};
use super::{Done, Failure};
use crate::accounts::Writer;
use crate::newsroom::item::words_of;
use crate::newsroom::{Refusal, SubjectName};
use crate::storage::{WriteTx, forms, items};

/// What is done with each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Discard,
    BringBack,
    AddWords,
}

words_of!(Deed, "deed", {
    Discard => "discard",
    BringBack => "return",
    AddWords => "add",
});

/// Topics and places that an item shall be about too.
#[derive(Clone, Debug, Default)]
pub struct Further {
    pub topics: Vec<SubjectName>,
    pub places: Vec<SubjectName>,
}

/// What came of one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// It was so before.
    NothingToDo,
}

/// Does it with one of the items, by the same rules as on the item's own page.
pub fn with_one(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    (deed, further): (Deed, &Further),
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Outcome, Failure> {
    let key = own_key(sent.form_key, aim.item.get());
    let sent = Sent {
        form_key: &key,
        now: sent.now,
    };
    let _done: Done<()> = match deed {
        Deed::Discard => review::discard(tx, aim, &sent, writer)?,
        Deed::BringBack => review::bring_back(tx, aim, &sent, writer)?,
        Deed::AddWords => add_words(tx, aim, further, &sent, writer)?,
    };
    Ok(Outcome::Done)
}

/// The form's key with the number in it: what the form did with one thing is no answer for another.
pub(super) fn own_key(form_key: &str, number: i64) -> String {
    const KEPT: usize = 20;
    let key: String = forms::key_alone(form_key).chars().take(KEPT).collect();
    let held = form_key.split('.').nth(1).unwrap_or_default();
    format!("{key}{number:012x}.{held}")
}

fn add_words(
    tx: &mut WriteTx<'_>,
    aim: Aim,
    further: &Further,
    sent: &Sent<'_>,
    writer: Writer,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let head = items::head(tx, aim.item)?.ok_or(Refusal::NoSuchItem)?;
    if head.id != aim.shown {
        return Err(Refusal::MovedOn.into());
    }
    let mut wording = head.wording;
    extend(&mut wording.topics, &further.topics)?;
    extend(&mut wording.places, &further.places)?;
    match writing::save(tx, (aim.item, aim.shown), wording, sent, writer)? {
        Done::Now(Saved::Revision(_)) => Ok(Done::Now(())),
        Done::Now(Saved::Conflict { .. }) => Err(Refusal::MovedOn.into()),
        Done::Before(answer) => Ok(Done::Before(answer)),
    }
}

/// The names that are not there yet, behind those that are.
fn extend(names: &mut Vec<SubjectName>, further: &[SubjectName]) -> Result<(), Refusal> {
    for name in further {
        if !names.iter().any(|known| known.folded() == name.folded()) {
            names.push(name.clone());
        }
    }
    if names.len() > SubjectName::MOST {
        return Err(Refusal::TooManyWords {
            most: SubjectName::MOST,
        });
    }
    Ok(())
}
