//! `dateline draw-first-page`, `look-at-pdf` and `encode-avif`: what the server begins for work that may take too much.
//! Each reads what it is given, writes what it made of it, and has taken from itself before whatever else a process
//! can do.

use std::io::{self, Read, Write};

use clap::Args;
use rlimit::Resource;

use super::CommandError;
use crate::media::avif;
use crate::media::files::PdfReport;
use crate::media::first_page;
use crate::media::intake::LARGEST_FILE;

/// What it may take of the machine's memory, its own code included.
const MEMORY_TO_DRAW: u64 = 600_000_000;
/// For this, one stream is unpacked at a time, and none is drawn.
const MEMORY_TO_LOOK: u64 = 450_000_000;
/// Enough for an upright photo at the widest, whose copy has six megapixels.
const MEMORY_TO_ENCODE: u64 = 600_000_000;
/// The last in the line for a processor (nice(2)).
const LAST_IN_LINE: i32 = 19;

#[derive(Args)]
pub(super) struct Limits {
    /// How long a processor may work for it.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

/// Nobody waits for a picture.
pub(super) fn draw(limits: &Limits) -> Result<(), CommandError> {
    // Where it is not allowed, the work is done all the same.
    let _nicer = rustix::process::nice(LAST_IN_LINE);
    let pdf = confined(limits, MEMORY_TO_DRAW)?;
    let page = first_page::draw(pdf).map_err(|why| CommandError::Apart(why.to_string()))?;
    send(&page.sent())
}

/// Nobody waits for it either.
pub(super) fn encode(limits: &Limits) -> Result<(), CommandError> {
    let _nicer = rustix::process::nice(LAST_IN_LINE);
    let asked = confined(limits, MEMORY_TO_ENCODE)?;
    send(&avif::encode(&asked).map_err(|why| CommandError::Apart(why.to_string()))?)
}

/// Somebody waits for the answer.
pub(super) fn look(limits: &Limits) -> Result<(), CommandError> {
    let pdf = confined(limits, MEMORY_TO_LOOK)?;
    send(PdfReport::of(&pdf).sent().as_bytes())
}

fn confined(limits: &Limits, memory: u64) -> Result<Vec<u8>, CommandError> {
    let unconfined = |source| CommandError::Apart(format!("it cannot be confined: {source}"));
    confine(limits.seconds, memory).map_err(unconfined)?;
    let most = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX);
    // At once: a list that grows is held twice for a moment.
    let mut given = Vec::with_capacity(LARGEST_FILE);
    let taken = io::stdin().lock().take(most).read_to_end(&mut given);
    taken.map_err(|source| CommandError::Apart(source.to_string()))?;
    Ok(given)
}

fn send(bytes: &[u8]) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(CommandError::Output)
}

/// Without a further open file there is no file, no connection and no program; what is open are the three
/// that it was given.
fn confine(seconds: u64, memory: u64) -> io::Result<()> {
    for (resource, most) in [
        (Resource::AS, memory),
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
