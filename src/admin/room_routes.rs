//! The addresses under /admin of what runs the room: its journal.

use actix_web::web;

use super::{journal, journal_entry, journal_table};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/log", web::get().to(journal::open))
        .route("/log.csv", web::get().to(journal_table::download))
        .route("/log/{number}", web::get().to(journal_entry::open))
        .route(
            "/log/{number}/return",
            web::post().to(journal_entry::take_back),
        );
}
