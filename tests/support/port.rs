//! Ports for programs that are told where to listen before they start.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the ports that systems hand out by themselves: one of those may have become the end of another test's connection by
/// the time that the program wants it.
const FIRST: u16 = 20_000;
const MANY: u16 = 10_000;

/// A port on which nobody listens, and which no other test of this process gets.
pub fn free() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Another run of the tests at the same time begins elsewhere.
    let beginning = u16::try_from(std::process::id() % 89 * 111).unwrap_or_default();
    let ports = std::iter::repeat_with(|| {
        let number = NEXT.fetch_add(1, Ordering::Relaxed) % MANY;
        FIRST + (beginning + number) % MANY
    });
    let mut free = ports
        .take(usize::from(MANY))
        .filter(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok());
    free.next().expect("a free port")
}
