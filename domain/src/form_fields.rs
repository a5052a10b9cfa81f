//! How many fields a request may bring, in its query or in its body (F2). Each costs a hundred bytes and more as soon as it
//! is taken apart, whatever it holds, so they are counted in the text as it came.

/// The most fields of a query or a body. The largest form of ours, a page of people to be ticked, has half as many.
pub const MOST: usize = 256;

/// Whether an url-encoded text has more fields than may be. Looks at its bytes only, and no further than it has to.
pub fn are_too_many(encoded: &[u8]) -> bool {
    let mut ends = encoded.iter().filter(|byte| **byte == b'&');
    ends.nth(MOST - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f2_fields_are_counted_as_they_came() {
        for field in ["a", "a=b", "", "a[]=%26", "%26=%26", "a=b=c;d"] {
            let of = |number: usize| vec![field; number].join("&");
            assert!(!are_too_many(of(1).as_bytes()), "{field}");
            assert!(!are_too_many(of(MOST).as_bytes()), "{field}");
            assert!(are_too_many(of(MOST + 1).as_bytes()), "{field}");
            assert!(are_too_many(of(100_000).as_bytes()), "{field}");
        }
        assert!(!are_too_many(b""));
        assert!(!are_too_many("a=%26".repeat(100_000).as_bytes()));
    }
}
