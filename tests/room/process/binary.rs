//! `dateline` as a process: started, listened to, stopped, killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// The binary, with nothing of this machine's settings.
fn dateline(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(words).env_clear();
    command
}

/// Runs a command that ends by itself.
pub(crate) fn run(words: &[&str]) -> Output {
    dateline(words).output().unwrap()
}

/// What a process printed and its exit code, as a person sees them.
pub(crate) fn seen(output: &Output) -> (Option<i32>, String, String) {
    (
        output.status.code(),
        String::from_utf8(output.stdout.clone()).unwrap(),
        String::from_utf8(output.stderr.clone()).unwrap(),
    )
}

pub(crate) struct Running {
    child: Child,
    printed: Receiver<String>,
    lines: Vec<String>,
    /// Without a slash at the end.
    pub(crate) readers: String,
}

impl Running {
    /// Starts `dateline serve` on the room in this file and waits until it says where readers go.
    pub(super) fn serve(room: &Path) -> Self {
        Self::serve_with(room, &[])
    }

    /// The same with these settings in its environment.
    pub(crate) fn serve_with(room: &Path, settings: &[(&str, String)]) -> Self {
        Self::serve_at("127.0.0.1:0", room, settings)
    }

    /// The same at these places.
    pub(crate) fn serve_at(places: &str, room: &Path, settings: &[(&str, String)]) -> Self {
        let file = room.to_string_lossy();
        let mut child = dateline(&["serve", "--listen", places, "--log", "warn"])
            .args(["--database", &file])
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, printed) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    break;
                }
            }
        });
        let mut running = Self {
            child,
            printed,
            lines: Vec::new(),
            readers: String::new(),
        };
        let readers = running.line("readers");
        running.readers = readers.trim_end_matches('/').to_owned();
        running
    }

    /// The rest of the printed line that begins with this word.
    pub(super) fn line(&mut self, word: &str) -> String {
        let start = format!("{word} ");
        loop {
            let known = self.lines.iter().find_map(|line| line.strip_prefix(&start));
            if let Some(rest) = known {
                return rest.to_owned();
            }
            let next = self.printed.recv_timeout(PATIENCE);
            self.lines
                .push(next.unwrap_or_else(|error| panic!("no line “{word}”: {error}")));
        }
    }

    /// Asks the process to stop, as systemd and containers do.
    pub(super) fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(asked.success());
    }

    /// Ends the process without a word, as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for the end; everything that was printed until then.
    pub(super) async fn ended(&mut self) -> (ExitStatus, Vec<String>) {
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < deadline, "the process does not end");
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        self.lines.extend(self.printed.iter());
        (status, self.lines.clone())
    }

    /// Stops the process as it should be stopped; everything that it printed.
    pub(crate) async fn stop(&mut self) -> Vec<String> {
        self.ask_to_stop();
        let (status, lines) = self.ended().await;
        assert_eq!(status.code(), Some(0));
        lines
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}
