//! The servers as processes of their own: what they use of the processor and of memory.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::line::Line;

/// A server that runs until this is dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) port: u16,
}

impl Running {
    pub(crate) fn start(command: &mut Command, port: u16) -> Result<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        Ok(Self { child, port })
    }

    /// `dateline serve` on the room in this file, as it runs with its own defaults.
    pub(crate) fn dateline(room: &Path, port: u16) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command
            .env_clear()
            .args(["serve", "--log", "warn", "--listen"])
            .arg(format!("127.0.0.1:{port}"))
            .arg("--database")
            .arg(room);
        Self::start(&mut command, port)
    }

    /// The first answer at this address, asked for until it comes.
    pub(crate) fn answers(&self, address: &str) -> Result<Duration> {
        const PATIENCE: Duration = Duration::from_secs(30);
        const BETWEEN: Duration = Duration::from_micros(500);
        let begun = Instant::now();
        loop {
            let answer = Line::to(self.port).and_then(|mut line| line.get(address, "gzip"));
            match answer {
                Ok(answer) if answer.status == 200 => return Ok(begun.elapsed()),
                Ok(answer) => bail!("{address} answers {}", answer.status),
                Err(error) if begun.elapsed() > PATIENCE => return Err(error),
                Err(_not_yet) => std::thread::sleep(BETWEEN),
            }
        }
    }

    /// The process and those that it has started.
    fn family(&self) -> Result<Vec<u32>> {
        let own = self.child.id();
        let mut family = vec![own];
        for entry in fs::read_dir("/proc")? {
            let name = entry?.file_name();
            let Some(number) = name.to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            // A process may end while it is asked.
            if let Ok(fields) = stat(number)
                && fields
                    .get(1)
                    .is_some_and(|parent| *parent == own.to_string())
            {
                family.push(number);
            }
        }
        Ok(family)
    }

    /// What all of them have used of the processor so far.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        /// Linux counts in hundredths of a second here, on every machine.
        const TICK: Duration = Duration::from_millis(10);
        let mut ticks = 0;
        for number in self.family()? {
            let fields = stat(number)?;
            for place in [11, 12] {
                let field = fields.get(place).context("a short stat")?;
                ticks += field.parse::<u32>()?;
            }
        }
        Ok(TICK * ticks)
    }

    /// The memory that the process holds now, in megabytes.
    pub(crate) fn memory(&self) -> Result<f64> {
        self.megabytes("VmRSS:")
    }

    /// The most memory that it ever held, in megabytes.
    pub(crate) fn peak(&self) -> Result<f64> {
        self.megabytes("VmHWM:")
    }

    /// A line of its status (proc(5)).
    fn megabytes(&self, name: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: f64 = kilobytes
            .with_context(|| format!("no {name}"))?
            .trim()
            .parse()?;
        Ok(kilobytes / 1024.0)
    }
}

/// The fields of a process from its state on (proc(5)).
fn stat(number: u32) -> Result<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').context("no stat")?;
    Ok(rest.split_whitespace().map(str::to_owned).collect())
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked to stop, so that nginx takes its workers along; killed where that takes too long.
        let number = self.child.id().to_string();
        let _asked = Command::new("kill").args(["-TERM", &number]).status();
        for _ in 0..100 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
