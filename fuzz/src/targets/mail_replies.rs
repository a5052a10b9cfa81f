//! What a mail server's answer means. Only the code decides, wherever the bytes were cut on their way: a 2xx after the final
//! dot is accepted whatever its words are, no mail is given up without a 5xx to the recipient or the body, and what is kept of
//! the words is one line in which no secret of a link can be read.
//!
//! The first byte chooses the stage, the next one where the bytes are cut, the third where the server quotes a link, if at
//! all; the rest is what it sends.

use rekey_domain::mail_reply::bytes::{Progress, Reply, ReplyReader};
use rekey_domain::mail_reply::{Parties, PlainReason, Stage, Verdict, enhanced, judge_bytes};

const SECRET: &[u8] = b"abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrsa";
/// So much of it must not be read in what is kept.
const TELLING: usize = 40;
const LONGEST: usize = 500;

pub fn check(bytes: &[u8]) {
    let [stage, cut, quote, sent @ ..] = bytes else { return };
    let stage = Stage::ALL[usize::from(*stage) % Stage::ALL.len()];
    let mut sent = sent.to_vec();
    if *quote > 0 {
        let place = usize::from(*quote) % (sent.len() + 1);
        sent.splice(place..place, SECRET.iter().copied());
    }
    let reply = read(&[&sent]);
    let (before, after) = sent.split_at(usize::from(*cut) % (sent.len() + 1));
    assert_eq!(read(&[before, after]), reply, "cut at {}", before.len());
    let bytewise: Vec<_> = sent.chunks(1).collect();
    assert_eq!(read(&bytewise), reply, "one byte after the other");

    let parties = Parties {
        sender: "accounts@rekey.example",
        hello: "host.rekey.example",
        recipient: "uma@blueheron.example",
    };
    let (judgement, words) = judge_bytes(stage, &sent, &parties);
    let code = reply.map(|reply| reply.code);
    let is_taken = stage == Stage::Body && code.is_some_and(|code| code / 100 == 2);
    assert_eq!(judgement.verdict == Verdict::Accepted, is_taken, "{stage} {code:?}");
    if judgement.verdict == Verdict::Refused {
        assert!(
            matches!(stage, Stage::Recipient | Stage::Body) && code.is_some_and(|code| code / 100 == 5),
            "given up at {stage} for {code:?}"
        );
    }

    let words = words.as_str();
    assert!(
        words.chars().count() <= LONGEST && !words.contains(char::is_control),
        "{words:?}"
    );
    let small = words.to_ascii_lowercase();
    let mut parts = SECRET.windows(TELLING);
    assert!(
        !parts.any(|part| small.as_bytes().windows(TELLING).any(|window| window == part)),
        "the secret can be read in {words:?}"
    );
    if code.is_none() && stage != Stage::Tls {
        assert_eq!(PlainReason::at(stage, code, words), PlainReason::NoAnswer);
    }
    if let Some(code) = code
        && let Some(enhanced) = enhanced(code, words)
    {
        assert!(
            enhanced.starts_with(&format!("{}.", code / 100)),
            "{enhanced} of {code}"
        );
    }
}

/// The reply in these pieces, read as they arrive, and then nothing more.
fn read(pieces: &[&[u8]]) -> Option<Reply> {
    let mut reader = ReplyReader::default();
    for piece in pieces {
        let (used, progress) = reader.read(piece);
        assert!(used <= piece.len());
        if progress == Progress::Done {
            break;
        }
        assert_eq!(
            used,
            piece.len(),
            "what is not used belongs to the next reply, and there is none yet"
        );
    }
    reader.finish()
}
