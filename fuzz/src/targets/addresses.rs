//! Addresses as people type them. What is accepted is one recipient on one line, reads back as itself, and has one key.

use rekey_domain::email::{Email, MAX};

pub fn check(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    let Ok(email) = Email::parse(typed) else { return };
    let address = email.as_str();
    assert!(address.len() <= MAX, "too long");
    assert!(
        !address.contains(|c: char| c.is_control() || c.is_whitespace() || "<>,;:\"".contains(c)),
        "more than one recipient, or more than one line: {address:?}"
    );
    let (local, domain) = address.rsplit_once('@').expect("an address has an @");
    assert!(
        !local.contains('@') && domain.contains('.') && domain.is_ascii(),
        "{address:?}"
    );
    assert_eq!(Email::parse(address).as_ref(), Ok(&email), "reads back");
    let key = Email::parse(email.key()).expect("a key is an address");
    assert_eq!(key.key(), email.key(), "the key of a key is that key");
    let upper = Email::parse(&format!(
        "{}@{}",
        local.to_ascii_uppercase(),
        domain.to_ascii_uppercase()
    ));
    assert_eq!(
        upper.expect("an address").key(),
        email.key(),
        "case makes no other account"
    );
}
