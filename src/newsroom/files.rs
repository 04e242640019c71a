//! Files that readers may take: what is written about one, what may become of it, and by whom.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::item::id;
use super::library::Reach;
use super::refusal::Refusal;
use super::words::{AccessContact, FileTitle, Language};
use crate::accounts::Roles;
use crate::keys::hex;

id!(
    /// The number of a file; it is never used again.
    FileId
);

/// So many files stand below an item at most.
pub const MOST_FILES: usize = 20;

/// Everything that somebody writes about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWords {
    pub title: FileTitle,
    pub language: Language,
    pub contact: AccessContact,
}

impl FileWords {
    /// Two are the same exactly when their fingerprints are.
    pub fn fingerprint(&self) -> String {
        let words = [
            self.title.as_str(),
            self.language.as_str(),
            self.contact.as_str(),
        ];
        hex(&Sha256::digest(words.join("\n")))
    }
}

/// What a decision about a file depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Some revision of some item names it, be it an old one.
    pub is_used: bool,
    pub reach: Reach,
}

impl Standing {
    pub fn is_public(self) -> bool {
        self.reach == Reach::Readers
    }
}

/// Other words or other bytes show everywhere at once, so while readers see the file, or will, an
/// editor decides; and so while an approved text names it, because files are approved with it.
pub fn change(roles: Roles, standing: Standing) -> Result<(), Refusal> {
    writes(roles)?;
    match standing.reach {
        Reach::Readers if !roles.editor => Err(Refusal::FileIsPublic),
        Reach::Approved if !roles.editor => Err(Refusal::FileIsApproved),
        Reach::Returning if !roles.editor => Err(Refusal::FileMayReturn),
        Reach::Readers | Reach::Approved | Reach::Returning | Reach::Nobody => Ok(()),
    }
}

/// Old revisions count: their words can be brought back, and with them their files.
pub fn delete(roles: Roles, standing: Standing) -> Result<(), Refusal> {
    writes(roles)?;
    if standing.is_used {
        Err(Refusal::FileIsUsed)
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
        is_used: false,
        reach: Reach::Nobody,
    };

    #[test]
    fn what_readers_see_is_changed_by_editors_alone() {
        let public = Standing {
            is_used: true,
            reach: Reach::Readers,
        };
        let approved = Standing {
            reach: Reach::Approved,
            ..public
        };
        assert_eq!(
            change(Roles::AUTHOR, approved),
            Err(Refusal::FileIsApproved)
        );
        assert_eq!(change(Roles::EDITOR, approved), Ok(()));
        let returning = Standing {
            reach: Reach::Returning,
            ..public
        };
        let refusal = change(Roles::AUTHOR, returning);
        assert_eq!(refusal, Err(Refusal::FileMayReturn));
        assert_eq!(change(Roles::EDITOR, returning), Ok(()));
        assert_eq!(change(Roles::EDITOR, public), Ok(()));
        assert_eq!(change(Roles::AUTHOR, public), Err(Refusal::FileIsPublic));
        assert_eq!(change(Roles::AUTHOR, NEW), Ok(()));
        assert_eq!(change(Roles::ADMIN, NEW), Err(Refusal::NotAWriter));
    }

    #[test]
    fn what_a_revision_names_is_deleted_by_nobody() {
        let used = Standing {
            is_used: true,
            ..NEW
        };
        for roles in [Roles::AUTHOR, Roles::EDITOR] {
            assert_eq!(delete(roles, used), Err(Refusal::FileIsUsed));
            assert_eq!(delete(roles, NEW), Ok(()));
        }
        assert_eq!(delete(Roles::ADMIN, NEW), Err(Refusal::NotAWriter));
    }
}
