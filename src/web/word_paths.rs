//! The addresses of the pages of topics, places, kinds and the journal.

use crate::newsroom::{KindId, SubjectFamily, SubjectId};

pub const LOG: &str = "/admin/log";
/// Topics and places, as editors run them.
pub const TOPICS: &str = "/admin/topics";
pub const PLACES: &str = "/admin/places";
/// Loading the countries among the places.
pub const COUNTRIES: &str = "/admin/places/countries";
/// The kinds, as admins run them.
pub const KINDS: &str = "/admin/kinds";
/// What the journal's page shows, as a table for spreadsheets.
pub const LOG_TABLE: &str = "/admin/log.csv";

/// The topics or the places, for staff.
pub fn words(family: SubjectFamily) -> &'static str {
    match family {
        SubjectFamily::Topic => TOPICS,
        SubjectFamily::Place => PLACES,
    }
}

/// One of them.
pub fn word(family: SubjectFamily, id: SubjectId) -> String {
    format!("{}/{id}", words(family))
}

/// Deleting it.
pub fn word_end(family: SubjectFamily, id: SubjectId) -> String {
    format!("{}/{id}/end", words(family))
}

/// Making it into another one.
pub fn merger(family: SubjectFamily, id: SubjectId) -> String {
    format!("{}/{id}/merger", words(family))
}

/// A kind, for admins.
pub fn kind_page(id: KindId) -> String {
    format!("{KINDS}/{id}")
}

/// Deleting it.
pub fn kind_end(id: KindId) -> String {
    format!("{KINDS}/{id}/end")
}

/// Making it into another one.
pub fn kind_merger(id: KindId) -> String {
    format!("{KINDS}/{id}/merger")
}

/// What an entry of the journal changed.
pub fn log_entry(number: i64) -> String {
    format!("{LOG}/{number}")
}

/// Taking back the settings that it changed.
pub fn log_entry_return(number: i64) -> String {
    format!("{LOG}/{number}/return")
}
