//! `dateline export` and `dateline import`: the whole room as files that anybody can read, and back.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CommandError, say};
use crate::clock::Clock;
use crate::portable::{self, Progress};
use crate::storage;
use crate::storage::whole_file::{self, Version};

#[derive(Args)]
pub(super) struct Export {
    /// The folder to write into; it is made where it is missing, and must be empty.
    folder: PathBuf,
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
}

#[derive(Args)]
pub(super) struct Import {
    /// The folder that was exported.
    folder: PathBuf,
    /// The file to make the room in; it must not be there yet.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
}

/// A bar on the terminal; nothing where there is none.
struct Bar(ProgressBar);

impl Bar {
    fn new(verb: &'static str) -> Self {
        let style =
            ProgressStyle::with_template("{prefix} {bar:40} {pos} of {len} rows, {eta} left");
        let bar = ProgressBar::new(0).with_prefix(verb);
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn begins(&self, rows: u64) {
        self.0.set_length(rows);
    }

    fn row(&self) {
        self.0.inc(1);
    }
}

pub(super) fn export(export: &Export) -> Result<(), CommandError> {
    let name = export.database.display();
    let refused = |why: String| Err(CommandError::Check(why));
    if !export.database.exists() {
        return refused(format!(
            "There is no room in {name}. Name its file with --database."
        ));
    }
    match whole_file::version(&export.database) {
        Ok(Version::Present) => {}
        Ok(Version::Older) => {
            return refused(format!(
                "The room in {name} was made by an older version of this program. Start it once, then export it."
            ));
        }
        Err(unfit) => return refused(format!("{name} cannot be exported: {unfit}.")),
    }
    let opened = storage::open(&export.database, None);
    let (_store, read) = opened.map_err(|source| CommandError::Database {
        file: export.database.clone(),
        source,
    })?;
    let bar = Bar::new("Exporting");
    let now = Clock::machine().now();
    let done = portable::export(&read, &export.folder, now, &bar);
    bar.0.finish_and_clear();
    done?;
    say(&format!(
        "The room is in {}, as files that anybody can read. Keep them as you keep the room: drafts and addresses are among them.",
        export.folder.display()
    ))
}

pub(super) fn import(import: &Import) -> Result<(), CommandError> {
    let bar = Bar::new("Importing");
    let done = portable::import(&import.folder, &import.database, &bar);
    bar.0.finish_and_clear();
    done?;
    say(&format!(
        "The room of {} is in {}.",
        import.folder.display(),
        import.database.display()
    ))
}
