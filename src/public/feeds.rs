//! The Atom feed of the front page (RFC 4287): a correction keeps an entry's id and moves `updated`.

use actix_web::web::Data;
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use super::{LISTS, PublicAddress, open_frame};
use crate::clock::{Clock, Instant};
use crate::newsroom::Face;
use crate::newsroom::logo::Logo;
use crate::prose::markdown;
use crate::storage::listings::{self, FeedLine};
use crate::storage::room::Frame;
use crate::storage::{ReadStore, ReadTx};
use crate::web::page::{showing, validated};
use crate::web::problem::Answer;
use crate::web::{Problem, paths};

pub(super) async fn atom(
    read: Data<ReadStore>,
    clock: Data<Clock>,
    address: Data<PublicAddress>,
) -> Answer {
    let now = clock.now();
    let feed = read.read(move |tx| feed(tx, &address, now)).await?;
    let answer = validated("application/atom+xml; charset=utf-8", feed.to_string());
    showing(answer, LISTS.to_vec())
}

fn feed(tx: &mut ReadTx<'_>, address: &PublicAddress, now: Instant) -> Result<Feed, Problem> {
    let frame = open_frame(tx)?;
    let lines = listings::for_feed(tx, now)?;
    let updated = lines
        .iter()
        .map(changed_at)
        .max()
        .unwrap_or(Instant::from_millis(0));
    Ok(Feed {
        title: Text::plain(frame.room.name.as_str()),
        subtitle: Some(Text::plain(frame.room.introduction.as_str())),
        id: format!("urn:uuid:{}", frame.room.uid),
        updated: moment(updated),
        links: vec![
            link("self", &address.0, paths::FEED),
            link("alternate", &address.0, paths::FRONT),
        ],
        authors: vec![Person {
            name: frame.room.name.as_str().to_owned(),
            ..Person::default()
        }],
        icon: frame.room.icon.as_ref().map(|icon| logo(icon, address)),
        logo: frame.room.logo.as_ref().map(|own| logo(own, address)),
        generator: Some(Generator {
            value: "Dateline".to_owned(),
            ..Generator::default()
        }),
        entries: lines
            .iter()
            .map(|line| entry(line, &frame, address))
            .collect(),
        ..Feed::default()
    })
}

fn entry(line: &FeedLine, frame: &Frame, address: &PublicAddress) -> Entry {
    let kind = frame.kinds.iter().find(|kind| kind.id == line.kind);
    Entry {
        title: Text::plain(&line.title),
        id: format!("urn:uuid:{}", line.uid),
        updated: moment(changed_at(line)),
        published: Some(moment(line.published_at)),
        summary: Some(Text::plain(match line.face {
            Face::Withdrawn => format!("Withdrawn: {}", line.public_note),
            Face::Live | Face::Gone | Face::Moved => line.summary.clone(),
        })),
        content: (line.face == Face::Live).then(|| Content {
            content_type: Some("text".to_owned()),
            value: Some(markdown::to_text(&line.body)),
            ..Content::default()
        }),
        categories: kind
            .map(|kind| atom_syndication::Category {
                term: kind.slug.clone(),
                label: Some(kind.name.clone()),
                ..Default::default()
            })
            .into_iter()
            .collect(),
        links: vec![Link {
            hreflang: Some(line.language.clone()),
            ..link("alternate", &address.0, &paths::news(&line.slug))
        }],
        ..Entry::default()
    }
}

fn logo(logo: &Logo, address: &PublicAddress) -> String {
    format!("{}{}", address.0, paths::logo(&logo.hash))
}

fn changed_at(line: &FeedLine) -> Instant {
    line.updated_at.unwrap_or(line.published_at)
}

fn link(rel: &str, address: &str, path: &str) -> Link {
    Link {
        rel: rel.to_owned(),
        href: format!("{address}{path}"),
        ..Link::default()
    }
}

fn moment(instant: Instant) -> FixedDateTime {
    instant.to_string().parse().unwrap_or_default()
}
