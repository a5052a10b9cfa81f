use super::*;

const fn at(second: i64) -> Timestamp {
    Timestamp::from_millis(second * 1000)
}

const FACTS: Facts<'_> = Facts {
    asked_at: at(100),
    expires_at: at(90_000),
    end: None,
    is_shown: false,
    mail: MailState::Queued,
    attempts: 0,
    settled_at: None,
    next_try_at: at(100),
    tries: &[],
    begun: &[],
    outages: &[],
};

fn told(facts: &Facts<'_>, now: i64) -> Vec<(i64, What)> {
    let steps = steps(facts, at(now)).into_iter();
    steps.map(|step| (step.at.as_seconds(), step.what)).collect()
}

fn ended(number: u32, second: i64, end: TryEnd) -> Try {
    Try {
        number,
        at: at(second),
        end,
    }
}

#[test]
fn what_nobody_has_tried_was_asked_for() {
    assert_eq!(told(&FACTS, 101), [(100, What::Asked)]);
}

#[test]
fn every_try_in_its_order_with_how_it_ended() {
    let facts = Facts {
        mail: MailState::Accepted,
        attempts: 4,
        settled_at: Some(at(500)),
        tries: &[
            ended(1, 102, TryEnd::Deferred(at(117))),
            ended(3, 300, TryEnd::Deferred(at(400))),
            ended(4, 500, TryEnd::Accepted),
        ],
        begun: &[(1, at(101)), (2, at(117)), (3, at(299)), (4, at(499))],
        ..FACTS
    };
    assert_eq!(
        told(&facts, 600),
        [
            (100, What::Asked),
            (102, What::Tried(1, TryEnd::Deferred(at(117)))),
            (117, What::Interrupted(2)),
            (300, What::Tried(3, TryEnd::Deferred(at(400)))),
            (500, What::Tried(4, TryEnd::Accepted)),
        ]
    );
}

#[test]
fn a_try_under_way_is_not_told_until_it_ends_or_another_begins() {
    let under_way = Facts {
        mail: MailState::Sending,
        attempts: 1,
        begun: &[(1, at(101))],
        ..FACTS
    };
    assert_eq!(told(&under_way, 110), [(100, What::Asked)]);
    let another = Facts {
        attempts: 2,
        begun: &[(1, at(101)), (2, at(300))],
        ..under_way
    };
    assert_eq!(told(&another, 310), [(100, What::Asked), (101, What::Interrupted(1))]);
}

#[test]
fn a_claim_that_only_dropped_the_mail_was_no_try() {
    let facts = Facts {
        mail: MailState::Dropped,
        attempts: 2,
        settled_at: Some(at(200)),
        tries: &[ended(1, 102, TryEnd::Deferred(at(200)))],
        begun: &[(1, at(101))],
        end: Some((LinkEnd::Revoked, at(150))),
        ..FACTS
    };
    let expected = [
        (100, What::Asked),
        (102, What::Tried(1, TryEnd::Deferred(at(200)))),
        (150, What::Ended(LinkEnd::Revoked)),
    ];
    assert_eq!(told(&facts, 300), expected);
}

#[test]
fn of_mails_from_before_tries_were_kept_the_last_one_is_known() {
    for (mail, settled, expected) in [
        (
            MailState::Accepted,
            Some(at(400)),
            (400, What::Tried(3, TryEnd::Accepted)),
        ),
        (
            MailState::Refused,
            Some(at(400)),
            (400, What::Tried(3, TryEnd::Refused)),
        ),
        (
            MailState::Deferred,
            None,
            (390, What::Tried(3, TryEnd::Deferred(at(700)))),
        ),
    ] {
        let facts = Facts {
            mail,
            attempts: 3,
            settled_at: settled,
            next_try_at: at(700),
            begun: &[(1, at(101)), (2, at(117)), (3, at(390))],
            ..FACTS
        };
        assert_eq!(told(&facts, 500), [(100, What::Asked), expected]);
    }
}

#[test]
fn of_many_tries_the_first_and_the_last() {
    let tries: Vec<_> = (1..=40)
        .map(|number| {
            let second = 100 + i64::from(number) * 10;
            ended(number, second, TryEnd::Deferred(at(second + 10)))
        })
        .collect();
    let count = |attempts: u32| {
        let facts = Facts {
            mail: MailState::Deferred,
            attempts,
            tries: &tries[..attempts as usize],
            ..FACTS
        };
        told(&facts, 10_000)
    };
    assert_eq!(count(12).len(), 13, "all of them");
    let many = count(40);
    let shown: Vec<_> = many
        .iter()
        .filter_map(|(_, what)| match what {
            What::Tried(number, _) => Some(*number),
            _ => None,
        })
        .collect();
    assert_eq!(shown, [1, 2, 3, 35, 36, 37, 38, 39, 40]);
    assert_eq!(many[4], (140, What::LeftOut(31)));
}

#[test]
fn only_outages_that_it_waited_through() {
    let outage = |began, ended: Option<i64>| Outage {
        began_at: at(began),
        ended_at: ended.map(at),
    };
    let outages = [
        outage(10, Some(100)),
        outage(50, Some(120)),
        outage(150, Some(160)),
        outage(200, Some(210)),
        outage(400, None),
    ];
    let facts = Facts {
        mail: MailState::Accepted,
        attempts: 1,
        settled_at: Some(at(200)),
        tries: &[ended(1, 200, TryEnd::Accepted)],
        outages: &outages,
        ..FACTS
    };
    let expected = [
        (100, What::Asked),
        (100, What::Outage(1)),
        (150, What::Outage(2)),
        (200, What::Tried(1, TryEnd::Accepted)),
    ];
    assert_eq!(told(&facts, 1_000), expected);
    let waiting = Facts {
        outages: &outages[4..],
        ..FACTS
    };
    for now in [400, 500] {
        assert_eq!(told(&waiting, now), [(100, What::Asked), (400, What::Outage(0))]);
    }
    assert_eq!(told(&waiting, 399), [(100, What::Asked)]);
    // At its deadline it waits no more.
    let at_the_deadline = Facts {
        outages: &[outage(90_000, None)],
        ..FACTS
    };
    let expected = [(100, What::Asked), (90_000, What::NotSentInTime)];
    assert_eq!(told(&at_the_deadline, 90_000), expected);
}

#[test]
fn every_end_has_its_step() {
    for &end in LinkEnd::ALL {
        let facts = Facts {
            end: Some((end, at(400))),
            ..FACTS
        };
        assert_eq!(told(&facts, 100_000).last(), Some(&(400, What::Ended(end))));
    }
    for (mail, expected) in [
        (MailState::Accepted, Some(What::Expired)),
        (MailState::Refused, None),
        (MailState::Queued, Some(What::NotSentInTime)),
        (MailState::Sending, Some(What::NotSentInTime)),
        (MailState::Deferred, Some(What::NotSentInTime)),
        (MailState::Dropped, Some(What::NotSentInTime)),
    ] {
        let facts = Facts { mail, ..FACTS };
        assert_eq!(told(&facts, 89_999).len(), 1, "{mail}: not yet");
        let over = told(&facts, 90_000);
        let end = over.get(1).copied();
        assert_eq!(end, expected.map(|what| (90_000, what)), "{mail}");
    }
}

#[test]
fn a_shown_link_that_nobody_used_was_not_held_up_by_its_mail() {
    for mail in [MailState::Queued, MailState::Refused, MailState::Accepted] {
        let facts = Facts {
            is_shown: true,
            mail,
            ..FACTS
        };
        assert_eq!(told(&facts, 90_000).last(), Some(&(90_000, What::Expired)), "{mail}");
    }
}
