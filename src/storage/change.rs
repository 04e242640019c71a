//! One change of the room, and where whoever makes it is signed in.

use std::ops::{Deref, DerefMut};

use super::connection::{Connection, ReadTx};
use super::{StorageError, sessions};

/// One change of the room: all of it or nothing.
pub struct WriteTx<'a> {
    read: ReadTx<'a>,
    seat: Option<&'a Seat>,
}

impl WriteTx<'_> {
    /// Where whoever makes this change is signed in, if they are.
    pub(super) fn seat(&self) -> Option<&Seat> {
        self.seat
    }
}

impl<'a> Deref for WriteTx<'a> {
    type Target = ReadTx<'a>;

    fn deref(&self) -> &ReadTx<'a> {
        &self.read
    }
}

impl<'a> DerefMut for WriteTx<'a> {
    fn deref_mut(&mut self) -> &mut ReadTx<'a> {
        &mut self.read
    }
}

/// Where somebody is signed in: what the journal keeps of a session, never its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub session: i64,
    pub device: String,
}

/// Runs one change on a connection outside of any pool. Whoever was signed out since they were let in,
/// by whatever ends sessions, changes nothing any more: a request may take minutes to come, and
/// rights may go while it waits.
pub(super) fn within<T, E: From<StorageError>>(
    connection: &mut Connection,
    seat: Option<&Seat>,
    change: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    connection
        .immediate_transaction(|connection| {
            let mut read = ReadTx::of(connection);
            if let Some(seat) = seat
                && !sessions::stands(&mut read, seat.session)
                    .map_err(|cause| Ended::Caller(cause.into()))?
            {
                return Err(Ended::Caller(StorageError::SignedOut.into()));
            }
            change(&mut WriteTx { read, seat }).map_err(Ended::Caller)
        })
        .map_err(Ended::into_caller)
}

/// An error of the caller's, or one of the transaction itself.
pub(super) enum Ended<E> {
    Caller(E),
    Database(diesel::result::Error),
}

impl<E> From<diesel::result::Error> for Ended<E> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl<E: From<StorageError>> Ended<E> {
    pub(super) fn into_caller(self) -> E {
        match self {
            Self::Caller(error) => error,
            Self::Database(error) => StorageError::from(error).into(),
        }
    }
}
