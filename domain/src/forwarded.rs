//! From where a request came: the peer, or whom proxies saw that the operator trusts (cases C4, K1, F12). Each proxy
//! appends whom it saw to `X-Forwarded-For`, so the list is read from its end, one hop after the other, as long as those
//! who wrote it are trusted. It is read as bytes: what a stranger put in front spoils nothing behind it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use crate::time::Timestamp;

/// How often the log says that a header was ignored.
const WARN_EVERY: Duration = Duration::from_hours(1);

/// The client of a request from `peer`, by the lines of `X-Forwarded-For` in their order.
pub fn client<'a>(
    peer: IpAddr,
    lines: impl DoubleEndedIterator<Item = &'a [u8]>,
    is_trusted: impl Fn(IpAddr) -> bool,
) -> IpAddr {
    let mut client = peer.to_canonical();
    for hop in lines.rev().flat_map(|line| line.rsplit(|byte| *byte == b',')) {
        if !is_trusted(client) {
            break;
        }
        // Whoever wrote this is trusted, but has not said whom it saw: nobody further left was seen by anybody known.
        let Some(seen) = address(hop) else { break };
        client = seen;
    }
    client
}

/// One hop: an address, with a port where the proxy writes one (Azure and IIS do), an IPv6 one in brackets or without.
fn address(hop: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(hop).ok()?.trim_matches([' ', '\t']);
    // The zone of a link-local address says something on the proxy's machine only.
    if text.contains('%') {
        return None;
    }
    let in_brackets = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let seen = match in_brackets {
        Some(inside) => IpAddr::V6(inside.parse::<Ipv6Addr>().ok()?),
        None => match text.parse::<IpAddr>() {
            Ok(address) => address,
            Err(_) => text.parse::<SocketAddr>().ok()?.ip(),
        },
    };
    Some(seen.to_canonical())
}

/// Whether it is time to say again that a peer sent the header whom nobody trusts. `said` is when it was said last.
pub fn may_warn(said: Option<Timestamp>, now: Timestamp) -> bool {
    said.is_none_or(|said| now < said || now.since(said) >= WARN_EVERY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By proxies of the network 10.0.0.0/8.
    fn seen(peer: &str, lines: &[&[u8]]) -> String {
        let is_trusted = |address| matches!(address, IpAddr::V4(address) if address.octets()[0] == 10);
        client(peer.parse().unwrap(), lines.iter().copied(), is_trusted).to_string()
    }

    #[test]
    fn c4_only_trusted_proxies_are_believed() {
        assert_eq!(seen("203.0.113.7", &[b"198.51.100.1"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.2", &[b"198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &[b"1.2.3.4, 198.51.100.1, 10.0.0.3"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &[b"198.51.100.1, nonsense"]), "10.0.0.2");
        assert_eq!(seen("::ffff:10.0.0.2", &[b"2001:db8::1"]), "2001:db8::1");
        assert_eq!(seen("10.0.0.2", &[]), "10.0.0.2");
    }

    #[test]
    fn k1_a_port_behind_the_address_is_no_part_of_it() {
        for (hop, expected) in [
            ("203.0.113.7:52431", "203.0.113.7"),
            ("203.0.113.7", "203.0.113.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("2001:DB8:0::1", "2001:db8::1"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("[::ffff:203.0.113.7]:1", "203.0.113.7"),
            ("\t203.0.113.7:1 ", "203.0.113.7"),
        ] {
            assert_eq!(seen("10.0.0.2", &[hop.as_bytes()]), expected, "{hop}");
            let chain = format!("1.2.3.4:5, {hop},10.9.9.9:80, [::ffff:10.1.1.1]:80");
            assert_eq!(seen("10.0.0.2", &[chain.as_bytes()]), expected, "{chain}");
        }
    }

    #[test]
    fn k1_anything_else_is_distrusted() {
        for hop in [
            "203.0.113.7:x",
            "203.0.113.7:99999999",
            "203.0.113.7:",
            "203.0.113.7:1:2",
            "203.0.113.007",
            "203.0.113",
            "203.0.113.7/32",
            ":80",
            "[203.0.113.7]",
            "[2001:db8::1",
            "2001:db8::1]",
            "[2001:db8::1]443",
            "[[2001:db8::1]]",
            "fe80::1%1",
            "[fe80::1%1]:443",
            "\"203.0.113.7\"",
            "for=203.0.113.7",
            "unknown",
            "_hidden",
            "",
            " ",
        ] {
            assert_eq!(seen("10.0.0.2", &[hop.as_bytes()]), "10.0.0.2", "{hop:?}");
            let chain = format!("1.2.3.4, {hop}, 10.0.0.3");
            assert_eq!(seen("10.0.0.2", &[chain.as_bytes()]), "10.0.0.3", "{chain:?}");
        }
    }

    #[test]
    fn f12_a_byte_that_is_no_text_spoils_only_what_stands_left_of_it() {
        assert_eq!(seen("10.0.0.2", &[b"\xff, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &[b"\xc3\xa4, 198.51.100.1, 10.0.0.3"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", &[b"1.2.3.4, \xff, 10.0.0.3"]), "10.0.0.3");
        assert_eq!(seen("10.0.0.2", &[b"198.51.100.1\xa0"]), "10.0.0.2");
        // Over several lines, as proxies write that add a line instead of a hop.
        assert_eq!(seen("10.0.0.2", &[b"\xff", b"198.51.100.1"]), "198.51.100.1");
        assert_eq!(
            seen("10.0.0.2", &[b"1.2.3.4", b"198.51.100.1", b"10.0.0.3:1"]),
            "198.51.100.1"
        );
        assert_eq!(seen("10.0.0.2", &[b"198.51.100.1", b"\xff"]), "10.0.0.2");
    }

    #[test]
    fn f12_the_log_says_it_once_an_hour() {
        let now = Timestamp::from_millis(10_000_000);
        assert!(may_warn(None, now));
        assert!(!may_warn(Some(now), now));
        assert!(!may_warn(Some(now), now + WARN_EVERY - Duration::from_millis(1)));
        assert!(may_warn(Some(now), now + WARN_EVERY));
        assert!(may_warn(Some(now + WARN_EVERY), now), "the clock has stepped back");
    }

    proptest! {
        /// Whatever bytes come: no panic, and whoever is not trusted says nothing of others.
        #[test]
        fn f12_any_bytes_are_survived(line: Vec<u8>, other: Vec<u8>) {
            let lines = [line.as_slice(), other.as_slice()];
            prop_assert_eq!(seen("203.0.113.7", &lines), "203.0.113.7");
            // A hop that the trusted proxy appended itself counts, whatever stands before it.
            let mut line = line;
            line.extend(b",198.51.100.1:9");
            prop_assert_eq!(seen("10.0.0.2", &[&other, &line]), "198.51.100.1");
        }
    }
}
