//! From where a request came: kept with sessions, resets and the activity, and shown to the owner of an account.

use std::net::{IpAddr, Ipv6Addr};

/// The peer of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address, behind trusted proxies the one that they saw (C4).
    pub address: IpAddr,
    /// What the browser calls itself, 300 bytes at most.
    pub user_agent: String,
}

impl Client {
    /// How much of a `User-Agent` is kept.
    const LONGEST_USER_AGENT: usize = 300;

    /// Keeps what fits of the browser's name.
    pub fn new(address: IpAddr, user_agent: &str) -> Self {
        let mut end = user_agent.len().min(Self::LONGEST_USER_AGENT);
        while !user_agent.is_char_boundary(end) {
            end -= 1;
        }
        Self {
            address,
            user_agent: user_agent[..end].to_owned(),
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
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                format!("{}/64", Ipv6Addr::from(network))
            }
        }
    }
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
}
