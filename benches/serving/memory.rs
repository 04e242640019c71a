//! Memory over a million requests to 100,000 addresses, half of which are made up.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, ensure};
use dateline::clock::Clock;

use crate::line::Line;
use crate::process::Running;
use crate::report::Report;
use crate::{Bench, fill, tell};

const ADDRESSES: u64 = 100_000;
/// So many of them get nine of ten requests, once each has been asked for.
const OFTEN_ASKED: u64 = 1_000;
const LINES: u64 = 16;
const LOOKS: u64 = 10;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// As in `2026-11-30`.
const DAY_LENGTH: usize = 10;

pub(crate) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    tell("memory over many requests");
    let addresses = addresses(bench)?;
    let running = Running::dateline(&bench.room.file, bench.wanted.port)?;
    running.answers("/")?;
    let mut megabytes = vec![running.memory()?];
    let requests = u64::from(bench.wanted.requests);
    let next = AtomicU64::new(0);
    for look in 1..=LOOKS {
        let until = requests * look / LOOKS;
        std::thread::scope(|scope| {
            let lines: Vec<_> = (0..LINES)
                .map(|_| scope.spawn(|| ask(&addresses, running.port, &next, until)))
                .collect();
            for line in lines {
                line.join().ok().context("a reader fell over")??;
            }
            anyhow::Ok(())
        })?;
        next.store(until, Ordering::SeqCst);
        megabytes.push(running.memory()?);
        tell(&format!(
            "{until} requests: {:.0} MB",
            megabytes.last().context("none")?
        ));
    }
    tell(&format!("never more than {:.0} MB", running.peak()?));
    report.memory(requests, &megabytes);
    Ok(())
}

/// An address, and whether something stands there.
type Address = (String, bool);

fn ask(addresses: &[Address], port: u16, next: &AtomicU64, until: u64) -> Result<()> {
    let mut line = Line::to(port)?;
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        if number >= until {
            return Ok(());
        }
        let place = usize::try_from(chosen(number))?;
        let (address, is_there) = addresses.get(place).context("no such address")?;
        let answer = line.get(address, "gzip")?;
        let expected = if *is_there { 200 } else { 404 };
        ensure!(
            answer.status == expected,
            "{address} answers {}",
            answer.status
        );
    }
}

/// Which address the request with this number is for: first each once, then some more than others.
fn chosen(number: u64) -> u64 {
    if number < ADDRESSES {
        return number;
    }
    let chance = scattered(number);
    if chance.is_multiple_of(10) {
        (chance / 10) % ADDRESSES
    } else {
        (chance / 10) % OFTEN_ASKED * (ADDRESSES / OFTEN_ASKED)
    }
}

/// Numbers that look as if thrown by dice, the same at every run (the finalizer of `SplitMix64`).
fn scattered(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Every second one is made up; the others are items, and lists of the days around today.
fn addresses(bench: &Bench) -> Result<Vec<Address>> {
    let half = ADDRESSES / 2;
    let items = u64::from(bench.wanted.items).min(half);
    let first_made = u64::from(bench.wanted.items) - items;
    let now = Clock::machine().now();
    let day = |back: i64| {
        let moment = now.plus_millis(-back * DAY_MILLIS).to_string();
        moment.chars().take(DAY_LENGTH).collect::<String>()
    };
    let mut addresses = Vec::new();
    for number in 0..half {
        let made_up = format!("/news/no-such-item-{number}");
        let numbered = u32::try_from(first_made + number)?;
        let real = if number < items && numbered >= fill::FIRST {
            format!("/news/{}", fill::slug(numbered))
        } else {
            let (from, to) = (i64::try_from(number / 300)?, i64::try_from(number % 300)?);
            format!("/?from={}&to={}", day(from + to), day(from))
        };
        addresses.push((made_up, false));
        addresses.push((real, true));
    }
    let different: HashSet<_> = addresses.iter().map(|(address, _)| address).collect();
    ensure!(
        different.len() == addresses.len(),
        "an address stands twice"
    );
    Ok(addresses)
}
