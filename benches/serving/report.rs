//! What was measured, as tables.

use anyhow::Result;

use crate::bars::{Bar, Held};
use crate::nginx::Kept;
use crate::publishing::Times;
use crate::rounds::Turn;
use crate::wrk::Figures;
use crate::{Bench, machine};

/// Which nginx it was held against.
#[derive(Clone, Copy)]
pub(crate) enum Against {
    Disk,
    OpenFiles,
}

/// A page that was laid out for the request.
pub(crate) struct Cold {
    pub(crate) name: &'static str,
    pub(crate) encoding: &'static str,
    pub(crate) after_a_change: bool,
    pub(crate) cpu_millis: f64,
    pub(crate) median_millis: f64,
}

pub(crate) struct Published {
    pub(crate) alone: Times,
    pub(crate) among_readers: Times,
    /// What 64 readers saw while nobody published, and while somebody did.
    pub(crate) readers_alone: Figures,
    pub(crate) readers: Figures,
}

pub(crate) struct Report {
    head: String,
    items: u32,
    sizes: Vec<String>,
    turns: Vec<String>,
    cold: Vec<String>,
    others: Vec<String>,
    bars: Vec<Held>,
}

impl Report {
    pub(crate) fn new(bench: &Bench) -> Result<Self> {
        let wanted = &bench.wanted;
        Ok(Self {
            head: format!(
                "{}. {} rounds of {} s.",
                machine::words()?,
                wanted.rounds,
                wanted.seconds
            ),
            items: wanted.items,
            sizes: Vec::new(),
            turns: Vec::new(),
            cold: Vec::new(),
            others: Vec::new(),
            bars: Vec::new(),
        })
    }

    fn bar(&mut self, what: impl Into<String>, measured: f64, bar: Bar, unit: &'static str) {
        self.bars.push(Held {
            what: what.into(),
            measured,
            bar,
            unit,
        });
    }

    fn other(&mut self, what: &str, measured: &str) {
        self.others.push(format!("| {what} | {measured} |"));
    }

    pub(crate) fn size(&mut self, name: &str, kept: &Kept) {
        let bytes = kept.answer.body.len();
        self.sizes
            .push(format!("{name} {:.1} KB", kilobytes(bytes)));
    }

    pub(crate) fn turns(
        &mut self,
        name: &str,
        connections: u32,
        ours: &[Turn],
        theirs: &[(Against, Vec<Turn>)],
    ) {
        for (against, theirs) in theirs {
            let row = Row::of(ours, theirs);
            let word = match against {
                Against::Disk => "nginx",
                Against::OpenFiles => "nginx, open_file_cache",
            };
            self.turns
                .push(format!("| {name} | {connections} | {word} | {row}"));
            let is_page = ["front page", "one item", "200 items in turn"].contains(&name);
            if is_page && matches!(against, Against::Disk) {
                let what = |what| format!("{name}, {connections} connections: {what}");
                self.bar(what("requests"), row.rate, Bar::AtLeast(1.15), " ×");
                self.bar(what("CPU a request"), row.cpu, Bar::AtMost(0.85), " ×");
                self.bar(what("99th percentile"), row.p99, Bar::AtMost(1.5), " ×");
            }
        }
    }

    pub(crate) fn cold(&mut self, cold: &Cold) {
        let encoding = if cold.encoding.is_empty() {
            "plain"
        } else {
            cold.encoding
        };
        let when = if cold.after_a_change {
            "after each change"
        } else {
            "without a change"
        };
        self.cold.push(format!(
            "| {} | {when} | {encoding} | {:.2} | {:.2} |",
            cold.name, cold.cpu_millis, cold.median_millis
        ));
        let bar = match (cold.name, cold.after_a_change) {
            ("the front page", _) => 2.0,
            ("one item", _) | (_, false) => 1.0,
            _ => return,
        };
        let what = format!("cold: {}, {when}, {encoding}: CPU", cold.name);
        self.bar(what, cold.cpu_millis, Bar::AtMost(bar), " ms");
    }

    pub(crate) fn start(&mut self, millis: f64, megabytes: f64) {
        let bar = if self.items > 10_000 { 500.0 } else { 150.0 };
        self.bar("start to the first answer", millis, Bar::AtMost(bar), " ms");
        self.other("start to the first answer", &format!("{millis:.0} ms"));
        self.other("memory after it", &format!("{megabytes:.0} MB"));
    }

    pub(crate) fn memory(&mut self, requests: u64, megabytes: &[f64]) {
        let most = megabytes.iter().copied().fold(0.0, f64::max);
        let along: Vec<_> = megabytes.iter().map(|one| format!("{one:.0}")).collect();
        let what = format!("memory along {requests} requests to 100,000 addresses, in MB");
        self.other(&what, &along.join(" "));
        self.bar("memory", most, Bar::AtMost(200.0), " MB");
        // Flat: the second half adds next to nothing to the first.
        let half = megabytes.get(megabytes.len() / 2).copied().unwrap_or(most);
        let grown = megabytes.last().copied().unwrap_or(most) / half;
        self.bar(
            "memory at the end, of that at half time",
            grown,
            Bar::AtMost(1.1),
            " ×",
        );
    }

    pub(crate) fn published(&mut self, published: &Published) {
        let (alone, among_readers) = (&published.alone, &published.among_readers);
        let (readers_alone, readers) = (&published.readers_alone, &published.readers);
        let pair = |alone: &[f64], among: &[f64]| {
            format!("{:.1} ms alone, {:.1} ms", median(alone), median(among))
        };
        self.other(
            "publishing an item, while 64 connections read",
            &pair(&alone.steps, &among_readers.steps),
        );
        self.other(
            "publishing until the next request shows it, while 64 connections read",
            &pair(&alone.seen, &among_readers.seen),
        );
        self.other(
            "longest wait of 64 readers, while items are published",
            &pair(&[readers_alone.longest_ms], &[readers.longest_ms]),
        );
        let extra = median(&among_readers.steps) - median(&alone.steps);
        self.bar(
            "publishing under load: extra",
            extra,
            Bar::AtMost(50.0),
            " ms",
        );
        self.bar(
            "publishing under load: longest wait",
            readers.longest_ms,
            Bar::AtMost(100.0),
            " ms",
        );
        self.bar(
            "publishing under load: failed",
            readers.failed,
            Bar::AtMost(0.0),
            "",
        );
    }

    /// Only what was measured has its table.
    pub(crate) fn text(&self) -> String {
        let bars: Vec<_> = self.bars.iter().map(Held::to_string).collect();
        let mut parts = vec![format!("## {} live items\n\n{}\n", self.items, self.head)];
        if !self.sizes.is_empty() {
            let sizes = self.sizes.join(", ");
            parts.push(format!("Bytes of a body in gzip: {sizes}.\n"));
        }
        for (head, rows) in [
            (TURNS, &self.turns),
            (COLD, &self.cold),
            (OTHERS, &self.others),
            (BARS, &bars),
        ] {
            if let (false, Some(names)) = (rows.is_empty(), head.lines().next()) {
                let dashes = "|---".repeat(names.matches('|').count().saturating_sub(1));
                parts.push(format!("{names}\n{dashes}|\n{}\n", rows.join("\n")));
            }
        }
        parts.join("\n")
    }
}

const TURNS: &str = "| page | connections | against | requests a second | ratio | median, ms | 99th percentile, ms | ratio | CPU, µs a request | ratio |";
const COLD: &str = "| page that is not in memory | when | as | CPU, ms | median, ms |";
const OTHERS: &str = "| what | measured |";
const BARS: &str = "| bar | is | measured | verdict |";

/// One server held against another: medians, and the medians of the rounds' ratios.
struct Row {
    words: String,
    rate: f64,
    p99: f64,
    cpu: f64,
}

impl Row {
    fn of(ours: &[Turn], theirs: &[Turn]) -> Self {
        let middle = |turns: &[Turn], of: fn(&Turn) -> f64| {
            median(&turns.iter().map(of).collect::<Vec<_>>())
        };
        let ratio = |of: fn(&Turn) -> f64| {
            let pairs = ours.iter().zip(theirs);
            median(
                &pairs
                    .map(|(us, them)| of(us) / of(them))
                    .collect::<Vec<_>>(),
            )
        };
        let pair = |of: fn(&Turn) -> f64| (middle(ours, of), middle(theirs, of));
        let (rate, p99) = (
            ratio(|turn| turn.figures.per_second),
            ratio(|turn| turn.figures.p99_ms),
        );
        let cpu = ratio(|turn| turn.cpu_micros);
        let (us, them) = pair(|turn| turn.figures.per_second);
        let (us_median, them_median) = pair(|turn| turn.figures.median_ms);
        let (us_p99, them_p99) = pair(|turn| turn.figures.p99_ms);
        let (us_cpu, them_cpu) = pair(|turn| turn.cpu_micros);
        let words = format!(
            "{us:.0} / {them:.0} | {rate:.2} | {us_median:.2} / {them_median:.2} | {us_p99:.2} / {them_p99:.2} | {p99:.2} | {us_cpu:.1} / {them_cpu:.1} | {cpu:.2} |"
        );
        Self {
            words,
            rate,
            p99,
            cpu,
        }
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)
    }
}

/// The middle one; nothing measured is no figure.
pub(crate) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Bytes in thousands, as a number for people.
fn kilobytes(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::INFINITY, f64::from) / 1e3
}
