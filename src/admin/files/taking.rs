//! A file on its way in: received within the places of uploads, looked at off the async threads.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;

use crate::admin::intake::IntakeDesk;
use crate::admin::upload_form::{Reading, Received, one_file};
use crate::apart::{Apart, End};
use crate::media::TakenFile;
use crate::media::files::{FileError, PdfReport, look_at_with};
use crate::web::Problem;

/// The word of the command line that begins the process in which a PDF is looked at.
pub const LOOKS_AT_PDF: &str = "look-at-pdf";

/// A file that is taken, with the key of its form.
pub(super) struct Come {
    pub key: String,
    pub name: String,
    pub bytes: Vec<u8>,
    pub taken: TakenFile,
}

/// Why it is not, as the page says it.
pub(super) type No = (StatusCode, String);

pub(super) async fn come(
    form: Multipart,
    intake: &IntakeDesk,
) -> Result<Result<Come, No>, Problem> {
    let reading = Reading::of(form);
    let Some(place) = intake.place() else {
        // Whoever never finishes sending hears nothing, and needs to hear nothing.
        let _sent = reading.skip_the_rest().await;
        let busy = "Too many files are on their way just now. Nothing of yours was taken; send it \
                    again in half a minute.";
        return Ok(Err((StatusCode::SERVICE_UNAVAILABLE, busy.to_owned())));
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let come = match one_file(reading).await? {
        Ok(sent) => looked_at(intake, sent).await?,
        Err(sentence) => Err(sentence),
    };
    drop(place);
    Ok(come.map_err(|sentence| (unprocessable, sentence)))
}

async fn looked_at(
    intake: &IntakeDesk,
    (key, (name, bytes)): Received,
) -> Result<Result<Come, String>, Problem> {
    let apart = intake.apart().clone();
    let looking = intake.decoded(move || {
        let pages = |pdf: &[u8]| pages_of(&apart, pdf);
        match look_at_with(&name, &bytes, &pages) {
            Ok(taken) => Ok(Come {
                key,
                name,
                bytes,
                taken,
            }),
            Err(error) => Err(format!("{name}: {error}")),
        }
    });
    looking.await
}

/// What another process finds in a PDF.
fn pages_of(apart: &Apart, pdf: &[u8]) -> Result<u32, FileError> {
    match apart.work(LOOKS_AT_PDF, (pdf, PdfReport::LONGEST), &|| false) {
        Ok(End::Done(sent)) => {
            let report = PdfReport::received(&sent);
            report.map_or(Err(FileError::Unread), PdfReport::pages)
        }
        Ok(End::Nothing(why)) => {
            tracing::warn!(why, "a PDF could not be looked at");
            Err(FileError::Tangled)
        }
        Ok(End::Left) => Err(FileError::Unread),
        Err(cause) => {
            tracing::error!(%cause, "no PDF can be looked at");
            Err(FileError::Unread)
        }
    }
}
