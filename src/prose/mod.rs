//! Text for readers: Markdown to safe HTML and to plain text, dates in words. Pure functions; they
//! know no newsroom, no store and no request.

pub mod blocks;
pub mod dates;
pub mod diff;
mod figures;
mod habits;
mod html;
mod ids;
pub mod json_ld;
mod links;
pub mod markdown;
mod plain;
mod quotation;
pub mod source;
mod tree;
