//! From pressing "Publish" to the first reader who sees it, with and without 64 readers at once.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use dateline::clock::Clock;
use dateline::newsroom::ItemId;

use crate::line::Line;
use crate::process::Running;
use crate::report::{Published, Report};
use crate::staff::Browser;
use crate::wrk::{self, Load};
use crate::{Bench, fill, tell};

const ITEMS: u32 = 20;
const READERS: u32 = 64;
const BETWEEN: Duration = Duration::from_millis(200);
/// As long as it takes to publish them all.
const LOAD_SECONDS: u32 = 8;

pub(crate) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    tell("publishing, with and without readers");
    let running = Running::dateline(&bench.room.file, bench.wanted.port)?;
    running.answers("/")?;
    let editor = Browser::of(&bench.room.editor, running.port)?;
    let drafts = drafts(bench)?;
    let (alone, among_readers) = drafts.split_at_checked(drafts.len() / 2).context("none")?;
    let load = load(bench, running.port)?;
    let alone = published(&editor, running.port, alone)?;
    let readers_alone = load.run()?;
    let readers = load.start()?;
    let among_readers = published(&editor, running.port, among_readers)?;
    let readers = wrk::figures(readers)?;
    report.published(&Published {
        alone,
        among_readers,
        readers_alone,
        readers,
    });
    Ok(())
}

/// An item that is written and not out: its number, and the end of its address.
type Draft = (ItemId, String);

fn drafts(bench: &Bench) -> Result<Vec<Draft>> {
    let now = Clock::machine().now();
    // Other numbers than those of any run before.
    let first = u32::try_from(now.millis() / 1_000)?;
    let room = &bench.room;
    room.store.write_here(|tx| {
        (first..first + 2 * ITEMS)
            .map(|number| Ok((room.write(tx, number, now)?, fill::slug(number))))
            .collect()
    })
}

/// Milliseconds of each step, and until the item was seen.
#[derive(Default)]
pub(crate) struct Times {
    pub(crate) steps: Vec<f64>,
    pub(crate) seen: Vec<f64>,
}

fn published(editor: &Browser, port: u16, drafts: &[Draft]) -> Result<Times> {
    let mut reader = Line::to(port)?;
    let mut times = Times::default();
    for (item, slug) in drafts {
        std::thread::sleep(BETWEEN);
        let form = editor.form(&format!("/admin/items/{item}/publications"))?;
        let begun = Instant::now();
        editor.send(&form)?;
        times.steps.push(begun.elapsed().as_secs_f64() * 1e3);
        // The very next request must show it.
        let front = reader.get("/", "")?;
        times.seen.push(begun.elapsed().as_secs_f64() * 1e3);
        let shows = String::from_utf8_lossy(&front.body).contains(slug);
        ensure!(shows, "the front page does not show {slug}");
    }
    Ok(times)
}

fn load(bench: &Bench, port: u16) -> Result<Load> {
    const IN_TURN: u32 = 200;
    let newest = bench.wanted.items.saturating_sub(1);
    let items = (0..IN_TURN).map(|back| format!("/news/{}", fill::slug(newest - back)));
    let addresses: Vec<String> = std::iter::once("/".to_owned()).chain(items).collect();
    let (addresses, first) = wrk::addresses(&bench.folder.join("addresses"), &addresses)?;
    Ok(Load {
        port,
        connections: READERS,
        seconds: LOAD_SECONDS,
        threads: bench.wanted.threads,
        addresses,
        first,
    })
}
