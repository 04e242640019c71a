//! Measures how long somebody who uploads a photo of 24 megapixels waits, and how much memory four of them
//! take, against the real binary. `make bench` starts it; all of it stays on 127.0.0.1.

#[path = "../serving/bars.rs"]
#[expect(dead_code, reason = "no bar here is one to be reached from below")]
mod bars;
mod desk;
#[path = "../serving/line.rs"]
mod line;
#[path = "../serving/page.rs"]
mod page;
mod photo;
#[path = "../serving/process.rs"]
#[expect(dead_code, reason = "the other benchmark asks for more")]
mod process;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use dateline::clock::Clock;
use dateline::samples::{self, Account};
use dateline::storage::people;

use bars::{Bar, Held};
use desk::{Desk, Uploaded};
use process::Running;

/// How often to measure, and where.
#[derive(Parser)]
struct Wanted {
    /// How many photos are uploaded one after the other; medians are told.
    #[arg(long, env = "PHOTOS", default_value_t = 5)]
    photos: u32,
    #[arg(long, env = "PORT", default_value_t = 18_110)]
    port: u16,
    /// Whether BENCHMARKS.md stays as it is.
    #[arg(long, env = "DRY")]
    dry: bool,
    /// Said by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// So many send at the same time while memory is watched.
const AT_ONCE: u32 = 4;
/// In seconds, and in megabytes.
const PAGE_BAR: f64 = 1.5;
const RENDITIONS_BAR: f64 = 6.0;
const MEMORY_BAR: f64 = 400.0;

/// A photo, and what the machine was doing when it was sent.
struct Turn {
    came: Uploaded,
    load: f64,
}

fn main() -> Result<()> {
    let wanted = Wanted::parse();
    let (room, account) = room()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let running = Running::dateline(&room, wanted.port)?;
    running.answers("/")?;
    let turns = runtime.block_on(one_by_one(&account, &wanted))?;
    drop(running);
    let running = Running::dateline(&room, wanted.port)?;
    running.answers("/")?;
    let at_rest = running.memory()?;
    let load = load()?;
    runtime.block_on(all_at_once(&account, &wanted))?;
    let text = told(&turns, (at_rest, running.peak()?, load))?;
    std::io::stdout().lock().write_all(text.as_bytes())?;
    if !wanted.dry {
        page::keep("pictures", &text)?;
    }
    Ok(())
}

/// A new room with the samples in it, and somebody who may upload.
fn room() -> Result<(PathBuf, Account)> {
    let folder = PathBuf::from(concat!(env!("CARGO_TARGET_TMPDIR"), "/pictures"));
    let _none = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let file = folder.join("room.db");
    let (store, read) = dateline::storage::open(&file, None)?;
    if read.read_here(people::nobody_is_here)? {
        let prepared = samples::prepare()?;
        let now = Clock::machine().now();
        store.write_here(|tx| prepared.load(tx, now, None))?;
    }
    let accounts = samples::renew_passwords(&store)?;
    let mut accounts = accounts.into_iter();
    let editor = accounts.find(|account| account.key == "editor");
    Ok((file, editor.context("the sample room has no editor")?))
}

async fn one_by_one(account: &Account, wanted: &Wanted) -> Result<Vec<Turn>> {
    let desk = Desk::of(account, wanted.port).await?;
    let mut turns = Vec::new();
    for seed in 0..wanted.photos {
        let photo = photo::photo(1000 * seed)?;
        tell(&format!("a photo of {} MB", photo.len() / 1_000_000));
        let load = load()?;
        let came = desk.upload(photo).await?;
        tell(&format!("{:?}, {:?}", came.page, came.renditions));
        turns.push(Turn { came, load });
    }
    Ok(turns)
}

async fn all_at_once(account: &Account, wanted: &Wanted) -> Result<()> {
    let desk = Desk::of(account, wanted.port).await?;
    let photos: Vec<Vec<u8>> = (0..AT_ONCE)
        .map(|seed| photo::photo(1_000_000 + 1000 * seed))
        .collect::<Result<_>>()?;
    tell("four photos at once");
    let all = photos.into_iter().map(|photo| desk.upload(photo));
    futures_util::future::try_join_all(all).await?;
    Ok(())
}

/// Of the last minute.
fn load() -> Result<f64> {
    let line = fs::read_to_string("/proc/loadavg")?;
    let first = line.split(' ').next().context("no load")?;
    Ok(first.parse()?)
}

/// The middle of the turns, held against its bar, with the worst of them and the machine's load.
fn row(turns: &[Turn], what: &str, of: fn(&Uploaded) -> Duration, bar: f64) -> String {
    let seconds = turns.iter().map(|turn| of(&turn.came).as_secs_f64());
    let mut seconds: Vec<f64> = seconds.collect();
    seconds.sort_by(f64::total_cmp);
    let worst = seconds.last().copied().unwrap_or(f64::NAN);
    let held = Held {
        what: what.to_owned(),
        measured: seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN),
        bar: Bar::AtMost(bar),
        unit: " s",
    };
    let loads = turns.iter().map(|turn| turn.load);
    let (least, most) = loads.fold((f64::INFINITY, 0.0_f64), |(least, most), load| {
        (least.min(load), most.max(load))
    });
    format!("{held} {worst:.2} s | {least:.2} to {most:.2} |\n")
}

fn told(turns: &[Turn], (at_rest, peak, load): (f64, f64, f64)) -> Result<String> {
    let day = Clock::machine().now().to_string();
    let day = day.split('T').next().unwrap_or_default();
    let mut text = format!(
        "## A photo of 24 megapixels\n\n{day}; {} processors; {} photos one by one, then {AT_ONCE} at once. \
         The load is the machine's, of the minute before.\n\n\
         | bar | is | measured | verdict | worst | load |\n|---|---|---|---|---|---|\n",
        available_parallelism()?,
        turns.len()
    );
    text.push_str(&row(
        turns,
        "from the first byte sent until the page that describes it has come",
        |came| came.page,
        PAGE_BAR,
    ));
    text.push_str(&row(
        turns,
        "until every JPEG and WebP is there",
        |came| came.renditions,
        RENDITIONS_BAR,
    ));
    let held = Held {
        what: format!("most memory, {AT_ONCE} uploads at once ({at_rest:.0} MB at rest)"),
        measured: peak,
        bar: Bar::AtMost(MEMORY_BAR),
        unit: " MB",
    };
    writeln!(text, "{held} {peak:.0} MB | {load:.2} |")?;
    Ok(text)
}

/// One line about how far it is.
fn tell(line: &str) {
    // Whoever has closed the terminal does not read it.
    let _told = writeln!(std::io::stderr(), "{line}");
}
