//! What a page costs that nobody has asked for yet, or not since the last change: real requests to the
//! real process. Its memory of pages is not switched off; a change of the room before each request, made
//! by this process, is what makes it lay the page out anew.

use std::time::Instant;

use anyhow::{Result, ensure};
use dateline::clock::Clock;
use dateline::storage::StorageError;
use dateline::storage::journal::{self, Entry};

use crate::line::Line;
use crate::process::Running;
use crate::report::{Cold, Report, median};
use crate::{Bench, fill, tell};

/// So many pages are asked for, so that hundredths of a second tell enough.
const PAGES: u32 = 600;

pub(crate) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    tell("pages that are not in memory");
    let newest = bench.wanted.items.saturating_sub(1);
    let last_page = bench.wanted.items / 12;
    let item = format!("/news/{}", fill::slug(newest));
    let late = format!("/?page={last_page}");
    let room = Asked {
        bench,
        server: Running::dateline(&bench.room.file, bench.wanted.port)?,
    };
    room.server.answers("/robots.txt")?;
    for encoding in ["", "gzip"] {
        report.cold(&room.changed("the front page", "/", encoding)?);
        report.cold(&room.never_asked(encoding, newest)?);
        report.cold(&room.changed("one item", &item, encoding)?);
    }
    report.cold(&room.changed("the last page of all news", &late, "")?);
    report.cold(&room.changed("the feed", "/feed.atom", "")?);
    report.cold(&room.changed("what is not there", "/news/nothing-here", "")?);
    Ok(())
}

struct Asked<'a> {
    bench: &'a Bench,
    server: Running,
}

impl Asked<'_> {
    /// The same page after each of many changes.
    fn changed(&self, name: &'static str, address: &str, encoding: &'static str) -> Result<Cold> {
        let addresses = (0..PAGES).map(|_| address.to_owned());
        self.pages(name, encoding, addresses, true)
    }

    /// Items that nobody has asked this process for, each once. Those in plain text are others than those in
    /// gzip, which would be in memory by then.
    fn never_asked(&self, encoding: &'static str, newest: u32) -> Result<Cold> {
        let first = if encoding.is_empty() { 1 } else { 1 + PAGES };
        let step = (newest / (3 * PAGES)).max(1);
        let numbers = (first..first + PAGES).map(|place| newest.saturating_sub(place * step));
        let addresses = numbers.map(|number| format!("/news/{}", fill::slug(number)));
        self.pages(
            "an item, asked for the first time",
            encoding,
            addresses,
            false,
        )
    }

    fn pages(
        &self,
        name: &'static str,
        encoding: &'static str,
        addresses: impl Iterator<Item = String>,
        after_a_change: bool,
    ) -> Result<Cold> {
        let mut line = Line::to(self.server.port)?;
        let mut millis = Vec::new();
        let before = self.server.cpu()?;
        for address in addresses {
            if after_a_change {
                self.change()?;
            }
            let begun = Instant::now();
            let answer = line.get(&address, encoding)?;
            millis.push(begun.elapsed().as_secs_f64() * 1e3);
            let is_there = [200, 404].contains(&answer.status);
            ensure!(is_there, "{address} answers {}", answer.status);
        }
        let used = self.server.cpu()?.saturating_sub(before);
        Ok(Cold {
            name,
            encoding,
            after_a_change,
            cpu_millis: used.as_secs_f64() * 1e3 / f64::from(PAGES),
            median_millis: median(&millis),
        })
    }

    /// The smallest change there is, by another process than the one that answers.
    fn change(&self) -> Result<()> {
        let now = Clock::machine().now();
        let entry = Entry::of_room("measured", "");
        let note = self
            .bench
            .room
            .store
            .write_here(|tx| journal::note(tx, None, &entry, now));
        note.map_err(|error: StorageError| error.into())
    }
}
