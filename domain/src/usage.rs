//! How well links do their job: how many are used, and how soon. Pure; the numbers are counted elsewhere.

use std::time::Duration;

/// How many links were used of those that were asked for, and how soon half of these were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Usage {
    /// How many were asked for, without those in whose place another one came.
    pub asked: u64,
    /// With how many of them a new password was set.
    pub used: u64,
    /// Within this time of the asking half of the used ones were used, in whole minutes; none where none was used.
    pub half_within: Option<Duration>,
}

impl Usage {
    /// Of links that are counted by the minutes from the asking to the new password, rounded up; none of those that were not used.
    pub fn of(waits: impl IntoIterator<Item = (Option<u64>, u64)>) -> Self {
        let mut usage = Self::default();
        let mut used = Vec::new();
        for (minutes, links) in waits {
            usage.asked += links;
            if let Some(minutes) = minutes {
                usage.used += links;
                used.push((minutes, links));
            }
        }
        used.sort_unstable();
        let half = usage.used.div_ceil(2);
        let mut seen = 0;
        let middle = used.into_iter().find(|(_, links)| {
            seen += links;
            seen >= half
        });
        usage.half_within = middle.map(|(minutes, _)| Duration::from_mins(minutes.max(1)));
        usage
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_used_links_were_used_within_the_time_that_is_told() {
        let minutes = |minutes| Some(Duration::from_mins(minutes));
        for (waits, asked, used, half_within) in [
            (vec![], 0, 0, None),
            (vec![(None, 4)], 4, 0, None),
            (vec![(Some(0), 1)], 1, 1, minutes(1)),
            (vec![(Some(9), 1), (None, 1)], 2, 1, minutes(9)),
            // Of two the first is half of them, of three the second.
            (vec![(Some(60), 1), (Some(2), 1)], 2, 2, minutes(2)),
            (vec![(Some(60), 1), (Some(2), 1), (Some(700), 1)], 3, 3, minutes(60)),
            (
                vec![(Some(5), 98), (Some(1), 1), (Some(1_000), 1)],
                100,
                100,
                minutes(5),
            ),
            (vec![(Some(5), 1), (None, 7), (Some(1), 9)], 17, 10, minutes(1)),
        ] {
            let usage = Usage {
                asked,
                used,
                half_within,
            };
            assert_eq!(Usage::of(waits.clone()), usage, "{waits:?}");
        }
    }
}
