//! Metrics on an address of their own, so that no reader's address ever tells them.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};

use super::meters::Meters;
use super::prometheus::{Told, text};
use super::reading;
use crate::clock::Clock;
use crate::storage::{ReadStore, Store};

/// What a scrape asks.
#[derive(Clone)]
pub struct Asked {
    pub meters: Arc<Meters>,
    pub store: Store,
    pub read: ReadStore,
    pub clock: Clock,
}

/// Answers `/metrics` on this listener, and nothing else.
pub fn serve(listener: TcpListener, asked: Asked) -> io::Result<Server> {
    let asked = Data::new(asked);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(asked.clone())
            .route("/metrics", web::get().to(metrics))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

async fn metrics(asked: Data<Asked>) -> HttpResponse {
    let reading = match reading::read(&asked.read, asked.clock.now()).await {
        Ok(reading) => reading,
        Err(cause) => {
            tracing::error!(%cause, "the metrics could not be read");
            return HttpResponse::ServiceUnavailable().finish();
        }
    };
    let told = Told {
        meters: &asked.meters,
        written: asked.store.written(),
        epoch: asked.read.epoch(),
        reading: &reading,
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text(&told))
}
