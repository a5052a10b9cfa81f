//! Words of a mail server, as they may be kept, logged and shown: one line of readable text, cut, and without anything that
//! could be the secret of a link (F8).
//!
//! A mail server may quote what it was given. So there is one way to make this type, and it blanks each run of 40 or more
//! of the signs that secrets are written with, also where the run is folded over lines or percent- or quoted-printable
//! encoded, what looks like a line of base64, and whatever follows the path of a link of ours.

use std::fmt;
use std::ops::Range;

use crate::one_line::one_line;
use crate::text::is_unfit;

/// So much is kept, in characters.
const LONGEST: usize = 500;
/// A run of so many signs of base32 may be a secret. A secret has 52: what is left of one that is cut opens nothing.
const SHORTEST_SECRET: usize = 40;
/// The signs of a whole secret.
const SECRET: usize = 52;
/// Stands in the place of what was blanked.
const BLANK: &str = "[…]";
/// What stands before the secret in the links of our mails, in small letters.
const PATHS: [&str; 4] = ["reset-password/", "not-me/", "confirm-email/", "stop-email/"];

/// What a mail server said, or what we say in its place: at most 500 characters on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ServerWords(String);

impl ServerWords {
    /// Out of the lines of one reply, without their codes. Bytes that are no UTF-8 become replacement signs. An enhanced code
    /// that begins each line is kept once.
    pub fn of_lines<L: AsRef<[u8]>>(lines: impl IntoIterator<Item = L>) -> Self {
        let mut text = String::new();
        let mut repeated = None;
        for line in lines {
            let line = String::from_utf8_lossy(line.as_ref());
            let line = line.trim();
            if text.is_empty() {
                repeated = enhanced_at_start(line).map(str::to_owned);
                text.push_str(line);
                continue;
            }
            let rest = repeated.as_deref().and_then(|code| line.strip_prefix(code));
            text.push('\n');
            text.push_str(rest.map_or(line, str::trim_start));
        }
        Self::of_text(&text)
    }

    /// Out of one text; where it has lines, they are lines of one reply.
    pub fn of_text(text: &str) -> Self {
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for secret in secrets(text) {
            kept.push_str(text.get(from..secret.start).unwrap_or_default());
            kept.push_str(BLANK);
            from = secret.end;
        }
        kept.push_str(text.get(from..).unwrap_or_default());
        Self(one_line(&kept).chars().take(LONGEST).collect())
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ServerWords {
    fn from(text: &str) -> Self {
        Self::of_text(text)
    }
}

impl From<String> for ServerWords {
    fn from(text: String) -> Self {
        Self::of_text(&text)
    }
}

impl fmt::Display for ServerWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The enhanced code that the line begins with, as in `5.1.1 unknown`.
fn enhanced_at_start(line: &str) -> Option<&str> {
    let end = line.find([' ', '\t']).unwrap_or(line.len());
    let word = line.get(..end)?;
    let mut numbers = word.split('.');
    let is_number = |number: Option<&str>| {
        number
            .is_some_and(|number| (1..=3).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let is_code = is_number(numbers.next()) && is_number(numbers.next()) && is_number(numbers.next());
    (is_code && numbers.next().is_none()).then_some(word)
}

/// A character as somebody who looks for secrets reads it, and where it stands in the text.
#[derive(Clone)]
struct Sign {
    read: char,
    at: Range<usize>,
}

/// Where the text may hold secrets: apart, in their order.
fn secrets(text: &str) -> Vec<Range<usize>> {
    let plain = signs(text, false);
    let decoded = signs(text, true);
    let mut found = runs(&plain, is_base32, |_| true);
    found.extend(runs(&decoded, is_base32, |_| true));
    found.extend(runs(&plain, is_base64, is_varied));
    found.extend(behind_paths(&decoded));
    found.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// The signs of the text, its lines put together as if they had been folded. Signs without width are passed over.
/// `decodes`: what is written as `%61` or `=61` is read as `a`, also where the percent sign is itself written so.
fn signs(text: &str, decodes: bool) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let mut line_begins = 0;
    for line in text.split_inclusive('\n') {
        let begin = line_begins + (line.len() - unfolded(line).len());
        // A soft line break of quoted-printable leaves its sign behind.
        let end = line_begins
            + line
                .trim_end_matches(|sign: char| sign.is_whitespace() || sign == '=')
                .len();
        line_begins += line.len();
        let mut at = begin;
        while at < end {
            let sign = if decodes { decoded(text, at) } else { plain(text, at) };
            let Some(sign) = sign else { break };
            at = sign.at.end;
            if !is_unseen(sign.read) {
                signs.push(sign);
            }
        }
    }
    signs
}

fn is_unseen(sign: char) -> bool {
    let has_no_width = |sign| matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    is_unfit(sign) || has_no_width(sign)
}

/// A line without what may stand before its part of something folded: blanks, marks of a quotation, an enhanced code.
fn unfolded(line: &str) -> &str {
    let is_mark = |sign: char| sign.is_whitespace() || matches!(sign, '>' | '|' | '"' | '\'');
    let line = line.trim_start_matches(is_mark);
    match enhanced_at_start(line) {
        Some(code) => line.strip_prefix(code).unwrap_or(line).trim_start_matches(is_mark),
        None => line,
    }
}

fn plain(text: &str, at: usize) -> Option<Sign> {
    let read = text.get(at..)?.chars().next()?;
    Some(Sign {
        read,
        at: at..at + read.len_utf8(),
    })
}

fn decoded(text: &str, at: usize) -> Option<Sign> {
    let mut sign = plain(text, at)?;
    while matches!(sign.read, '%' | '=')
        && let Some(digits) = text.get(sign.at.end..sign.at.end + 2)
        && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        && let Ok(byte) = u8::from_str_radix(digits, 16)
    {
        sign.read = char::from(byte);
        sign.at.end += 2;
    }
    Some(sign)
}

fn is_base32(sign: char) -> bool {
    matches!(sign, 'a'..='z' | 'A'..='Z' | '2'..='7')
}

fn is_base64(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '+' | '/')
}

/// The path of a web address has no letters of both sizes and digits.
fn is_varied(run: &[Sign]) -> bool {
    let has = |is: fn(&char) -> bool| run.iter().any(|sign| is(&sign.read));
    has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit)
}

fn runs(signs: &[Sign], is_of_run: fn(char) -> bool, is_secret: fn(&[Sign]) -> bool) -> Vec<Range<usize>> {
    signs
        .split(|sign| !is_of_run(sign.read))
        .filter(|run| run.len() >= SHORTEST_SECRET && is_secret(run))
        .filter_map(|run| Some(run.first()?.at.start..run.last()?.at.end))
        .collect()
}

/// What follows the paths of our links, until as many signs have passed as a secret has: one that is folded by blanks is no
/// run.
fn behind_paths(signs: &[Sign]) -> Vec<Range<usize>> {
    let text: Vec<char> = signs.iter().map(|sign| sign.read.to_ascii_lowercase()).collect();
    let mut found = Vec::new();
    for path in PATHS {
        let path: Vec<char> = path.chars().collect();
        for begin in 0..text.len() {
            if !text[begin..].starts_with(&path) {
                continue;
            }
            let behind = &signs[begin + path.len()..];
            let last = behind.iter().filter(|sign| is_base32(sign.read)).take(SECRET).last();
            let is_blanked = behind
                .iter()
                .map(|sign| sign.read)
                .take(BLANK.chars().count())
                .eq(BLANK.chars());
            if let (Some(first), Some(last), false) = (behind.first(), last, is_blanked) {
                found.push(first.at.start..last.at.end);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Token;
    use proptest::prelude::*;

    fn secret() -> String {
        Token::from_random([0x5a; 32]).expose().to_owned()
    }

    /// No more of the secret is left than opens nothing.
    #[track_caller]
    fn is_blanked(text: &str, secret: &str) {
        let words = ServerWords::of_text(text);
        let left: String = words
            .as_str()
            .to_lowercase()
            .chars()
            .filter(|sign| is_base32(*sign))
            .collect();
        for from in 0..=secret.len() - 12 {
            assert!(!left.contains(&secret[from..from + 12]), "{text:?} became {words:?}");
        }
    }

    /// A secret with varied signs, as all of them are.
    fn varied() -> String {
        let bytes: [u8; 32] = std::array::from_fn(|number| u8::try_from(number * 37 % 251).unwrap_or_default());
        Token::from_random(bytes).expose().to_owned()
    }

    #[test]
    fn f8_a_link_that_is_quoted_is_blanked_however_it_is_written() {
        let secret = varied();
        assert_eq!(secret.len(), SECRET);
        let (half, rest) = secret.split_at(26);
        let each = |spell: fn(u8) -> String| secret.bytes().map(spell).collect::<Vec<_>>().concat();
        let percent = each(|byte| format!("%{byte:02x}"));
        let twice = each(|byte| format!("%25{byte:02X}"));
        let printable = each(|byte| format!("={byte:02X}"));
        for text in [
            format!("5.7.1 blocked: https://accounts.example/reset-password/{secret}"),
            format!("5.7.1 blocked: https://accounts.example/reset-password/{secret}/not-me (SURBL)"),
            format!("5.7.1 {}", secret.to_uppercase()),
            format!("5.7.1 <{half}\n{rest}>"),
            format!("5.7.1 <{half}=\n{rest}>"),
            format!("5.7.1 {half}\n5.7.1 {rest}"),
            format!("5.7.1 > {half}\n> {rest}"),
            format!("5.7.1 {half}\n{}\n{}", &rest[..13], &rest[13..]),
            format!("5.7.1 {half}\u{200b}{rest}"),
            format!("https://accounts.example/not-me/{half} {rest}"),
            format!(
                "https://accounts.example/confirm-email/{}  {}",
                &half[..20],
                &half[20..]
            ),
            format!("https://accounts.example/stop-email/{percent}"),
            format!("url=https%3A%2F%2Faccounts.example%2Freset-password%2F{secret}&x"),
            format!("5.7.1 {percent}"),
            format!("5.7.1 {twice}"),
            format!("5.7.1 {printable}"),
            format!("5.7.1 aHR0cHM6Ly9hY2NvdW50cy5leGFtcGxlL3Jlc2V0LXBhc3N3b3JkL2Fi\n{secret}"),
        ] {
            is_blanked(&text, &secret);
        }
        let base64 = "5.6.0 aHR0cHM6Ly9hY2NvdW50cy5leGFtcGxlL3Jlc2V0LXBhc3N3b3Jk is bad";
        assert_eq!(ServerWords::of_text(base64).as_str(), "5.6.0 […] is bad");
        is_blanked(&format!("x{}", self::secret()), &self::secret());
    }

    #[test]
    fn words_without_a_secret_stay_as_they_are() {
        for text in [
            "2.0.0 Ok: queued as 4XkR2m3Lnz9x",
            "2.0.0 OK 1795527128 s15-20020a05600c384f00b003f7e5x0sm3wmr.60 - gsmtp",
            "5.1.1 <ana@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
            "5.7.1 see https://support.example/troubleshoot/delivery/refused/because/of/rules/and/more/of/them",
            "2.6.0 <0102018f0a1b2c3d-8e4f1a2b-1111-2222-3333-444455556666-000000@mail.example> Queued",
            "5.7.1 Empf\u{fffd}nger gesperrt",
        ] {
            assert_eq!(ServerWords::of_text(text).as_str(), text);
        }
        let folded = "5.1.1 The mailbox that you tried to reach\n5.1.1 does not exist";
        assert_eq!(
            ServerWords::of_lines(folded.lines()).as_str(),
            "5.1.1 The mailbox that you tried to reach does not exist"
        );
    }

    #[test]
    fn f8_what_is_dropped_hides_no_secret() {
        let secret = Token::from_random([7; 32]).expose().to_owned();
        for dropped in ["\u{ffff}", "\u{61c}", "\u{202e}", "\u{7}", "\u{200b}"] {
            let folded = format!("{}{dropped}{}", &secret[..26], &secret[26..]);
            let words = ServerWords::of_text(&folded);
            assert_eq!(words.as_str(), BLANK, "{dropped:?}");
        }
    }

    #[test]
    fn k5_what_can_not_be_read_is_replaced_and_long_text_is_cut() {
        let words = ServerWords::of_lines([&b"5.1.1 Empf\xe4nger"[..], b"\xd3\xca unbekannt\x07"]);
        assert_eq!(words.as_str(), "5.1.1 Empf\u{fffd}nger \u{fffd}\u{fffd} unbekannt");
        let long = "ä ".repeat(400);
        assert_eq!(ServerWords::of_text(&long).as_str().chars().count(), LONGEST);
        assert_eq!(
            ServerWords::of_text(&format!("5.1.1 {}", "x".repeat(1_200))).as_str(),
            format!("5.1.1 {BLANK}")
        );
        assert_eq!(ServerWords::of_lines([b""; 0]), ServerWords::default());
    }

    proptest! {
        #[test]
        fn f8_no_long_run_is_left_of_any_bytes(lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..5)) {
            let words = ServerWords::of_lines(&lines);
            prop_assert!(words.as_str().chars().count() <= LONGEST);
            let longest = words.as_str().split(|sign| !is_base32(sign)).map(str::len).max().unwrap_or_default();
            prop_assert!(longest < SHORTEST_SECRET);
            prop_assert!(!words.as_str().contains(is_unfit));
        }

        #[test]
        fn f8_a_secret_is_blanked_wherever_it_is_folded(
            cuts in prop::collection::vec(1_usize..51, 0..4),
            before in "[ -~]{0,20}",
            bytes: [u8; 32],
        ) {
            let secret = Token::from_random(bytes).expose().to_owned();
            let mut cuts = cuts;
            cuts.sort_unstable();
            let mut folded = String::new();
            let mut from = 0;
            for cut in cuts {
                folded.push_str(&secret[from..cut]);
                folded.push_str("\r\n");
                from = cut;
            }
            folded.push_str(&secret[from..]);
            let words = ServerWords::of_text(&format!("{before} {folded}"));
            let left: String = words.as_str().chars().filter(|sign| is_base32(*sign)).collect();
            prop_assert!(!left.contains(&secret[..40]) && !left.contains(&secret[12..]), "{:?}", words);
        }

        #[test]
        fn to_make_words_of_words_changes_nothing(text in "[ -~\n]{0,300}") {
            let once = ServerWords::of_text(&text);
            prop_assert_eq!(ServerWords::of_text(once.as_str()), once);
        }
    }
}
