//! Who acts: the session behind a request, the operator, and the beginning of what is done to somebody; with the errors of all.

pub mod act;
pub mod act_on_person;
pub mod called;
pub mod error;
pub mod operator;
pub mod resolve_session;
