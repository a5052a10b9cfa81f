//! The mails: what they say, how they are packed and how they go out.
//!
//! `letter` and `message` are pure functions of their data; `smtp_url` and `transport` know a mail server and no mail;
//! `compose` and `notices` make letters out of rows; `worker` has the senders, `deliver` is one of them, which sends over a
//! `line` of its own, one of the process's `connections`. All of them get their mails, `claimed` and with what the letters
//! need, from one `ledger`, which also has what was accepted kept by `record`. What was not is kept by `failed`, and by
//! `mistakes` where a mistake of the program's was in the way; `put_back` lets mails wait again that were refused for our fault. `recorder` is the small mail server of the
//! demo and the tests, `recorded` what it has received.

mod claimed;
mod compose;
mod connections;
mod deliver;
mod dialog;
mod failed;
mod ledger;
pub mod letter;
mod line;
pub mod message;
mod mistakes;
mod notices;
mod put_back;
mod record;
pub mod recorded;
pub mod recorder;
pub mod smtp_url;
mod starttls;
mod tls;
pub mod transport;
pub mod worker;
