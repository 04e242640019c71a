//! The leak check: asks every public address as a stranger, and looks for what only staff may see.

mod addresses;
mod haystack;
mod net;

use std::collections::{BTreeSet, VecDeque};

use actix_web::http::StatusCode;

pub use addresses::UnknownPart;
use haystack::readable;
use net::Net;

use crate::keys::new_key;
use crate::storage::secrets::Room;

/// What a stranger got.
pub struct Answer {
    pub status: StatusCode,
    /// Header values and body, as text.
    pub text: String,
}

/// An address that told what it must not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    pub address: String,
    /// Whose words they are, such as `item 7, body`.
    pub place: String,
    pub words: String,
}

/// What was asked, what was looked for, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub asked: usize,
    pub secrets: usize,
    pub leaks: Vec<Leak>,
}

/// So many addresses are asked at most that only links lead to.
const MOST_LINKS: usize = 20_000;

/// Asks everything: each route of the table with every value that the room knows, hidden ones too,
/// and every link that an answer names.
pub async fn check<E>(
    room: &Room,
    patterns: &[&str],
    ask: impl AsyncFn(&str) -> Result<Answer, E>,
) -> Result<Report, CheckError<E>> {
    let net = Net::new(room);
    let mut report = Report {
        secrets: net.secrets(),
        ..Report::default()
    };
    let secret = new_key();
    let asked = addresses::all(patterns, room, &secret)?;
    let hidden = addresses::hidden(room, &asked, &secret);
    let mut waiting: VecDeque<String> = asked.into();
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut links = 0;
    while let Some(address) = waiting.pop_front() {
        let answer = ask(&address).await.map_err(CheckError::Asking)?;
        report.asked += 1;
        if let Some(secret) = hidden.get(&address)
            && !secret.is_kept_by(answer.status)
        {
            report.leaks.push(Leak {
                address: address.clone(),
                place: secret.place.clone(),
                words: format!("answered {}", answer.status.as_u16()),
            });
        }
        for link in addresses::links(&answer.text) {
            if links < MOST_LINKS && known.insert(link.clone()) {
                links += 1;
                waiting.push_back(link);
            }
        }
        report
            .leaks
            .extend(net.caught(&address, &readable(&answer.text)));
    }
    report.leaks.sort();
    report.leaks.dedup();
    Ok(report)
}

/// Why the check could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckError<E> {
    #[error(transparent)]
    Route(#[from] UnknownPart),
    #[error("a public address could not be asked: {0}")]
    Asking(E),
}
