//! What somebody is told of their account by mail, in case it was not them who changed it.

use super::mail::{MailWords, isolated};

/// What somebody is told of who should know of it, in case it was not them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountNews<'a> {
    NewPassword,
    CalendarAddress,
    /// Told to the address before.
    NewEmail {
        to: &'a str,
    },
    NewApp,
    AppGone,
    /// Somebody else took all second factors away.
    FactorsReset,
    NewPasskey,
    PasskeyGone,
    NewRecoveryCodes,
    RecoveryCodeUsed {
        left: i64,
    },
    WrongCodes,
}

impl AccountNews<'_> {
    pub fn mail_words(self, room: &str) -> MailWords {
        MailWords {
            subject: self.subject(room),
            sentence: self.sentence(),
            link: "/admin/account".to_owned(),
            link_words: "Open your account".to_owned(),
            further: vec!["If it was not you, tell an admin of the newsroom at once.".to_owned()],
            ..MailWords::default()
        }
    }

    fn subject(self, room: &str) -> String {
        match self {
            Self::NewPassword => format!("Your password for the newsroom of {room} was changed"),
            Self::CalendarAddress => {
                format!("A calendar address of the newsroom of {room} was made")
            }
            Self::NewEmail { .. } => {
                format!("Your mail address for the newsroom of {room} was changed")
            }
            Self::NewApp
            | Self::AppGone
            | Self::NewPasskey
            | Self::PasskeyGone
            | Self::FactorsReset => {
                format!("Your second factor for the newsroom of {room} was changed")
            }
            Self::NewRecoveryCodes => {
                format!("You have new recovery codes for the newsroom of {room}")
            }
            Self::RecoveryCodeUsed { .. } => {
                format!("A recovery code opened your account in the newsroom of {room}")
            }
            Self::WrongCodes => {
                format!("Somebody knows your password for the newsroom of {room}")
            }
        }
    }

    fn sentence(self) -> String {
        match self {
            Self::NewPassword => {
                "Your password was changed, and you are signed out everywhere else.".to_owned()
            }
            Self::CalendarAddress => "With your account an address was made at which calendar programs read what is to come.".to_owned(),
            Self::NewEmail { to } => format!("You sign in with {} from now on.", isolated(to)),
            Self::NewApp => "An app that shows codes was set up: signing in asks for its code from now on, and you are signed out everywhere else.".to_owned(),
            Self::AppGone => "The app that shows codes was taken away: its codes open nothing any more.".to_owned(),
            Self::NewPasskey => "A passkey was made: it signs you in from now on, and you are signed out everywhere else.".to_owned(),
            Self::PasskeyGone => "A passkey was taken away: it opens nothing any more.".to_owned(),
            Self::FactorsReset => "Your second factor was taken away, and you are signed out everywhere. Sign in with your password, then set up a new one.".to_owned(),
            Self::NewRecoveryCodes => "New recovery codes were made. Those that you had before open nothing any more.".to_owned(),
            Self::RecoveryCodeUsed { left } => format!(
                "A recovery code was used to sign in or to confirm a step. It works once; {left} of your codes are left."
            ),
            Self::WrongCodes => "Your password was given, and then several codes that were wrong. The account stayed shut. If it was not you, change your password now.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_holds_no_secret_and_says_what_to_do() {
        let all = [
            AccountNews::NewPassword,
            AccountNews::CalendarAddress,
            AccountNews::NewEmail { to: "a@b.example" },
            AccountNews::NewApp,
            AccountNews::AppGone,
            AccountNews::NewPasskey,
            AccountNews::PasskeyGone,
            AccountNews::FactorsReset,
            AccountNews::NewRecoveryCodes,
            AccountNews::RecoveryCodeUsed { left: 3 },
            AccountNews::WrongCodes,
        ];
        for news in all {
            let words = news.mail_words("Quay");
            assert!(!words.link_is_secret, "{news:?}");
            assert!(words.subject.contains("the newsroom of Quay"), "{news:?}");
            assert!(words.further[0].contains("tell an admin"), "{news:?}");
        }
    }
}
