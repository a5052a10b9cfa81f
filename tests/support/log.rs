//! The log of the whole process at TRACE, spans and libraries included, searched for secrets while it is written (G9).

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::PASSWORD;

/// The beginning of every new password that tests set.
pub const MARK: &str = "copper-willow";
/// Signs of a link's or session's secret in base32.
const SECRET_LENGTH: usize = 52;

static LINES: AtomicUsize = AtomicUsize::new(0);
static LEAKS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static FAILURES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static UNTRUSTED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static SECURITY: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Begins to watch; once for the process.
pub fn watch() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
            .with_writer(|| Searcher);
        // What the tests read pages with prints them; it is no part of the server.
        let filter = Targets::new()
            .with_default(LevelFilter::TRACE)
            .with_targets(["html5ever", "selectors"].map(|library| (library, LevelFilter::OFF)));
        tracing_subscriber::registry().with(layer.with_filter(filter)).init();
    });
}

/// How many lines were written so far.
pub fn lines() -> usize {
    LINES.load(Ordering::SeqCst)
}

/// The lines with a secret in them.
pub fn leaks() -> Vec<String> {
    LEAKS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The lines about failed requests and failed work (F4, F7).
pub fn failures() -> Vec<String> {
    FAILURES.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The lines about headers of proxies that nobody trusts (F12).
pub fn untrusted_proxies() -> Vec<String> {
    UNTRUSTED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The lines about what may be an attack (F14).
pub fn security() -> Vec<String> {
    SECURITY.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Whether a password of the tests, or anything that looks like the secret of a link or session, stands in the text.
pub fn has_secret(text: &str) -> bool {
    text.contains(MARK) || text.contains(PASSWORD) || has_long_run(text.as_bytes())
}

/// Whether as many signs of base32 stand in a row as a secret has. Such a run has one at a multiple of its length, so only
/// there is looked: everything that the tests log goes through this.
fn has_long_run(text: &[u8]) -> bool {
    let is_of_secret = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'2'..=b'7');
    (SECRET_LENGTH - 1..text.len()).step_by(SECRET_LENGTH).any(|at| {
        let (before, after) = text.split_at(at);
        let before = before.iter().rev().take_while(is_of_secret).count();
        let after = after.iter().take_while(is_of_secret).count();
        after > 0 && before + after >= SECRET_LENGTH
    })
}

/// The same for a stored text: names may be long words, secrets have digits.
pub fn is_stored_secret(text: &str) -> bool {
    has_secret(text) && text.contains(|sign: char| matches!(sign, '2'..='7'))
}

/// Gets each event in one piece.
struct Searcher;

impl io::Write for Searcher {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        LINES.fetch_add(1, Ordering::SeqCst);
        let text = String::from_utf8_lossy(event);
        if text.contains("request.failed") || text.contains("work.failed") {
            FAILURES
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(text.clone().into_owned());
        }
        if text.contains("proxy.untrusted") {
            UNTRUSTED
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(text.clone().into_owned());
        }
        if text.contains("rekey::security") {
            SECURITY
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(text.clone().into_owned());
        }
        if has_secret(&text) {
            LEAKS
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(text.into_owned());
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
