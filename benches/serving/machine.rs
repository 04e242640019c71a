//! On what the figures were measured, and when.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

use anyhow::Result;
use dateline::clock::Clock;

/// One line for the head of the table.
pub(crate) fn words() -> Result<String> {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unnamed processor", |line| {
            line.trim_matches([':', '\t', ' '])
        });
    let processors = available_parallelism()?;
    let moment = Clock::machine().now().to_string();
    let day = moment.split('T').next().unwrap_or_default();
    Ok(format!(
        "{day}; {processors} × {model}; Linux {}; {}; {}",
        said("uname", "-r"),
        said("nginx", "-v").replace("nginx version: ", ""),
        said("wrk", "-v").split(" [").next().unwrap_or_default(),
    ))
}

/// The first line that a program says to this.
fn said(program: &str, word: &str) -> String {
    let Ok(output) = Command::new(program).arg(word).output() else {
        return format!("no {program}");
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    said.lines().next().unwrap_or_default().trim().to_owned()
}
