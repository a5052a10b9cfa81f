//! What the benchmark is made of: data, the server's process, a client, loads, and the report.

pub mod client;
pub mod hashing;
pub mod load;
pub mod machine;
pub mod mail;
pub mod nodelay;
pub mod report;
pub mod seed;
pub mod server;
pub mod sizes;

/// A result whose error ends the benchmark.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
