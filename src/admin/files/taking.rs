//! A file on its way in: received within the places of uploads, looked at off the async threads.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;

use crate::admin::intake::IntakeDesk;
use crate::admin::upload_form::{Reading, Received, one_file};
use crate::media::TakenFile;
use crate::media::files::look_at;
use crate::web::Problem;

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
        Ok(sent) => looked_at(sent).await?,
        Err(sentence) => Err(sentence),
    };
    drop(place);
    Ok(come.map_err(|sentence| (unprocessable, sentence)))
}

async fn looked_at((key, (name, bytes)): Received) -> Result<Result<Come, String>, Problem> {
    let looking = tokio::task::spawn_blocking(move || match look_at(&name, &bytes) {
        Ok(taken) => Ok(Come {
            key,
            name,
            bytes,
            taken,
        }),
        Err(error) => Err(format!("{name}: {error}")),
    });
    looking.await.map_err(Problem::broken)
}
