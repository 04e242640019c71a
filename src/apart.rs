//! Work that may take too much, in a process of its own. A file of strangers can be made to keep whoever reads it busy
//! for ever, to take all memory, or to make it fall: there, nothing falls but that process, and what it took comes back.

use std::env;
use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// The allocator reserves a gigabyte before anything can limit it, unless it is told not to.
const NO_RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");
/// How often it is looked whether it is done.
const BREATH: Duration = Duration::from_millis(10);
/// Hang-up, interrupt and termination (POSIX): they come to all processes of a service that is stopped.
const STOPPED: [i32; 3] = [1, 2, 15];

/// The program that does such work, and how long it may take.
#[derive(Clone, Debug)]
pub struct Apart {
    pub program: PathBuf,
    /// How long anybody waits for it, on a machine that is busy with something better.
    pub patience: Duration,
    /// How long a processor works for it, in whole seconds.
    pub works_for: Duration,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// What it sent.
    Done(Vec<u8>),
    /// It will never be done; why.
    Nothing(String),
    /// It was stopped from outside: it is begun again some time.
    Left,
}

/// The program that runs now. Where the machine has a way to it that lasts, that one is taken: its file may have
/// been replaced by a newer one since.
pub fn this_program() -> io::Result<PathBuf> {
    const ITSELF: &str = "/proc/self/exe";
    let itself = Path::new(ITSELF);
    if itself.exists() {
        return Ok(itself.to_owned());
    }
    env::current_exe()
}

impl Apart {
    /// Gives these bytes to the command of that name and waits for what it sends, never more than so many bytes,
    /// or until it is to be left.
    /// Fails only where no process can be begun at all.
    pub fn work(
        &self,
        command: &str,
        (bytes, most): (&[u8], usize),
        is_left: &dyn Fn() -> bool,
    ) -> io::Result<End> {
        let mut child = self.process(command).spawn()?;
        let (to, from) = (child.stdin.take(), child.stdout.take());
        thread::scope(|scope| {
            // It may end before it has read everything.
            scope.spawn(move || to.map(|mut to| to.write_all(bytes)));
            let sent = scope.spawn(move || from.map(|from| received(from, most)));
            let end = self.wait(&mut child, is_left)?;
            let sent = sent.join().ok().flatten().unwrap_or_default();
            Ok(match end {
                Ok(status) => ended(status, sent),
                Err(end) => end,
            })
        })
    }

    /// It is given no word of the server's environment, where secrets stand.
    pub fn process(&self, command: &str) -> Command {
        let mut process = Command::new(&self.program);
        process
            .args([command, "--seconds", &self.works_for.as_secs().to_string()])
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
    fn wait(
        &self,
        child: &mut Child,
        is_left: &dyn Fn() -> bool,
    ) -> io::Result<Result<ExitStatus, End>> {
        let mut left = self.patience;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(Ok(status));
            }
            let is_left = is_left();
            if is_left || left.is_zero() {
                child.kill()?;
                child.wait()?;
                return Ok(Err(if is_left {
                    End::Left
                } else {
                    End::Nothing("it took too long".to_owned())
                }));
            }
            thread::sleep(BREATH);
            left = left.saturating_sub(BREATH);
        }
    }
}

fn received(from: ChildStdout, most: usize) -> Vec<u8> {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    match from.take(most.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(_) => bytes,
        Err(_broken_off) => Vec::new(),
    }
}

fn ended(status: ExitStatus, sent: Vec<u8>) -> End {
    if status.success() {
        return End::Done(sent);
    }
    match status.signal() {
        Some(signal) if STOPPED.contains(&signal) => End::Left,
        Some(_) | None => End::Nothing(status.to_string()),
    }
}
