//! The library: what may become of a picture, by whom, and how long the trash keeps it.

use super::refusal::Refusal;
use crate::accounts::Roles;
use crate::clock::Instant;

/// What a decision about a picture depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub in_trash: bool,
    /// Some revision of some item shows it, be it an old one.
    pub is_shown: bool,
    pub reach: Reach,
}

const TRASH_KEEPS_DAYS: i64 = 30;

/// What was put into the trash then or before has been there long enough.
pub const fn emptied_from(now: Instant) -> Instant {
    now.plus_millis(-TRASH_KEEPS_DAYS * 24 * 60 * 60 * 1000)
}

/// Licences that end until then are warned of.
pub const fn warned_until(now: Instant) -> Instant {
    const WEEKS: i64 = 4;
    now.plus_millis(WEEKS * 7 * 24 * 60 * 60 * 1000)
}

/// Who counts on an image to stay as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Readers see it, or will.
    Readers,
    /// Somebody approved the words that show it, which are an item's newest.
    Approved,
    /// An editor's button puts words that show it before readers as they were, and nobody reads them anew:
    /// of a removed item, or of what a hold took back.
    Returning,
    Nobody,
}

impl Standing {
    pub fn is_public(self) -> bool {
        self.reach == Reach::Readers
    }
}

/// What the end of a licence means for an item that shows the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LicenceOutlook {
    /// Readers see the picture nowhere.
    Ended,
    /// Whoever publishes now should look for another picture.
    EndsSoon,
    Holds,
}

/// How it stands with a licence that ends at that instant.
pub fn licence_outlook(ends_at: Option<Instant>, now: Instant) -> LicenceOutlook {
    match ends_at {
        Some(end) if end <= now => LicenceOutlook::Ended,
        Some(end) if end <= warned_until(now) => LicenceOutlook::EndsSoon,
        Some(_) | None => LicenceOutlook::Holds,
    }
}

/// When something that was put into the trash at that instant is gone.
pub const fn emptied_at(trashed_at: Instant) -> Instant {
    trashed_at.plus_millis(TRASH_KEEPS_DAYS * 24 * 60 * 60 * 1000)
}

/// Old revisions count: their words can be brought back, and readers may compare them, so a picture
/// that any of them shows stays.
pub fn put_in_trash(roles: Roles, standing: Standing) -> Result<(), Refusal> {
    writes(roles)?;
    if standing.in_trash {
        Err(Refusal::PictureInTrash)
    } else if standing.is_shown {
        Err(Refusal::PictureIsUsed)
    } else {
        Ok(())
    }
}

pub fn take_out_of_trash(roles: Roles, standing: Standing) -> Result<(), Refusal> {
    writes(roles)?;
    if standing.in_trash {
        Ok(())
    } else {
        Err(Refusal::PictureNotInTrash)
    }
}

/// Other words or another file show everywhere at once, so while readers see the picture, or will,
/// an editor decides; and so while an approved text shows it, because pictures are approved with it.
pub fn change(roles: Roles, standing: Standing) -> Result<(), Refusal> {
    writes(roles)?;
    if standing.in_trash {
        Err(Refusal::PictureInTrash)
    } else if standing.is_public() && !roles.editor {
        Err(Refusal::PictureIsPublic)
    } else if standing.reach == Reach::Approved && !roles.editor {
        Err(Refusal::PictureIsApproved)
    } else if standing.reach == Reach::Returning && !roles.editor {
        Err(Refusal::PictureMayReturn)
    } else {
        Ok(())
    }
}

fn writes(roles: Roles) -> Result<(), Refusal> {
    if roles.may_write() {
        Ok(())
    } else {
        Err(Refusal::NotAWriter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: Standing = Standing {
        in_trash: false,
        is_shown: false,
        reach: Reach::Nobody,
    };

    #[test]
    fn what_was_approved_is_an_editors_to_change() {
        let approved = Standing {
            is_shown: true,
            reach: Reach::Approved,
            ..NEW
        };
        let refusal = change(Roles::AUTHOR, approved);
        assert_eq!(refusal, Err(Refusal::PictureIsApproved));
        assert_eq!(change(Roles::EDITOR, approved), Ok(()));
        assert_eq!(change(Roles::AUTHOR, NEW), Ok(()));
    }

    #[test]
    fn what_readers_may_get_back_is_an_editors_to_change() {
        let returning = Standing {
            is_shown: true,
            reach: Reach::Returning,
            ..NEW
        };
        let refusal = change(Roles::AUTHOR, returning);
        assert_eq!(refusal, Err(Refusal::PictureMayReturn));
        assert_eq!(change(Roles::EDITOR, returning), Ok(()));
    }

    #[test]
    fn what_no_revision_shows_goes_to_the_trash_and_comes_back() {
        let shown = Standing {
            is_shown: true,
            ..NEW
        };
        let trashed = Standing {
            in_trash: true,
            ..NEW
        };
        for roles in [Roles::AUTHOR, Roles::EDITOR] {
            assert_eq!(put_in_trash(roles, NEW), Ok(()));
            assert_eq!(put_in_trash(roles, shown), Err(Refusal::PictureIsUsed));
            assert_eq!(put_in_trash(roles, trashed), Err(Refusal::PictureInTrash));
            assert_eq!(take_out_of_trash(roles, trashed), Ok(()));
            assert_eq!(
                take_out_of_trash(roles, NEW),
                Err(Refusal::PictureNotInTrash)
            );
            assert_eq!(change(roles, trashed), Err(Refusal::PictureInTrash));
        }
        assert_eq!(put_in_trash(Roles::ADMIN, NEW), Err(Refusal::NotAWriter));
        assert_eq!(
            take_out_of_trash(Roles::ADMIN, trashed),
            Err(Refusal::NotAWriter)
        );
    }

    #[test]
    fn what_readers_see_is_changed_by_editors_alone() {
        let public = Standing {
            is_shown: true,
            reach: Reach::Readers,
            ..NEW
        };
        assert_eq!(change(Roles::EDITOR, public), Ok(()));
        assert_eq!(change(Roles::AUTHOR, public), Err(Refusal::PictureIsPublic));
        assert_eq!(change(Roles::AUTHOR, NEW), Ok(()));
        assert_eq!(change(Roles::ADMIN, NEW), Err(Refusal::NotAWriter));
    }

    #[test]
    fn a_licence_is_over_at_its_end_and_told_of_four_weeks_before() {
        let end = Instant::parse("2018-12-11T00:00:00Z").unwrap();
        let four_weeks = 28 * 24 * 60 * 60 * 1000;
        for (before, outlook) in [
            (four_weeks + 1, LicenceOutlook::Holds),
            (four_weeks, LicenceOutlook::EndsSoon),
            (1, LicenceOutlook::EndsSoon),
            (0, LicenceOutlook::Ended),
            (-1, LicenceOutlook::Ended),
        ] {
            let now = end.plus_millis(-before);
            assert_eq!(licence_outlook(Some(end), now), outlook, "{before}");
            assert_eq!(licence_outlook(None, now), LicenceOutlook::Holds);
        }
    }

    #[test]
    fn the_trash_keeps_things_for_thirty_days_to_the_millisecond() {
        let put_in = Instant::parse("2018-11-26T12:00:00Z").unwrap();
        let gone = emptied_at(put_in);
        assert_eq!(gone, Instant::parse("2018-12-26T12:00:00Z").unwrap());
        assert!(emptied_from(gone) >= put_in);
        assert!(emptied_from(gone.plus_millis(-1)) < put_in);
    }
}
