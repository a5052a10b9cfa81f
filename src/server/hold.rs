//! Named points at which a test can hold the process, to kill it there (H1, H2). A release build has none of them.
//!
//! `REKEY_HOLD_AT=mail-claimed:3` holds whoever reaches that point for the third time, for good, and says so on standard
//! error.

/// Where a process can be held: between two steps of which neither may be lost nor half done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A reset is written with its mail, and not committed.
    ResetWritten,
    /// It is committed, and nobody was told.
    ResetCommitted,
    /// A mail is claimed and its link kept, and nothing was sent.
    MailClaimed,
    /// The mail server has answered, and nothing of it is kept.
    MailSent,
    /// A link is spent and its password set, and not committed.
    LinkSpent,
    /// That is committed, and nobody was told.
    PasswordCommitted,
}

impl Point {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::ResetWritten,
        Self::ResetCommitted,
        Self::MailClaimed,
        Self::MailSent,
        Self::LinkSpent,
        Self::PasswordCommitted,
    ];

    /// As it is named from outside.
    pub fn word(self) -> &'static str {
        match self {
            Self::ResetWritten => "reset-written",
            Self::ResetCommitted => "reset-committed",
            Self::MailClaimed => "mail-claimed",
            Self::MailSent => "mail-sent",
            Self::LinkSpent => "link-spent",
            Self::PasswordCommitted => "password-committed",
        }
    }
}

/// Goes on at once, unless a test holds it here.
#[cfg(debug_assertions)]
pub async fn at(point: Point) {
    use std::io::Write;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static WANTED: LazyLock<Option<(String, AtomicU32)>> = LazyLock::new(|| {
        let text = std::env::var("REKEY_HOLD_AT").ok()?;
        let (word, times) = text.split_once(':')?;
        Some((word.to_owned(), AtomicU32::new(times.parse().ok()?)))
    });
    if let Some((word, left)) = &*WANTED
        && word == point.word()
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        // Nobody but a test is here to read it.
        let _ = writeln!(std::io::stderr(), "held at {word}");
        std::future::pending::<()>().await;
    }
}

/// Goes on at once.
#[cfg(not(debug_assertions))]
#[expect(clippy::unused_async, reason = "the same call as in a build for tests")]
pub async fn at(_: Point) {}
