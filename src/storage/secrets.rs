//! What the leak check looks for: everything that readers must not see, and what they may.

use std::collections::BTreeSet;

use diesel::dsl::not;
use diesel::prelude::*;

use super::columns::from_json;
use super::publications::{public_at, was_public_by};
use super::schema::{
    autosaves, comments, former_slugs, holds, logos, passes, people, place_parents, publications,
    revision_subjects, revisions, room, slugs, subjects,
};
use super::{ReadTx, StorageError, secret_files, secret_pictures};
use crate::clock::Instant;
use crate::newsroom::room_pages::TextPage;

/// Words or an address that only staff may see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret {
    /// Where it stands, such as `item 7, body`.
    pub place: String,
    pub words: String,
}

/// A room as the check sees it.
#[derive(Debug, Default)]
pub struct Room {
    /// Words of everything that is not public.
    pub words: Vec<Secret>,
    /// Slugs of items that never were public.
    pub hidden_slugs: Vec<Secret>,
    /// Names in addresses of topics and places that only hidden words name.
    pub hidden_subjects: Vec<Secret>,
    /// Hashes of images that no public page shows.
    pub hidden_images: Vec<Secret>,
    /// Those among them that went with a removed item: that they are gone is no secret.
    pub gone_images: BTreeSet<String>,
    /// Everything that readers may read, in no order.
    pub public_words: Vec<String>,
    /// Names in addresses of files that no public page offers.
    pub hidden_files: Vec<Secret>,
    /// Those among them that went with a removed item.
    pub gone_files: BTreeSet<String>,
    /// Names in addresses of all files.
    pub files: Vec<String>,
    pub slugs: Vec<String>,
    pub subjects: Vec<String>,
    pub kinds: Vec<String>,
    /// Slugs of the pages of plain text.
    pub pages: Vec<String>,
    /// Hashes of all pictures that are or were the room's own.
    pub logos: Vec<String>,
    /// The hash of its picture and the name of every rendition.
    pub renditions: Vec<(String, String)>,
    /// Every instant at which anything begins to be public, also in time to come.
    pub begins: Vec<Instant>,
}

/// The revisions that readers see now, or saw before and may go on reading about.
fn readable(tx: &mut ReadTx<'_>, now: Instant) -> Result<BTreeSet<i64>, StorageError> {
    let present: public_at = public_at(now.millis());
    let removed: Vec<i64> = publications::table
        .filter(present)
        .filter(publications::face.eq_any(["gone", "moved"]))
        .select(publications::item_id)
        .load(tx.connection())?;
    let begun: Vec<(i64, i64)> = publications::table
        .filter(was_public_by(now.millis()))
        .select((publications::item_id, publications::revision_id))
        .load(tx.connection())?;
    let removed: BTreeSet<i64> = removed.into_iter().collect();
    let kept = begun
        .into_iter()
        .filter(|(item, _)| !removed.contains(item));
    Ok(kept.map(|(_, revision)| revision).collect())
}

pub fn room(tx: &mut ReadTx<'_>, now: Instant) -> Result<Room, StorageError> {
    let mut found = Room::default();
    texts(tx, now, &mut found)?;
    of_staff(tx, &mut found)?;
    addresses(tx, now, &mut found)?;
    topics_and_places(tx, now, &mut found)?;
    secret_pictures::pictures(tx, now, &mut found)?;
    secret_files::files(tx, now, &mut found)?;
    Ok(found)
}

/// Item, id, title, summary, body, dateline, notes.
type Text = (i64, i64, String, String, String, (String, String));

fn texts(tx: &mut ReadTx<'_>, now: Instant, found: &mut Room) -> Result<(), StorageError> {
    let readable = readable(tx, now)?;
    let rows: Vec<Text> = revisions::table
        .select((
            revisions::item_id,
            revisions::id,
            revisions::title,
            revisions::summary,
            revisions::body,
            (revisions::dateline, revisions::notes),
        ))
        .load(tx.connection())?;
    for (item, id, title, summary, body, (dateline, notes)) in rows {
        let parts = [
            ("title", title),
            ("summary", summary),
            ("body", body),
            ("dateline", dateline),
            ("notes", notes),
        ];
        for (part, words) in parts {
            if readable.contains(&id) {
                found.public_words.push(words);
            } else {
                found.words.push(Secret {
                    place: format!("item {item}, {part}"),
                    words,
                });
            }
        }
    }
    notes(tx, now, found)?;
    own_words(tx, found)
}

/// Notes that readers were told, and those that they will be or never are.
fn notes(tx: &mut ReadTx<'_>, now: Instant, found: &mut Room) -> Result<(), StorageError> {
    let told: Vec<String> = publications::table
        .filter(was_public_by(now.millis()))
        .select(publications::public_note)
        .load(tx.connection())?;
    found.public_words.extend(told);
    let untold: Vec<(i64, String)> = publications::table
        .filter(not(was_public_by(now.millis())))
        .select((publications::item_id, publications::public_note))
        .load(tx.connection())?;
    found.words.extend(secrets("note of item", untold));
    Ok(())
}

/// Words of rows with numbers.
fn secrets(what: &str, rows: Vec<(i64, String)>) -> impl Iterator<Item = Secret> {
    rows.into_iter().map(move |(number, words)| Secret {
        place: format!("{what} {number}"),
        words,
    })
}

/// What the room says of itself.
fn own_words(tx: &mut ReadTx<'_>, found: &mut Room) -> Result<(), StorageError> {
    let own: Option<(String, String, String, String, String)> = room::table
        .select((
            room::name,
            room::mission,
            room::introduction,
            room::contacts,
            room::boilerplate,
        ))
        .first(tx.connection())
        .optional()?;
    let (name, mission, introduction, contacts, boilerplate) = own.unwrap_or_default();
    found
        .public_words
        .extend([name, mission, introduction, contacts, boilerplate]);
    let around: Option<(String, String, String)> = room::table
        .select((room::notice, room::footer_links, room::pages))
        .first(tx.connection())
        .optional()?;
    let Some((notice, footer_links, pages)) = around else {
        return Ok(());
    };
    found.logos = logos::table.select(logos::hash).load(tx.connection())?;
    let pages: Vec<TextPage> = from_json("room.pages", &pages)?;
    found.public_words.extend([notice, footer_links]);
    for page in pages {
        found.public_words.extend([page.title, page.body]);
        found.pages.push(page.slug);
    }
    Ok(())
}

/// What staff tell each other, and how they sign in.
fn of_staff(tx: &mut ReadTx<'_>, found: &mut Room) -> Result<(), StorageError> {
    let comments: Vec<(i64, String)> = comments::table
        .select((comments::item_id, comments::words))
        .load(tx.connection())?;
    let reasons: Vec<(i64, String)> = publications::table
        .filter(publications::reason.ne(""))
        .select((publications::item_id, publications::reason))
        .load(tx.connection())?;
    let holds: Vec<(i64, String)> = holds::table
        .select((holds::id, holds::reason))
        .load(tx.connection())?;
    let mails: Vec<(i64, String)> = people::table
        .select((people::id, people::email))
        .load(tx.connection())?;
    let passes: Vec<(i64, String, String, String, String)> = passes::table
        .select((
            passes::id,
            passes::holder,
            passes::outlet,
            passes::mail,
            passes::terms,
        ))
        .load(tx.connection())?;
    let passes = passes
        .into_iter()
        .flat_map(|(id, a, b, c, d)| [a, b, c, d].map(|words| (id, words)))
        .collect();
    for (what, rows) in [
        ("comment on item", comments),
        ("reason at item", reasons),
        ("reason of hold", holds),
        ("mail of person", mails),
        ("pass", passes),
    ] {
        found.words.extend(secrets(what, rows));
    }
    unsaved(tx, found)
}

/// What somebody typed and has not saved.
fn unsaved(tx: &mut ReadTx<'_>, found: &mut Room) -> Result<(), StorageError> {
    let typed: Vec<(i64, String)> = autosaves::table
        .select((autosaves::person_id, autosaves::fields))
        .load(tx.connection())?;
    for (person, fields) in typed {
        for (field, words) in form_urlencoded::parse(fields.as_bytes()) {
            found.words.push(Secret {
                place: format!("unsaved {field} of person {person}"),
                words: words.into_owned(),
            });
        }
    }
    Ok(())
}

fn addresses(tx: &mut ReadTx<'_>, now: Instant, found: &mut Room) -> Result<(), StorageError> {
    let began = publications::table
        .inner_join(revisions::table.on(revisions::id.eq(publications::revision_id)))
        .filter(was_public_by(now.millis()))
        .select(revisions::slug);
    let open: BTreeSet<String> = began.load(tx.connection())?.into_iter().collect();
    let all: Vec<(String, i64)> = slugs::table
        .select((slugs::slug, slugs::item_id))
        .load(tx.connection())?;
    for (slug, item) in all {
        if !open.contains(&slug) {
            found.hidden_slugs.push(Secret {
                place: format!("item {item}, slug"),
                words: slug.clone(),
            });
        }
        found.slugs.push(slug);
    }
    let gone = super::schema::kind_mergers::table.select(super::schema::kind_mergers::kind_id);
    found.kinds = super::schema::kinds::table
        .filter(not(super::schema::kinds::id.eq_any(gone)))
        .select(super::schema::kinds::slug)
        .load(tx.connection())?;
    let begins: Vec<i64> = publications::table
        .select(publications::from_at)
        .load(tx.connection())?;
    found.begins = begins.into_iter().map(Instant::from_millis).collect();
    Ok(())
}

fn topics_and_places(
    tx: &mut ReadTx<'_>,
    now: Instant,
    found: &mut Room,
) -> Result<(), StorageError> {
    let present: public_at = public_at(now.millis());
    let mut named: BTreeSet<i64> = revision_subjects::table
        .inner_join(
            publications::table.on(publications::revision_id.eq(revision_subjects::revision_id)),
        )
        .filter(present)
        .filter(publications::face.eq("live"))
        .select(revision_subjects::subject_id)
        .load(tx.connection())?
        .into_iter()
        .collect();
    named.extend(above(tx, &named)?);
    let led: Vec<(String, String, i64)> = former_slugs::table
        .select((
            former_slugs::family,
            former_slugs::slug,
            former_slugs::subject_id,
        ))
        .load(tx.connection())?;
    found
        .subjects
        .extend(led.iter().map(|(_, slug, _)| slug.clone()));
    let subjects: Vec<(i64, String, String)> = subjects::table
        .select((subjects::id, subjects::family, subjects::slug))
        .load(tx.connection())?;
    for (id, family, slug) in subjects {
        let leads = led
            .iter()
            .any(|(of, old, to)| *of == family && *old == slug && named.contains(to));
        if !named.contains(&id) && !leads {
            found.hidden_subjects.push(Secret {
                place: format!("{family} {slug}"),
                words: slug.clone(),
            });
        }
        found.subjects.push(slug);
    }
    Ok(())
}

/// The places above these: their pages show what is below them.
fn above(tx: &mut ReadTx<'_>, named: &BTreeSet<i64>) -> Result<BTreeSet<i64>, StorageError> {
    let parents: Vec<(i64, i64)> = place_parents::table
        .select((place_parents::place_id, place_parents::parent_id))
        .load(tx.connection())?;
    let of = |places: &BTreeSet<i64>| -> BTreeSet<i64> {
        let found = parents.iter().filter(|(place, _)| places.contains(place));
        found.map(|(_, parent)| *parent).collect()
    };
    let mut above = of(named);
    above.extend(of(&above.clone()));
    Ok(above)
}
