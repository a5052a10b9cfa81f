//! The mails: what they say, how they are packed and how they go out.
//!
//! `letter` and `message` are pure functions of their data; `smtp_url` and `transport` know a mail server and no mail;
//! `compose` and `notices` make letters out of rows; `worker` takes queued mails, `deliver` brings the two together over a
//! `line` of its own. `recorder` is the small mail server of the
//! demo and the tests, `recorded` what it has received.

mod compose;
mod deliver;
pub mod letter;
mod line;
pub mod message;
mod notices;
pub mod recorded;
pub mod recorder;
pub mod smtp_url;
mod starttls;
mod tls;
pub mod transport;
pub mod worker;
