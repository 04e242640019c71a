//! The only SQL. [`ReadStore`] and [`Store`] lend transactions; the modules below ask the questions.

pub mod account_links;
pub mod autosaves;
pub mod calendar;
pub mod changes;
mod columns;
pub mod comments;
mod connection;
pub mod drafts;
pub mod editing;
pub mod embedded;
mod epoch;
mod error;
mod folded;
pub mod forms;
pub mod handed_on;
pub mod history;
pub mod holds;
pub mod images;
pub mod items;
pub mod journal;
mod json;
pub mod listings;
pub mod mails;
pub mod passes;
pub mod people;
pub mod publications;
pub mod reading;
mod related;
pub mod room;
mod schema;
pub mod secrets;
pub mod sessions;
pub mod subjects;
pub mod uses;

pub use connection::{ReadStore, ReadTx, Store, Watch, WriteTx, open};
pub use error::StorageError;
