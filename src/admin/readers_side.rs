//! What readers see now, on a copy below /admin: the readers' own pages stay the same for everybody, and
//! staff find the way to the editor above this one.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::rewriting::rewritten;
use super::time_travel::{TimeMachine, is_html, of_readers, readers_address};
use crate::clock::Clock;
use crate::newsroom::slug::Slug;
use crate::storage::{ReadStore, ReadTx, items};
use crate::web::problem::Answer;
use crate::web::view::Link;
use crate::web::{Problem, Staff, paths, see_other};

/// Above every page of the copy.
#[derive(Template)]
#[template(path = "admin/readers_bar.html")]
struct ReadersBar {
    links: Vec<Link>,
}

pub(super) async fn look(
    request: HttpRequest,
    _staff: Staff,
    machine: Data<TimeMachine>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    let address = request.uri().to_string();
    let rest = address.strip_prefix(paths::READERS).unwrap_or_default();
    let Some(asked) = readers_address(rest) else {
        return see_other(&paths::copy_for_staff(paths::FRONT));
    };
    let path = asked.path().to_owned();
    let sight = machine.0(clock.now(), asked).await?;
    let mut response = HttpResponse::build(sight.status);
    if let Some(content_type) = sight.content_type.clone() {
        response.insert_header((header::CONTENT_TYPE, content_type));
    }
    if let Some(location) = sight.location {
        response.insert_header((header::LOCATION, led(&location)));
    }
    if !is_html(sight.content_type.as_ref()) {
        return Ok(response.body(sight.body));
    }
    let bar = read.read(move |tx| bar(tx, &path)).await?;
    let html = std::str::from_utf8(&sight.body).map_err(Problem::broken)?;
    Ok(response.body(rewritten(html, &bar.render()?, led)?))
}

/// Addresses of the readers' side stay in the copy.
fn led(address: &str) -> String {
    if of_readers(address) {
        paths::copy_for_staff(address)
    } else {
        address.to_owned()
    }
}

fn bar(tx: &mut ReadTx<'_>, path: &str) -> Result<ReadersBar, Problem> {
    let mut links = Vec::new();
    if let Some(slug) = slug_of(path)
        && let Some(item) = items::owner_of(tx, &slug)?
    {
        links.push(Link::new("Edit this item", paths::item(item)));
    }
    links.push(Link::new("Back to my work", paths::MY_WORK));
    Ok(ReadersBar { links })
}

/// `/news/{slug}` and what stands below it.
fn slug_of(path: &str) -> Option<Slug> {
    let below = path.strip_prefix("/news/")?;
    below.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_known_by_its_address_and_by_those_below() {
        let slug = |path| slug_of(path).map(|slug| slug.as_str().to_owned());
        assert_eq!(slug("/news/ferry-stops").as_deref(), Some("ferry-stops"));
        assert_eq!(
            slug("/news/ferry-stops/history").as_deref(),
            Some("ferry-stops")
        );
        assert_eq!(slug("/reports"), None);
    }
}
