//! Whether the process answers, and whether its database does. Programs ask that every few seconds,
//! so it costs next to nothing, is kept nowhere and tells nothing else.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;

use crate::storage::{ReadStore, facts};

pub(super) async fn is_up() -> HttpResponse {
    told(StatusCode::OK, "ok\n")
}

pub(super) async fn is_ready(read: Data<ReadStore>) -> HttpResponse {
    match read.read(facts::answers).await {
        Ok(()) => told(StatusCode::OK, "ready\n"),
        Err(cause) => {
            tracing::warn!(%cause, "the database does not answer");
            told(
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}

fn told(status: StatusCode, words: &'static str) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(words)
}
