//! `dateline check`: whether the room's file keeps every promise, or with `--leaks` whether a
//! public address tells a stranger what it must not.

use std::path::{Path, PathBuf};

use actix_web::rt::System;
use clap::Args;

use super::{CommandError, say};
use crate::admin::set_up::SetUpToken;
use crate::app::{Outside, Room};
use crate::clock::Clock;
use crate::desk::soundness;
use crate::leaks::Report;
use crate::media::Waiting;
use crate::operation::Operation;
use crate::storage::soundness::Broken;
use crate::storage::whole_file::{self, Version};
use crate::storage::{self, ReadStore, StorageError, Store};

#[derive(Args)]
pub(super) struct Check {
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
    /// Look for anything not public that a public address answers with, instead of at the file.
    #[arg(long)]
    leaks: bool,
}

pub(super) fn run(check: &Check) -> Result<(), CommandError> {
    let (store, read) = opened(&check.database)?;
    if check.leaks {
        leaks(&check.database, store, read)
    } else {
        sound(&check.database, &read)
    }
}

/// A check changes nothing: neither does it make a room where there is none, nor bring an older one
/// up to date.
fn opened(file: &Path) -> Result<(Store, ReadStore), CommandError> {
    let refused = |why: String| Err(CommandError::Check(why));
    let name = file.display();
    if !file.exists() {
        return refused(format!(
            "There is no room in {name}. Name its file with --database."
        ));
    }
    match whole_file::version(file) {
        Ok(Version::Present) => storage::open(file, None).map_err(|source| failed(file, source)),
        Ok(Version::Older) => refused(format!(
            "The room in {name} was made by an older version of this program. Start it once, then check it."
        )),
        Err(unfit) => refused(format!("{name} cannot be checked: {unfit}.")),
    }
}

fn failed(file: &Path, source: StorageError) -> CommandError {
    CommandError::Database {
        file: file.to_owned(),
        source,
    }
}

fn sound(file: &Path, read: &ReadStore) -> Result<(), CommandError> {
    let broken = read
        .read_here(soundness::look)
        .map_err(|source| failed(file, source))?;
    for one in &broken {
        told(one)?;
    }
    match broken.len() {
        0 => say(&format!(
            "The room is sound: {} promises were looked at, and every one is kept.",
            soundness::questions()
        )),
        1 => Err(CommandError::Check("1 promise is broken.".to_owned())),
        many => Err(CommandError::Check(format!("{many} promises are broken."))),
    }
}

fn told(broken: &Broken) -> Result<(), CommandError> {
    say(&format!("{}:", broken.promise))?;
    for place in &broken.places {
        say(&format!("    {place}"))?;
    }
    match broken.count.saturating_sub(broken.places.len()) {
        0 => Ok(()),
        more => say(&format!("    and {more} more")),
    }
}

fn leaks(file: &Path, store: Store, read: ReadStore) -> Result<(), CommandError> {
    let room = Room {
        store,
        read,
        clock: Clock::machine(),
        address: "http://localhost".to_owned(),
        key: actix_web::cookie::Key::generate(),
        set_up: SetUpToken::closed(),
        sends_mail: false,
        workers: 1,
        outside: Outside::default(),
        operation: Operation::default(),
        program: PathBuf::new(),
        waiting: Waiting::default(),
    }
    .standing_still();
    let known = room.secrets().map_err(|source| failed(file, source))?;
    let report = System::new()
        .block_on(room.checked_for_leaks(&known))
        .map_err(CommandError::Check)?;
    told_of_leaks(&report)
}

/// One line for each leak; none is a line too.
fn told_of_leaks(report: &Report) -> Result<(), CommandError> {
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
