//! The HTTP kit that both sides use; it knows no page of its own but the error page.

pub mod assets;
pub mod cache;
mod card_paths;
pub mod door;
pub mod doors;
pub mod error_pages;
mod file_paths;
pub mod form;
pub mod headers;
pub mod notice;
pub mod page;
pub mod paths;
mod picture_paths;
pub mod problem;
pub mod range;
pub mod same_origin;
pub mod sessions;
pub mod staff;
pub mod view;
mod way_back;
mod word_paths;

pub use door::AtDoor;
pub use form::{FieldErrors, Fields, Numbered, Query, Sent};
pub use page::{Freshness, page, see_other};
pub use problem::{Answer, Problem};
pub use staff::Staff;
