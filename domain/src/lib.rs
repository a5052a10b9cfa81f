//! The rules of Rekey, as pure functions on parsed types.
//!
//! Text from outside is parsed once into a type here; an invalid value of such a type cannot exist. Rules are
//! functions of what they are given: the time and random bytes come in as arguments. This crate must not know a
//! clock, a source of randomness, the network, the database or a page. It compiles for the server and the browser,
//! so both decide alike (case I3).
//!
//! One file for each noun. [`policy`] holds the role table, which drives the checks, the pages and the tests
//! (case D1). [`reset`] is the life of a reset, [`timeline`] that life step by step, [`stages`] the same as a picture, [`attention`] which resets somebody
//! should look at, [`usage`] how soon links are used, [`batch`] what becomes of many at once, [`import`] what a list of people says, [`email_change`] when a new address counts, [`not_me`] who may disavow what and until when, [`mail_reply`] what a mail server's answer means,
//! [`server_words`] what may be kept of its words, [`breaker`] when refusals of several mails mean us,
//! [`outage`] what it means when the server itself is out of order, [`limit`] how often, [`repeated`] what is told as one, [`company_details`] what a company
//! says about itself, [`linked`] in which company somebody acts. [`cookies`] and [`forwarded`] read what requests and proxies
//! say, byte by byte, [`form_fields`] counts what they bring, [`page_asked`] whether somebody looks at a page,
//! [`recipients`] and [`pasted_link`] what people paste, [`text`] what may be stored and shown at all, [`work`] how long work
//! waits that failed by our mistake.

pub mod account;
pub mod attention;
pub mod batch;
pub mod breaker;
pub mod company_details;
pub mod cookies;
pub mod deed;
pub mod email;
pub mod email_change;
pub mod fold;
pub mod form_fields;
pub mod forwarded;
pub mod id;
pub mod import;
pub mod keeping;
pub mod limit;
pub mod linked;
pub mod local_path;
pub mod mail_reply;
pub mod name;
pub mod not_me;
pub mod one_line;
pub mod operator;
pub mod outage;
pub mod page_asked;
pub mod page_size;
pub mod password;
pub mod pasted_link;
pub mod policy;
pub mod recipients;
pub mod repeated;
pub mod reset;
pub mod role;
pub mod secret;
pub mod server_words;
pub mod session;
pub mod stages;
pub mod text;
pub mod time;
pub mod timeline;
pub mod token;
pub mod usage;
pub mod way_back;
pub mod word;
pub mod work;
