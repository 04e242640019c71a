//! Accounts: how each stands, what may become of it, and the links that open one.

use super::item::words_of;
use super::mail::{MailWords, isolated};
use super::refusal::Refusal;
use crate::accounts::{Person, PersonId, PersonName, Roles};
use crate::clock::Instant;

/// Somebody's account, as admins see it.
#[derive(Clone, Debug)]
pub struct Account {
    pub person: Person,
    /// Whoever was invited has none until they set one.
    pub has_password: bool,
    pub disabled_at: Option<Instant>,
    pub created_at: Instant,
}

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountState {
    Active,
    Invited,
    Disabled,
}

impl Account {
    pub fn state(&self) -> AccountState {
        if self.disabled_at.is_some() {
            AccountState::Disabled
        } else if self.has_password {
            AccountState::Active
        } else {
            AccountState::Invited
        }
    }

    /// Whether nobody could run the room without this account.
    fn is_last_admin(&self, other_admins: i64) -> bool {
        self.person.roles.admin && self.state() == AccountState::Active && other_admins == 0
    }

    /// Whether these may be the account's roles. `other_admins` can sign in and run the room.
    pub fn may_have(&self, roles: Roles, other_admins: i64) -> Result<(), Refusal> {
        if roles == Roles::default() {
            return Err(Refusal::NoRole);
        }
        if !roles.admin && self.is_last_admin(other_admins) {
            return Err(Refusal::LastAdmin);
        }
        Ok(())
    }

    /// Whether this person, or whoever stands at the machine, may end the account.
    pub fn may_be_disabled(&self, by: Option<PersonId>, other_admins: i64) -> Result<(), Refusal> {
        if self.state() == AccountState::Disabled {
            return Err(Refusal::DisabledAlready);
        }
        if by == Some(self.person.id) {
            return Err(Refusal::OwnAccount);
        }
        if self.is_last_admin(other_admins) {
            return Err(Refusal::LastAdmin);
        }
        Ok(())
    }

    pub fn may_be_enabled(&self) -> Result<(), Refusal> {
        match self.state() {
            AccountState::Disabled => Ok(()),
            AccountState::Active | AccountState::Invited => Err(Refusal::NotDisabled),
        }
    }

    /// What a link to this account is for now.
    pub fn link_purpose(&self) -> Result<LinkPurpose, Refusal> {
        match self.state() {
            AccountState::Active => Ok(LinkPurpose::Reset),
            AccountState::Invited => Ok(LinkPurpose::Invitation),
            AccountState::Disabled => Err(Refusal::DisabledAlready),
        }
    }
}

/// What a one-time link is for; either way a password is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    Invitation,
    Reset,
}

words_of!(LinkPurpose, "link purpose", {
    Invitation => "invitation",
    Reset => "reset",
});

/// No second mail goes to somebody who asked for a link so shortly before.
pub const ASKED_AGAIN_AFTER_MILLIS: i64 = 5 * 60 * 1000;

impl LinkPurpose {
    /// An invitation waits for somebody's first day; whoever lost a password wants it now.
    pub fn lasts_millis(self) -> i64 {
        const DAY: i64 = 24 * 60 * 60 * 1000;
        match self {
            Self::Invitation => 7 * DAY,
            Self::Reset => DAY,
        }
    }

    /// The mail that brings the link. `until` is told on the room's clock.
    pub fn mail_words(self, by: Option<&PersonName>, room: &str, until: &str) -> MailWords {
        let by = by.map(|by| isolated(by.as_str()));
        let (subject, sentence) = match (self, by) {
            (Self::Invitation, Some(by)) => (
                format!("Your account in the newsroom of {room}"),
                format!(
                    "{by} invites you to work in the newsroom of {}.",
                    isolated(room)
                ),
            ),
            (Self::Reset, Some(by)) => (
                format!("A new password for the newsroom of {room}"),
                format!("{by} made a link with which you set a new password."),
            ),
            (Self::Invitation | Self::Reset, None) => (
                format!("A new password for the newsroom of {room}"),
                "Somebody, probably you, asked for a link with which you set a new password."
                    .to_owned(),
            ),
        };
        MailWords {
            subject,
            sentence,
            link_words: "Set your password".to_owned(),
            further: vec![
                format!("The link works once, until {until}."),
                "If you did not expect it, do nothing: nothing changes. Nobody but you should have this link.".to_owned(),
            ],
            link_is_secret: true,
            ..MailWords::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(roles: Roles) -> Account {
        Account {
            person: Person {
                id: PersonId::new(1),
                name: "Ann".parse().unwrap(),
                email: "ann@example.org".parse().unwrap(),
                roles,
                era: 0,
            },
            has_password: true,
            disabled_at: None,
            created_at: Instant::from_millis(0),
        }
    }

    #[test]
    fn the_last_admin_stays_one() {
        let last = account(Roles::FIRST);
        assert_eq!(last.may_have(Roles::EDITOR, 0), Err(Refusal::LastAdmin));
        assert_eq!(last.may_be_disabled(None, 0), Err(Refusal::LastAdmin));
        assert_eq!(last.may_have(Roles::ADMIN, 0), Ok(()));
        assert_eq!(last.may_have(Roles::EDITOR, 1), Ok(()));
        assert_eq!(last.may_have(Roles::default(), 1), Err(Refusal::NoRole));
    }

    #[test]
    fn an_admin_who_never_came_is_not_the_last_one() {
        let invited = Account {
            has_password: false,
            ..account(Roles::ADMIN)
        };
        assert_eq!(invited.state(), AccountState::Invited);
        assert_eq!(invited.may_be_disabled(None, 0), Ok(()));
        assert_eq!(invited.link_purpose(), Ok(LinkPurpose::Invitation));
    }

    #[test]
    fn nobody_ends_their_own_account_and_nobody_an_ended_one() {
        let editor = account(Roles::EDITOR);
        let own = Some(editor.person.id);
        assert_eq!(editor.may_be_disabled(own, 3), Err(Refusal::OwnAccount));
        assert_eq!(editor.may_be_enabled(), Err(Refusal::NotDisabled));
        let ended = Account {
            disabled_at: Some(Instant::from_millis(5)),
            ..editor
        };
        assert_eq!(
            ended.may_be_disabled(None, 3),
            Err(Refusal::DisabledAlready)
        );
        assert_eq!(ended.link_purpose(), Err(Refusal::DisabledAlready));
        assert_eq!(ended.may_be_enabled(), Ok(()));
    }

    #[test]
    fn what_brings_a_link_is_secret() {
        let until = "Monday, 12:00";
        for purpose in LinkPurpose::ALL {
            assert!(purpose.mail_words(None, "Quay", until).link_is_secret);
        }
    }
}
