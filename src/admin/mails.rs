//! The mails that the room owes: waiting, sent, failed; a failed one can be tried again.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::view::Chip;
use super::{AdminFrame, Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::desk::{self, Done, Failure};
use crate::keys::new_key;
use crate::newsroom::mail::MailWords;
use crate::newsroom::{MailId, MailState};
use crate::prose::dates::{self, DateWords};
use crate::storage::mails::{self, Mail};
use crate::storage::{ReadStore, ReadTx, Store};
use crate::web::problem::Answer;
use crate::web::sessions::say;
use crate::web::view::Pager;
use crate::web::{Freshness, Numbered, Problem, Query, Sent, Staff, page, paths, see_other};
use crate::zone::Zone;

/// Whether the process has a mail server to give mails to.
pub struct SendsMail(pub bool);

const PER_PAGE: u64 = 25;
/// The page looks back no further.
const MOST: u64 = 200;

#[derive(Template)]
#[template(path = "admin/mails.html")]
struct MailsPage {
    frame: AdminFrame,
    sends: bool,
    count: String,
    rows: Vec<MailRow>,
    pager: Pager,
}

/// One mail as finished words.
struct MailRow {
    subject: String,
    recipient: String,
    chip: Chip,
    /// What happened to it last, or happens next, and when.
    says: String,
    when: DateWords,
    tries: String,
    error: String,
    words: Option<Opened>,
    again: Option<Again>,
}

/// What the mail says.
struct Opened {
    sentence: String,
    title: String,
    lang: String,
    direction: String,
    further: Vec<String>,
    /// `None` where the link is for the recipient alone.
    link: Option<String>,
    link_words: String,
}

/// The button of a failed mail.
struct Again {
    action: String,
    form_key: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    query: Query,
    sends: Data<SendsMail>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let mails = read
        .read(move |tx| mails_page(tx, &visit, query.0.page(), sends.0))
        .await?;
    page(&mails, Freshness::Never)
}

pub(super) async fn try_again(
    request: HttpRequest,
    staff: Staff,
    (mail, form): (Numbered<MailId>, Sent),
    (store, clock): (Data<Store>, Data<Clock>),
) -> Answer {
    let admin = staff.admin()?;
    let key = form.0.form_key()?;
    let done: Result<Done<()>, Failure> = store
        .write(move |tx| {
            let sent = desk::writing::Sent {
                form_key: &key,
                now: clock.now(),
            };
            desk::mails::try_again(tx, mail.0, &sent, admin)
        })
        .await;
    done?;
    say(&request, "The mail waits again and goes out next.");
    see_other(paths::MAILS)
}

fn mails_page(
    tx: &mut ReadTx<'_>,
    visit: &Visit,
    number: u64,
    sends: bool,
) -> Result<MailsPage, Problem> {
    let room = room_of(tx)?;
    let number = number.min(MOST / PER_PAGE);
    let window = |size: u64| i64::try_from(size).unwrap_or(i64::MAX);
    let (list, all) = mails::newest(tx, (window((number - 1) * PER_PAGE), window(PER_PAGE)))?;
    let all = u64::try_from(all).unwrap_or(0);
    Ok(MailsPage {
        sends,
        count: counted(all),
        rows: list
            .into_iter()
            .map(|mail| row(mail, &room.room.zone, visit.now))
            .collect(),
        pager: Pager::new(number, all.min(MOST), PER_PAGE, |page| {
            paths::with_query(paths::MAILS, &[("page", &page.to_string())])
        }),
        frame: visit.frame(&room),
    })
}

fn counted(all: u64) -> String {
    match all {
        1 => "1 mail".to_owned(),
        many if many > MOST => format!("{many} mails, the newest {MOST} of them here"),
        many => format!("{many} mails"),
    }
}

fn row(mail: Mail, zone: &Zone, now: Instant) -> MailRow {
    let (says, when) = moment(&mail, now);
    let again = mail.state == MailState::Failed && mail.words.is_some();
    MailRow {
        subject: mail.words.as_ref().map_or_else(
            || "The words are no longer kept".to_owned(),
            |words| words.subject.clone(),
        ),
        recipient: mail.recipient.as_str().to_owned(),
        chip: chip(mail.state),
        says: says.to_owned(),
        when: dates::staff_time(when, zone),
        tries: match mail.tries {
            0 => "No try yet".to_owned(),
            1 => "1 try".to_owned(),
            many => format!("{many} tries"),
        },
        error: mail.last_error,
        words: mail.words.map(opened),
        again: again.then(|| Again {
            action: paths::mail_tries(mail.id),
            form_key: new_key(),
        }),
    }
}

fn moment(mail: &Mail, now: Instant) -> (&'static str, Instant) {
    match (mail.state, mail.sent_at) {
        (MailState::Sent, Some(at)) => ("sent", at),
        (MailState::Waiting, _) if mail.next_try_at > now => ("next try", mail.next_try_at),
        (MailState::Waiting | MailState::Sent, _) => ("due since", mail.due_at),
        (MailState::Failed, _) => ("was due", mail.due_at),
    }
}

fn chip(state: MailState) -> Chip {
    let (word, look) = match state {
        MailState::Waiting => ("Waiting", "scheduled"),
        MailState::Sent => ("Sent", "approved"),
        MailState::Failed => ("Failed", "changes"),
    };
    Chip {
        word: word.to_owned(),
        look: look.to_owned(),
    }
}

fn opened(words: MailWords) -> Opened {
    let (title, lang, direction) = match words.about {
        Some((title, language)) => (title, language.as_str(), language.direction()),
        None => (String::new(), "en", "ltr"),
    };
    Opened {
        sentence: words.sentence,
        title,
        lang: lang.to_owned(),
        direction: direction.to_owned(),
        further: words.further,
        link: (!words.link_is_secret).then_some(words.link),
        link_words: words.link_words,
    }
}
