//! Randomness: the operating system's generator and nothing else (A3, E6).

/// `N` bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness to give: no token, id or salt may be made then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system's random generator answers");
    bytes
}

/// A number from 0 to `below` − 1; slightly uneven, so for waits only.
pub fn below(below: u16) -> u16 {
    u16::from_le_bytes(bytes()) % below.max(1)
}
