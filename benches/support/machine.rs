//! On what was measured: figures without it say nothing.

use std::fs;
use std::thread;

use super::report::Section;

/// The machine, the program, and how busy the machine was before.
pub fn section(at: &str) -> Section {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("unknown", |model| model.trim_start_matches([' ', '\t', ':']));
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().filter(|load| !load.is_empty());
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let row = |name: &str, value: &str| vec![name.to_owned(), value.to_owned()];
    Section {
        title: "Machine",
        head: vec!["What", "Value"],
        rows: vec![
            row("rekey", env!("CARGO_PKG_VERSION")),
            row("when", at),
            row("processor", &format!("{model}, {cores} cores")),
            row(
                "system",
                &format!("{} {}", std::env::consts::OS, read("/proc/sys/kernel/osrelease").trim()),
            ),
            row("load before the start", load.unwrap_or("unknown")),
        ],
        note: "Server, load and mail server share the cores. A load well above 0 before the start means that others \
               were at work too: measure again."
            .to_owned(),
    }
}
