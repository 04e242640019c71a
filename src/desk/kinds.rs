//! Kinds: add, change, put in order, merge two into one, delete what no item ever was.

use super::writing::Sent;
use super::{Done, Failure};
use crate::accounts::Admin;
use crate::newsroom::kind_words::KindWords;
use crate::newsroom::tags::Tag;
use crate::newsroom::{Kind, KindId, Refusal};
use crate::storage::journal::{self, Entry};
use crate::storage::{ReadTx, WriteTx, forms, kinds, purges};

pub fn add(
    tx: &mut WriteTx<'_>,
    new: &KindWords,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<KindId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    is_free(tx, None, new)?;
    let id = kinds::add(tx, new)?;
    purges::owe(tx, &[Tag::Room], (sent.now, sent.now))?;
    let entry = Entry::of_room("added a kind", new.name.as_str());
    journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, &id.to_string(), sent.now)?;
    Ok(Done::Now(id))
}

/// Gives a kind other words and another place among the kinds, counted from 1, if it says what was
/// looked at; `shown` is the hash of that.
pub fn change(
    tx: &mut WriteTx<'_>,
    (kind, shown): (KindId, &str),
    (new, place): (&KindWords, usize),
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = found(tx, kind)?;
    if before.hash().as_str() != shown {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    is_free(tx, Some(kind), new)?;
    let stood = place_of(tx, kind)?;
    kinds::change(tx, &before, new)?;
    put_at(tx, kind, place)?;
    let mut changes = new.changes_of(&before);
    let stands = place_of(tx, kind)?;
    if stood != stands {
        changes.push(format!("place {stood} → {stands}"));
    }
    if !changes.is_empty() {
        purges::owe(tx, &[Tag::Room], (sent.now, sent.now))?;
        let detail = format!("{}: {}", before.name, changes.join("; "));
        let entry = Entry::of_room("changed a kind", &detail);
        journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    }
    forms::remember(tx, sent.form_key, &kind.to_string(), sent.now)?;
    Ok(Done::Now(()))
}

/// Among the kinds, counted from 1.
fn place_of(tx: &mut ReadTx<'_>, kind: KindId) -> Result<usize, Failure> {
    let all = kinds::all(tx)?;
    let place = all.iter().position(|(known, _)| known.id == kind);
    Ok(place.map_or(0, |place| place + 1))
}

fn put_at(tx: &mut WriteTx<'_>, kind: KindId, place: usize) -> Result<(), Failure> {
    let all = kinds::all(tx)?.into_iter().map(|(other, _)| other.id);
    let mut order: Vec<KindId> = all.filter(|other| *other != kind).collect();
    order.insert(place.saturating_sub(1).min(order.len()), kind);
    Ok(kinds::put_in_order(tx, &order)?)
}

/// Makes one kind into another one, for good.
pub fn merge(
    tx: &mut WriteTx<'_>,
    (kind, into): (KindId, KindId),
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<KindId>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let (gone, survivor) = pair(tx, (kind, into))?;
    let uses = uses(tx, kind)?;
    kinds::merge(tx, &gone, into)?;
    let detail = format!("{} into {}, in {uses} items", gone.name, survivor.name);
    let entry = Entry::of_room("merged kinds", &detail);
    journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    purges::owe(tx, &[Tag::Room, Tag::Listing], (sent.now, sent.now))?;
    forms::remember(tx, sent.form_key, &into.to_string(), sent.now)?;
    Ok(Done::Now(into))
}

/// The one that goes and the one that stays, where they can be merged.
pub fn pair(tx: &mut ReadTx<'_>, (kind, into): (KindId, KindId)) -> Result<(Kind, Kind), Failure> {
    if kind == into {
        return Err(Refusal::KindIntoItself.into());
    }
    Ok((found(tx, kind)?, found(tx, into)?))
}

fn uses(tx: &mut ReadTx<'_>, kind: KindId) -> Result<u64, Failure> {
    let all = kinds::all(tx)?;
    let known = all.iter().find(|(known, _)| known.id == kind);
    Ok(known.map_or(0, |(_, uses)| *uses))
}

pub fn delete(
    tx: &mut WriteTx<'_>,
    kind: KindId,
    sent: &Sent<'_>,
    admin: Admin,
) -> Result<Done<()>, Failure> {
    if let Some(answer) = forms::answer(tx, sent.form_key)? {
        return Ok(Done::Before(answer));
    }
    let before = found(tx, kind)?;
    if kinds::is_used(tx, kind)? {
        return Err(Refusal::KindIsUsed.into());
    }
    if kinds::all(tx)?.len() < 2 {
        return Err(Refusal::LastKind.into());
    }
    kinds::delete(tx, kind)?;
    purges::owe(tx, &[Tag::Room], (sent.now, sent.now))?;
    let entry = Entry::of_room("deleted a kind", &before.name);
    journal::note(tx, Some(admin.id()), &entry, sent.now)?;
    forms::remember(tx, sent.form_key, "deleted", sent.now)?;
    Ok(Done::Now(()))
}

fn found(tx: &mut ReadTx<'_>, kind: KindId) -> Result<Kind, Failure> {
    let all = kinds::all(tx)?.into_iter();
    let kind = all.map(|(known, _)| known).find(|known| known.id == kind);
    Ok(kind.ok_or(Refusal::NoSuchKind)?)
}

/// Whether no other kind has this address, now or before.
fn is_free(tx: &mut ReadTx<'_>, own: Option<KindId>, new: &KindWords) -> Result<(), Failure> {
    let all = kinds::all(tx)?;
    let holder = all.iter().find(|(kind, _)| kind.slug == new.slug.as_str());
    let holder = match holder {
        Some((kind, _)) => Some(kind.id),
        None => kinds::by_former_slug(tx, new.slug.as_str())?,
    };
    match holder {
        Some(other) if Some(other) != own => Err(Refusal::WordAddressTaken.into()),
        Some(_) | None => Ok(()),
    }
}
