//! `dateline images`: the copies of pictures that readers get, made again.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::{CommandError, say};
use crate::apart;
use crate::darkroom::{self, Anew, anew};
use crate::media::ImageId;
use crate::storage::whole_file::{self, Version};
use crate::storage::{self, ReadStore, Store, copies};

#[derive(Subcommand)]
pub(super) enum ImagesCommand {
    /// Make copies again out of the originals where an older version of the program made them, also while the
    /// room is served.
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
    /// Make the copies of every picture again, also those that this version made.
    #[arg(long)]
    all: bool,
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
    let all = read.read_here(|tx| copies::to_render(tx, render.after, render.all));
    let all = all.map_err(failed)?;
    let bar = bar(all.len());
    let mut rendered = Rendered::default();
    let encoder = darkroom::encoder(apart::this_program().map_err(CommandError::Server)?);
    for image in all {
        bar.set_message(format!("picture {image}"));
        rendered.take(
            image,
            anew((&store, &read), &encoder, image).map_err(failed)?,
        );
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

impl Rendered {
    fn take(&mut self, image: ImageId, came: Anew) {
        match came {
            Anew::Others => self.others += 1,
            Anew::Same => self.same += 1,
            Anew::Kept(why) => self.failed.push(format!("Picture {image}: {why}")),
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
        if all == 0 {
            return say(
                "Nothing to render: this version of the program made every copy. --all makes them all the same.",
            );
        }
        say(&format!(
            "{all} rendered: {} with other copies than before, {} with the same.",
            self.others, self.same
        ))
    }
}
