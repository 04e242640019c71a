//! Who may read what of the journal.

use super::Refusal;
use crate::accounts::Roles;

/// How much of the journal somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    /// What was done with items and pictures.
    Work,
}

/// Admins run the room and read all of it; editors read what concerns their work.
pub fn sight(roles: Roles) -> Result<Sight, Refusal> {
    if roles.admin {
        Ok(Sight::Everything)
    } else if roles.editor {
        Ok(Sight::Work)
    } else {
        Err(Refusal::NotForAuthors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_reads_all_an_editor_the_work_an_author_nothing() {
        assert_eq!(sight(Roles::ADMIN), Ok(Sight::Everything));
        assert_eq!(sight(Roles::FIRST), Ok(Sight::Everything));
        assert_eq!(sight(Roles::EDITOR), Ok(Sight::Work));
        assert_eq!(sight(Roles::AUTHOR), Err(Refusal::NotForAuthors));
    }
}
