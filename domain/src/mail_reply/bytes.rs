//! A reply of a mail server out of the bytes that arrive, however they are cut (case K5).
//!
//! A reply is read as bytes: its words may be in any encoding, too long, or missing. Lines without a code are words, or
//! nothing where no code came yet. The first code counts; RFC 5321 §4.2.1 has the same on every line.

use crate::server_words::ServerWords;

/// So much of a line is kept. RFC 5321 §4.5.3.1.5 has 512 bytes; servers are seen to send more.
const LONGEST_LINE: usize = 1000;
/// So many lines are kept.
const MOST_LINES: usize = 100;
/// Whoever says more than this without coming to an end is no mail server.
const MOST_BYTES: usize = 100_000;

/// What a mail server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// 200 to 599.
    pub code: u16,
    /// Its lines without their codes, each cut at 1000 bytes, at most 100.
    pub lines: Vec<Vec<u8>>,
    /// Whether its last line arrived: otherwise nothing more can be asked over the same connection.
    pub is_whole: bool,
}

impl Reply {
    /// Whether the code says yes.
    pub fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// Its words, as far as they can be read.
    pub fn words(&self) -> ServerWords {
        ServerWords::of_lines(&self.lines)
    }
}

/// Takes bytes until they are a reply.
#[derive(Debug, Default)]
pub struct ReplyReader {
    code: Option<u16>,
    lines: Vec<Vec<u8>>,
    /// The line that has not ended.
    line: Vec<u8>,
    bytes: usize,
    is_whole: bool,
}

/// Whether a reply needs more bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It does.
    More,
    /// All that was read is the reply, or can't become one any more.
    Done,
}

/// What a line begins with.
enum Begins {
    /// A code and a dash.
    GoesOn(u16),
    /// A code, and a blank or nothing.
    Ends(u16),
    /// A code and something else.
    Odd(u16),
    /// No code.
    Words,
}

impl ReplyReader {
    /// Reads on. How many of the bytes belong to the reply: what stands behind them is no part of it.
    pub fn read(&mut self, bytes: &[u8]) -> (usize, Progress) {
        let mut read = 0;
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            read += part.len();
            self.bytes += part.len();
            let room = LONGEST_LINE.saturating_sub(self.line.len());
            self.line.extend(part.iter().take(room));
            if part.ends_with(b"\n") {
                self.end_line();
            }
            if self.is_whole || self.bytes > MOST_BYTES {
                return (read, Progress::Done);
            }
        }
        (read, Progress::More)
    }

    /// Nothing more comes. The reply, if there was a code.
    pub fn finish(mut self) -> Option<Reply> {
        if !self.is_whole && !self.line.is_empty() {
            // The code of a line that was cut off counts like any other, but it can't be told whether it was the last one.
            self.end_line();
            self.is_whole = false;
        }
        Some(Reply {
            code: self.code?,
            lines: self.lines,
            is_whole: self.is_whole,
        })
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_ascii();
        let begins = begin_of(line);
        match (&begins, self.code) {
            // What is said before a code is no answer.
            (Begins::Words, None) => return,
            (Begins::GoesOn(code) | Begins::Ends(code) | Begins::Odd(code), None) => self.code = Some(*code),
            _ => {}
        }
        let is_last = match begins {
            Begins::Ends(_) => true,
            Begins::Odd(code) => self.code == Some(code),
            Begins::GoesOn(_) | Begins::Words => false,
        };
        // Behind the code and its sign; an odd line has no such sign.
        let words = match begins {
            Begins::GoesOn(_) | Begins::Ends(_) => line.get(4..),
            Begins::Odd(_) if is_last => line.get(3..),
            Begins::Odd(_) | Begins::Words => Some(line),
        };
        if self.lines.len() < MOST_LINES {
            self.lines.push(words.unwrap_or_default().to_vec());
        }
        self.is_whole = is_last;
    }
}

/// Three digits, the first of which is 2 to 5 (RFC 5321 §4.2.1), and no fourth.
fn begin_of(line: &[u8]) -> Begins {
    let Some((digits, rest)) = line.split_at_checked(3) else {
        return Begins::Words;
    };
    let is_code = digits.iter().all(u8::is_ascii_digit) && matches!(digits[0], b'2'..=b'5');
    if !is_code {
        return Begins::Words;
    }
    let code = digits.iter().fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
    match rest.first() {
        None | Some(b' ' | b'\t') => Begins::Ends(code),
        Some(b'-') => Begins::GoesOn(code),
        Some(digit) if digit.is_ascii_digit() => Begins::Words,
        Some(_) => Begins::Odd(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail_reply::{Fault, Parties, PlainReason, Stage, Verdict, judge_bytes};
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Option<Reply> {
        let mut reader = ReplyReader::default();
        let _ = reader.read(bytes);
        reader.finish()
    }

    #[track_caller]
    fn is(bytes: &[u8], code: u16, words: &str) {
        let reply = read(bytes).expect("a reply");
        assert_eq!((reply.code, reply.words().as_str()), (code, words));
        assert!(reply.is_whole, "{reply:?}");
    }

    #[test]
    fn k5_only_the_code_decides() {
        is(
            b"550 5.1.1 Empf\xe4nger unbekannt\r\n",
            550,
            "5.1.1 Empf\u{fffd}nger unbekannt",
        );
        is(
            b"550-erste Zeile\r\n550 5.1.1 \xd3\xca\r\n",
            550,
            "erste Zeile 5.1.1 \u{fffd}\u{fffd}",
        );
        is(b"550\r\n", 550, "");
        is(b"550\n", 550, "");
        is(b"550 \r\n", 550, "");
        is(b"550-\r\n550\r\n", 550, "");
        is(
            b"550-one\r\njunk without a code\r\n1234 people\r\n\xff\xff\r\n550 two\r\n",
            550,
            "one junk without a code 1234 people \u{fffd}\u{fffd} two",
        );
        is(b"\r\njunk\r\n250 ok\r\n", 250, "ok");
        is(b"250OK\r\n", 250, "OK");
        is(b"250-one\r\n404page\r\n250 two\r\n", 250, "one 404page two");
        is(b"299 \0\x07\x1b[31m\r\n", 299, "[31m");
        let long = [&b"550 5.1.1 "[..], &[b'y'; 1200], b" tail\r\n"].concat();
        let reply = read(&long).expect("a reply");
        assert!(reply.is_whole && reply.code == 550 && reply.lines[0].len() <= LONGEST_LINE);
        let many = "250-x\r\n".repeat(1_000) + "250 last\r\n";
        assert_eq!(read(many.as_bytes()).expect("a reply").lines.len(), MOST_LINES);
    }

    #[test]
    fn k5_a_code_that_came_counts_although_the_rest_did_not() {
        for bytes in [
            &b"250"[..],
            b"250 ",
            b"250 2.0.0 tak",
            b"250-queued\r\n",
            b"250-queued\r\n25",
            b"250\xff",
        ] {
            let reply = read(bytes).expect("a reply");
            assert!(reply.code == 250 && !reply.is_whole, "{reply:?}");
            let (judgement, _) = judge_bytes(Stage::Body, bytes, &Parties::default());
            assert_eq!(judgement.verdict, Verdict::Accepted);
        }
        for bytes in [
            &b""[..],
            b"2",
            b"25",
            b"\r\n",
            b"hello\r\n",
            b"199 x\r\n",
            b"600 x\r\n",
            b"HTTP/1.1 400 Bad\r\n\r\n",
        ] {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
        assert_eq!(read(&vec![b'x'; MOST_BYTES + 1]), None);
        let mut endless = ReplyReader::default();
        assert_eq!(endless.read(&vec![b'x'; MOST_BYTES]), (MOST_BYTES, Progress::More));
        assert_eq!(endless.read(b"x"), (1, Progress::Done));
    }

    #[test]
    fn k5_what_can_not_be_read_still_has_its_reason() {
        let bytes = b"550-erste Zeile\r\n550 5.1.1 \xd3\xca\r\n";
        let (judgement, words) = judge_bytes(Stage::Recipient, bytes, &Parties::default());
        assert_eq!(judgement.verdict, Verdict::Refused);
        assert_eq!(judgement.fault, Some(Fault::Mailbox));
        assert_eq!(
            PlainReason::at(Stage::Recipient, Some(550), words.as_str()),
            PlainReason::NoSuchMailbox
        );
        let (judgement, _) = judge_bytes(Stage::Recipient, b"550\r\n", &Parties::default());
        assert_eq!(judgement.verdict, Verdict::Refused);
    }

    #[test]
    fn what_stands_behind_a_reply_is_no_part_of_it() {
        let mut reader = ReplyReader::default();
        assert_eq!(reader.read(b"250 ok\r\n550 next\r\n"), (8, Progress::Done));
        assert_eq!(reader.finish().map(|reply| reply.code), Some(250));
    }

    fn bytes_of_a_server() -> impl Strategy<Value = Vec<u8>> {
        let code = prop_oneof!["[2-5][0-9]{2}", "[0-9]{0,4}"];
        let words = prop::collection::vec(any::<u8>(), 0..60);
        let line = (
            code,
            prop_oneof!["-", " ", "", "."],
            words,
            prop_oneof!["\r\n", "\n", "\r", ""],
        )
            .prop_map(|(code, sign, words, end)| [code.as_bytes(), sign.as_bytes(), &words, end.as_bytes()].concat());
        prop::collection::vec(line, 0..5).prop_map(|lines| lines.concat())
    }

    proptest! {
        #[test]
        fn k5_bytes_mean_the_same_however_they_are_cut(
            bytes in bytes_of_a_server(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        ) {
            let mut whole = ReplyReader::default();
            let (used, progress) = whole.read(&bytes);
            let mut places: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            places.push(bytes.len());
            places.sort_unstable();
            let (mut reader, mut from, mut used_of_parts, mut last) = (ReplyReader::default(), 0, 0, Progress::More);
            for to in places {
                if last == Progress::More {
                    let (used, progress) = reader.read(&bytes[from..to]);
                    used_of_parts += used;
                    last = progress;
                }
                from = to;
            }
            prop_assert_eq!((used_of_parts, last), (used, progress));
            prop_assert_eq!(reader.finish(), whole.finish());
        }

        #[test]
        fn k5_random_bytes_are_judged_at_every_stage(bytes in bytes_of_a_server(), stage in 0..Stage::ALL.len()) {
            let stage = Stage::ALL[stage];
            let (judgement, words) = judge_bytes(stage, &bytes, &Parties::default());
            let code = read(&bytes).map(|reply| reply.code);
            let is_taken = stage == Stage::Body && code.is_some_and(|code| code / 100 == 2);
            prop_assert_eq!(judgement.verdict == Verdict::Accepted, is_taken);
            prop_assert_eq!(judgement.fault.is_none(), is_taken);
            // Nothing is given up unless the server said so of this mail.
            let is_refused = matches!(stage, Stage::Recipient | Stage::Body) && code.is_some_and(|code| code / 100 == 5);
            prop_assert!(judgement.verdict != Verdict::Refused || is_refused);
            let _ = (PlainReason::of_delay(stage, code, words.as_str()), PlainReason::of_outage(stage, code, words.as_str()));
        }

        #[test]
        fn k5_a_2xx_is_taken_whatever_its_words(
            code in 200_u16..300,
            sign in prop_oneof![Just(" "), Just("-"), Just("")],
            words in prop::collection::vec(any::<u8>(), 0..2000),
        ) {
            // A fourth digit makes another number of it.
            prop_assume!(!(sign.is_empty() && words.first().is_some_and(u8::is_ascii_digit)));
            let bytes = [format!("{code}{sign}").as_bytes(), &words].concat();
            let (judgement, _) = judge_bytes(Stage::Body, &bytes, &Parties::default());
            prop_assert_eq!(judgement.verdict, Verdict::Accepted);
        }
    }
}
