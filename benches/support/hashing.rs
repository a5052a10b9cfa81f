//! Argon2id alone, with the parameters that the server stored, beside everything that hashes.

use std::thread;
use std::time::{Duration, Instant};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Block, Params, Version};

use super::Outcome;
use super::load::{Figures, Spread, percentiles};
use super::report::{self, Section};

/// What hashing alone costs.
#[derive(Clone, Copy, Debug)]
pub struct Bare {
    /// Half of the hashes took at most this on one thread, in seconds.
    pub p50: Spread,
    /// 99 of 100 took at most this on one thread, in seconds.
    pub p99: Spread,
    /// Hashes a second on one thread.
    pub rate: Spread,
    /// Hashes a second on all cores at once.
    pub rate_of_all: Spread,
    /// How many cores.
    pub cores: usize,
}

/// Hashes for `length` on one thread, then for as long on all cores; so often.
pub fn bare(phc: &str, password: &str, length: Duration, runs: usize) -> Outcome<Bare> {
    let params = Params::try_from(&PasswordHash::new(phc)?)?;
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (mut alone, mut all) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let (rate, mut times) = hash_on(1, &params, password, length)?;
        let (p50, p99) = percentiles(&mut times)?;
        alone.push((rate, p50, p99));
        all.push(hash_on(cores, &params, password, length)?.0);
    }
    let spread = |pick: fn(&(f64, f64, f64)) -> f64| Spread::of(alone.iter().map(pick)).ok_or("nothing was hashed");
    Ok(Bare {
        p50: spread(|run| run.1)?,
        p99: spread(|run| run.2)?,
        rate: spread(|run| run.0)?,
        rate_of_all: Spread::of(all.into_iter()).ok_or("nothing was hashed")?,
        cores,
    })
}

/// Hashes a second on so many threads, and how long each took.
fn hash_on(threads: usize, params: &Params, password: &str, length: Duration) -> Outcome<(f64, Vec<Duration>)> {
    let began = Instant::now();
    let times = thread::scope(|scope| {
        let start = |_| scope.spawn(|| hash_until(params, password, began + length));
        let threads: Vec<_> = (0..threads).map(start).collect();
        let mut times = Vec::new();
        for thread in threads {
            times.extend(thread.join().map_err(|_| "a hashing thread panicked")??);
        }
        Outcome::Ok(times)
    })?;
    let hashes = f64::from(u32::try_from(times.len())?);
    Ok((hashes / began.elapsed().as_secs_f64(), times))
}

/// Keeps its memory between hashes, as the server does.
fn hash_until(params: &Params, password: &str, end: Instant) -> Outcome<Vec<Duration>> {
    let mut memory = vec![Block::default(); params.block_count()];
    let mut output = [0; 32];
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let mut times = Vec::new();
    loop {
        let began = Instant::now();
        if began >= end {
            return Ok(times);
        }
        argon
            .hash_password_into_with_memory(
                password.as_bytes(),
                b"sixteen bytes ok",
                &mut output,
                memory.as_mut_slice(),
            )
            .map_err(|error| error.to_string())?;
        times.push(began.elapsed());
    }
}

/// Both, and their ratio. With each of the figures comes how many hashes one request takes.
pub fn section(actions: &[(Figures, u32)], bare: &Bare) -> Section {
    let mut rows: Vec<_> = actions.iter().map(|(figures, _)| report::row(figures)).collect();
    let dash = || "–".to_owned();
    rows.push(vec![
        "Argon2id alone, one thread".to_owned(),
        dash(),
        report::spread(bare.rate, report::rate),
        report::spread(bare.p50, report::millis),
        report::spread(bare.p99, report::millis),
        dash(),
        dash(),
    ]);
    rows.push(vec![
        format!("Argon2id alone, {} threads", bare.cores),
        dash(),
        report::spread(bare.rate_of_all, report::rate),
        dash(),
        dash(),
        dash(),
        dash(),
    ]);
    let ratios = actions.iter().map(|(figures, hashes)| {
        let hashes = f64::from(*hashes);
        if figures.connections == 1 {
            let times = figures.p50.median / (hashes * bare.p50.median);
            format!(
                "one `{}` takes {times:.2} times as long as what it hashes",
                figures.name
            )
        } else {
            let share = 100.0 * figures.rate.median * hashes / bare.rate_of_all.median;
            let (name, many) = (&figures.name, figures.connections);
            format!("at {many} connections `{name}` reaches {share:.0} % of the hashes of all cores")
        }
    });
    let ratios: Vec<_> = ratios.collect();
    Section {
        title: "What hashes passwords",
        head: report::HEAD.to_vec(),
        rows,
        note: format!(
            "A sign-in and a link hash once, a change of the own password twice. Beside hashing alone: {}.",
            ratios.join("; ")
        ),
    }
}
