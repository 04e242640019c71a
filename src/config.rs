//! Every setting of the process, with name, default and meaning; nonsense is refused at start.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// What `serve` and `demo` need to know. Each flag has an environment variable of the same name.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// The file that holds the whole room; it is made where it is missing.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    pub database: PathBuf,

    /// Where to listen, as address:port.
    #[arg(long, env = "DATELINE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Where readers reach the room from outside, such as `https://news.example.org`;
    /// with https, cookies travel over HTTPS only. Default: http and the listening address.
    #[arg(long, env = "DATELINE_ADDRESS", value_parser = public_address)]
    pub address: Option<String>,

    /// The mail server, such as `smtps://user:password@mail.example.org:465`; without one, mails are
    /// only shown to admins. Better set in the environment than here, where every process can read it.
    #[arg(
        long,
        env = "DATELINE_MAIL_SERVER",
        hide_env_values = true,
        requires = "mail_from"
    )]
    pub mail_server: Option<Secret>,

    /// Who mails are from, such as `Open Quay <news@example.org>`.
    #[arg(long, env = "DATELINE_MAIL_FROM")]
    pub mail_from: Option<String>,

    /// Where copies of the room go by themselves; without a folder, none are made.
    #[arg(long, env = "DATELINE_BACKUP_FOLDER")]
    pub backup_folder: Option<PathBuf>,

    /// How long after one copy the next is made, such as 24h or 30m.
    #[arg(long, env = "DATELINE_BACKUP_EVERY", default_value = "24h", value_parser = span)]
    pub backup_every: Duration,

    /// How many copies are kept; the oldest are deleted.
    #[arg(long, env = "DATELINE_BACKUP_KEEP", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..))]
    pub backup_keep: u16,

    /// Where numbers for Prometheus are answered (`/metrics`), as address:port; without it, nowhere.
    #[arg(long, env = "DATELINE_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,

    /// How many threads answer requests. Default: one for each processor but one, which is left to
    /// the database and to pictures.
    #[arg(long, env = "DATELINE_WORKERS", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,

    /// How the log is written to standard error.
    #[arg(long, env = "DATELINE_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,

    /// What is logged: error, warn, info, debug, or a filter such as `info,dateline::web=debug`.
    #[arg(long, env = "DATELINE_LOG", default_value = "info", value_parser = log_filter)]
    pub log: String,
}

/// A setting that no log and no error message shows.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(typed: String) -> Self {
        Self(typed)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

impl Config {
    /// The room's address from outside, without a slash at the end.
    pub fn public_address(&self, listening: SocketAddr) -> String {
        self.address
            .clone()
            .unwrap_or_else(|| format!("http://{listening}"))
    }

    /// The mail server and the sender, where both are set.
    pub fn mail(&self) -> Option<(&str, &str)> {
        let server = self.mail_server.as_ref().map(Secret::expose);
        server
            .filter(|server| !server.is_empty())
            .zip(self.mail_from.as_deref())
    }

    /// The file beside the database that holds the key that cookies are sealed with.
    pub fn key_file(&self) -> PathBuf {
        self.database.with_extension("key")
    }
}

fn public_address(typed: &str) -> Result<String, String> {
    let address = typed.trim().trim_end_matches('/');
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => {
            Ok(address.to_owned())
        }
        _ => Err("write it as https://news.example.org, without a path".to_owned()),
    }
}

fn span(typed: &str) -> Result<Duration, String> {
    const SHORTEST: Duration = Duration::from_mins(1);
    let told = typed.parse::<jiff::SignedDuration>().ok();
    let told = told.and_then(|told| Duration::try_from(told).ok());
    told.filter(|told| *told >= SHORTEST)
        .ok_or_else(|| "write it as 24h or 30m; a minute is the least".to_owned())
}

fn log_filter(typed: &str) -> Result<String, String> {
    match EnvFilter::try_new(typed) {
        Ok(_filter) => Ok(typed.to_owned()),
        Err(_unreadable) => Err(
            "write error, warn, info, debug, or a filter such as `info,dateline::web=debug`"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_path_or_a_span_without_a_unit_is_refused() {
        assert_eq!(
            public_address("https://news.example.org/").unwrap(),
            "https://news.example.org"
        );
        assert_eq!(span("36h").unwrap(), Duration::from_hours(36));
        for wrong in ["59s", "-1h", "daily", ""] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
        for wrong in ["news.example.org", "ftp://x", "https://x/news", "https://"] {
            assert!(public_address(wrong).is_err(), "{wrong}");
        }
    }
}
