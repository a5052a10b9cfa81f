//! What the limits let through, to the millisecond: cases C1, C2 and C5.

use super::*;
use proptest::prelude::*;

const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const SECOND: Duration = Duration::from_secs(1);

fn rate(burst: u32, per_hour: u32) -> Rate {
    Rate::per_hour(burst, per_hour).expect("a rate")
}

#[test]
fn c1_three_at_once_then_one_an_hour() {
    let rate = rate(3, 1);
    let mut kept = None;
    for _ in 0..3 {
        kept = Some(rate.take(kept, START).expect("a place"));
    }
    assert_eq!(rate.take(kept, START), Err(START + HOUR));
    assert_eq!(rate.take(kept, START + HOUR - SECOND), Err(START + HOUR));
    let fourth = rate.take(kept, START + HOUR).expect("an hour later");
    assert_eq!(rate.take(Some(fourth), START + HOUR), Err(START + 2 * HOUR));
    let later = START + 9 * HOUR;
    let mut kept = Some(fourth);
    for _ in 0..3 {
        kept = Some(rate.take(kept, later).expect("all three again"));
    }
    assert!(rate.take(kept, later).is_err());
}

#[test]
fn f12_a_site_gets_more_than_one_of_its_networks_and_not_without_end() {
    assert_eq!(rate(20, 60).of_site(), rate(320, 960));
    assert_eq!(rate(1, Rate::MOST).of_site(), rate(16, Rate::MOST));
    assert_eq!(rate(Rate::MOST, 1).of_site(), rate(Rate::MOST, 16));
}

#[test]
fn a_rate_says_what_it_was_made_of_and_none_is_made_of_zeros() {
    for (burst, per_hour) in [(3, 1), (20, 60), (100, 360)] {
        assert_eq!(
            (rate(burst, per_hour).burst(), rate(burst, per_hour).an_hour()),
            (burst, per_hour)
        );
    }
    for (burst, per_hour) in [(0, 1), (1, 0), (Rate::MOST + 1, 1), (1, Rate::MOST + 1)] {
        assert_eq!(Rate::per_hour(burst, per_hour), None);
    }
}

#[test]
fn a_rate_goes_up_to_its_largest_number() {
    assert!(Rate::per_hour(Rate::MOST, Rate::MOST).is_some());
    assert_eq!(Rate::per_hour(Rate::MOST + 1, 1), None);
    assert_eq!(Rate::per_hour(1, Rate::MOST + 1), None);
}

#[test]
fn only_the_limits_on_clients_are_left_out_of_a_demo() {
    let all = Limits::default();
    assert!(all.asks_per_client.is_some() && all.failures_per_client.is_some());
    let of_demo = Limits {
        asks_per_client: None,
        failures_per_client: None,
        ..all
    };
    assert_eq!(all.whatever_client(), of_demo);
}

#[test]
fn c2_the_fourth_try_waits_and_later_ones_longer() {
    let mut failures = Failures::none(START);
    let mut now = START;
    for _ in 0..3 {
        failures = failures.take(now).expect("free");
    }
    for seconds in [1, 3, 5, 10, 10, 10] {
        let wait = Duration::from_secs(seconds);
        assert_eq!(failures.take(now), Err(Closed::Until(now + wait)));
        assert!(failures.take(now + wait - Duration::from_millis(1)).is_err());
        now = now + wait;
        failures = failures.take(now).expect("after the wait");
    }
}

#[test]
fn c2_after_a_hundred_waiting_does_not_help() {
    let mut failures = Failures::none(START);
    let mut now = START;
    for _ in 0..100 {
        failures = failures.take(now).expect("fewer than a hundred so far");
        now = now + 10 * SECOND;
    }
    assert_eq!(failures.take(now + 10_000 * HOUR), Err(Closed::UntilReset));
    let fewer = Failures { count: 99, last: now };
    assert_eq!(fewer.forget_at(), now + 99 * 24 * HOUR);
}

#[test]
fn f16_a_closed_address_is_forgotten_when_nobody_has_tried_for_400_days() {
    let closed = Failures {
        count: Failures::MOST,
        last: START,
    };
    let days = |days: u32| START + 24 * HOUR * days;
    assert_eq!(closed.forget_at(), days(400));
    // A try keeps it closed, and is kept once a day.
    assert_eq!(closed.tried_while_closed(days(1) - Duration::from_millis(1)), None);
    let tried = closed.tried_while_closed(days(399)).expect("a day later");
    assert_eq!(tried.take(days(399)), Err(Closed::UntilReset));
    assert_eq!(tried.forget_at(), days(799));
    // One that is open is none of this.
    let open = Failures { count: 99, last: START };
    assert_eq!(open.tried_while_closed(days(399)), None);
}

#[test]
fn c5_the_next_one_comes_when_one_of_the_last_is_an_hour_old() {
    let three = NonZeroU32::new(3).expect("three");
    let minutes = |minutes| START + Duration::from_mins(minutes);
    let past = [minutes(20), minutes(0), minutes(10)];
    assert_eq!(one_more_within_the_hour(&past[..2], three, minutes(30)), Ok(()));
    assert_eq!(one_more_within_the_hour(&past, three, minutes(30)), Err(minutes(60)));
    assert_eq!(one_more_within_the_hour(&past, three, minutes(60)), Ok(()));
    let five = [0, 10, 20, 30, 40].map(minutes);
    assert_eq!(one_more_within_the_hour(&five, three, minutes(50)), Err(minutes(80)));
}

#[test]
fn f1_a_try_that_was_not_made_counts_no_more() {
    let taken = Failures::none(START).take(START).expect("a place");
    assert_eq!(taken.give_back(), Failures::none(START));
    assert_eq!(Failures::none(START).give_back().count, 0);
    // The hundredth closes the address only where it was made.
    let last = Failures {
        count: Failures::MOST - 1,
        last: START,
    };
    let taken = last.take(START + 10 * SECOND).expect("a place");
    assert_eq!(taken.take(START + HOUR), Err(Closed::UntilReset));
    assert!(taken.give_back().take(START + HOUR).is_ok());
}

proptest! {
    #[test]
    fn a_rate_lets_no_more_through_than_it_says(
        burst in 1_u32..6, per_hour in 1_u32..100, waits in prop::collection::vec(0_u64..4_000_000, 1..60)
    ) {
        let rate = rate(burst, per_hour);
        let (mut now, mut kept, mut let_through) = (START, None, Vec::new());
        for wait in waits {
            now = now + Duration::from_millis(wait);
            match rate.take(kept, now) {
                Ok(until) => {
                    kept = Some(until);
                    let_through.push(now);
                }
                Err(next) => {
                    prop_assert!(next > now && next <= now + HOUR / per_hour);
                    prop_assert!(rate.take(kept, next).is_ok(), "the moment that was named is right");
                    prop_assert!(rate.take(kept, next - Duration::from_millis(1)).is_err());
                }
            }
        }
        for (first, start) in let_through.iter().enumerate() {
            for (last, end) in let_through.iter().enumerate().skip(first) {
                let most = u128::from(burst) + end.since(*start).as_millis() / (HOUR / per_hour).as_millis();
                prop_assert!((last - first) as u128 <= most);
            }
        }
    }

    #[test]
    fn a_place_given_back_can_be_taken_again(burst in 1_u32..6, per_hour in 1_u32..100, later in 0_u64..4_000_000) {
        let rate = rate(burst, per_hour);
        let mut kept = START;
        for _ in 0..burst {
            kept = rate.take(Some(kept), START).expect("a place");
        }
        prop_assert!(rate.take(Some(kept), START).is_err());
        prop_assert!(rate.take(Some(rate.give_back(kept)), START).is_ok());
        // However many come back, no more than the burst can be taken at once.
        let now = START + Duration::from_millis(later);
        let mut kept = (0..20).fold(kept, |kept, _| rate.give_back(kept));
        for _ in 0..burst {
            kept = rate.take(Some(kept), now).expect("a place");
        }
        prop_assert!(rate.take(Some(kept), now).is_err());
    }

    #[test]
    fn nobody_waits_for_a_clock_that_stepped_back(burst in 1_u32..6, per_hour in 1_u32..100, back in 1_u64..1 << 40) {
        let rate = rate(burst, per_hour);
        let full = (0..burst).fold(START, |kept, _| rate.take(Some(kept), START).unwrap_or(kept));
        let now = START - Duration::from_millis(back);
        let kept = rate.take(Some(full), now).expect("one");
        prop_assert_eq!(rate.take(Some(kept), now), Err(now + HOUR / per_hour));
        let failures = Failures { count: 50, last: START }.take(now).expect("one");
        prop_assert_eq!(failures.take(now), Err(Closed::Until(now + 10 * SECOND)));
    }

    #[test]
    fn the_moment_that_the_hour_names_is_right(
        past in prop::collection::vec(0_u64..7_200_000, 0..12), most in 1_u32..6, now in 0_u64..7_200_000
    ) {
        let past: Vec<_> = past.into_iter().map(|at| START + Duration::from_millis(at)).collect();
        let most = NonZeroU32::new(most).expect("at least one");
        let now = START + Duration::from_millis(now);
        let past: Vec<_> = past.into_iter().filter(|at| *at <= now).collect();
        if let Err(next) = one_more_within_the_hour(&past, most, now) {
            prop_assert!(next > now);
            prop_assert!(one_more_within_the_hour(&past, most, next).is_ok());
            prop_assert!(one_more_within_the_hour(&past, most, next - Duration::from_millis(1)).is_err());
        }
    }
}
