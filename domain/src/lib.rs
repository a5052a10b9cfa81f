//! The rules of Rekey, as pure functions on parsed types.
//!
//! Text from outside is parsed once into a type here; an invalid value of such a type cannot exist. Rules are
//! functions of what they are given: the time and random bytes come in as arguments. This crate must not know a
//! clock, a source of randomness, the network, the database or a page. It compiles for the server and the browser,
//! so both decide alike (case I3).
//!
//! One file for each noun. [`policy`] holds the role table, which drives the checks, the pages and the tests
//! (case D1). [`reset`] is the life of a reset, [`timeline`] that life step by step, [`attention`] which resets somebody
//! should look at, [`batch`] what becomes of many at once, [`import`] what a list of people says, [`email_change`] when a new address counts, [`not_me`] who may disavow what and until when, [`mail_reply`] what a mail server's answer means,
//! [`outage`] what it means when the server itself is out of order, [`limit`] how often, [`company_details`] what a company
//! says about itself, [`linked`] in which company somebody acts.

pub mod account;
pub mod attention;
pub mod batch;
pub mod company_details;
pub mod email;
pub mod email_change;
pub mod fold;
pub mod id;
pub mod import;
pub mod keeping;
pub mod limit;
pub mod linked;
pub mod local_path;
pub mod mail_reply;
pub mod name;
pub mod not_me;
pub mod operator;
pub mod outage;
pub mod page_size;
pub mod password;
pub mod policy;
pub mod reset;
pub mod role;
pub mod secret;
pub mod session;
pub mod time;
pub mod timeline;
pub mod token;
pub mod way_back;
pub mod word;
