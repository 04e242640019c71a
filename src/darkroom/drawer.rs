//! Draws the first page of a PDF in a process of its own. A PDF can be made to keep whoever draws it busy for ever,
//! to take all memory, or to make it fall: there, nothing falls but that process.

use std::env;
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::media::first_page::DrawnPage;

/// The word of the command line that begins such a process.
pub const DRAWS: &str = "draw-first-page";
/// How long anybody waits for a page, on a machine that is busy with something better, and how long a processor
/// works for it at most.
const PATIENCE: Duration = Duration::from_mins(1);
const WORKS_FOR: Duration = Duration::from_secs(10);
/// The allocator reserves a gigabyte before anything can limit it, unless it is told not to.
const NO_RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");
/// How often it is looked whether it is done.
const BREATH: Duration = Duration::from_millis(10);
/// Hang-up, interrupt and termination (POSIX): they come to all processes of a service that is stopped.
const STOPPED: [i32; 3] = [1, 2, 15];

/// The program that draws, and how long it may take.
#[derive(Clone, Debug)]
pub struct Drawer {
    pub program: PathBuf,
    pub patience: Duration,
    pub works_for: Duration,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    Page(DrawnPage),
    /// There will never be a page; how the process ended.
    Nothing(String),
    /// The work was left: it is begun again.
    Left,
}

impl Drawer {
    pub const fn new(program: PathBuf) -> Self {
        Self {
            program,
            patience: PATIENCE,
            works_for: WORKS_FOR,
        }
    }

    /// By the program that runs now. Where the machine has a way to it that lasts, that one is taken: its file may
    /// have been replaced by a newer one since.
    pub fn of_this_program() -> io::Result<Self> {
        const ITSELF: &str = "/proc/self/exe";
        let itself = Path::new(ITSELF);
        let program = if itself.exists() {
            itself.to_owned()
        } else {
            env::current_exe()?
        };
        Ok(Self::new(program))
    }

    /// Fails only where no process can be begun at all.
    pub fn draw(&self, pdf: &[u8], stop: &AtomicBool) -> io::Result<Drawing> {
        let mut child = self.process().spawn()?;
        let (to, from) = (child.stdin.take(), child.stdout.take());
        thread::scope(|scope| {
            // It may end before it has read everything.
            scope.spawn(move || to.map(|mut to| to.write_all(pdf)));
            let sent = scope.spawn(move || from.map(received));
            let end = self.wait(&mut child, stop)?;
            let sent = sent.join().ok().flatten().unwrap_or_default();
            Ok(end.with(&sent))
        })
    }

    /// It is given no word of the server's environment, where secrets stand.
    pub fn process(&self) -> Command {
        let mut process = Command::new(&self.program);
        process
            .args([DRAWS, "--seconds", &self.works_for.as_secs().to_string()])
            .env_clear()
            .envs([NO_RESERVE])
            // What is typed at the terminal of the server is not meant for it.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        process
    }

    /// Until it ends by itself, or its time is over.
    fn wait(&self, child: &mut Child, stop: &AtomicBool) -> io::Result<End> {
        let mut left = self.patience;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(End::ByItself(status));
            }
            let is_left = stop.load(Ordering::Relaxed);
            if is_left || left.is_zero() {
                child.kill()?;
                child.wait()?;
                return Ok(if is_left { End::Left } else { End::TooLate });
            }
            thread::sleep(BREATH);
            left = left.saturating_sub(BREATH);
        }
    }
}

/// Never more than a page has.
fn received(from: impl Read) -> Vec<u8> {
    let most = u64::try_from(DrawnPage::LONGEST).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    match from.take(most + 1).read_to_end(&mut bytes) {
        Ok(_) => bytes,
        Err(_broken_off) => Vec::new(),
    }
}

/// How a process ended.
enum End {
    ByItself(ExitStatus),
    TooLate,
    Left,
}

impl End {
    fn with(self, sent: &[u8]) -> Drawing {
        match self {
            Self::Left => Drawing::Left,
            Self::TooLate => Drawing::Nothing("it took too long".to_owned()),
            Self::ByItself(status) if status.success() => DrawnPage::received(sent).map_or_else(
                || Drawing::Nothing("what came of it is no page".to_owned()),
                Drawing::Page,
            ),
            Self::ByItself(status) => match status.signal() {
                Some(signal) if STOPPED.contains(&signal) => Drawing::Left,
                Some(_) | None => Drawing::Nothing(status.to_string()),
            },
        }
    }
}
