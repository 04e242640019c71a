//! How columns become our types: every value is read through the type's own door.

use std::str::FromStr;

use super::StorageError;
use crate::newsroom::Lead;

/// A text column through the type's own parser.
pub(super) fn parsed<T: FromStr>(column: &'static str, value: &str) -> Result<T, StorageError> {
    value
        .parse()
        .map_err(|_source: T::Err| unreadable(column, value))
}

/// A text column that holds JSON.
pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    column: &'static str,
    value: &str,
) -> Result<T, StorageError> {
    serde_json::from_str(value).map_err(|_source| unreadable(column, value))
}

/// A number column that our types hold in fewer bits.
pub(super) fn narrow<T: TryFrom<i64>>(column: &'static str, value: i64) -> Result<T, StorageError> {
    T::try_from(value).map_err(|_source| unreadable(column, &value.to_string()))
}

pub(super) fn unreadable(column: &'static str, value: &str) -> StorageError {
    StorageError::Unreadable {
        column,
        bytes: value.len(),
    }
}

/// The four columns of a revision's lead picture.
pub(super) fn lead(
    image: Option<i64>,
    shape: &str,
    focus_x: i64,
    focus_y: i64,
) -> Result<Option<Lead>, StorageError> {
    let Some(image) = image else { return Ok(None) };
    let x = narrow("focus_x", focus_x)?;
    let y = narrow("focus_y", focus_y)?;
    Ok(Some(Lead {
        image: crate::media::ImageId::new(image),
        shape: parsed("lead_shape", shape)?,
        focus: crate::media::FocalPoint::new(x, y)
            .map_err(|_source| unreadable("focus", &format!("{focus_x} {focus_y}")))?,
    }))
}
