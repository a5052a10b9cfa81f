//! Links as mail programs and people hand them back. Whatever is pasted leads to a page of links here or nowhere, and what
//! counts as a secret is one in its only spelling.

use rekey_domain::pasted_link;
use rekey_domain::token::Token;
use url::Url;

/// What may stand around the secret in a path; the longer frame first.
const FRAMES: [(&str, &str); 5] = [
    ("/reset-password/", "/not-me"),
    ("/reset-password/", ""),
    ("/not-me/", ""),
    ("/confirm-email/", ""),
    ("/stop-email/", ""),
];

pub fn check(bytes: &[u8]) {
    if let Ok(pasted) = std::str::from_utf8(bytes)
        && let Some(token) = Token::parse(pasted)
    {
        let text = token.expose();
        assert!(text.len() == 52 && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')));
        assert!(
            pasted.to_ascii_lowercase().contains(text),
            "a secret that was not pasted"
        );
        assert_eq!(Token::parse(text).as_ref(), Some(&token), "reads back");
    }
    let home = Url::parse("https://rekey.example").expect("a URL");
    let Ok(path) = pasted_link::path(bytes, &home) else {
        return;
    };
    let secret = FRAMES
        .iter()
        .find_map(|(before, after)| path.strip_prefix(before)?.strip_suffix(after))
        .unwrap_or_else(|| panic!("pasting leads to {path:?}"));
    let token = Token::parse(secret).unwrap_or_else(|| panic!("pasting leads to {path:?}"));
    assert_eq!(token.expose(), secret, "not in its only spelling");
    let again = format!("https://rekey.example{path}");
    assert_eq!(
        pasted_link::path(again.as_bytes(), &home),
        Ok(path),
        "pasting where it leads"
    );
}
