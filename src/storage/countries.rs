//! Which places are countries.

use diesel::prelude::*;

use super::schema::country_codes;
use super::{ReadTx, StorageError, WriteTx};
use crate::newsroom::SubjectId;
use crate::newsroom::country::CountryCode;

/// Whether a place is this country, under whatever name.
pub fn is_known(tx: &mut ReadTx<'_>, code: &CountryCode) -> Result<bool, StorageError> {
    let place: Option<i64> = country_codes::table
        .find(code.as_str())
        .select(country_codes::place_id)
        .first(tx.connection())
        .optional()?;
    Ok(place.is_some())
}

/// Says that the place is this country.
pub fn know(
    tx: &mut WriteTx<'_>,
    code: &CountryCode,
    place: SubjectId,
) -> Result<(), StorageError> {
    diesel::insert_into(country_codes::table)
        .values((
            country_codes::code.eq(code.as_str()),
            country_codes::place_id.eq(place.get()),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Forgets that the place is a country, before it is deleted.
pub(super) fn forget(tx: &mut WriteTx<'_>, place: SubjectId) -> Result<(), StorageError> {
    diesel::delete(country_codes::table.filter(country_codes::place_id.eq(place.get())))
        .execute(tx.connection())?;
    Ok(())
}
