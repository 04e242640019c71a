//! A mail as it travels: headers that nothing can be slipped into, plain words, and HTML.

use std::time::{Duration, UNIX_EPOCH};

use askama::Template;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use crate::clock::Instant;
use crate::newsroom::mail::MailWords;
use crate::storage::mails::Mail;

#[derive(Template)]
#[template(path = "mail/mail.html")]
struct HtmlPart<'a> {
    words: &'a MailWords,
    address: &'a str,
    room: &'a str,
}

#[derive(Template)]
#[template(path = "mail/mail.txt", escape = "none")]
struct PlainPart<'a> {
    words: &'a MailWords,
    address: &'a str,
    room: &'a str,
}

/// Who it is from, and where the room stands.
pub(super) struct Frame<'a> {
    pub(super) from: &'a Mailbox,
    pub(super) room: &'a str,
    /// Without a slash at the end.
    pub(super) address: &'a str,
}

/// Why no letter can be made of a mail.
#[derive(Debug, thiserror::Error)]
pub(super) enum LetterError {
    #[error("its words are no longer kept")]
    NoWords,
    #[error("the address of the recipient cannot be used: {0}")]
    Recipient(#[from] lettre::address::AddressError),
    #[error("it cannot be laid out: {0}")]
    Layout(#[from] askama::Error),
    #[error("it cannot be put together: {0}")]
    Parts(#[from] lettre::error::Error),
}

/// The same letter at every try, but for the address of the room, which may have changed.
pub(super) fn letter(mail: &Mail, frame: &Frame<'_>) -> Result<Message, LetterError> {
    let words = mail.words.as_ref().ok_or(LetterError::NoWords)?;
    let address = format!("{}{}", frame.address, words.link);
    let room = frame.room;
    let html = HtmlPart {
        words,
        address: &address,
        room,
    };
    let plain = PlainPart {
        words,
        address: &address,
        room,
    };
    let recipient = Mailbox::new(None, mail.recipient.as_str().parse()?);
    let parts = MultiPart::alternative_plain_html(plain.render()?, html.render()?);
    Ok(Message::builder()
        .from(frame.from.clone())
        .to(recipient)
        .subject(one_line(&words.subject))
        .date(UNIX_EPOCH + since_1970(mail.due_at))
        .message_id(Some(format!(
            "<{}@{}>",
            mail.uid,
            frame.from.email.domain()
        )))
        // RFC 3834: holiday notes and other machines do not answer it.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(parts)?)
}

fn since_1970(instant: Instant) -> Duration {
    Duration::from_millis(u64::try_from(instant.millis()).unwrap_or(0))
}

/// A header is one line, whatever somebody typed: a second line would be a header of theirs.
fn one_line(words: &str) -> String {
    words
        .split(char::is_control)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::{MailId, MailState};

    fn mail(words: MailWords) -> Mail {
        Mail {
            id: MailId::new(1),
            recipient: "eva@quay.example".parse().unwrap(),
            uid: "one".to_owned(),
            words: Some(words),
            state: MailState::Waiting,
            due_at: Instant::from_millis(0),
            tries: 1,
            next_try_at: Instant::from_millis(0),
            sent_at: None,
            last_error: String::new(),
        }
    }

    fn text(words: MailWords) -> String {
        let from: Mailbox = "Quay <news@quay.example>".parse().unwrap();
        let frame = Frame {
            from: &from,
            room: "Quay <b>",
            address: "https://news.quay.example",
        };
        let letter = letter(&mail(words), &frame).unwrap();
        String::from_utf8(letter.formatted()).unwrap()
    }

    #[test]
    fn a_line_break_in_a_subject_begins_no_header() {
        let sent = text(MailWords {
            subject: "One\r\nBcc: spy@evil.example\n\nTwo".to_owned(),
            ..MailWords::default()
        });
        let headers = sent.split("\r\n\r\n").next().unwrap();
        assert!(headers.contains("Subject: One Bcc: spy@evil.example Two"));
        assert!(!headers.lines().any(|line| line.starts_with("Bcc")));
    }

    #[test]
    fn the_same_mail_has_the_same_message_id_at_every_try() {
        let id = |sent: String| {
            let line = sent.lines().find(|line| line.starts_with("Message-ID"));
            line.unwrap().to_owned()
        };
        let one = id(text(MailWords::default()));
        assert_eq!(one, "Message-ID: <one@quay.example>");
        assert_eq!(one, id(text(MailWords::default())));
    }
}
