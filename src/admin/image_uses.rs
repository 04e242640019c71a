//! Where a picture is used, what a change of it touches, and whether it can go to the trash.

use super::Visit;
use super::images_page::{name, pick, used_in};
use crate::desk::library::{self, Deed};
use crate::media::Words;
use crate::newsroom::library::emptied_at;
use crate::prose::dates::{self, DateWords};
use crate::storage::collections::{self, Collection};
use crate::storage::images::LibraryImage;
use crate::storage::room::Frame;
use crate::storage::uses::{self, UsedIn};
use crate::storage::{ReadTx, StorageError, images, looks};
use crate::web::view::Link;
use crate::web::{Problem, paths};

/// What hangs on a picture.
pub(super) struct Uses {
    /// Items that show it in their newest words, or in those that readers see or will see.
    pub now: Vec<Link>,
    /// Items of which only older words show it.
    pub before: Vec<Link>,
    /// How many more there are of each.
    pub more_now: String,
    pub more_before: String,
    /// `Used in 3 items`
    pub count: String,
    /// What a change of it touches; empty where nothing.
    pub touches: String,
    /// Why this person may not change it now.
    pub closed: Option<String>,
    /// When it is gone, of one that lies in the trash.
    pub gone: Option<DateWords>,
    pub end: String,
    pub comes_back: String,
    pub replacement: String,
    /// Its collections, each leading to what is in it.
    pub collections: Vec<Link>,
    /// Where it is put into one.
    pub collect: String,
    /// Pictures that look like one which nobody has described yet.
    pub alike: Vec<Link>,
}

impl Uses {
    pub(super) fn of(
        tx: &mut ReadTx<'_>,
        image: &LibraryImage,
        (visit, room): (&Visit, &Frame),
    ) -> Result<Self, Problem> {
        let id = image.shown.id;
        let roles = visit.staff.person.roles;
        let all = uses::of(tx, id, visit.now)?;
        let is_public = images::is_or_will_be_public(tx, id, visit.now)?;
        let gone = |since| dates::staff_time(emptied_at(since), &room.room.zone);
        Ok(Self {
            count: used_in(all.now.count),
            touches: touches(all.now.count, is_public),
            closed: library::refused(tx, (id, visit.now), (Deed::Describe, roles))?
                .map(|why| why.to_string()),
            now: links(&all.now),
            more_now: more(&all.now),
            before: links(&all.before),
            more_before: more(&all.before),
            gone: image.trashed_at.map(gone),
            end: paths::image_end(id),
            comes_back: paths::image_return(id),
            replacement: paths::image_file(id),
            collections: collections_of(tx, image)?,
            collect: collect(image)?,
            alike: alike(tx, image)?,
        })
    }

    /// Whether no words of any item show it.
    pub(super) const fn are_none(&self) -> bool {
        self.now.is_empty() && self.before.is_empty()
    }
}

fn collections_of(tx: &mut ReadTx<'_>, image: &LibraryImage) -> Result<Vec<Link>, StorageError> {
    let all = collections::of(tx, image.shown.id)?;
    let link = |one: &Collection| Link::new(one.name.as_str(), paths::collected(one.id));
    Ok(all.iter().map(link).collect())
}

fn collect(image: &LibraryImage) -> Result<String, StorageError> {
    let picture = pick(image.shown.id, &image.words()?.fingerprint());
    let asked = [
        ("picture", picture.as_str()),
        ("do", Deed::Collect.as_str()),
    ];
    Ok(paths::with_query(paths::SEVERAL_IMAGES, &asked))
}

/// Whoever describes a new picture is told that it may be here already, before the work is done twice; of two, the
/// one that came later is.
fn alike(tx: &mut ReadTx<'_>, image: &LibraryImage) -> Result<Vec<Link>, StorageError> {
    const MOST: usize = 3;
    if image.words()? != Words::default() || image.trashed_at.is_some() {
        return Ok(Vec::new());
    }
    let mut alike = Vec::new();
    let like = looks::like(tx, image.shown.id, MOST)?;
    for id in like.into_iter().filter(|id| *id < image.shown.id) {
        if let Some(other) = images::find(tx, id)? {
            let label = format!("Picture {id}: {}", name(&other));
            alike.push(Link::new(label, paths::image(id)));
        }
    }
    Ok(alike)
}

/// The first of the items, each leading to its editor.
pub(super) fn links(used: &UsedIn) -> Vec<Link> {
    let items = used.items.iter();
    items
        .map(|(item, title)| Link::new(title, paths::item(*item)))
        .collect()
}

/// `and 12 more`; nothing where all of them are told.
pub(super) fn more(used: &UsedIn) -> String {
    match used.count.saturating_sub(used.items.len()) {
        0 => String::new(),
        more => format!("and {more} more"),
    }
}

/// Said before anything of it is changed.
fn touches(count: usize, is_public: bool) -> String {
    match (count, is_public) {
        (0, _) => String::new(),
        (_, false) => format!("{}: what you change shows there at once.", used_in(count)),
        (_, true) => format!(
            "{}. Readers see it, or soon will: what you change shows there at once.",
            used_in(count)
        ),
    }
}
