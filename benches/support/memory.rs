//! What the server's process holds.

use std::time::Duration;

use super::report::{self, Section};
use super::server::{Memory, Server};

/// How long the server is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);

/// What it holds after a rest.
pub async fn after_a_rest(server: &Server) -> Option<Memory> {
    tokio::time::sleep(REST).await;
    server.memory()
}

/// Before and after everything else.
pub fn section(at_rest: Option<Memory>, after_load: Option<Memory>) -> Section {
    let row = |name: &str, memory: Option<Memory>| {
        let show = |pick: fn(Memory) -> u64| {
            memory.map_or_else(|| "unknown".to_owned(), |memory| report::megabytes(pick(memory)))
        };
        vec![
            name.to_owned(),
            show(|memory| memory.resident),
            show(|memory| memory.highest),
        ]
    };
    Section {
        title: "Memory of the process",
        head: vec!["When", "resident", "highest so far"],
        rows: vec![
            row("at rest, 2 s after the start", at_rest),
            row("2 s after all load", after_load),
        ],
        note: "The password hasher keeps 19 MiB for each core once it was used, the first from the start.".to_owned(),
    }
}
