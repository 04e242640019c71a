//! `dateline draw-first-page`: what the server begins for each PDF that comes in. It reads a PDF, writes pixels, and
//! has taken from itself before whatever else a process can do.

use std::io::{self, Read, Write};

use clap::Args;
use rlimit::Resource;

use super::CommandError;
use crate::media::first_page::draw;
use crate::media::intake::LARGEST_FILE;

/// What it may take of the machine's memory, its own code included.
const MEMORY: u64 = 600_000_000;
/// The last in the line for a processor (nice(2)).
const LAST_IN_LINE: i32 = 19;

#[derive(Args)]
pub(super) struct Draw {
    /// How long a processor may work for it.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

pub(super) fn run(command: &Draw) -> Result<(), CommandError> {
    confine(command.seconds).map_err(unconfined)?;
    let most = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX);
    let mut pdf = Vec::new();
    let taken = io::stdin().lock().take(most).read_to_end(&mut pdf);
    taken.map_err(|source| CommandError::Drawing(source.to_string()))?;
    let page = draw(pdf).map_err(|why| CommandError::Drawing(why.to_string()))?;
    let mut out = io::stdout().lock();
    out.write_all(&page.sent())
        .and_then(|()| out.flush())
        .map_err(CommandError::Output)
}

/// Without a further open file there is no file, no connection and no program; what is open are the three
/// that it was given.
fn confine(seconds: u64) -> io::Result<()> {
    // Where it is not allowed, the work is done all the same.
    let _nicer = rustix::process::nice(LAST_IN_LINE);
    for (resource, most) in [
        (Resource::AS, MEMORY),
        (Resource::CPU, seconds),
        (Resource::CORE, 0),
        (Resource::NPROC, 0),
        (Resource::NOFILE, 0),
    ] {
        let (_, highest) = resource.get()?;
        let most = most.min(highest);
        resource.set(most, most)?;
    }
    Ok(())
}

fn unconfined(source: io::Error) -> CommandError {
    CommandError::Drawing(format!("it cannot be confined: {source}"))
}
