//! What a test stands on: a room of its own, a browser at it, a page to look at.
//!
//! ```ignore
//! let room = Room::open().await;                                  // London, 26 November 2018, noon
//! room.has(release("Verdict in Paris").going_live_at("2018-11-27T09:00:00Z")).await;
//! room.clock.set("2018-11-27T08:59:59.999Z");
//! assert_eq!(room.get("/news/verdict-in-paris").await, room.get("/news/no-such-thing").await);
//!
//! let editor = room.editor().await;                               // signed in through the form
//! let saved = editor.open("/admin/items/new").await
//!     .fill("Title", "Ferry stops").choose("Kind", "Report").press("Save").await;
//! assert!(saved.has("Saved."));
//! ```
//!
//! `Browser::open` and `Tab::press` go where redirects lead; `Browser::get` and `Tab::pressed` do
//! not. Fields and buttons are found by what a person calls them. Every page that any of them
//! opens must have one h1, labelled fields, unique ids, nothing inline and nothing from elsewhere.

#[cfg(test)]
mod app;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod build;
#[cfg(test)]
mod certificate;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod device;
#[cfg(test)]
mod files;
#[cfg(test)]
mod form;
#[cfg(test)]
mod line;
#[cfg(test)]
mod page;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod room;
#[cfg(test)]
pub(crate) mod staffed;

#[cfg(test)]
pub(crate) use app::{PhoneApp, sets_up_app};
#[cfg(test)]
pub(crate) use browser::{Browser, Tab};
#[cfg(test)]
pub(crate) use build::{Planned, release, report};
#[cfg(test)]
pub(crate) use certificate::{Certificate, Wanted};
#[cfg(test)]
pub(crate) use device::Device;
#[cfg(test)]
pub(crate) use files::{Kept, one_page, painted, pdf, stream};
#[cfg(test)]
pub(crate) use line::{Line, Spoken};
#[cfg(test)]
pub(crate) use page::Page;
#[cfg(test)]
pub(crate) use pictures::{PLANTED, Shot, jpeg, pixels, png, wired};
#[cfg(test)]
pub(crate) use room::{Room, at};
