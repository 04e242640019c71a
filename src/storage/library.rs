//! The library as staff look through it: which images, in what order, how many.

use diesel::dsl::{auto_type, exists, not};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::editing::holding;
use super::folded;
use super::images::{LibraryImage, LibraryRow, SHOWN, ShownColumns, library_image};
use super::schema::{collected_images, images, revision_images};
use super::uses::is_used;
use super::{ReadTx, StorageError};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::ImageId;
use crate::newsroom::collection::CollectionId;
use crate::newsroom::item::words_of;
use crate::newsroom::library::warned_until;

/// Whether an item shows the image, in its newest words or in those that readers see or will see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    Used,
    Unused,
}

words_of!(Usage, "use", { Used => "used", Unused => "unused" });

/// What an image still needs from somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    AltText,
    Credit,
}

words_of!(Lack, "lack", { AltText => "alt-text", Credit => "credit" });

/// How the licence of an image stands, where it has an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Soon,
    Ended,
}

words_of!(Ending, "end of a licence", { Soon => "soon", Ended => "ended" });

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Name,
    Credit,
}

words_of!(Sort, "order of pictures", {
    Newest => "newest",
    Oldest => "oldest",
    Name => "name",
    Credit => "credit",
});

/// Which images of the library a list shows; the default is all that are not in the trash.
#[derive(Clone, Debug, Default)]
pub struct LibraryFilter {
    /// Each of them must stand in the file name, the alt text, the caption, the credit or the terms.
    pub words: String,
    pub usage: Option<Usage>,
    pub lack: Option<Lack>,
    pub licence: Option<Ending>,
    pub by: Option<PersonId>,
    pub collection: Option<CollectionId>,
    /// Uploaded from this instant on.
    pub from: Option<Instant>,
    /// Uploaded before this instant.
    pub until: Option<Instant>,
    /// What is in the trash, instead of what is not.
    pub in_trash: bool,
}

type Query<'a> = images::BoxedQuery<'a, Sqlite>;

#[auto_type]
pub(super) fn uses_of_it(now: i64) -> _ {
    let used: is_used = is_used(now);
    revision_images::table
        .filter(revision_images::image_id.eq(images::id))
        .filter(used)
}

fn matching(filter: &LibraryFilter, now: Instant) -> Query<'static> {
    let mut query = images::table.into_boxed();
    query = if filter.in_trash {
        query.filter(
            images::trashed_at
                .is_not_null()
                .and(images::emptied_at.is_null()),
        )
    } else {
        query.filter(images::trashed_at.is_null())
    };
    for word in folded::words(&filter.words) {
        query = query.filter(images::words_folded.like(holding(&word)).escape('\\'));
    }
    query = match filter.usage {
        Some(Usage::Used) => query.filter(exists(uses_of_it(now.millis()))),
        Some(Usage::Unused) => query.filter(not(exists(uses_of_it(now.millis())))),
        None => query,
    };
    query = match filter.lack {
        Some(Lack::AltText) => query.filter(images::alt_state.eq("unwritten")),
        Some(Lack::Credit) => query.filter(images::credit.eq("")),
        None => query,
    };
    query = match filter.licence {
        Some(Ending::Soon) => query.filter(ends_between(now.millis(), warned_until(now).millis())),
        Some(Ending::Ended) => query.filter(images::licence_ends_at.le(now.millis())),
        None => query,
    };
    if let Some(collection) = filter.collection {
        query = query.filter(exists(in_it(collection.get())));
    }
    uploaded(query, filter)
}

/// By whom and when.
fn uploaded(mut query: Query<'static>, filter: &LibraryFilter) -> Query<'static> {
    if let Some(person) = filter.by {
        query = query.filter(images::uploaded_by.eq(person.get()));
    }
    if let Some(from) = filter.from {
        query = query.filter(images::uploaded_at.ge(from.millis()));
    }
    if let Some(until) = filter.until {
        query = query.filter(images::uploaded_at.lt(until.millis()));
    }
    query
}

#[auto_type]
fn in_it(collection: i64) -> _ {
    collected_images::table
        .filter(collected_images::collection_id.eq(collection))
        .filter(collected_images::image_id.eq(images::id))
}

#[auto_type]
fn ends_between(now: i64, until: i64) -> _ {
    images::licence_ends_at
        .gt(now)
        .and(images::licence_ends_at.le(until))
}

pub fn count(
    tx: &mut ReadTx<'_>,
    filter: &LibraryFilter,
    now: Instant,
) -> Result<u64, StorageError> {
    let count: i64 = matching(filter, now).count().get_result(tx.connection())?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// A part of the list, in an order that has a tie-breaker, so no image is shown twice or never.
pub fn page(
    tx: &mut ReadTx<'_>,
    (filter, sort): (&LibraryFilter, Sort),
    (skip, take): (u64, u64),
    now: Instant,
) -> Result<Vec<LibraryImage>, StorageError> {
    let query = matching(filter, now);
    let ordered = match sort {
        Sort::Newest => query.order(images::id.desc()),
        Sort::Oldest => query.order(images::id.asc()),
        Sort::Name => query.order((images::file_name.asc(), images::id.asc())),
        Sort::Credit => query.order((images::credit.asc(), images::id.asc())),
    };
    ordered
        .limit(i64::try_from(take).unwrap_or(i64::MAX))
        .offset(i64::try_from(skip).unwrap_or(i64::MAX))
        .select((SHOWN, LibraryRow::as_select()))
        .load::<(ShownColumns, LibraryRow)>(tx.connection())?
        .into_iter()
        .map(library_image)
        .collect()
}

/// Of these images, the ones whose licence has an end, the first to end first.
pub fn licensed_for_a_time(
    tx: &mut ReadTx<'_>,
    ids: &[ImageId],
) -> Result<Vec<LibraryImage>, StorageError> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    images::table
        .filter(images::id.eq_any(numbers))
        .filter(images::licence_ends_at.is_not_null())
        .order((images::licence_ends_at.assume_not_null(), images::id))
        .select((SHOWN, LibraryRow::as_select()))
        .load::<(ShownColumns, LibraryRow)>(tx.connection())?
        .into_iter()
        .map(library_image)
        .collect()
}

/// Images whose licence ends within the next weeks, the first to end first: all of them, or those that
/// this person uploaded.
pub fn ending(
    tx: &mut ReadTx<'_>,
    uploaded_by: Option<PersonId>,
    most: i64,
    now: Instant,
) -> Result<Vec<LibraryImage>, StorageError> {
    let mut query = images::table
        .filter(images::trashed_at.is_null())
        .filter(ends_between(now.millis(), warned_until(now).millis()))
        .into_boxed();
    if let Some(person) = uploaded_by {
        query = query.filter(images::uploaded_by.eq(person.get()));
    }
    query
        .order((images::licence_ends_at.assume_not_null(), images::id))
        .limit(most)
        .select((SHOWN, LibraryRow::as_select()))
        .load::<(ShownColumns, LibraryRow)>(tx.connection())?
        .into_iter()
        .map(library_image)
        .collect()
}

/// The newest images that are not in the trash, to choose from.
pub fn newest(
    tx: &mut ReadTx<'_>,
    most: u64,
    now: Instant,
) -> Result<Vec<LibraryImage>, StorageError> {
    let all = LibraryFilter::default();
    page(tx, (&all, Sort::Newest), (0, most), now)
}
