//! How many may be connected at once, all together and from one address.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::client::{TrustedProxies, network};

/// What a client may take of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once, over all listeners.
    pub connections: usize,
    /// Of these, what one client may have; proxies are no clients.
    pub share: usize,
    /// Whoever takes nothing of an answer for so long does not want it.
    pub takes_within: Duration,
}

impl Limits {
    pub const CONNECTIONS: u16 = 8_192;
    /// A house or a company behind one address has its readers too.
    pub const PARTS: usize = 8;

    /// How many are accepted, to tell those who find no place.
    pub fn accepted(self) -> usize {
        const TOLD_AT_ONCE: usize = 1_024;
        self.connections.saturating_add(TOLD_AT_ONCE)
    }
}

impl Default for Limits {
    fn default() -> Self {
        let connections = usize::from(Self::CONNECTIONS);
        Self {
            connections,
            share: connections / Self::PARTS,
            takes_within: Duration::from_secs(30),
        }
    }
}

/// The places of a server, which all its listeners and threads share.
pub(super) struct Places {
    most: usize,
    share: usize,
    proxies: TrustedProxies,
    taken: AtomicUsize,
    by_client: Mutex<HashMap<IpAddr, usize>>,
}

/// One connection's place, until it is dropped.
pub(in crate::web) struct Place {
    places: Arc<Places>,
    client: Option<IpAddr>,
}

impl Places {
    pub(super) fn new(limits: Limits, proxies: TrustedProxies) -> Arc<Self> {
        Arc::new(Self {
            most: limits.connections,
            share: limits.share,
            proxies,
            taken: AtomicUsize::new(0),
            by_client: Mutex::default(),
        })
    }

    /// A place, unless all are taken or this client has its share. Whoever comes over a Unix socket
    /// or from a proxy speaks for many.
    pub(super) fn take(self: &Arc<Self>, peer: Option<SocketAddr>) -> Option<Place> {
        let address = peer.map(|peer| peer.ip());
        let client = address.filter(|ip| !self.proxies.has(*ip)).map(network);
        if self.taken.fetch_add(1, Ordering::Relaxed) >= self.most {
            self.taken.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        let mut place = Place {
            places: Arc::clone(self),
            client: None,
        };
        if let Some(client) = client {
            let mut clients = self
                .by_client
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let has = clients.entry(client).or_default();
            if *has >= self.share {
                return None;
            }
            *has += 1;
            place.client = Some(client);
        }
        Some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken.fetch_sub(1, Ordering::Relaxed);
        let Some(client) = self.client else { return };
        let clients = &self.places.by_client;
        let mut clients = clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(has) = clients.get_mut(&client) {
            *has = has.saturating_sub(1);
            if *has == 0 {
                clients.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(connections: usize, share: usize) -> Arc<Places> {
        let limits = Limits {
            connections,
            share,
            ..Limits::default()
        };
        Places::new(limits, TrustedProxies::default())
    }

    fn take(places: &Arc<Places>, peer: &str) -> Option<Place> {
        places.take(Some(peer.parse().unwrap()))
    }

    #[test]
    fn a_place_that_is_left_is_free_for_the_next() {
        let places = places(2, 2);
        let one = places.take(None);
        let two = take(&places, "127.0.0.1:1");
        assert!(one.is_some() && two.is_some());
        assert!(places.take(None).is_none());
        drop(one);
        assert!(places.take(None).is_some());
    }

    #[test]
    fn a_client_has_its_share_and_takes_no_place_beyond_it() {
        let places = places(5, 2);
        let client = |port| take(&places, &format!("192.0.2.1:{port}"));
        let mut had: Vec<_> = (0..2).map(|port| client(port).unwrap()).collect();
        for port in 2..9 {
            assert!(client(port).is_none());
        }
        had.push(take(&places, "[2001:db8::1]:1").unwrap());
        had.push(take(&places, "[2001:db8::2]:1").unwrap());
        assert!(take(&places, "[2001:db8::3]:1").is_none(), "one network");
        had.push(take(&places, "127.0.0.1:1").unwrap());
        assert!(places.take(None).is_none(), "all five are taken");
        drop(had);
        assert_eq!(places.taken.load(Ordering::Relaxed), 0);
        assert!(places.by_client.lock().unwrap().is_empty());
    }

    #[test]
    fn a_proxy_has_no_share_because_it_speaks_for_many() {
        let places = places(5, 1);
        let had: Vec<_> = (0..5)
            .filter_map(|_| take(&places, "127.0.0.1:1"))
            .collect();
        assert_eq!(had.len(), 5);
    }
}
