//! One file a task: what the developer's day is made of.

pub mod bench;
pub mod check;
pub mod dist;
pub mod run;
pub mod test;
pub mod watch;
