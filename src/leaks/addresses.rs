//! Which addresses a stranger tries: every route with every value that the room knows.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::StatusCode;

use crate::storage::secrets::Room;
use crate::web::paths;

/// The part of a route that a stranger cannot know: it is filled with something as long as a secret.
const SECRET: &str = "{secret}";

/// A route of the table has a part that the check has no values for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the route {pattern} has a part “{part}” that the leak check does not know how to fill")]
pub struct UnknownPart {
    pub pattern: String,
    pub part: String,
}

/// Every address of these routes, and lists with every filter of their query.
/// `secret` stands where a route has the secret of a pass.
pub(super) fn all(
    patterns: &[&str],
    room: &Room,
    secret: &str,
) -> Result<Vec<String>, UnknownPart> {
    let mut all = BTreeSet::new();
    for pattern in patterns {
        let pattern = pattern.replace(SECRET, secret);
        all.extend(filled(&pattern, room)?);
    }
    for subject in &room.subjects {
        for filter in ["topic", "place"] {
            all.insert(paths::with_query(paths::FRONT, &[(filter, subject)]));
        }
    }
    // A list's shortest pages.
    let pages = room.slugs.len() / 6 + 2;
    all.extend((2..=pages).map(|page| format!("/?page={page}")));
    Ok(all.into_iter().collect())
}

fn filled(pattern: &str, room: &Room) -> Result<Vec<String>, UnknownPart> {
    if let Some(before) = pattern.strip_suffix("/images/{hash}/{rendition}") {
        let of = |(hash, name): &(String, String)| format!("{before}{}", rendition(hash, name));
        return Ok(room.renditions.iter().map(of).collect());
    }
    let mut addresses = vec![String::new()];
    for part in pattern.split_inclusive('/') {
        let (part, slash) = part
            .strip_suffix('/')
            .map_or((part, ""), |part| (part, "/"));
        let values = values(pattern, part, room)?;
        addresses = addresses
            .iter()
            .flat_map(|before| {
                values
                    .iter()
                    .map(move |value| format!("{before}{value}{slash}"))
            })
            .collect();
    }
    Ok(addresses)
}

/// What a part of a route can be.
fn values(pattern: &str, part: &str, room: &Room) -> Result<Vec<String>, UnknownPart> {
    let Some(name) = part.strip_prefix('{') else {
        return Ok(vec![part.to_owned()]);
    };
    let name = name.split([':', '}']).next().unwrap_or_default();
    let years = || -> BTreeSet<String> {
        let begin = room.begins.iter().map(ToString::to_string);
        begin
            .filter_map(|text| text.get(..4).map(str::to_owned))
            .collect()
    };
    Ok(match name {
        "hash" => {
            let hashes: BTreeSet<_> = room.renditions.iter().map(|(hash, ..)| hash).collect();
            hashes.into_iter().cloned().collect()
        }
        "slug" if pattern.starts_with("/news/") => room.slugs.clone(),
        "slug" if pattern.starts_with("/pages/") => room.pages.clone(),
        "logo" => room
            .logos
            .iter()
            .map(|hash| format!("{hash}.png"))
            .collect(),
        "slug" => room.subjects.clone(),
        "file" => room.files.clone(),
        "page" => paths::first_page_names(),
        "kind" => room.kinds.clone(),
        "year" => years().into_iter().collect(),
        "month" => (1..=12).map(|month| format!("{month:02}")).collect(),
        _ => {
            return Err(UnknownPart {
                pattern: pattern.to_owned(),
                part: name.to_owned(),
            });
        }
    })
}

fn rendition(hash: &str, name: &str) -> String {
    format!("/images/{hash}/{name}")
}

/// An address that must answer as if nothing were there.
pub(super) struct Hidden {
    /// What it would betray.
    pub place: String,
    /// A picture or file of a removed item, of which readers are told that it is gone.
    is_gone: bool,
}

impl Hidden {
    /// Whether an answer of this status betrays nothing.
    pub(super) fn is_kept_by(&self, status: StatusCode) -> bool {
        status == StatusCode::NOT_FOUND || self.is_gone && status == StatusCode::GONE
    }
}

/// The addresses of what is not public, and every one of a pass that nobody has.
pub(super) fn hidden(room: &Room, asked: &[String], secret: &str) -> BTreeMap<String, Hidden> {
    let mut hidden = BTreeMap::new();
    let mut hide = |address: String, place: &str, is_gone: bool| {
        let place = place.to_owned();
        hidden.insert(address, Hidden { place, is_gone });
    };
    for address in asked.iter().filter(|address| address.contains(secret)) {
        hide(address.clone(), "a pass that nobody has", false);
    }
    for secret in &room.hidden_slugs {
        let slug = &secret.words;
        for address in [paths::news(slug), paths::card(slug), paths::paper(slug)] {
            hide(address, &secret.place, false);
        }
    }
    for secret in &room.hidden_subjects {
        for family in ["topics", "places"] {
            let address = format!("/{family}/{}", secret.words);
            hide(address, &secret.place, false);
        }
    }
    for secret in &room.hidden_images {
        let is_gone = room.gone_images.contains(&secret.words);
        hide(paths::full_size(&secret.words), &secret.place, is_gone);
        for (hash, name) in &room.renditions {
            if *hash == secret.words {
                hide(rendition(hash, name), &secret.place, is_gone);
            }
        }
    }
    for secret in &room.hidden_files {
        let is_gone = room.gone_files.contains(&secret.words);
        let file = paths::named_file(&secret.words);
        for page in paths::first_page_names() {
            hide(format!("{file}/{page}"), &secret.place, is_gone);
        }
        hide(file, &secret.place, is_gone);
    }
    hidden
}

/// The addresses of this room that an answer names.
pub(super) fn links(text: &str) -> Vec<String> {
    ["href=\"/", "src=\"/"]
        .into_iter()
        .flat_map(|start| text.split(start).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|rest| !rest.starts_with("admin") && !rest.starts_with("assets/"))
        .map(|rest| rest.replace("&#38;", "&").replace("&amp;", "&"))
        .filter_map(|rest| Some(format!("/{}", rest.split('#').next()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_with_a_part_that_nobody_can_fill_is_noticed() {
        let room = Room {
            slugs: vec!["a".to_owned(), "b".to_owned()],
            ..Room::default()
        };
        let all = |pattern: &'static str| all(&[pattern], &room, "x");
        let asked = all("/news/{slug}/history").unwrap();
        assert!(asked.contains(&"/news/a/history".to_owned()));
        let passes = all("/passes/{secret}/x").unwrap();
        assert!(passes.contains(&"/passes/x/x".to_owned()), "{passes:?}");
        assert_eq!(all("/colours/{colour}").unwrap_err().part, "colour");
    }

    #[test]
    fn links_of_the_room_are_followed_and_no_others() {
        let text = "<a href=\"/?page=2&#38;topic=sea#top\"><a href=\"https://x/\"><img src=\"/images/1/2.jpg\"><a href=\"/admin\">";
        assert_eq!(links(text), ["/?page=2&topic=sea", "/images/1/2.jpg"]);
    }
}
