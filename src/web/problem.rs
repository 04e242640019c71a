//! Every way in which a request can fail, with its status.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

use super::{error_pages, paths};
use crate::storage::StorageError;

/// What a handler gives back.
pub type Answer = Result<HttpResponse, Problem>;

#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("there is nothing at this address")]
    NotFound,
    #[error("removed: {reason}")]
    Gone { reason: String },
    #[error("moved to {to}")]
    Moved { to: String },
    #[error("somebody must sign in first")]
    SignInFirst { next: String },
    /// The sentence is for the person who asked.
    #[error("{0}")]
    Forbidden(String),
    #[error("{0}")]
    Refused(String),
    #[error("the request was not sent by a page of this room")]
    ForeignOrigin,
    #[error("the request is too large")]
    TooLarge,
    #[error("the request came too slowly")]
    TooSlow,
    #[error("the request cannot be read")]
    Malformed,
    #[error("the room was not opened yet")]
    NotOpenYet,
    #[error("too busy")]
    Busy,
    #[error("the disk is full")]
    DiskFull,
    #[error("{0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Problem {
    pub fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Broken(Box::new(cause))
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        if matches!(error, StorageError::Busy) {
            Self::Busy
        } else if matches!(error, StorageError::Full) {
            Self::DiskFull
        } else if matches!(error, StorageError::SignedOut) {
            Self::SignInFirst {
                next: paths::MY_WORK.to_owned(),
            }
        } else {
            Self::broken(error)
        }
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::broken(error)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone { .. } => StatusCode::GONE,
            Self::Moved { .. } => StatusCode::MOVED_PERMANENTLY,
            Self::SignInFirst { .. } => StatusCode::SEE_OTHER,
            Self::Forbidden(_) | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::NotOpenYet | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        error_pages::answer(self)
    }
}
