//! Which live items are about the same as another one, found in two looks that go from the newest on and
//! end as soon as they have found enough, so that a topic of fifty thousand items costs no more than one
//! of five hundred.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use super::json::{ifnull, likely};
use super::listings::{Filter, Query, live, newest_first};
use super::publications::public_at;
use super::schema::{publications, revision_subjects};
use crate::clock::Instant;
use crate::newsroom::{ItemId, RevisionId};

/// How many of the room's newest items are looked at: what a large topic has to show is there.
const NEWEST_ITEMS: i64 = 500;

type Numbers = publications::BoxedQuery<'static, Sqlite, BigInt>;

diesel::alias!(
    publications as found: Found,
    revision_subjects as shared: Shared,
    revision_subjects as alike: Alike,
    revision_subjects as latest: Latest,
);

/// So many of the live items that share a subject with that revision of an item.
pub(super) fn to(item: ItemId, revision: RevisionId, now: Instant, most: i64) -> Query<'static> {
    let of_the_newest = of_the_newest(revision, now)
        .filter(publications::item_id.ne(item.get()))
        .order(newest_first())
        .limit(most);
    // One more of each subject, because the item itself is among them.
    let of_the_latest = of_the_latest_words(revision, now, most + 1);
    publications::table
        .filter(
            publications::id
                .eq_any(of_the_newest)
                .or(publications::id.eq_any(of_the_latest)),
        )
        .filter(publications::item_id.ne(item.get()))
        .limit(most)
        .into_boxed()
}

/// Those among the newest of the room; all that share the instant of the last one are among them.
fn of_the_newest(revision: RevisionId, now: Instant) -> Numbers {
    let oldest = live(&Filter::default(), now)
        .order(newest_first())
        .limit(1)
        .offset(NEWEST_ITEMS - 1)
        .select(publications::published_at)
        .single_value();
    let about_the_same = alike
        .inner_join(
            shared.on(shared
                .field(revision_subjects::subject_id)
                .eq(alike.field(revision_subjects::subject_id))),
        )
        .filter(
            shared
                .field(revision_subjects::revision_id)
                .eq(revision.get()),
        )
        .filter(
            alike
                .field(revision_subjects::revision_id)
                .eq(publications::revision_id),
        );
    live(&Filter::default(), now)
        .filter(publications::published_at.ge(ifnull(oldest, 0)))
        .filter(exists(about_the_same))
        .select(publications::id)
}

/// So many of each subject, those with its latest words. What is not public is passed over and never
/// counted, or drafts would move what readers see.
fn of_the_latest_words(revision: RevisionId, now: Instant, of_each: i64) -> Numbers {
    let number = latest.field(revision_subjects::revision_id);
    let of_one = latest
        .inner_join(publications::table.on(publications::revision_id.eq(number)))
        .filter(
            latest
                .field(revision_subjects::subject_id)
                .eq(shared.field(revision_subjects::subject_id)),
        )
        .filter(likely(publications::face.eq("live")))
        .filter(public_at(now.millis()))
        .order(number.desc())
        .limit(of_each)
        .select(publications::id);
    let of_all = shared
        .inner_join(found.on(found.field(publications::id).eq_any(of_one)))
        .filter(
            shared
                .field(revision_subjects::revision_id)
                .eq(revision.get()),
        )
        .select(found.field(publications::id));
    publications::table
        .filter(publications::id.eq_any(of_all))
        .select(publications::id)
        .into_boxed()
}
