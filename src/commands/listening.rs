//! Where the process listens, and how many it lets in.

use std::io;
use std::net::{SocketAddr, TcpListener};

use super::CommandError;
use crate::config::{Config, Listen};
use crate::web::doors::{self, CertificateFiles, Door, Limits, SocketFile, Tls, TrustedProxies};

/// A burst of readers waits in line instead of being dropped.
const LINE: i32 = 1_024;

/// Where the process can be reached.
pub(super) struct Listening {
    /// The first of the addresses; a Unix socket has none.
    pub(super) address: Option<SocketAddr>,
    pub(super) doors: Vec<Door>,
    /// They go when this goes.
    pub(super) files: Vec<SocketFile>,
}

pub(super) fn listen(config: &Config) -> Result<Listening, CommandError> {
    let mut listening = Listening {
        address: None,
        doors: Vec::new(),
        files: Vec::new(),
    };
    let tls = tls(config)?;
    for place in &config.listen {
        let failed = |source| CommandError::Listen {
            address: place.to_string(),
            source,
        };
        match place {
            Listen::Address(address) => {
                let listener = at(*address).map_err(failed)?;
                let bound = listener.local_addr().map_err(failed)?;
                listening.address.get_or_insert(bound);
                listening.doors.push(match &tls {
                    Some(tls) => Door::Tls(listener, tls.clone()),
                    None => Door::Tcp(listener),
                });
            }
            Listen::Socket(path) => {
                let (listener, file) = doors::bind(path, config.socket_mode).map_err(failed)?;
                listening.files.push(file);
                listening.doors.push(Door::Unix(listener));
            }
        }
    }
    if let Some(address) = config.redirect_listen {
        let failed = |source| CommandError::Listen {
            address: address.to_string(),
            source,
        };
        let to = config.public_address(listening.address);
        let listener = at(address).map_err(failed)?;
        listening.doors.push(Door::Redirect(listener, to));
    }
    Ok(listening)
}

/// HTTPS, where its files are named.
fn tls(config: &Config) -> Result<Option<Tls>, CommandError> {
    let files = config.tls_certificate.clone().zip(config.tls_key.clone());
    let opened = files.map(|(chain, key)| Tls::open(CertificateFiles { chain, key }));
    Ok(opened.transpose()?)
}

fn at(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    socket2::SockRef::from(&listener).listen(LINE)?;
    Ok(listener)
}

pub(super) fn proxies(config: &Config) -> TrustedProxies {
    TrustedProxies::new(&config.trusted_proxies.0)
}

/// What is configured, as far as the machine gives the files for it: each connection is one, and a
/// process that has none left can accept nobody and open nothing.
pub(super) fn limits(config: &Config) -> Limits {
    const FILES_BESIDES: u64 = 128;
    let wanted = u64::from(config.connections);
    let needed = wanted + wanted / 8 + FILES_BESIDES;
    let given = rlimit::increase_nofile_limit(needed).unwrap_or(needed);
    let possible = given.saturating_sub(FILES_BESIDES) / 9 * 8;
    if possible < wanted {
        tracing::warn!(
            files = given,
            connections = possible,
            "the machine gives this process too few open files for so many connections; raise the limit of open files"
        );
    }
    let connections = usize::try_from(wanted.min(possible).max(1)).unwrap_or(1);
    let share = config.connections_per_client.map_or_else(
        || connections / Limits::PARTS,
        |share| usize::try_from(share).unwrap_or(connections),
    );
    Limits {
        connections,
        share: share.max(1),
        ..Limits::default()
    }
}
