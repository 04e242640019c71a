//! The command line: each command is one file, and its failure is one sentence.

mod apart;
mod backup;
mod carry;
mod check;
mod demo;
mod images;
mod listening;
mod memory;
mod person;
mod serve;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::admin::files;
use crate::backups::BackupError;
use crate::config::Config;
use crate::darkroom;
use crate::mailer::PostError;
use crate::portable::PortableError;
use crate::purger::CachesError;
use crate::samples;
use crate::storage::StorageError;
use crate::telemetry;
use crate::web::doors::CertificateError;

/// A newsroom in one binary: write, check and publish news, and let readers read it fast.
#[derive(Parser)]
#[command(version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the room, readers and staff; makes the database where there is none.
    Serve(Config),
    /// Serve a room full of samples, and print who may sign in.
    Demo(Config),
    /// Save the whole room in a new file, also while people write.
    Backup(backup::Backup),
    /// Put a backup in the room's place; the program must not be running.
    Restore(backup::Restore),
    /// Write the whole room into a folder, readable without the program.
    Export(carry::Export),
    /// Make a room of a folder that was exported.
    Import(carry::Import),
    /// Look for anything that should not be so.
    Check(check::Check),
    /// Make the copies of pictures again.
    #[command(subcommand)]
    Images(images::ImagesCommand),
    /// Draw the first page of the PDF that comes in, as pixels; the server calls it.
    #[command(name = darkroom::DRAWS, hide = true)]
    DrawFirstPage(apart::Limits),
    /// Make an AVIF of the pixels that come in; the server calls it.
    #[command(name = darkroom::ENCODES, hide = true)]
    EncodeAvif(apart::Limits),
    /// Say of the PDF that comes in whether readers may have it; the server calls it.
    #[command(name = files::LOOKS_AT_PDF, hide = true)]
    LookAtPdf(apart::Limits),
    /// Add people who may sign in.
    #[command(subcommand)]
    Person(person::PersonCommand),
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("The database {file} cannot be used: {source}")]
    Database { file: PathBuf, source: StorageError },
    #[error("The address {address} cannot be listened on: {source}")]
    Listen { address: String, source: io::Error },
    #[error(
        "HTTPS cannot be offered: {0}. Set both --tls-certificate and --tls-key to files in PEM."
    )]
    Certificate(#[from] CertificateError),
    #[error("A CDN cannot be told of changes like this: {0}.")]
    Caches(#[from] CachesError),
    #[error("The file {file} cannot be used: {source}")]
    File { file: PathBuf, source: io::Error },
    #[error("Mails cannot be sent like this: {0}.")]
    Mail(#[from] PostError),
    #[error("The server stopped: {0}")]
    Server(#[source] io::Error),
    #[error("The sample room cannot be loaded: {0}")]
    Samples(#[from] samples::SampleError),
    #[error("{file} is a room of its own, not the sample room. Name another file with --database.")]
    NotTheSampleRoom { file: PathBuf },
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Portable(#[from] PortableError),
    #[error("Nothing came of it: {0}.")]
    Apart(String),
    #[error("{0}")]
    Person(String),
    #[error("{0}")]
    Check(String),
    #[error("Nothing can be written to the terminal: {0}")]
    Output(#[source] io::Error),
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    if matches!(command, Command::Serve(_) | Command::Demo(_)) {
        memory::given_back_at_once();
    }
    let done = match command {
        Command::Serve(config) => serve::run(&config),
        Command::Demo(config) => demo::run(&config),
        Command::Backup(backup) => backup::take(&backup),
        Command::Restore(restore) => backup::restore(&restore),
        Command::Export(export) => carry::export(&export),
        Command::Import(import) => carry::import(&import),
        Command::Check(check) => check::run(&check),
        Command::Images(command) => images::run(&command),
        Command::DrawFirstPage(limits) => apart::draw(&limits),
        Command::EncodeAvif(limits) => apart::encode(&limits),
        Command::LookAtPdf(limits) => apart::look(&limits),
        Command::Person(command) => person::run(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be written, the exit code still says it.
            let _written = writeln!(io::stderr(), "{}", telemetry::causes(&error));
            ExitCode::FAILURE
        }
    }
}

fn say(line: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(CommandError::Output)
}
