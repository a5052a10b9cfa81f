//! What is being done and how long it took. Written to standard error, so that a program's own output stays clean.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// A step shorter than this is not worth a line in the summary.
const WORTH_A_LINE: Duration = Duration::from_secs(1);

/// The steps of one task.
pub struct Steps {
    started: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Starts the clock.
    pub fn start() -> Self {
        Self {
            started: Instant::now(),
            done: Vec::new(),
        }
    }

    /// Says what begins, does it, says how long it took.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        eprintln!("==> {what}");
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        let end = if result.is_ok() { "done" } else { "failed" };
        eprintln!("    {end} in {}", in_words(took));
        self.done.push((what.to_owned(), took));
        result
    }

    /// Says that nothing had to be done.
    pub fn already(what: &str) {
        eprintln!("==> {what}: already there");
    }

    /// The longer steps again with their times, when there were several.
    pub fn summary(&self) {
        let long: Vec<_> = self.done.iter().filter(|(_, took)| *took >= WORTH_A_LINE).collect();
        if long.len() < 2 {
            return;
        }
        eprintln!("\nTimes:");
        for (what, took) in long {
            eprintln!("  {:>12}  {what}", in_words(*took));
        }
        eprintln!("  {:>12}  in all", in_words(self.started.elapsed()));
    }
}

/// `1.2 s`, `3 min 5 s`.
pub fn in_words(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(in_words(Duration::from_millis(1_230)), "1.2 s");
        assert_eq!(in_words(Duration::from_secs(61)), "1 min 1 s");
        assert_eq!(in_words(Duration::from_hours(1)), "60 min 0 s");
    }

    #[test]
    fn a_failed_step_is_still_counted() {
        let mut steps = Steps::start();
        let result: Result<(), _> = steps.step("x", || Err(Failure::Unexpected("no".to_owned())));
        assert!(result.is_err());
        assert_eq!(steps.done.len(), 1);
    }
}
