//! Every setting of the process, with name, default and meaning; nonsense is refused at start.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use tracing_subscriber::EnvFilter;

/// What `serve` and `demo` need to know. Each flag has an environment variable of the same name.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// The file that holds the whole room; it is made where it is missing.
    #[arg(long, env = "DATELINE_DATABASE", default_value = "dateline.db")]
    pub database: PathBuf,

    /// Where to listen, as address:port or `unix:/run/dateline/dateline.sock`; several with commas.
    #[arg(
        long,
        env = "DATELINE_LISTEN",
        default_value = "127.0.0.1:8080",
        value_delimiter = ','
    )]
    pub listen: Vec<Listen>,

    /// A certificate with its chain, in PEM: the addresses then speak HTTPS, with HTTP/2. The files are
    /// read again when they change.
    #[arg(long, env = "DATELINE_TLS_CERTIFICATE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,

    /// The certificate's private key, in PEM.
    #[arg(long, env = "DATELINE_TLS_KEY", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,

    /// An address for plain HTTP, such as 0.0.0.0:80, that leads everybody to HTTPS.
    #[arg(long, env = "DATELINE_REDIRECT_LISTEN", requires = "tls_certificate")]
    pub redirect_listen: Option<SocketAddr>,

    /// For how many seconds browsers remember to come by HTTPS only, where the room's address is
    /// one; 0 says nothing.
    #[arg(long, env = "DATELINE_HSTS", default_value_t = 31_536_000)]
    pub hsts: u32,

    /// The mode of Unix sockets: who may connect is who may write to the file.
    #[arg(long, env = "DATELINE_SOCKET_MODE", default_value = "660", value_parser = file_mode)]
    pub socket_mode: u32,

    /// Where readers reach the room from outside, such as `https://news.example.org`;
    /// with https, cookies travel over HTTPS only. Default: the first address that is listened on.
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

    /// For how many seconds a CDN may keep a page, three days at most; 0: it asks every time. No copy
    /// outlives the next publication, but a correction shows only when the CDN is told.
    #[arg(long, env = "DATELINE_CDN_SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=259_200))]
    pub cdn_seconds: u32,

    /// Where the CDN is told what has changed, such as `https://cdn.example/purge`.
    #[arg(long, env = "DATELINE_PURGE_URL", requires = "purge_secret")]
    pub purge_url: Option<String>,

    /// Signs each such call. Better set in the environment than here, where every process can read it.
    #[arg(long, env = "DATELINE_PURGE_SECRET", hide_env_values = true)]
    pub purge_secret: Option<Secret>,

    /// How many connections may be open at once; whoever comes then is told to try again soon.
    #[arg(long, env = "DATELINE_CONNECTIONS", default_value_t = 8_192, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub connections: u32,

    /// How many of them one client may have. Default: an eighth.
    #[arg(long, env = "DATELINE_CONNECTIONS_PER_CLIENT", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub connections_per_client: Option<u32>,

    /// The proxies whose `X-Forwarded-For` says who the client is, as addresses and networks with
    /// commas between them, or `none`.
    #[arg(
        long,
        env = "DATELINE_TRUSTED_PROXIES",
        default_value = "127.0.0.0/8,::1",
        value_parser = networks
    )]
    pub trusted_proxies: Networks,

    /// How the log is written to standard error.
    #[arg(long, env = "DATELINE_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,

    /// What is logged: error, warn, info, debug, or a filter such as `info,dateline::web=debug`.
    #[arg(long, env = "DATELINE_LOG", default_value = "info", value_parser = log_filter)]
    pub log: String,
}

/// One place to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    Address(SocketAddr),
    Socket(PathBuf),
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        if let Some(path) = typed.strip_prefix("unix:") {
            return if path.starts_with('/') {
                Ok(Self::Socket(PathBuf::from(path)))
            } else {
                Err("write the whole path, as in unix:/run/dateline/dateline.sock".to_owned())
            };
        }
        typed.parse().map(Self::Address).map_err(|_unreadable| {
            "write 127.0.0.1:8080, [::1]:8080 or unix:/run/dateline/dateline.sock".to_owned()
        })
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Socket(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

/// Addresses and networks; a type of its own, because several make one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Networks(pub Vec<IpNet>);

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
    pub fn public_address(&self, listening: Option<SocketAddr>) -> String {
        let here = || listening.map_or_else(|| "localhost".to_owned(), |here| here.to_string());
        self.address
            .clone()
            .unwrap_or_else(|| format!("{}://{}", self.scheme(), here()))
    }

    fn scheme(&self) -> &'static str {
        if self.tls_certificate.is_some() {
            "https"
        } else {
            "http"
        }
    }

    /// The mail server and the sender, where both are set.
    pub fn mail(&self) -> Option<(&str, &str)> {
        let server = self.mail_server.as_ref().map(Secret::expose);
        server
            .filter(|server| !server.is_empty())
            .zip(self.mail_from.as_deref())
    }

    /// Where the CDN is told of changes, and what signs that, where both are set.
    pub fn purge(&self) -> Option<(&str, &str)> {
        let secret = self.purge_secret.as_ref().map(Secret::expose);
        self.purge_url
            .as_deref()
            .filter(|url| !url.is_empty())
            .zip(secret)
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

fn file_mode(typed: &str) -> Result<u32, String> {
    let mode = u32::from_str_radix(typed.trim(), 8).ok();
    mode.filter(|mode| *mode <= 0o777)
        .ok_or_else(|| "write three octal digits, such as 660".to_owned())
}

fn networks(typed: &str) -> Result<Networks, String> {
    if typed.trim() == "none" {
        return Ok(Networks(Vec::new()));
    }
    let network = |text: &str| {
        let address = || text.parse::<IpAddr>().map(IpNet::from);
        text.parse::<IpNet>().or_else(|_no_network| address())
    };
    let all: Result<Vec<_>, _> = typed.split(',').map(|text| network(text.trim())).collect();
    all.map(Networks).map_err(|_unreadable| {
        "write addresses and networks with commas between them, such as `127.0.0.1,10.0.0.0/8`, or `none`"
            .to_owned()
    })
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

    #[test]
    fn a_place_to_listen_is_an_address_or_a_socket() {
        let socket = Listen::Socket(PathBuf::from("/run/x.sock"));
        assert_eq!("unix:/run/x.sock".parse(), Ok(socket));
        for right in ["127.0.0.1:0", "[::1]:8080", "unix:/run/x.sock"] {
            assert_eq!(right.parse::<Listen>().unwrap().to_string(), right);
        }
        for wrong in ["8080", "localhost:8080", "unix:", "unix:x.sock", ""] {
            assert!(wrong.parse::<Listen>().is_err(), "{wrong}");
        }
        assert_eq!(file_mode("0666"), Ok(0o666));
        assert!(file_mode("1777").is_err() && file_mode("rw").is_err());
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        let Networks(two) = networks("10.0.0.0/8, 2001:db8::1").unwrap();
        assert_eq!(two.len(), 2);
        assert!(two[1].contains(&"2001:db8::1".parse::<IpAddr>().unwrap()));
        assert_eq!(networks("none").unwrap(), Networks(Vec::new()));
        for wrong in ["", "all", "10.0.0.0/33", "10.0.0.1,", "proxy.example.org"] {
            assert!(networks(wrong).is_err(), "{wrong}");
        }
    }
}
