//! What the benchmark is made of: data, the server's process, a client, loads, what is asked, what each is compared with,
//! and the report.

pub mod actions;
pub mod bare_mail;
pub mod bench;
pub mod choice;
pub mod client;
pub mod database;
pub mod disk;
pub mod follow;
pub mod hashing;
pub mod in_front;
pub mod load;
pub mod machine;
pub mod mail;
pub mod many;
pub mod memory;
pub mod nodelay;
pub mod pages;
pub mod pools;
pub mod queue;
pub mod report;
pub mod rows;
pub mod seed;
pub mod server;
pub mod sink;
pub mod sizes;
pub mod statements;
pub mod stopwatch;
pub mod storm;

/// A result whose error ends the benchmark.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
