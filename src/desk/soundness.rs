//! Whether a room keeps every promise that its rows can show, for whoever runs it.

use super::checklist;
use crate::storage::soundness::{self, Broken};
use crate::storage::{ReadTx, StorageError, items};

/// How many questions [`look`] asks.
pub fn questions() -> usize {
    // Whether every revision can be read, and whether it shows the images that its words place.
    soundness::questions() + 2
}

/// Everything that is broken. Reads the whole room.
pub fn look(tx: &mut ReadTx<'_>) -> Result<Vec<Broken>, StorageError> {
    let mut found = soundness::look(tx)?;
    let (mut unreadable, mut other_images) = (Vec::new(), Vec::new());
    for id in soundness::revisions(tx)? {
        let revision = match items::revision(tx, id) {
            Ok(Some(revision)) => revision,
            Ok(None) => continue,
            Err(StorageError::Unreadable { column, .. }) => {
                unreadable.push(format!("revision {id}, {column}"));
                continue;
            }
            Err(error) => return Err(error),
        };
        let mut placed = checklist::images_of(&revision.wording);
        placed.sort_unstable();
        if placed != soundness::shown_by(tx, id)? {
            other_images.push(format!(
                "item {}, revision {}",
                revision.item, revision.number
            ));
        }
    }
    found.extend(Broken::at(
        "A revision holds what the program cannot have written",
        unreadable,
    ));
    found.extend(Broken::at(
        "A revision shows other pictures than its words place, so one is public or hidden by mistake",
        other_images,
    ));
    Ok(found)
}
