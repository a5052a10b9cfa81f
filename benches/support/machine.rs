//! On what was measured: figures without it say nothing.

use std::fs;
use std::path::Path;
use std::thread;

use super::report::{self, Section};

/// Ticks a second in `/proc/…/stat`: 100 on every Linux (`USER_HZ`).
const TICKS: f64 = 100.0;

/// The machine, the program, the database that fills `folder` or is elsewhere, and how busy the machine was before.
pub fn section(at: &str, folder: &Path, database: &str) -> Section {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = field(&info, "model name").unwrap_or("unknown");
    let memory = read("/proc/meminfo");
    let memory = field(&memory, "MemTotal").and_then(|total| total.strip_suffix(" kB")?.parse::<u64>().ok());
    let memory = memory.map_or_else(|| "unknown".to_owned(), |kibibytes| report::megabytes(kibibytes * 1024));
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
            row("memory", &memory),
            row(
                "system",
                &format!("{} {}", std::env::consts::OS, read("/proc/sys/kernel/osrelease").trim()),
            ),
            row("file system", &file_system(&read("/proc/self/mounts"), folder)),
            row("database", database),
            row("load before the start", load.unwrap_or("unknown")),
        ],
        note: "Server, load and mail server share the cores. A load well above 0 before the start means that others \
               were at work too: measure again."
            .to_owned(),
    }
}

/// Seconds of processor time that a process has used so far, where the system tells. `process` is its number or `self`.
pub fn cpu_seconds(process: &str) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // After the name, which may hold anything but ends with the last bracket: state is field 3, utime 14, stime 15.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(14 - 3);
    let mut next = || fields.next()?.parse::<u32>().ok();
    Some((f64::from(next()?) + f64::from(next()?)) / TICKS)
}

/// The value of a line such as `MemTotal: …`.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(value.trim_start_matches([' ', '\t', ':']))
}

/// The kind of file system that the folder lies on: that of the longest mount point above it.
fn file_system(mounts: &str, folder: &Path) -> String {
    let found = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((words.next()?, words.next()?))
        })
        .filter(|(point, _)| folder.starts_with(point))
        .max_by_key(|(point, _)| point.len());
    found.map_or("unknown", |(_, kind)| kind).to_owned()
}
