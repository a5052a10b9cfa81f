//! From where a request came: kept with sessions, resets and the activity, and shown to the owner of an account.

use std::net::IpAddr;

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
}
