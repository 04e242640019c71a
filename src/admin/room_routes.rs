//! The addresses under /admin of what runs the room: its journal, its kinds, its topics and places, and of several items at once.

use actix_web::web;

use super::{
    calendar, countries, journal, journal_entry, journal_table, kind_merger, kinds, logos, merger,
    settings, settings_preview, several, word, words,
};
use crate::newsroom::SubjectFamily::{Place, Topic};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/log", web::get().to(journal::open))
        .route("/log.csv", web::get().to(journal_table::download))
        .route("/log/{number}", web::get().to(journal_entry::open))
        .route(
            "/log/{number}/return",
            web::post().to(journal_entry::take_back),
        )
        .route("/items/several", web::get().to(several::open))
        .route("/items/several", web::post().to(several::send))
        .route("/kinds", web::get().to(kinds::open))
        .route("/kinds", web::post().to(kinds::add))
        .route("/kinds/{number}", web::get().to(kinds::open_one))
        .route("/kinds/{number}", web::post().to(kinds::change))
        .route("/kinds/{number}/end", web::post().to(kinds::delete))
        .route("/kinds/{number}/merger", web::get().to(kind_merger::open))
        .route("/kinds/{number}/merger", web::post().to(kind_merger::send));
    config
        .route("/settings", web::get().to(settings::open))
        .route("/settings", web::post().to(settings::send))
        .route("/settings/preview", web::post().to(settings_preview::show))
        .route("/settings/logos", web::get().to(logos::open))
        .route("/settings/logos/{place}", web::post().to(logos::send))
        .route(
            "/settings/logos/{place}/end",
            web::post().to(logos::take_away),
        );
    calendar_routes(config);
    word_routes(config);
}

fn calendar_routes(config: &mut web::ServiceConfig) {
    config
        .route("/calendar", web::get().to(calendar::open))
        .route("/calendar/address", web::post().to(calendar::make_address))
        .route(
            "/calendar/address/end",
            web::post().to(calendar::end_address),
        );
}

fn word_routes(config: &mut web::ServiceConfig) {
    config
        .route("/topics", words::opens_list(Topic))
        .route("/topics", words::adds(Topic))
        .route("/topics/{number}", word::opens_one(Topic))
        .route("/topics/{number}", word::changes(Topic))
        .route("/topics/{number}/end", word::deletes(Topic))
        .route("/topics/{number}/merger", merger::opens(Topic))
        .route("/topics/{number}/merger", merger::sends(Topic))
        .route("/places", words::opens_list(Place))
        .route("/places", words::adds(Place))
        .route("/places/countries", web::post().to(countries::load))
        .route("/places/{number}", word::opens_one(Place))
        .route("/places/{number}", word::changes(Place))
        .route("/places/{number}/end", word::deletes(Place))
        .route("/places/{number}/merger", merger::opens(Place))
        .route("/places/{number}/merger", merger::sends(Place));
}
