//! The addresses under /admin of the library. `{number}` is the image's.

use actix_web::web;

use super::{
    alt_texts, collections, image_replacement, image_trash, images, several_pictures, upload,
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/images", web::get().to(images::library))
        .route("/images", web::post().to(upload::upload))
        .route("/images/progress", web::get().to(upload::progress))
        .route("/images/several", web::get().to(several_pictures::open))
        .route("/images/several", web::post().to(several_pictures::send))
        .route("/images/alt-text", web::get().to(alt_texts::open))
        .route("/images/alt-text", web::post().to(alt_texts::save))
        .configure(of_collections)
        .route("/images/{number}", web::get().to(images::open))
        .route("/images/{number}", web::post().to(images::describe))
        .route("/images/{number}/end", web::post().to(image_trash::put_in))
        .route(
            "/images/{number}/return",
            web::post().to(image_trash::take_out),
        )
        .route(
            "/images/{number}/file",
            web::get().to(image_replacement::open),
        )
        .route(
            "/images/{number}/file",
            web::post().to(image_replacement::send),
        )
        .route(
            "/images/{number}/{rendition}",
            web::get().to(images::rendition),
        );
}

/// Before those of one picture, whose number would stand in the same place.
fn of_collections(config: &mut web::ServiceConfig) {
    config
        .route("/images/collections", web::get().to(collections::open))
        .route("/images/collections", web::post().to(collections::add))
        .route(
            "/images/collections/{number}",
            web::get().to(collections::open_one),
        )
        .route(
            "/images/collections/{number}",
            web::post().to(collections::rename),
        )
        .route(
            "/images/collections/{number}/end",
            web::post().to(collections::delete),
        );
}
