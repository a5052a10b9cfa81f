//! What the answer of a mail server means: for this mail, for the next try, and in plain words (cases G7, K5, K6).
//!
//! Pure: the conversation itself and the clock are elsewhere. Only the code decides (RFC 5321 §4.2.1), with the enhanced
//! code where there is one (RFC 3463, RFC 2034); words decide nothing but whether a refusal names us. [`bytes`] reads an
//! answer, the table in `table` has what each means, [`reason`] has the plain reasons.

use std::time::Duration;

use crate::server_words::ServerWords;
use crate::word::words;

pub mod bytes;
mod naming;
pub mod reason;
mod table;
#[cfg(test)]
mod tests;

pub use naming::Parties;
pub use reason::PlainReason;

words! {
    /// How far the conversation with the mail server had come.
    pub enum Stage {
        /// Connecting and greeting.
        Connect = "connect",
        /// STARTTLS and the check of the certificate.
        Tls = "tls",
        /// AUTH.
        Login = "login",
        /// MAIL FROM.
        Sender = "sender",
        /// RCPT TO.
        Recipient = "recipient",
        /// DATA, up to the answer to the final dot.
        Body = "body",
    }
}

/// Whose trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// This mail's own; others may go.
    Mail,
    /// The mail server's, or our access to it; no other mail would fare better.
    Relay,
}

/// What becomes of the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The mail server took it.
    Accepted,
    /// Try again later.
    Deferred(Whose),
    /// Never try again.
    Refused,
}

/// What is at fault, when the mail server says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The person's address or mailbox, and no doubt about it.
    Mailbox,
    /// This mail, as far as one answer tells. The same answer for several people is our fault after all.
    Mail,
    /// Our sender, our address in the network, the name that we greet with, or our way of speaking.
    Sender,
    /// What we may send is used up.
    Quota,
    /// We hold too many connections.
    Connections,
    /// The mail server itself, or our access to it.
    Server,
}

/// When it is worth another try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Again {
    /// Never: somebody has to mend the address first.
    Never,
    /// After the wait of this mail ([`wait_after`]).
    AfterItsWait,
    /// When the mail server, asked for all mail together, says yes again.
    WhenAsked,
    /// At once, over a connection that works.
    OverAnother,
}

impl Fault {
    /// Whose trouble it is.
    pub const fn whose(self) -> Whose {
        match self {
            Self::Mailbox | Self::Mail => Whose::Mail,
            Self::Sender | Self::Quota | Self::Connections | Self::Server => Whose::Relay,
        }
    }

    /// When to try again; `is_permanent` for 5xx.
    pub const fn again(self, is_permanent: bool) -> Again {
        match (self, is_permanent) {
            (Self::Mailbox | Self::Mail, true) => Again::Never,
            (Self::Mailbox | Self::Mail, false) => Again::AfterItsWait,
            (Self::Sender | Self::Quota | Self::Server, _) => Again::WhenAsked,
            (Self::Connections, _) => Again::OverAnother,
        }
    }
}

/// Judges an answer by its code alone, or its absence (`None`: the connection broke or time ran out).
///
/// Only 5xx to RCPT TO or to the body is the mail's own and final. Everything that goes wrong earlier would go wrong
/// for each mail, so none may be given up for it (case G7).
pub const fn judge(stage: Stage, code: Option<u16>) -> Verdict {
    match (stage, code) {
        (Stage::Body, Some(200..=299)) => Verdict::Accepted,
        (Stage::Recipient | Stage::Body, Some(500..=599)) => Verdict::Refused,
        (Stage::Recipient | Stage::Body, _) => Verdict::Deferred(Whose::Mail),
        (Stage::Connect | Stage::Tls | Stage::Login | Stage::Sender, _) => Verdict::Deferred(Whose::Relay),
    }
}

/// An answer, judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Judgement {
    /// What becomes of the mail.
    pub verdict: Verdict,
    /// What is at fault; nothing where the mail was accepted.
    pub fault: Option<Fault>,
}

/// Judges an answer by code, enhanced code and stage, and by whom it names (case K6): a refusal of our sender that comes as
/// answer to the recipient is the relay's trouble.
pub fn judge_answer(stage: Stage, code: Option<u16>, text: &str, parties: &Parties<'_>) -> Judgement {
    let verdict = judge(stage, code);
    if verdict == Verdict::Accepted {
        return Judgement { verdict, fault: None };
    }
    let fault = table::fault(stage, code, text, parties);
    let is_relays = fault.whose() == Whose::Relay;
    // 421 says that this connection ends, and nothing of the mail. It is tried again soon in any case.
    let verdict = match (code, fault) {
        (Some(421), Fault::Connections) if !naming::is_about_connections(text) => verdict,
        _ if is_relays => Verdict::Deferred(Whose::Relay),
        _ => verdict,
    };
    Judgement {
        verdict,
        fault: Some(fault),
    }
}

/// Where it is written what an answer with these codes means at this stage, for whoever reads the log.
pub fn source(stage: Stage, code: u16, text: &str) -> &'static str {
    table::row_of(stage, code, text).source
}

/// What the bytes that a mail server sent at this stage, before it hung up or fell silent, mean for the mail. For whoever
/// throws random bytes at it; the conversation itself does the same as they arrive.
pub fn judge_bytes(stage: Stage, sent: &[u8], parties: &Parties<'_>) -> (Judgement, ServerWords) {
    let mut reader = bytes::ReplyReader::default();
    // What stands behind the reply belongs to nothing that was asked.
    let _ = reader.read(sent);
    let reply = reader.finish();
    let code = reply.as_ref().map(|reply| reply.code);
    let words = reply.map(|reply| reply.words()).unwrap_or_default();
    (judge_answer(stage, code, words.as_str(), parties), words)
}

/// How long to wait after the given try, the first being 1: 15 s, 1, 5, 15, 30 min, then an hour each. `jitter` from 0
/// to 1000 (more counts as 1000) spreads it evenly from 10 % less to 10 % more, so that mails put off together do not
/// come back together.
pub fn wait_after(attempt: u32, jitter: u16) -> Duration {
    let seconds: u64 = match attempt {
        0 | 1 => 15,
        2 => 60,
        3 => 5 * 60,
        4 => 15 * 60,
        5 => 30 * 60,
        _ => 60 * 60,
    };
    let permille_of_ten = 9_000 + 2 * u64::from(jitter.min(1000));
    Duration::from_millis(seconds * permille_of_ten / 10)
}

/// An enhanced code: class, subject, detail.
pub type EnhancedCode = [u16; 3];

/// The enhanced code in a reply's text, as `5.1.1`, where there is one of the reply code's own class.
pub fn enhanced(code: u16, text: &str) -> Option<String> {
    enhanced_code(code, text).map(|[class, subject, detail]| format!("{class}.{subject}.{detail}"))
}

/// The first enhanced code of the reply's own class in the text, as in `5.1.1 <x@y.example>: unknown` or
/// `#4.2.2 mailbox full`. An IP address has four numbers and is none.
pub fn enhanced_code(code: u16, text: &str) -> Option<EnhancedCode> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .map(|word| word.trim_end_matches('.'))
        .find_map(|word| {
            let mut numbers = word.split('.').map(|number| {
                let is_short = (1..=3).contains(&number.len());
                if is_short { number.parse::<u16>().ok() } else { None }
            });
            let found = [numbers.next()??, numbers.next()??, numbers.next()??];
            (numbers.next().is_none() && found[0] == code / 100).then_some(found)
        })
}

/// The enhanced code for showing beside the code, and the words without it: no code is shown twice (F21). One that stands
/// in the middle of the words stays there alone.
pub fn apart(code: Option<u16>, text: &str) -> (Option<String>, &str) {
    let Some(found) = code.and_then(|code| enhanced(code, text)) else {
        return (None, text);
    };
    let rest = text.trim_start_matches('#').strip_prefix(found.as_str());
    match rest {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', ':']) => {
            (Some(found), rest.trim_start_matches([' ', ':']))
        }
        _ => (None, text),
    }
}
