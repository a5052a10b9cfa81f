//! The address of the client: the peer's, or, where the peer is a proxy that the operator trusts, the one that it saw
//! (C4). How the header is read stands in `rekey_domain::forwarded`. Whatever anybody else puts into it is ignored, and
//! the log says so: behind a proxy that nobody has named everybody would be one client (F12).

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use ipnet::IpNet;
use rekey_domain::forwarded;
use rekey_domain::time::Timestamp;

/// Where proxies write whom they saw.
const FORWARDED: &str = "x-forwarded-for";

/// The proxies that the operator trusts, and when the log last told of another one. Clones share both.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    trusted: Arc<[IpNet]>,
    warned: Arc<Mutex<Option<Timestamp>>>,
}

impl Proxies {
    /// Those of these networks.
    pub fn new(trusted: Vec<IpNet>) -> Self {
        Self {
            trusted: trusted.into(),
            warned: Arc::default(),
        }
    }

    /// Whether it is one of them.
    pub fn trust(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|network| network.contains(&address))
    }

    /// The client of a request from `peer`.
    pub fn client_of(&self, peer: SocketAddr, headers: &HeaderMap, now: Timestamp) -> IpAddr {
        let lines = headers.get_all(FORWARDED);
        if headers.contains_key(FORWARDED) && !self.trust(peer.ip()) && self.may_warn(now) {
            tracing::warn!(
                peer = %peer.ip().to_canonical(),
                "proxy.untrusted: X-Forwarded-For is ignored, since REKEY_TRUSTED_PROXIES does not name who sent it; behind \
                 a proxy all people are one client to the limits then"
            );
        }
        let lines = lines.iter().map(axum::http::HeaderValue::as_bytes);
        forwarded::client(peer.ip(), lines, |address| self.trust(address))
    }

    /// Once an hour: whoever sends the header needs no proxy for it.
    fn may_warn(&self, now: Timestamp) -> bool {
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        let may = forwarded::may_warn(*warned, now);
        if may {
            *warned = Some(now);
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::HeaderValue;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn proxies() -> Proxies {
        Proxies::new(vec!["10.0.0.0/8".parse().expect("a network")])
    }

    fn seen(peer: &str, lines: &[&'static [u8]]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_bytes(line).expect("a value"));
        }
        let peer = SocketAddr::new(peer.parse().expect("an address"), 1);
        proxies().client_of(peer, &headers, NOW).to_string()
    }

    #[test]
    fn c4_only_trusted_proxies_are_believed() {
        assert_eq!(seen("203.0.113.7", &[b"198.51.100.1"]), "203.0.113.7");
        assert_eq!(
            seen("::ffff:10.0.0.2", &[b"198.51.100.1:4000, 10.0.0.3"]),
            "198.51.100.1"
        );
        assert_eq!(seen("10.0.0.2", &[]), "10.0.0.2");
    }

    #[test]
    fn f12_all_lines_are_read_as_bytes() {
        assert_eq!(seen("10.0.0.2", &[b"\xff", b"\xe4, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &[b"198.51.100.1", b"\xff"]), "10.0.0.2");
    }

    #[test]
    fn f12_clones_share_when_they_warned() {
        let (one, other) = (proxies(), proxies());
        assert!(one.may_warn(NOW));
        assert!(!one.clone().may_warn(NOW));
        assert!(one.may_warn(NOW + Duration::from_hours(1)));
        assert!(other.may_warn(NOW));
    }
}
