//! The network address and the browser that a request came from: kept with sessions, resets and the activity, and shown to the owner of an account.

use std::net::{IpAddr, Ipv6Addr};

use rekey_domain::text::TextLine;

/// How much of a `User-Agent` is kept, in characters.
const LONGEST_USER_AGENT: usize = 300;

/// The peer of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address, behind trusted proxies the one that they saw (C4).
    pub address: IpAddr,
    /// What the browser calls itself.
    pub user_agent: TextLine<LONGEST_USER_AGENT>,
}

impl Client {
    /// Keeps what fits of the browser's name.
    pub fn new(address: IpAddr, user_agent: &str) -> Self {
        Self {
            address,
            user_agent: TextLine::of(user_agent),
        }
    }

    /// The address as text; an IPv4 one that came as IPv6 in its short form.
    pub fn address_text(&self) -> String {
        self.address.to_canonical().to_string()
    }

    /// Whom a limit on clients means (C4): an IPv4 address, or the /64 of an IPv6 one, which is the least that one
    /// household gets and all that it takes to have 2^64 addresses.
    pub fn network_text(&self) -> String {
        match self.address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => beginning(address, 64),
        }
    }

    /// The whole site of an address or a network that is kept as text: as [`site_text`](Self::site_text), or the network
    /// itself. What is neither stays as it is.
    pub fn site_of(kept: &str) -> String {
        let address = kept.split('/').next().unwrap_or(kept);
        match address.parse() {
            Ok(address) => {
                let client = Self::new(address, "");
                client.site_text().unwrap_or_else(|| client.network_text())
            }
            Err(_) => kept.to_owned(),
        }
    }

    /// The site that the network is a part of: the /48 of an IPv6 address, which is what one server or one office is often
    /// handed, and has 65536 networks (F12). There is none around an IPv4 address.
    pub fn site_text(&self) -> Option<String> {
        match self.address.to_canonical() {
            IpAddr::V4(_) => None,
            IpAddr::V6(address) => Some(beginning(address, 48)),
        }
    }
}

/// The first bits of an address, as a network is written.
fn beginning(address: Ipv6Addr, bits: u8) -> String {
    let rest = 128 - u32::from(bits);
    let network = u128::from(address) >> rest << rest;
    format!("{}/{bits}", Ipv6Addr::from(network))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c4_a_client_is_its_ipv4_address_or_its_ipv6_64() {
        let network = |address: &str| Client::new(address.parse().expect("an address"), "").network_text();
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2:ffff::1"), network("2001:db8:1:2::"));
        assert_ne!(network("2001:db8:1:3::1"), network("2001:db8:1:2::1"));
    }

    #[test]
    fn f15_what_a_browser_calls_itself_is_text_of_one_line() {
        let agent = |text: &str| Client::new([192, 0, 2, 1].into(), text).user_agent;
        assert_eq!(
            agent("Firefox\u{85}\u{202e}\t/1").as_str(),
            "Firefox\u{fffd}\u{fffd}\u{fffd}/1"
        );
        assert_eq!(agent(&"ä".repeat(1_000)).as_str(), "ä".repeat(LONGEST_USER_AGENT));
    }

    #[test]
    fn f12_an_ipv6_network_is_a_part_of_its_48() {
        let site = |address: &str| Client::new(address.parse().expect("an address"), "").site_text();
        assert_eq!(site("203.0.113.7"), None);
        assert_eq!(site("::ffff:203.0.113.7"), None);
        assert_eq!(site("2001:db8:1:2:3:4:5:6").as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(site("2001:db8:1:ffff::1"), site("2001:db8:1::"));
        assert_ne!(site("2001:db8:2::1"), site("2001:db8:1::1"));
        for (kept, site) in [
            ("203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2::5", "2001:db8:1::/48"),
            ("2001:db8:1:2::/64", "2001:db8:1::/48"),
            ("-", "-"),
        ] {
            assert_eq!(Client::site_of(kept), site);
        }
    }
}
