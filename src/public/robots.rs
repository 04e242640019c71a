//! What crawlers may read: everything public, nothing of staff's.

use actix_web::HttpRequest;

use crate::web::page::validated;
use crate::web::problem::Answer;

pub(super) async fn robots(request: HttpRequest) -> Answer {
    let rules = "User-agent: *\nDisallow: /admin\n".to_owned();
    validated(&request, "text/plain; charset=utf-8", rules)
}
