//! The leak check as a button: it runs beside the server, and its last report stays until the next.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Data;
use askama::Template;

use super::{AdminFrame, Visit, room_of};
use crate::clock::{Clock, Instant};
use crate::leaks::{Leak, Report};
use crate::prose::dates;
use crate::storage::ReadStore;
use crate::web::problem::Answer;
use crate::web::{Freshness, Problem, Staff, page, paths, see_other};

type Check = dyn Fn() -> Result<Report, String> + Send + Sync;

/// The check, and what came of it since the program started.
#[derive(Clone)]
pub struct LeakDesk {
    check: Arc<Check>,
    state: Arc<Mutex<State>>,
}

#[derive(Clone, Default)]
enum State {
    #[default]
    Never,
    Running,
    Done {
        at: Instant,
        result: Result<Report, String>,
    },
}

impl LeakDesk {
    pub fn new(check: impl Fn() -> Result<Report, String> + Send + Sync + 'static) -> Self {
        Self {
            check: Arc::new(check),
            state: Arc::default(),
        }
    }

    fn state(&self) -> State {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, state: State) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }

    /// Starts the check on a thread of its own, unless it runs.
    fn start(&self, clock: &Clock) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*state, State::Running) {
            return;
        }
        *state = State::Running;
        let (desk, clock) = (self.clone(), clock.clone());
        std::thread::spawn(move || {
            let check = AssertUnwindSafe(|| (desk.check)());
            let result = catch_unwind(check)
                .unwrap_or_else(|_broke_off| Err("it broke off; the log says why".to_owned()));
            desk.set(State::Done {
                at: clock.now(),
                result,
            });
        });
    }
}

#[derive(Template)]
#[template(path = "admin/leaks.html")]
struct LeaksPage {
    frame: AdminFrame,
    running: bool,
    /// What came of the last check, in a sentence.
    said: String,
    /// The check found something, or could not be made.
    alarm: bool,
    leaks: Vec<Leak>,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    desk: Data<LeakDesk>,
    (read, clock): (Data<ReadStore>, Data<Clock>),
) -> Answer {
    staff.editor()?;
    let visit = Visit::opens(&request, staff, &clock);
    let state = desk.state();
    let running = matches!(state, State::Running);
    let shown = read
        .read(move |tx| {
            let room = room_of(tx)?;
            let when = |at| dates::staff_time(at, &room.room.zone).words;
            let (said, alarm, leaks) = told(state, when);
            Ok::<_, Problem>(LeaksPage {
                running,
                said,
                alarm,
                leaks,
                frame: visit.frame(&room),
            })
        })
        .await?;
    let mut answer = page(&shown, Freshness::Never)?;
    if running {
        let soon = header::HeaderValue::from_static("2");
        answer.headers_mut().insert(header::REFRESH, soon);
    }
    Ok(answer)
}

pub(super) async fn start(staff: Staff, desk: Data<LeakDesk>, clock: Data<Clock>) -> Answer {
    staff.editor()?;
    desk.start(&clock);
    see_other(paths::LEAKS)
}

fn told(state: State, when: impl Fn(Instant) -> String) -> (String, bool, Vec<Leak>) {
    match state {
        State::Never => {
            let never = "Nobody has checked since the program was started.";
            (never.to_owned(), false, Vec::new())
        }
        State::Running => ("The check is running.".to_owned(), false, Vec::new()),
        State::Done {
            at,
            result: Ok(report),
        } => {
            let found = match report.leaks.len() {
                0 => "Nothing leaks".to_owned(),
                1 => "One leak was found".to_owned(),
                many => format!("{many} leaks were found"),
            };
            let said = format!(
                "{found}: {} addresses were asked for {} pieces of what is not public, {}.",
                report.asked,
                report.secrets,
                when(at)
            );
            (said, !report.leaks.is_empty(), report.leaks)
        }
        State::Done {
            at,
            result: Err(sentence),
        } => {
            let said = format!("The check could not be made, {}: {sentence}.", when(at));
            (said, true, Vec::new())
        }
    }
}
