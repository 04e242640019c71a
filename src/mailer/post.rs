//! The mail server that letters are given to, and its answers in plain words.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// For each word of the conversation with the server.
const PATIENCE_FOR_ONE_ANSWER: Duration = Duration::from_secs(20);
/// For one mail as a whole, so that a server that drips holds nothing up.
const PATIENCE: Duration = Duration::from_mins(1);

/// Why the settings of the mail server are not taken. Never with the server's address in it: the
/// password is a part of that.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    #[error("write the mail server as smtps://user:password@host:465 or smtp://host:25")]
    Server,
    #[error(
        "a password must not travel in clear: use smtps://, or add ?tls=required to the mail server"
    )]
    InClear,
    #[error("write the sender as Open Quay <news@example.org>, or the address alone")]
    Sender,
}

/// A mail server, and who the mails are from.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    pub(super) from: Mailbox,
}

/// Why a mail was not sent, in words for admins.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The server will not take this mail, now or later.
    Refused(String),
    /// Perhaps it takes this one later.
    Later(String),
    /// It takes no mail at all now.
    Server(String),
}

impl Post {
    /// `name` is what this machine calls itself.
    pub fn open(server: &str, sender: &str, name: &str) -> Result<Self, PostError> {
        if has_password_in_clear(server) {
            return Err(PostError::InClear);
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|_with_the_address| PostError::Server)?;
        Ok(Self {
            transport: builder
                .hello_name(ClientId::Domain(name.to_owned()))
                .timeout(Some(PATIENCE_FOR_ONE_ANSWER))
                .build(),
            from: sender.parse().map_err(|_source| PostError::Sender)?,
        })
    }

    pub(super) async fn send(&self, letter: Message) -> Result<(), Trouble> {
        match tokio::time::timeout(PATIENCE, self.transport.send(letter)).await {
            Ok(Ok(_taken)) => Ok(()),
            Ok(Err(error)) => Err(trouble(&error)),
            Err(_elapsed) => Err(Trouble::Server(TOO_SLOW.to_owned())),
        }
    }
}

const TOO_SLOW: &str = "The mail server did not answer in time.";

/// On this machine, nobody listens in between.
fn has_password_in_clear(server: &str) -> bool {
    let Some(rest) = server.strip_prefix("smtp://") else {
        return false;
    };
    let Some((_, host)) = rest.rsplit_once('@') else {
        return false;
    };
    let here = ["localhost", "127.0.0.1", "[::1]"];
    !host.contains("tls=required") && !here.iter().any(|name| host.starts_with(name))
}

fn trouble(error: &Error) -> Trouble {
    let code = error.status().map(|code| code.to_string());
    let code = code.unwrap_or_default();
    if ["530", "534", "535", "538"].contains(&code.as_str()) {
        // The settings are wrong, not the mail: it waits until somebody has mended them.
        return Trouble::Server(format!(
            "The mail server does not know the user name or the password ({code})."
        ));
    }
    if error.is_permanent() {
        let said = said(error);
        return Trouble::Refused(format!(
            "The mail server refuses it for good: {code} {said}"
        ));
    }
    if error.is_transient() {
        let said = said(error);
        return Trouble::Later(format!(
            "The mail server does not take it now: {code} {said}"
        ));
    }
    Trouble::Server(if error.is_timeout() {
        TOO_SLOW.to_owned()
    } else if error.is_tls() {
        "The connection to the mail server cannot be made secure.".to_owned()
    } else if error.is_response() {
        "What answers at the mail server’s address is no mail server.".to_owned()
    } else {
        "The mail server cannot be reached.".to_owned()
    })
}

/// What the server said besides its number.
fn said(error: &Error) -> String {
    const LONGEST: usize = 200;
    let words = std::error::Error::source(error).map(ToString::to_string);
    let words = words.unwrap_or_default();
    let plain = words.chars().filter(|c| !c.is_control());
    plain.take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_work_are_refused_without_a_word_of_the_password() {
        let open = |server: &str, from: &str| Post::open(server, from, "quay").map(|_| ());
        let from = "Quay <news@quay.example>";
        for good in [
            "smtps://ann:secret@mail.example",
            "smtp://ann:secret@mail.example:587?tls=required",
            "smtp://ann:secret@localhost:2525",
            "smtp://mail.example",
        ] {
            assert_eq!(open(good, from), Ok(()), "{good}");
        }
        let clear = open("smtp://ann:secret@mail.example", from);
        assert_eq!(clear, Err(PostError::InClear));
        for wrong in ["mail.example", "http://ann:secret@x", "ann:secret"] {
            let refused = open(wrong, from).unwrap_err();
            assert_eq!(refused, PostError::Server, "{wrong}");
            assert!(!refused.to_string().contains("secret"));
        }
        assert_eq!(open("smtp://localhost", "x"), Err(PostError::Sender));
    }
}
