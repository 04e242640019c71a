//! What crawlers may read: everything public, nothing of staff's.

use crate::web::page::validated;
use crate::web::problem::Answer;

pub(super) async fn robots() -> Answer {
    let rules = "User-agent: *\nDisallow: /admin\n".to_owned();
    validated("text/plain; charset=utf-8", rules)
}
