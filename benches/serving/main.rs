//! Measures how fast the real binary serves, beside nginx with the very same bytes from disk. `make bench`
//! starts it; all of it stays on 127.0.0.1, and every part is bounded in time or in requests.

mod bars;
mod cold;
mod fill;
mod line;
mod machine;
mod memory;
mod nginx;
mod page;
mod process;
mod publishing;
mod report;
mod rounds;
mod staff;
mod start;
mod wrk;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

use report::Report;

/// What to measure, and for how long.
#[derive(Parser)]
struct Wanted {
    /// Live items in the room.
    #[arg(long, env = "ITEMS", default_value_t = 10_000)]
    items: u32,
    /// How often each server takes its turn; medians are told.
    #[arg(long, env = "ROUNDS", default_value_t = 5)]
    rounds: u32,
    /// How long one turn lasts.
    #[arg(long, env = "SECONDS", default_value_t = 2)]
    seconds: u32,
    /// How many threads of wrk send requests: with one, a processor of two is always the server's.
    #[arg(long, env = "THREADS", default_value_t = 1)]
    threads: u32,
    /// How many requests are made while memory is watched.
    #[arg(long, env = "REQUESTS", default_value_t = 1_000_000)]
    requests: u32,
    /// The first of four ports in a row.
    #[arg(long, env = "PORT", default_value_t = 18_100)]
    port: u16,
    /// Only these parts; BENCHMARKS.md is then left as it is.
    #[arg(long, env = "ONLY", value_delimiter = ',')]
    only: Vec<Part>,
    /// Said by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Start,
    Rounds,
    Cold,
    Publishing,
    Memory,
}

/// Where everything lies, and which room is served.
struct Bench {
    wanted: Wanted,
    folder: PathBuf,
    room: fill::Filled,
}

impl Bench {
    fn does(&self, part: Part) -> bool {
        self.wanted.only.is_empty() || self.wanted.only.contains(&part)
    }
}

fn main() -> Result<()> {
    let wanted = Wanted::parse();
    let folder = PathBuf::from(concat!(env!("CARGO_TARGET_TMPDIR"), "/bench"));
    let folder = folder.join(wanted.items.to_string());
    std::fs::create_dir_all(&folder)?;
    let room = fill::filled(&folder.join("room.db"), wanted.items)?;
    let bench = Bench {
        wanted,
        folder,
        room,
    };
    let mut report = Report::new(&bench)?;
    if bench.does(Part::Start) {
        start::measure(&bench, &mut report)?;
    }
    if bench.does(Part::Rounds) {
        rounds::measure(&bench, &mut report)?;
    }
    if bench.does(Part::Cold) {
        cold::measure(&bench, &mut report)?;
    }
    if bench.does(Part::Publishing) {
        publishing::measure(&bench, &mut report)?;
    }
    if bench.does(Part::Memory) {
        memory::measure(&bench, &mut report)?;
    }
    let text = report.text();
    std::io::stdout().lock().write_all(text.as_bytes())?;
    if bench.wanted.only.is_empty() {
        page::keep(&format!("{} items", bench.wanted.items), &text)?;
    }
    Ok(())
}

/// One line about how far it is.
fn tell(line: &str) {
    // Whoever has closed the terminal does not read it.
    let _told = writeln!(std::io::stderr(), "{line}");
}
