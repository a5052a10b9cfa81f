//! How long work that failed by a mistake of the program's waits, and when that is told to whoever watches the server (F4).

use std::time::Duration;

/// A loop whose rounds have failed so often in a row is told of: the server is not ready.
pub const FAILS_AGAIN_AND_AGAIN: u32 = 3;

/// How long a piece of work waits that has failed so often, the first time being 1: 5 s, then twice as long each time, an
/// hour at most.
pub fn wait_after_failure(failures: u32) -> Duration {
    doubled(Duration::from_secs(5), failures, Duration::from_hours(1))
}

/// How long a loop waits that has ended, or whose rounds have failed, so often in a row: 1 s, then twice as long each time, a
/// minute at most.
pub fn wait_before_next_round(failures: u32) -> Duration {
    doubled(Duration::from_secs(1), failures, Duration::from_mins(1))
}

fn doubled(first: Duration, times: u32, most: Duration) -> Duration {
    let factor = 2_u32.saturating_pow(times.saturating_sub(1));
    first.saturating_mul(factor).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f4_waits_grow_up_to_their_most_however_often_it_failed() {
        let seconds = |wait: fn(u32) -> Duration, failures: &[u32]| {
            let waits = failures.iter().map(|failures| wait(*failures).as_secs());
            waits.collect::<Vec<_>>()
        };
        assert_eq!(
            seconds(wait_after_failure, &[0, 1, 2, 3, 10, 11, 12, u32::MAX]),
            [5, 5, 10, 20, 2560, 3600, 3600, 3600]
        );
        assert_eq!(
            seconds(wait_before_next_round, &[0, 1, 2, 6, 7, u32::MAX]),
            [1, 1, 2, 32, 60, 60]
        );
    }
}
