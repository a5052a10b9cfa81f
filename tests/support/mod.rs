//! What every test stands on.
//!
//! - [`TestApp`]: a server on a free port with a database, a standing clock and a mail server of its own.
//!   `TestApp::start().await`, or `TestApp::with()` to change settings first. The demo's companies and people are in it.
//! - [`Client`]: a browser without script: cookies are kept, redirects are followed only when asked (`follow`).
//!   `app.client()` for a stranger, `app.sign_in_as("max@blueheron.example").await` for somebody.
//! - [`Page`]: an answer, read as a person reads it: heading, text, links, tables, forms by the words on their button.
//!   `let form = page.form("Send link").fill("Email", "…"); client.submit(form).await`. For requests that no form
//!   makes: `client.send(client.request(method, path).header(…).body(…)).await`.
//! - Mail: `app.mail_to(address).await` waits for it; `link_of(&mail)` is its link to
//!   set a password, `not_me_of(&mail)` the one to say that it was not expected; `app.recorder` misbehaves on request.
//! - Time stands still, except that `trigger` and `ask` come a second later each; `app.advance(duration)` moves it and
//!   wakes the workers (sessions end after 30 idle minutes: sign in again after a longer move). What happens behind an
//!   answer is waited for with `app.until(…)` or `app.page_says(…)`, each for 10 s at most.
//! - A real process of the executable, of root or of somebody else: `process::Place`; of a demo: `demo::Demo`. A `PgBouncer`: `pgbouncer`.
//! - The log of the whole process is caught at TRACE; any test fails at its end when a password or a secret was
//!   logged (`log`), or stands in any row of its database. So choose new passwords with [`password`].
//! - `sink` is a mail server that answers any step with any bytes.

mod app;
mod client;
mod database;
#[cfg(target_os = "linux")]
pub mod demo;
mod functions;
pub mod in_front;
pub mod log;
pub mod mail_server;
mod page;
pub mod people;
#[cfg(unix)]
pub mod pgbouncer;
pub mod port;
#[cfg(unix)]
pub mod process;
pub mod raw;
pub mod sink;

pub use app::{Builder, HOUR, PASSWORD, SECOND, START, TestApp, link_of, not_me_of};
pub use client::Client;
pub use database::Database;
pub use functions::SERVER_FUNCTIONS;
pub use page::{Form, Page};

/// A good new password, another one for each number. The log must never have it.
pub fn password(number: usize) -> String {
    format!("{}-{number:03}-tundra-sprig", log::MARK)
}
