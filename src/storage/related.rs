//! Which live items are about the same as another one, found in two looks that are both bounded, so
//! that a topic of fifty thousand items costs no more than one of five hundred.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use super::json::likely;
use super::listings::{Filter, Query, live, newest_first};
use super::publications::public_at;
use super::schema::{publications, revision_subjects};
use crate::clock::Instant;
use crate::newsroom::{ItemId, RevisionId};

/// How many of the room's newest items are looked at: what a large topic has to show is there.
const NEWEST_ITEMS: i64 = 500;
/// How many revisions of each subject are looked at, drafts too: a small topic has no more.
const LATEST_WORDS: i64 = 200;

type Numbers = publications::BoxedQuery<'static, Sqlite, BigInt>;

diesel::alias!(
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
    let of_the_latest = of_the_latest_words(revision, now)
        .filter(publications::item_id.ne(item.get()))
        .order(newest_first())
        .limit(most);
    publications::table
        .filter(
            publications::id
                .eq_any(of_the_newest)
                .or(publications::id.eq_any(of_the_latest)),
        )
        .limit(most)
        .into_boxed()
}

fn of_the_newest(revision: RevisionId, now: Instant) -> Numbers {
    let newest = live(&Filter::default(), now)
        .order(newest_first())
        .limit(NEWEST_ITEMS)
        .select(publications::id);
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
    publications::table
        .filter(publications::id.eq_any(newest))
        .filter(exists(about_the_same))
        .select(publications::id)
        .into_boxed()
}

fn of_the_latest_words(revision: RevisionId, now: Instant) -> Numbers {
    let latest_words = latest
        .filter(
            latest
                .field(revision_subjects::subject_id)
                .eq(shared.field(revision_subjects::subject_id)),
        )
        .order(latest.field(revision_subjects::revision_id).desc())
        .limit(LATEST_WORDS)
        .select(latest.field(revision_subjects::revision_id));
    let about_the_same = shared
        .inner_join(
            alike.on(alike
                .field(revision_subjects::subject_id)
                .eq(shared.field(revision_subjects::subject_id))),
        )
        .filter(
            shared
                .field(revision_subjects::revision_id)
                .eq(revision.get()),
        )
        .filter(
            alike
                .field(revision_subjects::revision_id)
                .eq_any(latest_words),
        )
        .select(alike.field(revision_subjects::revision_id));
    publications::table
        .filter(publications::revision_id.eq_any(about_the_same))
        .filter(likely(publications::face.eq("live")))
        .filter(public_at(now.millis()))
        .select(publications::id)
        .into_boxed()
}
