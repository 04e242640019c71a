//! The rules of the newsroom: words that are valid from birth, the two lanes, and who may do what.
//! Nothing here knows HTTP, SQL or the time; facts come in, decisions go out.

pub mod account_news;
mod address_secret;
pub mod alt_text;
pub mod calendar;
pub mod country;
pub mod draft;
pub mod factors;
pub mod file_photo;
pub mod hold;
pub mod item;
pub mod journal;
pub mod kind_words;
pub mod library;
pub mod mail;
pub mod moves;
pub mod nesting;
pub mod pass;
pub mod publication;
pub mod publishing;
mod quotations;
pub mod refusal;
pub mod revision;
pub mod room;
pub mod room_pages;
pub mod schedule;
pub mod settings;
pub mod silent_edit;
pub mod situation;
pub mod slug;
pub mod staffing;
pub mod tags;
pub mod words;

pub use account_news::AccountNews;
pub use address_secret::{AddressSecret, NoSecret};
pub use draft::{Approval, ApprovalId, Comment, CommentId, Draft, DraftState, Stage};
pub use factors::{BehindPassword, FactorRule, Factors};
pub use item::{Graphic, ItemId, Kind, KindId, Subject, SubjectFamily, SubjectId, SubjectName};
pub use mail::{Event, MailId, MailState};
pub use moves::Move;
pub use pass::{Pass, PassId};
pub use publication::{Change, Face, Lane, NewPublication, Publication, PublicationId, Seen};
pub use refusal::Refusal;
pub use revision::{ContentHash, Lead, Revision, RevisionId, Shape, Wording};
pub use situation::{Passes, SecondPair, Situation, Unsigned};
pub use staffing::{Account, AccountState, LinkPurpose};
