//! `dateline person add`: somebody who may sign in, with a first password that is printed once.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CommandError, say};
use crate::accounts::{Email, Password, PersonName, Roles};
use crate::clock::Clock;
use crate::desk;
use crate::keys::new_password;
use crate::storage::people::NewPerson;
use crate::storage::{self, StorageError};

#[derive(Subcommand)]
pub(super) enum PersonCommand {
    /// Add somebody; prints their first password.
    Add(Add),
}

#[derive(Args)]
pub(super) struct Add {
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
    /// What they are called.
    #[arg(long)]
    name: PersonName,
    /// The address they sign in with.
    #[arg(long)]
    mail: Email,
    /// author, editor or admin; several with commas.
    #[arg(long, value_delimiter = ',', required = true)]
    role: Vec<Roles>,
}

pub(super) fn run(command: &PersonCommand) -> Result<(), CommandError> {
    match command {
        PersonCommand::Add(add) => run_add(add),
    }
}

fn run_add(add: &Add) -> Result<(), CommandError> {
    let failed = |source| CommandError::Database {
        file: add.database.clone(),
        source,
    };
    if !add.database.exists() {
        return Err(CommandError::Person(format!(
            "There is no room in {}. Name its file with --database.",
            add.database.display()
        )));
    }
    let (store, _read) = storage::open(&add.database, None).map_err(failed)?;
    let password = new_password();
    let hash = Password::attempt(&password)
        .hash()
        .map_err(|error| CommandError::Person(error.to_string()))?;
    let roles = add
        .role
        .iter()
        .fold(Roles::default(), |all, role| all.with(*role));
    let new = NewPerson {
        name: add.name.clone(),
        email: add.mail.clone(),
        hash,
        roles,
    };
    let now = Clock::machine().now();
    match store.write_here(|tx| desk::people::add(tx, &new, now)) {
        Ok(_id) => say(&format!(
            "{} {} {password}",
            roles.words(),
            add.mail.as_str()
        )),
        Err(StorageError::EmailTaken) => Err(CommandError::Person(format!(
            "{} has an account already.",
            add.mail.as_str()
        ))),
        Err(source) => Err(failed(source)),
    }
}
