//! The same with several things, one after another: which were chosen, and what came of each.

use actix_web::http::StatusCode;

use crate::clock::Clock;
use crate::desk::several::Outcome;
use crate::desk::{Failure, writing};
use crate::storage::{Store, WriteTx};
use crate::web::{Fields, Problem};

/// Those that a form chose, by the name of its boxes; a page of a list holds no more than `most`.
pub(super) fn aims<A>(
    fields: &Fields,
    (name, most): (&str, usize),
    picked: impl Fn(&str) -> Option<A>,
) -> Vec<A> {
    fields.all(name).filter_map(picked).take(most).collect()
}

/// What shall be done with each.
pub(super) fn deed<D: std::str::FromStr>(fields: &Fields) -> Result<D, Problem> {
    fields
        .get("do")
        .parse()
        .map_err(|_source| Problem::Malformed)
}

/// What came of all of them.
pub(super) struct Came<A> {
    pub done: u64,
    /// Which were so before.
    pub unchanged: u64,
    /// With the newsroom's no.
    pub refused: Vec<(A, String)>,
}

/// Does it with each in a transaction of its own, so that one no stops nothing else.
pub(super) async fn with_each<A, F>(
    (store, clock): (&Store, &Clock),
    form_key: &str,
    aims: Vec<A>,
    with_one: F,
) -> Result<Came<A>, Problem>
where
    A: Clone + Send + 'static,
    F: Fn(&mut WriteTx<'_>, &A, &writing::Sent<'_>) -> Result<Outcome, Failure>
        + Clone
        + Send
        + 'static,
{
    let mut came = Came {
        done: 0,
        unchanged: 0,
        refused: Vec::new(),
    };
    for aim in aims {
        let (with_one, clock, tried) = (with_one.clone(), clock.clone(), aim.clone());
        let key = form_key.to_owned();
        let one: Result<Outcome, Failure> = store
            .write(move |tx| {
                let sent = writing::Sent {
                    form_key: &key,
                    now: clock.now(),
                };
                with_one(tx, &tried, &sent)
            })
            .await;
        match one {
            Ok(Outcome::Done) => came.done += 1,
            Ok(Outcome::NothingToDo) => came.unchanged += 1,
            Err(Failure::Refused(why)) => came.refused.push((aim, why.to_string())),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(came)
}

/// The things that a page names again, because there is something to mend.
pub(super) struct Again<A> {
    pub status: StatusCode,
    /// Each with the newsroom's no where it said no.
    pub told: Vec<(A, String)>,
    /// With how many it was done, where it was tried.
    pub done: Option<String>,
}

impl<A> Again<A> {
    /// The words for them are not in order, so nothing was tried.
    pub(super) fn untried(aims: Vec<A>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            told: chosen(aims),
            done: None,
        }
    }

    /// Some were refused.
    pub(super) fn refused(came: Came<A>, sentence: String) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            told: came.refused,
            done: Some(sentence),
        }
    }
}

/// Chosen, and not tried yet.
pub(super) fn chosen<A>(aims: Vec<A>) -> Vec<(A, String)> {
    aims.into_iter().map(|aim| (aim, String::new())).collect()
}
