//! A link out of a mail, as people paste it: wrapped by a mail scanner, broken over lines, quoted, with words around it, or
//! the token alone (A13, K17). Only a link to our own host counts, and what comes out is its path in the one canonical form,
//! so that nothing else can get into an address.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use url::Url;

use crate::fold::is_invisible;
use crate::token::Token;

/// More is nobody's link.
const MOST_BYTES: usize = 16 * 1024;
/// A link within a link within a link: so deep is looked.
const DEEPEST: usize = 4;
/// So many addresses of one text are looked at.
const MOST_LINKS: usize = 20;
/// Characters of a token.
const TOKEN: usize = 52;
/// A foreign address shorter than this has none of ours in it, in whatever way it is hidden.
const SHORTEST_WRAPPED: usize = 60;

/// Why it is no link of ours, the least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotALink {
    /// Nothing that could be a link.
    Nothing,
    /// It leads to another site, and none of ours can be read in it.
    Elsewhere,
    /// It is ours, and breaks off.
    CutOff,
}

/// The path of the link that was pasted. `home` is where all our links begin.
pub fn path(pasted: &[u8], home: &Url) -> Result<String, NotALink> {
    let text = String::from_utf8_lossy(&pasted[..pasted.len().min(MOST_BYTES)]);
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    // A field of one line has lost the line breaks, but not the marks of a quotation that stood behind them.
    let joined = text.replace(|c: char| c.is_whitespace() || matches!(c, '<' | '>'), "");
    let mut why = NotALink::Nothing;
    let mut seen = HashSet::new();
    for reading in [text, joined] {
        let mut level = reading;
        for _ in 0..=DEEPEST {
            for version in [level.clone(), without_dashes(&level)] {
                if !seen.insert(version.clone()) {
                    continue;
                }
                match find(&version, home) {
                    Ok(path) => return Ok(path),
                    Err(found) => why = why.max(found),
                }
            }
            level = percent_decode_str(&level).decode_utf8_lossy().into_owned();
        }
    }
    Err(why)
}

/// The spelling of one scanner, Proofpoint, put back: `-2F` for `%2F`, and `_` for `/`.
fn without_dashes(text: &str) -> String {
    if text.contains("urldefense") {
        let text = text.replace('-', "%").replace('_', "/");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    } else {
        text.to_owned()
    }
}

/// The first link of ours, or a token that stands alone.
fn find(text: &str, home: &Url) -> Result<String, NotALink> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '`' | '(' | ')' | '[' | ']');
    let words = || text.split(is_between).filter(|word| !word.is_empty());
    let links = words().flat_map(links_in).take(MOST_LINKS);
    let without_scheme = words()
        .take(MOST_LINKS)
        .filter_map(|word| Url::parse(&format!("https://{word}")).ok());
    let mut why = NotALink::Nothing;
    for (url, is_whole) in links
        .map(|url| (url, true))
        .chain(without_scheme.map(|url| (url, false)))
    {
        let is_ours = url.host() == home.host() && url.port() == home.port();
        if is_ours {
            match path_of(&url) {
                Some(Ok(path)) => return Ok(path),
                Some(Err(cut)) => why = why.max(cut),
                None => {}
            }
        } else if is_whole && url.as_str().len() >= SHORTEST_WRAPPED {
            why = why.max(NotALink::Elsewhere);
        }
    }
    let alone = |word: &str| Token::parse(word.trim_matches(['.', ',', ';', ':']));
    match words().find_map(alone) {
        Some(token) => Ok(format!("/reset-password/{}", token.expose())),
        None => Err(why),
    }
}

/// The addresses in a word: each begins with its scheme and goes on to the word's end.
fn links_in(word: &str) -> impl Iterator<Item = Url> {
    word.match_indices("://").filter_map(|(at, _)| {
        let before = word[word.floor_char_boundary(at.saturating_sub("https".len()))..at].to_ascii_lowercase();
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        Url::parse(&format!("{scheme}{}", &word[at..])).ok()
    })
}

/// The path of one of our links, of any kind that we mail; none of an address of ours that is no such link. Behind the token
/// may stand whatever was glued to it.
fn path_of(url: &Url) -> Option<Result<String, NotALink>> {
    let mut segments = url.path_segments()?;
    let root = segments.next()?;
    if !["reset-password", "not-me", "confirm-email", "stop-email"].contains(&root) {
        return None;
    }
    let segment = segments.next().unwrap_or_default();
    let Some(token) = segment.get(..TOKEN).and_then(Token::parse) else {
        return Some(Err(NotALink::CutOff));
    };
    let is_disavowal = root == "reset-password"
        && segment.len() == TOKEN
        && segments.next().is_some_and(|rest| rest.starts_with("not-me"));
    let end = if is_disavowal { "/not-me" } else { "" };
    Some(Ok(format!("/{root}/{}{end}", token.expose())))
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    const HOME: &str = "https://accounts.example";

    fn token() -> Token {
        Token::from_random([7; 32])
    }

    fn read(pasted: &str) -> Result<String, NotALink> {
        path(pasted.as_bytes(), &Url::parse(HOME).expect("a URL"))
    }

    fn encoded(text: &str) -> String {
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    }

    #[test]
    fn k17_a_link_is_found_however_it_is_wrapped() {
        let token = token();
        let token = token.expose();
        let right = format!("/reset-password/{token}");
        let link = format!("{HOME}{right}");
        let (begin, end) = link.split_at(60);
        let (once, dashed) = (encoded(&link), encoded(&link).replace('%', "-"));
        for pasted in [
            link.clone(),
            format!("  <{link}>. "),
            token.to_owned(),
            token.to_uppercase(),
            format!("Your link: {link}\r\nThanks"),
            format!("Click ({link}), please"),
            format!("> {begin}\r\n> {end}\r\n> Thanks"),
            format!("> {begin}> {end}"),
            format!("{begin}\n{end}"),
            format!("{begin} {end}"),
            format!("\u{feff}{begin}\u{200b}{end}"),
            format!("Hello Uma,open this:{begin}\r\n{end}\r\nThanks, Max"),
            format!("{link}?utm_source=mail#top"),
            format!("{link}/"),
            link.replace("https://accounts", "HTTP://ACCOUNTS"),
            link.replace("https://", ""),
            format!("https://eur01.safelinks.example/?url={once}&data=05%7C02%7Cuma%40a.example&reserved=0"),
            format!("https://eur01.safelinks.example/?url={}&data=05", encoded(&once)),
            format!(
                "> https://eur01.safelinks.example/?url={}\r\n> {}&data=05",
                &once[..40],
                &once[40..]
            ),
            format!("https://www.google.example/url?q={link}&source=gmail"),
            format!("https://urldefense.example/v3/__{link}__;!!ABC!xyz$"),
            format!(
                "https://urldefense.proofpoint.example/v2/url?u={}&d=DwMF",
                dashed.replace("-2F", "_")
            ),
            format!("https://linkprotect.example/url?a={}&c=E,1", once.to_lowercase()),
            format!("<a href=\"{link}\">Set a new password</a>"),
        ] {
            assert_eq!(read(&pasted), Ok(right.clone()), "{pasted:?}");
        }
    }

    #[test]
    fn every_kind_of_our_links_opens() {
        let token = token();
        let token = token.expose();
        for path in [
            format!("/reset-password/{token}"),
            format!("/reset-password/{token}/not-me"),
            format!("/not-me/{token}"),
            format!("/confirm-email/{token}"),
            format!("/stop-email/{token}"),
        ] {
            assert_eq!(read(&format!("{HOME}{path}")), Ok(path.clone()));
            let wrapped = format!(
                "https://safelinks.example/?url={}&data=1",
                encoded(&format!("{HOME}{path}"))
            );
            assert_eq!(read(&wrapped), Ok(path));
        }
    }

    #[test]
    fn k17_only_our_own_host_counts() {
        let token = token();
        let token = token.expose();
        for host in [
            "https://evil.example",
            "https://accounts.example.evil.example",
            "https://evil-accounts.example",
            "https://accounts.example@evil.example",
            "https://accounts.example:444",
            "https://evil.example/accounts.example",
        ] {
            let pasted = format!("{host}/reset-password/{token}");
            assert_eq!(read(&pasted), Err(NotALink::Elsewhere), "{pasted}");
        }
    }

    #[test]
    fn what_is_no_link_is_told_apart() {
        let cut = format!("{HOME}/reset-password/{}", &token().expose()[..40]);
        for (pasted, why) in [
            ("", NotALink::Nothing),
            ("garbage", NotALink::Nothing),
            ("what I found in the mail", NotALink::Nothing),
            ("/not-me/x", NotALink::Nothing),
            ("//evil.example/", NotALink::Nothing),
            ("https://accounts.example/", NotALink::Nothing),
            ("https://accounts.example/login", NotALink::Nothing),
            ("https://rekey.example/", NotALink::Nothing),
            (&cut, NotALink::CutOff),
            (&format!("{cut}…"), NotALink::CutOff),
            (
                "https://protect.example/s/0bTwCJyqmXCzMx2nFcQ9Vj?domain=accounts.example",
                NotALink::Elsewhere,
            ),
        ] {
            assert_eq!(read(pasted), Err(why), "{pasted:?}");
        }
    }

    #[test]
    fn c8_the_worst_text_takes_no_time() {
        for piece in [
            "https://",
            "%25",
            "a ",
            "https://accounts.example/reset-password/",
            "-2F",
            "urldefense-25",
        ] {
            assert!(read(&piece.repeat(MOST_BYTES)).is_err(), "{piece}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_only_a_path_of_ours_comes_out(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(path) = path(&bytes, &Url::parse(HOME).unwrap()) {
                prop_assert!(path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-".contains(&byte)));
            }
        }

        #[test]
        fn a_link_is_found_wherever_its_line_was_broken(at in 30_usize..76, quote in "(\r\n|\r\n> |\n>> | )") {
            let link = format!("{HOME}/reset-password/{}", token().expose());
            let pasted = format!("{}{quote}{}", &link[..at], &link[at..]);
            prop_assert_eq!(read(&pasted), Ok(format!("/reset-password/{}", token().expose())));
        }
    }
}
