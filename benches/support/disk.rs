//! The disk alone, beside everything that writes: one commit of `SQLite` waits for one such sync.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Outcome;
use super::load::{Figures, Spread, percentiles};
use super::report::{self, Section};

/// Two pages of the database, about what a small transaction appends to the log.
const BYTES: [u8; 8192] = [7; 8192];

/// What appending and syncing cost.
#[derive(Clone, Copy, Debug)]
pub struct Disk {
    /// Syncs a second.
    pub rate: Spread,
    /// Half of them took at most this, in seconds.
    pub p50: Spread,
    /// 99 of 100 took at most this, in seconds.
    pub p99: Spread,
}

/// Appends to a file in `folder` and syncs, for `length` each run.
pub fn alone(folder: &Path, length: Duration, runs: usize) -> Outcome<Disk> {
    let mut file = File::create(folder.join("sync"))?;
    let mut measured = Vec::new();
    for _ in 0..runs {
        let (mut times, began) = (Vec::new(), Instant::now());
        while began.elapsed() < length {
            let one = Instant::now();
            file.write_all(&BYTES)?;
            file.sync_data()?;
            times.push(one.elapsed());
        }
        let rate = f64::from(u32::try_from(times.len())?) / began.elapsed().as_secs_f64();
        let (p50, p99) = percentiles(&mut times)?;
        measured.push((rate, p50, p99));
    }
    let spread = |pick: fn(&(f64, f64, f64)) -> f64| Spread::of(measured.iter().map(pick)).ok_or("no run was made");
    Ok(Disk {
        rate: spread(|run| run.0)?,
        p50: spread(|run| run.1)?,
        p99: spread(|run| run.2)?,
    })
}

/// What writes, and the disk beside it where the database is on it.
pub fn section(actions: &[Figures], disk: Option<&Disk>) -> Section {
    let words = "Each request commits one transaction; there is one writer at a time. Behind **Reset password**, a link \
                 for oneself and `POST /reset-password` mails go out at the same time, with a commit before each and one after the last.";
    let mut section = report::loads("What writes", actions, words.to_owned());
    if let Some(disk) = disk {
        let dash = || "–".to_owned();
        section.rows.push(vec![
            "8 kB appended and synced, alone".to_owned(),
            dash(),
            report::spread(disk.rate, report::rate),
            report::spread(disk.p50, report::millis),
            report::spread(disk.p99, report::millis),
            dash(),
            dash(),
        ]);
    }
    section
}
