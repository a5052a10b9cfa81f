//! How the recorder treats the mail it is offered: every kind of trouble that the worker must survive (G7, G8).
//! Only the decisions and their words; when they are taken is in `conversation`.

use std::time::Duration;

/// What the recorder does with connections and mails. The waits are of real time, not of our clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Takes every mail.
    Accept,
    /// Puts every recipient off: `451 4.3.0`.
    Defer,
    /// Knows no recipient: `550 5.1.1`.
    Refuse,
    /// Nobody listens: the port is closed and open connections are cut.
    Down,
    /// Puts a recipient off the first time (`451 4.7.1`), takes it from the second on.
    Greylist,
    /// Takes and records the mail at its final dot, but says so only after this time.
    Slow(Duration),
    /// Reads the mail to its final dot, records nothing and never answers.
    HangAfterData,
    /// Closes the connection after the first line of the mail. Nothing is recorded.
    CutInData,
    /// Takes no conversation: `421 4.3.2` as greeting, or to the next command of an open one.
    Busy,
    /// Refuses each mail at its final dot: `552 5.2.2`. Nothing is recorded.
    RefuseAfterData,
}

/// What is said when a server is [`Behaviour::Busy`]; the connection ends with it.
pub(super) const BUSY: &str = "421 4.3.2 Too busy, try again later";

impl Behaviour {
    /// The refusal at RCPT, if any. `is_known` tells whether greylisting has put this recipient off before.
    pub(super) fn refusal_of_recipient(self, is_known: impl FnOnce() -> bool) -> Option<&'static str> {
        match self {
            Self::Defer => Some("451 4.3.0 Temporary trouble, try again later"),
            Self::Refuse => Some("550 5.1.1 No such user here"),
            Self::Greylist if !is_known() => Some("451 4.7.1 Greylisted, try again later"),
            _ => None,
        }
    }
}
