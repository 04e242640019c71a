//! `dateline check --leaks`: asks every public address as a stranger would, and tells what it must not have told.

use std::path::PathBuf;

use actix_web::rt::System;
use clap::Args;

use super::{CommandError, say};
use crate::admin::set_up::SetUpToken;
use crate::app::Room;
use crate::clock::Clock;
use crate::leaks::Report;
use crate::operation::Operation;
use crate::storage;

#[derive(Args)]
pub(super) struct Check {
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
    /// Look for anything not public that a public address answers with.
    #[arg(long, required = true)]
    leaks: bool,
}

pub(super) fn run(check: &Check) -> Result<(), CommandError> {
    if !check.database.exists() {
        return Err(CommandError::Check(format!(
            "There is no room in {}. Name its file with --database.",
            check.database.display()
        )));
    }
    let failed = |source| CommandError::Database {
        file: check.database.clone(),
        source,
    };
    let (store, read) = storage::open(&check.database, None).map_err(failed)?;
    let room = Room {
        store,
        read,
        clock: Clock::machine(),
        address: "http://localhost".to_owned(),
        key: actix_web::cookie::Key::generate(),
        set_up: SetUpToken::closed(),
        sends_mail: false,
        workers: 1,
        operation: Operation::default(),
    };
    let known = room.secrets().map_err(failed)?;
    let report = System::new()
        .block_on(room.checked_for_leaks(&known))
        .map_err(CommandError::Check)?;
    told(&report)
}

/// One line for each leak; none is a line too.
fn told(report: &Report) -> Result<(), CommandError> {
    for leak in &report.leaks {
        say(&format!("{}: {}: {}", leak.address, leak.place, leak.words))?;
    }
    let Report {
        asked,
        secrets,
        leaks,
    } = report;
    let sum = format!(
        "{asked} addresses asked as a stranger, for {secrets} pieces of what is not public"
    );
    if leaks.is_empty() {
        say(&format!("Nothing leaks: {sum}."))
    } else {
        Err(CommandError::Check(format!(
            "{} leaks: {sum}.",
            leaks.len()
        )))
    }
}
