//! Which items name a file, and who may change it.

use crate::admin::Visit;
use crate::admin::image_uses::{links, more};
use crate::admin::images_page::used_in;
use crate::desk;
use crate::newsroom::FileId;
use crate::storage::{ReadTx, file_uses};
use crate::web::Problem;
use crate::web::view::Link;

/// What hangs on a file.
pub(super) struct Uses {
    /// Items that name it in their newest words, or in those that readers see or will see.
    pub now: Vec<Link>,
    /// Items of which only older words name it.
    pub before: Vec<Link>,
    /// How many more there are of each.
    pub more_now: String,
    pub more_before: String,
    pub count: String,
    /// Whether readers see it, or will.
    pub is_public: bool,
    /// Why this person may not change it now.
    pub closed: Option<String>,
}

impl Uses {
    pub(super) fn of(tx: &mut ReadTx<'_>, id: FileId, visit: &Visit) -> Result<Self, Problem> {
        let all = file_uses::of(tx, id, visit.now)?;
        let closed = desk::files::refused(tx, (id, visit.now), visit.staff.person.roles)?;
        Ok(Self {
            count: used_in(all.now.count),
            now: links(&all.now),
            more_now: more(&all.now),
            before: links(&all.before),
            more_before: more(&all.before),
            is_public: file_uses::is_or_will_be_public(tx, id, visit.now)?,
            closed: closed.map(|why| why.to_string()),
        })
    }

    /// Whether no words of any item name it.
    pub(super) const fn are_none(&self) -> bool {
        self.now.is_empty() && self.before.is_empty()
    }
}
