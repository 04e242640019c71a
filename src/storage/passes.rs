//! Embargo passes: who has which, and what was done with each. Only the hash of a secret is stored.

use diesel::prelude::*;

use super::columns::parsed;
use super::publications::{lane, licensed_at, scheduled_after};
use super::renditions::{crop_of, round, shows};
use super::schema::{
    images, pass_visits, passes, publications, renditions, revision_images, revisions,
};
use super::{ReadTx, StorageError, WriteTx};
use crate::accounts::PersonId;
use crate::clock::Instant;
use crate::media::CopyName;
use crate::newsroom::pass::{Deed, NewPass, Standing};
use crate::newsroom::{AddressSecret, ItemId, Pass, PassId};

const MINUTE_MILLIS: i64 = 60_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = passes)]
struct Row {
    id: i64,
    item_id: i64,
    holder: String,
    outlet: String,
    mail: String,
    terms: String,
    given_by: i64,
    given_at: i64,
    expires_at: i64,
    accepted_at: Option<i64>,
    revoked_at: Option<i64>,
    revoked_by: Option<i64>,
}

fn read(row: Row) -> Result<Pass, StorageError> {
    let mail = match row.mail.as_str() {
        "" => None,
        mail => Some(parsed("passes.mail", mail)?),
    };
    Ok(Pass {
        id: PassId::new(row.id),
        item: ItemId::new(row.item_id),
        words: NewPass {
            holder: parsed("passes.holder", &row.holder)?,
            outlet: parsed("passes.outlet", &row.outlet)?,
            mail,
            terms: parsed("passes.terms", &row.terms)?,
            expires_at: Instant::from_millis(row.expires_at),
        },
        given_by: PersonId::new(row.given_by),
        given_at: Instant::from_millis(row.given_at),
        accepted_at: row.accepted_at.map(Instant::from_millis),
        revoked: row
            .revoked_by
            .zip(row.revoked_at)
            .map(|(by, at)| (PersonId::new(by), Instant::from_millis(at))),
    })
}

/// The passes of an item, in the order in which they were given.
pub fn of_item(tx: &mut ReadTx<'_>, item: ItemId) -> Result<Vec<Pass>, StorageError> {
    passes::table
        .filter(passes::item_id.eq(item.get()))
        .order(passes::id)
        .select(Row::as_select())
        .load(tx.connection())?
        .into_iter()
        .map(read)
        .collect()
}

/// The pass that this secret opens.
pub fn find(tx: &mut ReadTx<'_>, secret: &AddressSecret) -> Result<Option<Pass>, StorageError> {
    passes::table
        .filter(passes::secret_hash.eq(secret.hash()))
        .select(Row::as_select())
        .first(tx.connection())
        .optional()?
        .map(read)
        .transpose()
}

/// The item that a pass with this secret opens at that instant.
pub fn opens(
    tx: &mut ReadTx<'_>,
    secret: &AddressSecret,
    now: Instant,
) -> Result<Option<ItemId>, StorageError> {
    let Some(pass) = find(tx, secret)? else {
        return Ok(None);
    };
    let lane = lane(tx, pass.item)?;
    let stands = matches!(pass.standing(&lane, now), Standing::Open(_));
    Ok(stands.then_some(pass.item))
}

pub fn add(
    tx: &mut WriteTx<'_>,
    (item, secret): (ItemId, &AddressSecret),
    new: &NewPass,
    (by, now): (PersonId, Instant),
) -> Result<PassId, StorageError> {
    let id = diesel::insert_into(passes::table)
        .values((
            passes::item_id.eq(item.get()),
            passes::holder.eq(new.holder.as_str()),
            passes::outlet.eq(new.outlet.as_str()),
            passes::mail.eq(new.mail.as_ref().map_or("", |mail| mail.as_str())),
            passes::secret_hash.eq(secret.hash()),
            passes::terms.eq(new.terms.as_str()),
            passes::given_by.eq(by.get()),
            passes::given_at.eq(now.millis()),
            passes::expires_at.eq(new.expires_at.millis()),
        ))
        .returning(passes::id)
        .get_result(tx.connection())?;
    Ok(PassId::new(id))
}

pub fn accept(tx: &mut WriteTx<'_>, id: PassId, now: Instant) -> Result<(), StorageError> {
    diesel::update(passes::table.find(id.get()))
        .set(passes::accepted_at.eq(now.millis()))
        .execute(tx.connection())?;
    Ok(())
}

pub fn revoke(
    tx: &mut WriteTx<'_>,
    id: PassId,
    (by, now): (PersonId, Instant),
) -> Result<(), StorageError> {
    diesel::update(passes::table.find(id.get()))
        .set((
            passes::revoked_by.eq(by.get()),
            passes::revoked_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether this was done with the pass in this minute already.
pub fn is_noted(
    tx: &mut ReadTx<'_>,
    pass: PassId,
    deed: Deed,
    now: Instant,
) -> Result<bool, StorageError> {
    let minute = now.millis().div_euclid(MINUTE_MILLIS);
    let noted: Option<i64> = pass_visits::table
        .find((pass.get(), deed.as_str(), minute))
        .select(pass_visits::at)
        .first(tx.connection())
        .optional()?;
    Ok(noted.is_some())
}

/// Notes what was done with a pass, once a minute.
pub fn note(
    tx: &mut WriteTx<'_>,
    pass: PassId,
    deed: Deed,
    now: Instant,
) -> Result<(), StorageError> {
    if is_noted(tx, pass, deed, now)? {
        return Ok(());
    }
    diesel::insert_into(pass_visits::table)
        .values((
            pass_visits::pass_id.eq(pass.get()),
            pass_visits::deed.eq(deed.as_str()),
            pass_visits::minute.eq(now.millis().div_euclid(MINUTE_MILLIS)),
            pass_visits::at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// What was done with a pass, the newest first.
#[derive(Clone, Debug)]
pub struct PassVisit {
    pub deed: Deed,
    pub at: Instant,
}

/// The newest visits of a pass, and in how many minutes it was opened in all.
pub fn visits(
    tx: &mut ReadTx<'_>,
    pass: PassId,
    most: i64,
) -> Result<(Vec<PassVisit>, i64), StorageError> {
    let rows: Vec<(String, i64)> = pass_visits::table
        .filter(pass_visits::pass_id.eq(pass.get()))
        .order((pass_visits::at.desc(), pass_visits::deed))
        .limit(most)
        .select((pass_visits::deed, pass_visits::at))
        .load(tx.connection())?;
    let opened = pass_visits::table
        .filter(pass_visits::pass_id.eq(pass.get()))
        .filter(pass_visits::deed.eq(Deed::Opened.as_str()))
        .count()
        .get_result(tx.connection())?;
    let visit = |(deed, at): (String, i64)| {
        Ok(PassVisit {
            deed: parsed("pass_visits.deed", &deed)?,
            at: Instant::from_millis(at),
        })
    };
    let visits: Result<_, StorageError> = rows.into_iter().map(visit).collect();
    Ok((visits?, opened))
}

/// A rendition of an image that this item's scheduled revision shows.
pub fn rendition(
    tx: &mut ReadTx<'_>,
    (item, hash): (ItemId, &str),
    name: CopyName,
    now: Instant,
) -> Result<Option<Vec<u8>>, StorageError> {
    let [left, right, top, bottom] = round(name);
    let uses = publications::table
        .inner_join(
            revision_images::table.on(revision_images::revision_id.eq(publications::revision_id)),
        )
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(revision_images::image_id.eq(images::id))
        .filter(shows(left, right, top, bottom))
        .filter(publications::item_id.eq(item.get()))
        .filter(publications::face.eq("live"))
        .filter(scheduled_after(now.millis()));
    Ok(renditions::table
        .inner_join(images::table.on(images::id.eq(renditions::image_id)))
        .filter(images::hash.eq(hash))
        .filter(licensed_at(now.millis()))
        .filter(renditions::crop.eq(crop_of(name)))
        .filter(renditions::width.eq(i64::from(name.width)))
        .filter(renditions::format.eq(name.format.extension()))
        .filter(diesel::dsl::exists(uses))
        .select(renditions::bytes)
        .first(tx.connection())
        .optional()?)
}
