//! A request's cookies: whatever neighbours have set, our cookie is found where it stands, nothing else is taken for it, and
//! none of ours is left for an application.
//!
//! The input is the `Cookie` lines of a request; the first byte says whether our cookie comes among them, and where.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use rekey::server::config::demo_settings;
use rekey::server::http::cookies::{Cookies, of_others};
use rekey_domain::token::Token;
use url::Url;

/// Under https only what a browser lets nobody else set counts.
const NAME: &[u8] = b"__Host-rekey";
const SECRET: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrsa";

pub fn check(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else { return };
    let ours = [NAME, b"=", SECRET].concat();
    let mut lines: Vec<Vec<u8>> = rest.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let last = lines.last_mut().expect("a split has a part");
    match how % 4 {
        0 => *last = [&ours, &b"; "[..], last].concat(),
        1 => *last = [last, &b"; "[..], &ours].concat(),
        2 => lines.push(ours),
        _ => {}
    }
    let mut headers = HeaderMap::new();
    for line in &lines {
        // What is no header's value never comes so far.
        let Ok(value) = HeaderValue::from_bytes(line) else {
            return;
        };
        headers.append(COOKIE, value);
    }
    let settings = demo_settings(Url::parse("https://rekey.example").expect("a URL"));
    let found = Cookies::of(&settings).read_sessions(&headers).secrets;

    let named: Vec<_> = lines
        .iter()
        .flat_map(|line| pieces(line))
        .filter(|(name, _)| *name == NAME)
        .map(|(_, value)| value)
        .collect();
    assert!(found.len() <= named.len(), "{} of {}", found.len(), named.len());
    if named == [SECRET] {
        let secret = Token::parse(std::str::from_utf8(SECRET).expect("text"));
        assert_eq!(found, secret.into_iter().collect::<Vec<_>>(), "our only cookie");
    }

    let rest = of_others(&headers);
    assert!(pieces(&rest).all(|(name, _)| name != NAME), "one of ours is left");
    let again = HeaderValue::from_bytes(&rest).expect("what is left is a header's value");
    let again = of_others(&[(COOKIE, again)].into_iter().collect());
    assert_eq!(again, rest, "nothing more to take away");
}

/// What stands between semicolons, as name and value.
fn pieces(line: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    line.split(|byte| *byte == b';').filter_map(|piece| {
        let end = piece.iter().position(|byte| *byte == b'=')?;
        Some((piece[..end].trim_ascii(), piece[end + 1..].trim_ascii()))
    })
}
