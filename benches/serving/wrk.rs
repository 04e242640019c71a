//! The load: Debian's wrk, and what it says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/serving/wrk.lua");

/// Requests to one server, at one number of connections.
#[derive(Clone)]
pub(crate) struct Load {
    pub(crate) port: u16,
    pub(crate) connections: u32,
    pub(crate) seconds: u32,
    /// So many threads send requests.
    pub(crate) threads: u32,
    /// A file with the addresses, line by line.
    pub(crate) addresses: PathBuf,
    /// The first of them.
    pub(crate) first: String,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) requests: f64,
    pub(crate) per_second: f64,
    pub(crate) median_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) longest_ms: f64,
    pub(crate) failed: f64,
}

/// Writes down which addresses are asked for.
pub(crate) fn addresses(file: &Path, addresses: &[String]) -> Result<(PathBuf, String)> {
    fs::write(file, addresses.join("\n"))?;
    let first = addresses.first().context("no address")?;
    Ok((file.to_owned(), first.clone()))
}

impl Load {
    pub(crate) fn start(&self) -> Result<Child> {
        let child = Command::new("wrk")
            .arg(format!("-t{}", self.threads))
            .arg(format!("-c{}", self.connections))
            .arg(format!("-d{}s", self.seconds))
            .args(["--timeout", "5s", "-s", SCRIPT])
            .arg(format!("http://127.0.0.1:{}{}", self.port, self.first))
            .arg("--")
            .arg(&self.addresses)
            .stdout(Stdio::piped())
            .spawn()
            .context("wrk cannot be started")?;
        Ok(child)
    }

    pub(crate) fn run(&self) -> Result<Figures> {
        figures(self.start()?)
    }
}

/// Waits for the end of a load.
pub(crate) fn figures(load: Child) -> Result<Figures> {
    let output = load.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let line = said.lines().find_map(|line| line.strip_prefix("figures "));
    let line = line.with_context(|| format!("wrk gave no figures: {said}"))?;
    let numbers: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [requests, micros, median, p99, longest, failed] = numbers[..] else {
        anyhow::bail!("wrk said {line}");
    };
    ensure!(requests > 0.0, "nobody answered wrk");
    Ok(Figures {
        requests,
        per_second: requests / micros * 1e6,
        median_ms: median / 1e3,
        p99_ms: p99 / 1e3,
        longest_ms: longest / 1e3,
        failed,
    })
}
