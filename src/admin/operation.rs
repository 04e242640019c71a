//! How the room runs: disk, file, copies, versions, mails and slow pages, for admins.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;

use super::mails::SendsMail;
use super::{AdminFrame, Visit, room_of};
use crate::backups::Schedule;
use crate::clock::Clock;
use crate::operation::Operation;
use crate::operation::meters::SlowRoute;
use crate::operation::reading::{self, Reading};
use crate::prose::dates::{self, DateWords};
use crate::storage::ReadStore;
use crate::web::problem::Answer;
use crate::web::{Freshness, Staff, page};
use crate::zone::Zone;

/// Below this share of free space the page warns; copies of the room need room, too.
const LITTLE_PERCENT: u64 = 10;

#[derive(Template)]
#[template(path = "admin/operation.html")]
struct OperationPage {
    frame: AdminFrame,
    warnings: Vec<String>,
    room: Vec<Fact>,
    copies: Copies,
    mails: Vec<Fact>,
    versions: Vec<Fact>,
    slow: Vec<SlowRow>,
}

/// A word and what there is to say of it.
struct Fact {
    name: &'static str,
    says: String,
}

impl Fact {
    fn new(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            name,
            says: says.into(),
        }
    }
}

/// The last copy of the room, and how the next ones come to be.
struct Copies {
    last: Option<(DateWords, String)>,
    plan: Option<String>,
}

struct SlowRow {
    route: String,
    answers: String,
    mean: String,
    slowest: String,
}

pub(super) async fn open(
    request: HttpRequest,
    staff: Staff,
    (read, clock): (Data<ReadStore>, Data<Clock>),
    operation: Data<Operation>,
    sends: Data<SendsMail>,
) -> Answer {
    staff.admin()?;
    let visit = Visit::opens(&request, staff, &clock);
    let reading = reading::read(&read, visit.now).await?;
    let room = read.read(room_of).await?;
    let zone = &room.room.zone;
    let operation_page = OperationPage {
        warnings: warnings(&reading),
        room: room_facts(&reading),
        copies: copies(&reading, operation.backups.as_ref(), zone),
        mails: mail_facts(&reading, sends.0),
        versions: versions(&reading),
        slow: operation.meters.slowest().into_iter().map(row).collect(),
        frame: visit.frame(&room),
    };
    page(&operation_page, Freshness::Never)
}

fn warnings(reading: &Reading) -> Vec<String> {
    let mut warnings = Vec::new();
    if let Some((free, all)) = reading.disk
        && free.saturating_mul(100) < all.saturating_mul(LITTLE_PERCENT)
    {
        warnings.push(format!(
            "Only {} of the disk are free. Make room before nothing can be saved any more.",
            size(free)
        ));
    }
    if let Some((_at, problem)) = &reading.facts.backups.problem {
        warnings.push(format!("The last backup could not be made. {problem}"));
    }
    if reading.facts.mails_failed > 0 {
        warnings.push("Mails failed. See under Mails what became of them.".to_owned());
    }
    warnings
}

fn room_facts(reading: &Reading) -> Vec<Fact> {
    let facts = &reading.facts;
    let disk = reading.disk.map_or_else(
        || "The system does not tell.".to_owned(),
        |(free, all)| format!("{} free of {}", size(free), size(all)),
    );
    let sessions = match facts.sessions {
        1 => "1 session".to_owned(),
        many => format!("{many} sessions"),
    };
    vec![
        Fact::new("Disk", disk),
        Fact::new("Database", size(facts.bytes)),
        Fact::new("Log beside it", size(reading.log_bytes)),
        Fact::new("Signed in", sessions),
    ]
}

fn copies(reading: &Reading, plan: Option<&Schedule>, zone: &Zone) -> Copies {
    let last = reading.facts.backups.last.map(|last| {
        let took = short(Duration::from_millis(last.took_millis));
        (
            dates::staff_time(last.at, zone),
            format!("{}, made in {took}", size(last.bytes)),
        )
    });
    let plan = plan.map(|plan| {
        format!(
            "Made every {} into {}; the newest {} are kept.",
            long(plan.every),
            plan.folder.display(),
            plan.keep
        )
    });
    Copies { last, plan }
}

fn mail_facts(reading: &Reading, sends: bool) -> Vec<Fact> {
    let server = if sends {
        "A mail server is set."
    } else {
        "No mail server is set, so nobody gets mails."
    };
    vec![
        Fact::new("Server", server),
        Fact::new("Waiting", reading.facts.mails_waiting.to_string()),
        Fact::new("Failed", reading.facts.mails_failed.to_string()),
    ]
}

fn versions(reading: &Reading) -> Vec<Fact> {
    vec![
        Fact::new("Dateline", env!("CARGO_PKG_VERSION")),
        Fact::new("SQLite", reading.facts.sqlite.as_str()),
        Fact::new("Tables", reading.facts.tables.as_str()),
    ]
}

fn row(route: SlowRoute) -> SlowRow {
    SlowRow {
        route: route.route,
        answers: route.answers.to_string(),
        mean: short(route.mean),
        slowest: short(route.slowest),
    }
}

fn size(bytes: u64) -> String {
    const STEPS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (step, unit) in STEPS {
        if bytes >= step {
            return format!("{}.{} {unit}", bytes / step, bytes % step / (step / 10));
        }
    }
    format!("{bytes} bytes")
}

fn short(took: Duration) -> String {
    match took.as_millis() {
        0 => "less than 1 ms".to_owned(),
        millis if millis < 1_000 => format!("{millis} ms"),
        millis => format!("{}.{} s", millis / 1_000, millis % 1_000 / 100),
    }
}

fn long(span: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    match span.as_secs() {
        HOUR => "hour".to_owned(),
        seconds if seconds % HOUR == 0 => format!("{} hours", seconds / HOUR),
        seconds => format!("{} minutes", seconds / MINUTE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_spans_are_told_in_words_that_people_use() {
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_540_000), "1.5 MB");
        assert_eq!(size(12_000_000_000), "12.0 GB");
        assert_eq!(short(Duration::from_micros(10)), "less than 1 ms");
        assert_eq!(short(Duration::from_millis(2_345)), "2.3 s");
        assert_eq!(long(Duration::from_hours(1)), "hour");
        assert_eq!(long(Duration::from_hours(24)), "24 hours");
        assert_eq!(long(Duration::from_mins(30)), "30 minutes");
    }
}
