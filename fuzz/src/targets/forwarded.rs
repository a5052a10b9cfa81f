//! `X-Forwarded-For`: nobody but a trusted proxy says from where a request came, and what a stranger has put in front does
//! not spoil what the proxy has appended.
//!
//! The input is what the stranger sent; the first byte says how the proxy writes the address that it saw.

use std::net::IpAddr;

use rekey_domain::forwarded;

const STRANGER: &str = "203.0.113.9";
const PROXY: &str = "10.0.0.2";
/// Each with the address that it means.
const SEEN: [(&str, &str); 6] = [
    ("198.51.100.7", "198.51.100.7"),
    ("198.51.100.7:52431", "198.51.100.7"),
    ("[2001:db8::7]:443", "2001:db8::7"),
    ("[2001:db8::7]", "2001:db8::7"),
    ("2001:db8::7", "2001:db8::7"),
    ("198.51.100.7, 10.0.0.9", "198.51.100.7"),
];

pub fn check(bytes: &[u8]) {
    let Some((how, sent)) = bytes.split_first() else { return };
    let is_trusted = |address| matches!(address, IpAddr::V4(address) if address.octets()[0] == 10);
    let client = |peer, lines: &[&[u8]]| forwarded::client(address(peer), lines.iter().copied(), is_trusted);
    assert_eq!(client(STRANGER, &[sent]), address(STRANGER), "nobody trusts this peer");
    let (written, seen) = SEEN[usize::from(*how) % SEEN.len()];
    let one_line = [sent, b",", written.as_bytes()].concat();
    for lines in [&[one_line.as_slice()][..], &[sent, written.as_bytes()]] {
        assert_eq!(client(PROXY, lines), address(seen), "the proxy wrote {written}");
    }
    // Where the proxy has appended nothing itself, whatever comes of it.
    let _ = client(PROXY, &[sent]);
}

fn address(text: &str) -> IpAddr {
    text.parse().expect("an address")
}
