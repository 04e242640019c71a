//! `dateline images`: the copies of pictures that readers get, made again.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::{CommandError, say};
use crate::media::{ImageId, take_in};
use crate::storage::whole_file::{self, Version};
use crate::storage::{self, ReadStore, StorageError, Store, embedded, renditions};

#[derive(Subcommand)]
pub(super) enum ImagesCommand {
    /// Make the copies of all pictures again out of their originals, also while the room is served.
    Render(Render),
}

#[derive(Args)]
pub(super) struct Render {
    /// The file that holds the room.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    database: PathBuf,
    /// Begin behind the picture of this number, where an earlier run was ended.
    #[arg(long, default_value_t = 0)]
    after: i64,
}

/// What became of the pictures.
#[derive(Default)]
struct Rendered {
    others: u64,
    same: u64,
    failed: Vec<String>,
}

pub(super) fn run(command: &ImagesCommand) -> Result<(), CommandError> {
    let ImagesCommand::Render(render) = command;
    let (store, read) = opened(render)?;
    let failed = |source| CommandError::Database {
        file: render.database.clone(),
        source,
    };
    let all = read.read_here(|tx| renditions::images_after(tx, render.after));
    let all = all.map_err(failed)?;
    let bar = bar(all.len());
    let mut rendered = Rendered::default();
    for image in all {
        bar.set_message(format!("picture {image}"));
        rendered.take(image, anew(&store, &read, image).map_err(failed)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    rendered.told()
}

fn opened(render: &Render) -> Result<(Store, ReadStore), CommandError> {
    let name = render.database.display();
    if !render.database.exists() {
        return Err(CommandError::Check(format!(
            "There is no room in {name}. Name its file with --database."
        )));
    }
    match whole_file::version(&render.database) {
        Ok(Version::Present) => {}
        Ok(Version::Older) => {
            return Err(CommandError::Check(format!(
                "The room in {name} was made by an older version of this program. Start it once, then render its pictures."
            )));
        }
        Err(unfit) => {
            return Err(CommandError::Check(format!(
                "{name} cannot be used: {unfit}."
            )));
        }
    }
    storage::open(&render.database, None).map_err(|source| CommandError::Database {
        file: render.database.clone(),
        source,
    })
}

/// Moves on only when the copies of a picture are stored; nothing where there is no terminal.
fn bar(pictures: usize) -> ProgressBar {
    let length = u64::try_from(pictures).unwrap_or(u64::MAX);
    let bar = ProgressBar::new(length);
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left, {msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// Whether any copy is another now, or why none could be made. The copies of one picture change at
/// once or not at all.
fn anew(
    store: &Store,
    read: &ReadStore,
    image: ImageId,
) -> Result<Result<bool, String>, StorageError> {
    let Some((_format, original)) = read.read_here(|tx| embedded::original(tx, image))? else {
        return Ok(Err("its original is not there".to_owned()));
    };
    match take_in(&original) {
        Ok(taken) => store
            .write_here(|tx| renditions::replace(tx, image, &taken.renditions))
            .map(Ok),
        Err(refusal) => Ok(Err(refusal.to_string())),
    }
}

impl Rendered {
    fn take(&mut self, image: ImageId, came: Result<bool, String>) {
        match came {
            Ok(true) => self.others += 1,
            Ok(false) => self.same += 1,
            Err(why) => self.failed.push(format!("Picture {image}: {why}")),
        }
    }

    fn told(self) -> Result<(), CommandError> {
        let all = self.others + self.same;
        if !self.failed.is_empty() {
            return Err(CommandError::Check(format!(
                "{all} rendered, and these keep the copies that they have: {}",
                self.failed.join(" ")
            )));
        }
        say(&format!(
            "{all} rendered: {} with other copies than before, {} with the same.",
            self.others, self.same
        ))
    }
}
