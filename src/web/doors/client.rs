//! Where a request comes from: one place decides, and believes only proxies that the operator named.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Data;
use ipnet::IpNet;

/// The addresses and networks whose `X-Forwarded-For` is believed.
#[derive(Clone, PartialEq, Eq)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    pub fn new(networks: &[IpNet]) -> Self {
        Self(networks.into())
    }

    /// An IPv4 address that an IPv6 socket dressed up is meant as the address that it is.
    pub(super) fn has(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client behind that peer. Each proxy adds to the header whom it heard, so it is read from
    /// its end: the first hop that is no proxy of ours is the client. What stands before that hop
    /// was written by somebody whom nobody vouches for.
    fn client<'a>(&self, peer: IpAddr, hops: impl Iterator<Item = &'a str>) -> IpAddr {
        let mut client = peer;
        for hop in hops {
            let (true, Some(next)) = (self.has(client), address(hop)) else {
                break;
            };
            client = next;
        }
        client
    }
}

/// The machine itself.
impl Default for TrustedProxies {
    fn default() -> Self {
        Self::new(&[
            IpNet::from(IpAddr::V6(Ipv6Addr::LOCALHOST)),
            IpNet::new_assert(IpAddr::V4(Ipv4Addr::LOCALHOST), 8).trunc(),
        ])
    }
}

impl fmt::Debug for TrustedProxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter()).finish()
    }
}

/// A hop as proxies write it: an address, in brackets or with a port too.
fn address(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let address = bare.parse().ok();
    let with_port = || hop.parse().ok().map(|socket: SocketAddr| socket.ip());
    address.or_else(with_port).map(|ip| ip.to_canonical())
}

/// The client that a request comes from, as the network that one of them has to itself. Whoever
/// reaches a Unix socket may be believed: its file says who that is.
pub fn client(request: &HttpRequest) -> String {
    let forwarded = request.headers().get_all("x-forwarded-for");
    let lines: Vec<_> = forwarded.filter_map(|value| value.to_str().ok()).collect();
    let mut hops = lines.iter().rev().flat_map(|line| line.rsplit(','));
    let proxies = request.app_data::<Data<TrustedProxies>>();
    let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
    let Some(peer) = peer.or_else(|| hops.next().and_then(address)) else {
        return String::new();
    };
    let client = proxies.map_or(peer, |proxies| proxies.client(peer, hops));
    network(client).to_string()
}

/// Who has one IPv6 address has the 2^64 of its network.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into()),
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client_of(peer: &str, lines: &[&str]) -> String {
        let nets = ["127.0.0.0/8", "::1/128", "10.1.0.0/16", "2001:db8:1::/48"];
        let nets: Vec<IpNet> = nets.iter().map(|net| net.parse().unwrap()).collect();
        let mut request = TestRequest::default().app_data(Data::new(TrustedProxies::new(&nets)));
        if !peer.is_empty() {
            request = request.peer_addr(peer.parse().unwrap());
        }
        for line in lines {
            request = request.append_header(("x-forwarded-for", *line));
        }
        client(&request.to_http_request())
    }

    #[test]
    fn the_header_is_read_from_its_end_as_far_as_proxies_of_ours_wrote_it() {
        for (peer, lines, client) in [
            (
                "127.0.0.1:5",
                &["198.51.100.1, 203.0.113.7"][..],
                "203.0.113.7",
            ),
            ("127.0.0.1:5", &["203.0.113.7, 10.1.2.3"], "203.0.113.7"),
            ("127.0.0.1:5", &["203.0.113.7, 10.2.2.3"], "10.2.2.3"),
            ("127.0.0.1:5", &["203.0.113.7", "10.1.2.3"], "203.0.113.7"),
            ("127.0.0.1:5", &["10.1.2.3"], "10.1.2.3"),
            ("127.0.0.1:5", &["203.0.113.7:4711"], "203.0.113.7"),
            ("127.0.0.1:5", &["203.0.113.7, unknown"], "127.0.0.1"),
            (
                "127.0.0.1:5",
                &["203.0.113.7, unknown, 10.1.2.3"],
                "10.1.2.3",
            ),
            ("127.0.0.1:5", &[], "127.0.0.1"),
            ("192.0.2.9:5", &["203.0.113.7"], "192.0.2.9"),
            ("[::1]:5", &["2001:db8::7"], "2001:db8::"),
            ("[::1]:5", &["[2001:db8::7]:443"], "2001:db8::"),
            ("[2001:db8:0:1:2::7]:5", &["203.0.113.7"], "2001:db8:0:1::"),
            ("[2001:db8:1::2]:5", &["203.0.113.7"], "203.0.113.7"),
            (
                "[::ffff:127.0.0.1]:5",
                &["::ffff:203.0.113.7"],
                "203.0.113.7",
            ),
            // A Unix socket has no address of its own.
            ("", &["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            ("", &["203.0.113.7, 10.1.2.3"], "203.0.113.7"),
            ("", &[], ""),
        ] {
            assert_eq!(client_of(peer, lines), client, "{peer} {lines:?}");
        }
    }

    #[test]
    fn without_a_proxy_of_ours_nobody_is_believed() {
        let request = TestRequest::default()
            .peer_addr("127.0.0.1:5".parse().unwrap())
            .app_data(Data::new(TrustedProxies::new(&[])))
            .append_header(("x-forwarded-for", "203.0.113.7"));
        assert_eq!(client(&request.to_http_request()), "127.0.0.1");
    }
}
