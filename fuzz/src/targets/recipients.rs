//! Recipients as people paste them. Whatever stands around it, an address in `<>` on a line of its own is found; each address
//! that is found is one; and nothing that is shown breaks its line.

use rekey_domain::recipients;

const HERS: &str = "uma@blueheron.example";
const MOST: usize = 100_000;

pub fn check(bytes: &[u8]) {
    let Ok(pasted) = std::str::from_utf8(bytes) else { return };
    let found = recipients::read(pasted, MOST);
    for recipient in &found {
        assert!(!recipient.written.as_str().contains(char::is_control), "{recipient:?}");
    }
    assert!(recipients::read(pasted, 3).len() <= 3);
    for text in [format!("{pasted}\n<{HERS}>"), format!("<{HERS}>\n{pasted}")] {
        let found = recipients::read(&text, MOST);
        let mut emails = found.iter().filter_map(|recipient| recipient.email.as_ref());
        assert!(emails.any(|email| email.key() == HERS), "{text:?}");
    }
    for email in found.into_iter().filter_map(|recipient| recipient.email) {
        let alone = recipients::only(email.as_str()).ok().and_then(|alone| alone.email);
        assert_eq!(alone.as_ref(), Some(&email), "found among others, and not alone");
    }
}
