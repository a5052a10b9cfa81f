//! One file a task: what the developer's day is made of.

pub mod bench;
pub mod check;
pub mod clean;
pub mod dist;
pub mod front;
pub mod fuzz;
pub mod pictures;
pub mod run;
pub mod sabotage;
pub mod test;
pub mod watch;
pub mod weigh;
