//! Loading the countries as places, each once.

use actix_web::HttpRequest;

use super::words::Stores;
use crate::desk::{self, Done, Failure};
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::{Sent, Staff, assets, paths, see_other};

pub(super) async fn load(
    request: HttpRequest,
    staff: Staff,
    form: Sent,
    (_, store, clock): Stores,
) -> Answer {
    let editor = staff.editor()?;
    let (key, all) = (form.0.form_key()?, assets::countries());
    let done: Result<Done<usize>, Failure> = store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::words::add_countries(tx, &all, &sent, editor)
        })
        .await;
    match done? {
        Done::Now(0) => say(&request, "Every country was here already."),
        Done::Now(1) => say(&request, "One country was added."),
        Done::Now(added) => say(&request, &format!("{added} countries were added.")),
        Done::Before(_) => say(&request, "The countries were added before."),
    }
    see_other(paths::PLACES)
}
