//! What a journalist with an embargo pass sees: the terms, then the item and its pictures, until it is public.

mod file;
mod first_page;
mod page;
mod picture;

use actix_web::HttpRequest;
use actix_web::web::{self, Data};

use crate::clock::{Clock, Instant};
use crate::desk;
use crate::newsroom::pass::Deed;
use crate::newsroom::{AddressSecret, Lane, Pass, PassId};
use crate::public::segment;
use crate::storage::{ReadStore, ReadTx, StorageError, Store, passes, publications};
use crate::web::Problem;
use crate::web::page::reads;

/// Every route of passes; a secret that opens nothing gets what anything gets that is not there.
pub const ROUTES: &[&str] = &[OPEN, ACCEPTANCE, FILE, FIRST_PAGE, PICTURE];
const OPEN: &str = "/passes/{secret}";
const ACCEPTANCE: &str = "/passes/{secret}/acceptance";
const FILE: &str = "/passes/{secret}/files/{file}";
const FIRST_PAGE: &str = "/passes/{secret}/files/{file}/{page}";
const PICTURE: &str = "/passes/{secret}/images/{hash}/{rendition}";

pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route(OPEN, reads().to(page::open))
        .route(ACCEPTANCE, web::post().to(page::accept))
        .route(FILE, reads().to(file::download))
        .route(FIRST_PAGE, reads().to(first_page::picture))
        .route(PICTURE, reads().to(picture::rendition));
}

/// What the handlers are given.
type Stores = (Data<ReadStore>, Data<Store>, Data<Clock>);

/// A pass with the publications of its item.
struct Held {
    secret: AddressSecret,
    pass: Pass,
    lane: Lane,
}

/// The secret of the address; what cannot be one opens nothing.
fn secret_of(request: &HttpRequest) -> Result<AddressSecret, Problem> {
    let secret = segment(request, "secret").parse();
    secret.map_err(|_no_secret| Problem::NotFound)
}

fn held(tx: &mut ReadTx<'_>, secret: AddressSecret) -> Result<Held, Problem> {
    let pass = passes::find(tx, &secret)?.ok_or(Problem::NotFound)?;
    let lane = publications::lane(tx, pass.item)?;
    Ok(Held { secret, pass, lane })
}

/// What is to be noted of an answer before it is given: nothing is shown that the log does not hold.
type Note = Option<(PassId, Deed)>;

/// Nothing where this minute's note stands already.
fn to_note(tx: &mut ReadTx<'_>, pass: PassId, deed: Deed, now: Instant) -> Result<Note, Problem> {
    let noted = passes::is_noted(tx, pass, deed, now)?;
    Ok((!noted).then_some((pass, deed)))
}

async fn keep(store: &Store, note: Note, now: Instant) -> Result<(), Problem> {
    let Some((pass, deed)) = note else {
        return Ok(());
    };
    let kept: Result<(), StorageError> = store
        .jot(move |tx| desk::passes::note(tx, pass, deed, now))
        .await;
    Ok(kept?)
}
