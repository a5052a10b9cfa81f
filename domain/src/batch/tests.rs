use super::*;
use crate::account::Status;
use crate::id::{CompanyId, UserId};
use crate::role::Role;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

fn id(number: u8) -> [u8; 10] {
    [number; 10]
}

fn company(number: u8) -> CompanyId {
    CompanyId::mint(NOW, id(number))
}

fn actor(role: Role) -> Actor {
    Actor {
        user: UserId::mint(NOW, id(1)),
        company: company(1),
        role,
    }
}

fn target(number: u8) -> Target {
    Target {
        user: UserId::mint(NOW, id(number)),
        company: company(1),
        role: Role::Administrator,
        status: Status::Active,
    }
}

fn checked(target: Option<&Target>, waits: bool, past: &[Counted]) -> Result<(), (LineOutcome, Option<Timestamp>)> {
    let candidate = Candidate { target, waits, past };
    check(&actor(Role::Manager), candidate, &Limits::default(), NOW)
}

fn ago(minutes: u64, of_batch: bool) -> Counted {
    Counted {
        at: NOW - Duration::from_mins(minutes),
        of_batch,
    }
}

#[test]
fn whoever_may_get_a_single_link_gets_one_of_a_batch() {
    assert_eq!(checked(Some(&target(2)), false, &[]), Ok(()));
    let invited = Target {
        status: Status::Invited,
        ..target(2)
    };
    assert_eq!(checked(Some(&invited), false, &[]), Ok(()));
}

#[test]
fn d2_somebody_of_another_company_is_as_nobody() {
    let elsewhere = Target {
        company: company(2),
        ..target(2)
    };
    for nobody in [None, Some(&elsewhere)] {
        assert_eq!(checked(nobody, true, &[]), Err((LineOutcome::NotHere, None)));
    }
}

#[test]
fn oneself_the_deleted_and_who_waits_get_none() {
    assert_eq!(checked(Some(&target(1)), false, &[]), Err((LineOutcome::You, None)));
    let deleted = Target {
        status: Status::Deleted,
        ..target(2)
    };
    assert_eq!(checked(Some(&deleted), true, &[]), Err((LineOutcome::Deleted, None)));
    assert_eq!(
        checked(Some(&target(2)), true, &[ago(1, true)]),
        Err((LineOutcome::AlreadyWaiting, None))
    );
}

#[test]
fn d6_who_was_lowered_after_the_press_does_nothing_more() {
    let candidate = Candidate {
        target: Some(&target(2)),
        waits: false,
        past: &[],
    };
    for role in [Role::User, Role::ReadOnly] {
        let said = check(&actor(role), candidate, &Limits::default(), NOW);
        assert_eq!(said, Err((LineOutcome::NotAllowed, None)));
    }
}

#[test]
fn c5_everybody_once_an_hour_by_a_batch_and_three_times_in_all() {
    let limit = |minutes| Err((LineOutcome::Limit, Some(NOW + Duration::from_mins(minutes))));
    assert_eq!(checked(Some(&target(2)), false, &[ago(10, true)]), limit(50));
    assert_eq!(checked(Some(&target(2)), false, &[ago(60, true)]), Ok(()));
    assert_eq!(
        checked(Some(&target(2)), false, &[ago(10, false), ago(20, false)]),
        Ok(())
    );
    // Of two limits the one that holds longer is told.
    let three = [ago(10, false), ago(20, false), ago(30, false)];
    assert_eq!(checked(Some(&target(2)), false, &three), limit(30));
    let with_batch = [ago(5, true), ago(20, false), ago(30, false)];
    assert_eq!(checked(Some(&target(2)), false, &with_batch), limit(55));
    let later = [ago(5, false), ago(20, false), ago(55, true)];
    assert_eq!(checked(Some(&target(2)), false, &later), limit(5));
}

#[test]
fn limits_can_be_off() {
    let limits = Limits {
        resets_per_person: None,
        batch_resets_per_person: None,
        ..Limits::default()
    };
    let past = [ago(1, true); 9];
    let candidate = Candidate {
        target: Some(&target(2)),
        waits: false,
        past: &past,
    };
    assert_eq!(check(&actor(Role::Manager), candidate, &limits, NOW), Ok(()));
}

#[test]
fn mails_keep_their_distance_and_none_is_sent_into_the_past() {
    let pace = Pace::a_minute(600).expect("a pace");
    assert_eq!(pace, Pace::default());
    assert_eq!(pace.mails_a_minute(), 600);
    assert_eq!(pace.next(None, NOW), NOW);
    assert_eq!(pace.next(Some(NOW), NOW), NOW + Duration::from_millis(100));
    let later = NOW + Duration::from_secs(5);
    assert_eq!(pace.next(Some(later), NOW), later + Duration::from_millis(100));
    assert_eq!(pace.next(Some(NOW - Duration::from_secs(5)), NOW), NOW);
    assert_eq!(Pace::a_minute(0), None);
    assert!(Pace::a_minute(Pace::MOST).is_some());
    assert_eq!(Pace::a_minute(Pace::MOST + 1), None);
}

#[test]
fn f10_mails_are_given_their_time_a_minute_ahead_and_the_rest_waits_in_line() {
    let pace = Pace::a_minute(600).expect("a pace");
    assert_eq!(pace.room(None, NOW), 601);
    assert_eq!(pace.room(Some(NOW - Duration::from_hours(1)), NOW), 601);
    assert_eq!(pace.room(Some(NOW), NOW), 600);
    assert_eq!(pace.room(Some(NOW + Duration::from_millis(59_900)), NOW), 1);
    assert_eq!(pace.room(Some(NOW + Duration::from_mins(1)), NOW), 0);
    // However slow the pace is, one may be under way.
    let slow = Pace::a_minute(1).expect("a pace");
    assert_eq!(slow.room(None, NOW), 2);
    assert_eq!(slow.room(Some(NOW + Duration::from_mins(1)), NOW), 0);
    let fastest = Pace::a_minute(Pace::MOST).expect("a pace");
    assert_eq!(fastest.room(None, NOW), 60_001);
}

#[test]
fn g3_a_reason_is_one_line_of_bounded_length() {
    assert_eq!(reason("  "), Ok(None));
    assert_eq!(reason(" A lost laptop "), Ok(Some("A lost laptop".to_owned())));
    assert_eq!(reason("a\u{202e}b"), Err(DetailProblem::ForbiddenCharacter));
    assert_eq!(reason("a\u{7}b"), Err(DetailProblem::ForbiddenCharacter));
    assert!(reason(&"x".repeat(LONGEST_REASON)).is_ok());
    assert_eq!(
        reason(&"x".repeat(LONGEST_REASON + 1)),
        Err(DetailProblem::TooLong(LONGEST_REASON))
    );
}

#[test]
fn nobody_is_counted_twice_or_not_at_all_while_a_batch_is_carried_out() {
    for (ready, done, resets, waiting) in [
        (2, 0, 0, 2),
        // All were carried out between the two counts, or one of them.
        (2, 0, 2, 0),
        (2, 0, 1, 1),
        (3, 4, 6, 1),
        (0, 7, 7, 0),
        // The resets are gone, the lines still there.
        (0, 7, 0, 0),
        (1, 7, 0, 1),
    ] {
        assert_eq!(not_begun(ready, done, resets), waiting, "{ready} {done} {resets}");
    }
}
