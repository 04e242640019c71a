//! What readers must know at once stands above pages about problems too, which are laid out without the room.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use askama::Template;

use super::error_pages::ProblemPage;
use crate::storage::{ReadStore, StorageError, room};

/// Puts the room's notice above a page about a problem, unless it is staff's. Where the problem is that
/// the room cannot be read now, nobody waits for it a second time: the page itself needs no room.
pub async fn tell(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let of_staff = request.path() == "/admin" || request.path().starts_with("/admin/");
    let read = request.app_data::<Data<ReadStore>>().cloned();
    let response = next.call(request).await?;
    let laid_out = response
        .response()
        .extensions()
        .get::<ProblemPage>()
        .cloned();
    let bare = of_staff || response.status().is_server_error();
    let (Some(page), Some(read), false) = (laid_out, read, bare) else {
        return Ok(response.map_into_left_body());
    };
    let notice: Result<String, StorageError> = read.read(room::notice).await;
    let told = page.telling(notice.unwrap_or_default());
    match told.as_ref().map(Template::render) {
        Some(Ok(body)) => {
            let response = response.map_body(|_, _| BoxBody::new(body));
            Ok(response.map_into_right_body())
        }
        Some(Err(_)) | None => Ok(response.map_into_left_body()),
    }
}
