//! The counters as Prometheus reads them (text format 0.0.4).

use std::fmt::Write;

use super::meters::{Meters, Sums};
use super::reading::Reading;
use crate::storage::Written;

/// What a scrape tells, put together.
pub(super) struct Told<'a> {
    pub(super) meters: &'a Meters,
    pub(super) written: Written,
    pub(super) epoch: u64,
    pub(super) reading: &'a Reading,
}

/// A text that grows line by line; writing to a string cannot fail.
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        let _written = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _written = writeln!(self.0, "{name}{labels} {value}");
    }

    fn one(&mut self, (name, kind): (&str, &str), help: &str, value: impl std::fmt::Display) {
        self.head(name, kind, help);
        self.line(name, "", value);
    }

    fn counter(&mut self, name: &str, help: &str, value: u64) {
        self.one((name, "counter"), help, value);
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl std::fmt::Display) {
        self.one((name, "gauge"), help, value);
    }
}

pub(super) fn text(told: &Told<'_>) -> String {
    let mut text = Text(String::with_capacity(4096));
    requests(&mut text, told.meters);
    durations(&mut text, told.meters);
    database(&mut text, told);
    staff(&mut text, told.reading);
    text.0
}

fn requests(text: &mut Text, meters: &Meters) {
    const REQUESTS: &str = "dateline_requests_total";
    let (memory, bytes) = meters.from_memory();
    text.head(
        REQUESTS,
        "counter",
        "Answers by class of status. Lane memory: to readers, of kept pages. Lane program: pages laid out for memory, and all else.",
    );
    for (lane, sums) in [("memory", memory), ("program", meters.from_program())] {
        for (class, count) in classes(sums) {
            let labels = format!("{{lane=\"{lane}\",status=\"{class}\"}}");
            text.line(REQUESTS, &labels, count);
        }
    }
    let (kept, pages) = meters.kept();
    let hits = memory.success + memory.redirection + memory.client_error + memory.server_error;
    let laid_out = meters.pages_laid_out();
    text.counter(
        "dateline_cache_hits_total",
        "Answers that memory had already.",
        hits.saturating_sub(laid_out),
    );
    text.counter(
        "dateline_cache_misses_total",
        "Pages that were laid out because memory had none that was true.",
        laid_out,
    );
    text.counter(
        "dateline_cache_sent_bytes_total",
        "Bytes that memory sent.",
        bytes,
    );
    text.gauge("dateline_cache_bytes", "Bytes that memory keeps.", kept);
    text.gauge("dateline_cache_pages", "Pages that memory keeps.", pages);
}

fn classes(sums: Sums) -> [(&'static str, u64); 4] {
    [
        ("2xx", sums.success),
        ("3xx", sums.redirection),
        ("4xx", sums.client_error),
        ("5xx", sums.server_error),
    ]
}

fn durations(text: &mut Text, meters: &Meters) {
    const NAME: &str = "dateline_request_duration_seconds";
    const MILLIS: u64 = 1_000;
    let durations = meters.durations();
    text.head(
        NAME,
        "histogram",
        "How long the program took for its answers.",
    );
    for (bound, count) in durations.up_to {
        let labels = format!("{{le=\"{}.{:03}\"}}", bound / MILLIS, bound % MILLIS);
        text.line(&format!("{NAME}_bucket"), &labels, count);
    }
    text.line(&format!("{NAME}_bucket"), "{le=\"+Inf\"}", durations.all);
    let seconds = std::time::Duration::from_micros(durations.micros).as_secs_f64();
    text.line(&format!("{NAME}_sum"), "", seconds);
    text.line(&format!("{NAME}_count"), "", durations.all);
}

fn database(text: &mut Text, told: &Told<'_>) {
    text.gauge(
        "dateline_writes_waiting",
        "Changes that wait for the one connection that writes.",
        told.written.waiting,
    );
    text.counter(
        "dateline_writes_total",
        "Changes that had their turn.",
        told.written.began,
    );
    text.counter(
        "dateline_writes_busy_total",
        "Changes that waited for too long and were refused.",
        told.written.gave_up,
    );
    text.gauge(
        "dateline_epoch",
        "Rises with every change that readers could see.",
        told.epoch,
    );
    let facts = &told.reading.facts;
    text.gauge(
        "dateline_database_bytes",
        "Size of the room's file.",
        facts.bytes,
    );
    text.gauge(
        "dateline_database_log_bytes",
        "Size of the log beside it.",
        told.reading.log_bytes,
    );
    if let Some((free, _all)) = told.reading.disk {
        text.gauge("dateline_disk_free_bytes", "Free on the room's disk.", free);
    }
}

fn staff(text: &mut Text, reading: &Reading) {
    const MAILS: &str = "dateline_mails";
    const MILLIS: i64 = 1_000;
    let facts = &reading.facts;
    text.head(MAILS, "gauge", "Mails that wait, and mails that failed.");
    text.line(MAILS, "{state=\"waiting\"}", facts.mails_waiting);
    text.line(MAILS, "{state=\"failed\"}", facts.mails_failed);
    text.gauge(
        "dateline_sessions",
        "Sessions of people who are signed in.",
        facts.sessions,
    );
    // Absent until there is one: an age of nothing would look fresh.
    if let Some(last) = facts.backups.last {
        let age = (reading.at.millis() - last.at.millis()).max(0) / MILLIS;
        text.gauge(
            "dateline_backup_age_seconds",
            "Age of the last backup.",
            age,
        );
        text.gauge(
            "dateline_backup_bytes",
            "Size of the last backup.",
            last.bytes,
        );
    }
    text.gauge(
        "dateline_backup_failing",
        "1 while the last try to make a backup failed.",
        u8::from(facts.backups.problem.is_some()),
    );
}
