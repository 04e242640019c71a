//! `dateline person`: accounts, for whoever runs the machine; a password that it gives is printed once.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{CommandError, say};
use crate::accounts::{Email, Password, PasswordHash, PersonId, PersonName, Roles};
use crate::clock::Clock;
use crate::desk::{self, Failure};
use crate::keys::new_password;
use crate::newsroom::{AccountState, Refusal};
use crate::storage::people::NewPerson;
use crate::storage::{self, StorageError, Store, people};

#[derive(Subcommand)]
pub(super) enum PersonCommand {
    /// Add somebody; prints their first password.
    Add(Add),
    /// Everybody who has an account, with roles and state.
    List(Database),
    /// Give somebody these roles and no other; they sign in again.
    Role(Role),
    /// Let nobody sign in with an account any more, or with --undo again.
    Disable(Disable),
    /// Give somebody a new password, which is printed; they are signed out everywhere.
    ResetPassword(Named),
    /// Take somebody's second factor away; they are signed out everywhere and sign in with their password.
    ResetFactor(Named),
}

#[derive(Args)]
pub(super) struct Database {
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
}

#[derive(Args)]
pub(super) struct Named {
    #[command(flatten)]
    room: Database,
    /// The address that they sign in with.
    #[arg(long)]
    mail: Email,
}

#[derive(Args)]
pub(super) struct Add {
    #[command(flatten)]
    named: Named,
    /// What they are called.
    #[arg(long)]
    name: PersonName,
    /// author, editor or admin; several with commas.
    #[arg(long, value_delimiter = ',', required = true)]
    role: Vec<Roles>,
}

#[derive(Args)]
pub(super) struct Role {
    #[command(flatten)]
    named: Named,
    /// author, editor or admin; several with commas.
    #[arg(long, value_delimiter = ',', required = true)]
    role: Vec<Roles>,
}

#[derive(Args)]
pub(super) struct Disable {
    #[command(flatten)]
    named: Named,
    /// Enable it again.
    #[arg(long)]
    undo: bool,
}

pub(super) fn run(command: &PersonCommand) -> Result<(), CommandError> {
    match command {
        PersonCommand::Add(add) => run_add(add),
        PersonCommand::List(room) => list(&room.database),
        PersonCommand::Role(role) => run_role(role),
        PersonCommand::Disable(disable) => run_disable(disable),
        PersonCommand::ResetPassword(named) => reset_password(named),
        PersonCommand::ResetFactor(named) => reset_factor(named),
    }
}

/// The room in a file that must be there: a mistyped name makes no new room.
fn opened(file: &Path) -> Result<Store, CommandError> {
    if !file.exists() {
        return Err(CommandError::Person(format!(
            "There is no room in {}. Name its file with --database.",
            file.display()
        )));
    }
    let opened = storage::open(file, None).map_err(|source| failed(file, source))?;
    Ok(opened.0)
}

fn failed(file: &Path, source: StorageError) -> CommandError {
    CommandError::Database {
        file: file.to_owned(),
        source,
    }
}

fn said_no(file: &Path, failure: Failure) -> CommandError {
    match failure {
        Failure::Refused(refusal) => CommandError::Person(refusal.to_string()),
        Failure::Storage(source) => failed(file, source),
    }
}

fn all_of(roles: &[Roles]) -> Roles {
    let none = Roles::default();
    roles.iter().fold(none, |all, role| all.with(*role))
}

fn first_password() -> Result<(String, PasswordHash), CommandError> {
    let password = new_password();
    let hash = Password::attempt(&password)
        .hash()
        .map_err(|error| CommandError::Person(error.to_string()))?;
    Ok((password, hash))
}

fn run_add(add: &Add) -> Result<(), CommandError> {
    let file = &add.named.room.database;
    let store = opened(file)?;
    let is_set_up = !store
        .write_here(|tx| people::nobody_is_here(tx))
        .map_err(|source| failed(file, source))?;
    // The first account and the room are made together; nobody could make the room after an account.
    if !is_set_up {
        return Err(CommandError::Person(
            "This room is not set up yet. Open the address that dateline serve prints when it starts, and add \
             others then."
                .to_owned(),
        ));
    }
    let (password, hash) = first_password()?;
    let roles = all_of(&add.role);
    let mail = &add.named.mail;
    let new = NewPerson {
        name: add.name.clone(),
        email: mail.clone(),
        hash: Some(hash),
        roles,
    };
    let now = Clock::machine().now();
    match store.write_here(|tx| desk::people::add(tx, &new, now)) {
        Ok(_id) => say(&format!("{} {} {password}", roles.words(), mail.as_str())),
        Err(StorageError::EmailTaken) => Err(CommandError::Person(format!(
            "{} has an account already.",
            mail.as_str()
        ))),
        Err(source) => Err(failed(file, source)),
    }
}

fn list(file: &Path) -> Result<(), CommandError> {
    let store = opened(file)?;
    let accounts = store
        .write_here(|tx| people::accounts(tx))
        .map_err(|source| failed(file, source))?;
    for account in accounts {
        let state = match account.state() {
            AccountState::Active => "active",
            AccountState::Invited => "invited",
            AccountState::Disabled => "disabled",
        };
        let person = &account.person;
        say(&format!(
            "{state}\t{}\t{}\t{}",
            person.roles.words(),
            person.email.as_str(),
            person.name.as_str()
        ))?;
    }
    Ok(())
}

/// One step with the account of this address.
fn step(
    named: &Named,
    step: impl FnOnce(&mut storage::WriteTx<'_>, PersonId) -> Result<(), Failure>,
) -> Result<(), CommandError> {
    let file = &named.room.database;
    let store = opened(file)?;
    let done = store.write_here(|tx| {
        let account = people::account_of(tx, &named.mail)?;
        let account = account.ok_or(Refusal::NoSuchPerson)?;
        step(tx, account.person.id)
    });
    done.map_err(|failure| said_no(file, failure))
}

fn run_role(role: &Role) -> Result<(), CommandError> {
    let (roles, now) = (all_of(&role.role), Clock::machine().now());
    step(&role.named, |tx, person| {
        desk::people::change_roles(tx, person, (roles, None), (None, now))
    })?;
    say(&format!("{} {}", roles.words(), role.named.mail.as_str()))
}

fn run_disable(disable: &Disable) -> Result<(), CommandError> {
    let (undo, now) = (disable.undo, Clock::machine().now());
    step(&disable.named, |tx, person| {
        if undo {
            desk::people::enable(tx, person, (None, now))
        } else {
            desk::people::disable(tx, person, (None, now))
        }
    })?;
    let state = if undo { "active" } else { "disabled" };
    say(&format!("{state} {}", disable.named.mail.as_str()))
}

fn reset_password(named: &Named) -> Result<(), CommandError> {
    let (password, hash) = first_password()?;
    let now = Clock::machine().now();
    step(named, |tx, person| {
        desk::people::reset_password(tx, person, &hash, now)
    })?;
    say(&format!("{} {password}", named.mail.as_str()))
}

fn reset_factor(named: &Named) -> Result<(), CommandError> {
    let now = Clock::machine().now();
    step(named, |tx, person| {
        desk::factors::reset(tx, person, (None, now))
    })?;
    say(&format!("no-factor {}", named.mail.as_str()))
}
