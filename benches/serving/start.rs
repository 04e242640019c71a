//! From the start of the process until the front page is answered.

use std::time::Instant;

use anyhow::Result;

use crate::process::Running;
use crate::report::{Report, median};
use crate::{Bench, tell};

pub(crate) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    const STARTS: u32 = 7;
    tell("starting and stopping");
    let mut millis = Vec::new();
    let mut memory = 0.0;
    for _ in 0..STARTS {
        let begun = Instant::now();
        let running = Running::dateline(&bench.room.file, bench.wanted.port)?;
        running.answers("/")?;
        millis.push(begun.elapsed().as_secs_f64() * 1e3);
        memory = running.memory()?;
    }
    report.start(median(&millis), memory);
    Ok(())
}
