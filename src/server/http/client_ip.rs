//! The address of the client: the peer's, or, where the peer is a proxy that the operator trusts, the one that it saw
//! (C4). Whatever anybody else puts into `X-Forwarded-For` is ignored.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Whether it is a proxy that the operator trusts.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|net| net.contains(&address.to_canonical()))
}

/// The client of a request from `peer`.
pub fn client_ip(peer: SocketAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut client = peer.ip().to_canonical();
    // Each proxy appends whom it saw, so the list is read from its end, as long as those who wrote it are trusted.
    let hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|header| header.to_str().ok());
    let hops: Vec<_> = hops
        .flat_map(|header| header.split(','))
        .map(|hop| hop.trim().parse::<IpAddr>())
        .collect();
    for hop in hops.into_iter().rev() {
        if !is_trusted(client, trusted) {
            break;
        }
        let Ok(hop) = hop else { break };
        client = hop.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(peer: &str, forwarded: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        let trusted = ["10.0.0.0/8".parse().expect("a network")];
        client_ip(
            SocketAddr::new(peer.parse().expect("an address"), 1),
            &headers,
            &trusted,
        )
        .to_string()
    }

    #[test]
    fn c4_only_trusted_proxies_are_believed() {
        assert_eq!(seen("203.0.113.7", "198.51.100.1"), "203.0.113.7");
        assert_eq!(seen("10.0.0.2", "198.51.100.1"), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", "1.2.3.4, 198.51.100.1, 10.0.0.3"), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", "198.51.100.1, nonsense"), "10.0.0.2");
        assert_eq!(seen("::ffff:10.0.0.2", "2001:db8::1"), "2001:db8::1");
    }
}
