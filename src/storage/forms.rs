//! Which forms were sent: a key is answered twice and done once.

use diesel::prelude::*;

use super::schema::sent_forms;
use super::{ReadTx, StorageError, WriteTx};
use crate::clock::Instant;

const KEPT_MILLIS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Where the first sending of this form led to.
pub fn answer(tx: &mut ReadTx<'_>, form_key: &str) -> Result<Option<String>, StorageError> {
    Ok(sent_forms::table
        .find(form_key)
        .select(sent_forms::answer)
        .first(tx.connection())
        .optional()?)
}

/// The key of a form without the hash of what it held.
pub fn key_alone(form_key: &str) -> &str {
    form_key.split('.').next().unwrap_or_default()
}

/// Where a form led to that was sent with the same key and other words.
pub fn answer_of_key(tx: &mut ReadTx<'_>, form_key: &str) -> Result<Option<String>, StorageError> {
    let key = key_alone(form_key);
    // The sign after the dot: all keys that go on after this one's dot.
    Ok(sent_forms::table
        .filter(sent_forms::form_key.gt(format!("{key}.")))
        .filter(sent_forms::form_key.lt(format!("{key}/")))
        .order(sent_forms::form_key)
        .select(sent_forms::answer)
        .first(tx.connection())
        .optional()?)
}

pub fn remember(
    tx: &mut WriteTx<'_>,
    form_key: &str,
    answer: &str,
    now: Instant,
) -> Result<(), StorageError> {
    let old = now.plus_millis(-KEPT_MILLIS).millis();
    diesel::delete(sent_forms::table.filter(sent_forms::sent_at.lt(old)))
        .execute(tx.connection())?;
    diesel::insert_into(sent_forms::table)
        .values((
            sent_forms::form_key.eq(form_key),
            sent_forms::answer.eq(answer),
            sent_forms::sent_at.eq(now.millis()),
        ))
        .execute(tx.connection())?;
    Ok(())
}
