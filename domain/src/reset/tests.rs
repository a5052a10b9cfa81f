//! Tests of a reset's life.

use super::*;
use proptest::prelude::*;

const ASKED: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const SECOND: Duration = Duration::from_secs(1);

fn expiry() -> Timestamp {
    ASKED + lifetime(Kind::Manager, Lifetime::default())
}

#[test]
fn a1_a_link_works_until_24_hours_have_passed() {
    let day = Duration::from_hours(24);
    assert_eq!(expiry(), ASKED + day);
    for (after, state) in [
        (Duration::ZERO, LinkState::Living),
        (Duration::from_secs(86_399), LinkState::Living),
        (Duration::from_millis(86_399_999), LinkState::Living),
        (day, LinkState::Expired),
        (day + SECOND, LinkState::Expired),
    ] {
        assert_eq!(link_state(None, expiry(), ASKED + after), state, "A1 after {after:?}");
    }
}

#[test]
fn a2_a_lifetime_is_1_to_24_hours() {
    assert_eq!(Lifetime::hours(0), Err(LifetimeProblem::TooShort));
    assert_eq!(Lifetime::hours(25), Err(LifetimeProblem::TooLong));
    assert_eq!(Lifetime::hours(u32::MAX), Err(LifetimeProblem::TooLong));
    for hours in 1..=24 {
        let set = Lifetime::hours(hours).unwrap();
        assert_eq!(set.as_hours(), hours);
        for kind in [Kind::Manager, Kind::Oneself] {
            assert_eq!(
                lifetime(kind, set),
                Duration::from_secs(u64::from(hours) * 3600),
                "A2 {kind} {hours}"
            );
        }
        for kind in [Kind::Invitation, Kind::Restore] {
            assert_eq!(lifetime(kind, set), Duration::from_hours(72), "{kind} {hours}");
        }
    }
    assert_eq!(Lifetime::default().as_hours(), 24);
    assert!(serde_json::from_str::<Lifetime>("25").is_err());
    assert_eq!(
        serde_json::from_str::<Lifetime>("8").unwrap(),
        Lifetime::hours(8).unwrap()
    );
}

#[test]
fn limits_read_well() {
    assert_eq!(
        LifetimeProblem::TooLong.to_string(),
        "a link may work for at most 24 hours"
    );
}

#[test]
fn the_headline_follows_the_mail_while_the_link_lives() {
    let at = |mail, after| headline(None, mail, ASKED, expiry(), ASKED + after);
    for mail in [MailState::Queued, MailState::Sending] {
        assert_eq!(at(mail, Duration::ZERO), Headline::Waiting);
        assert_eq!(at(mail, Duration::from_millis(59_999)), Headline::Waiting);
        assert_eq!(at(mail, SECOND * 60), Headline::StillWaiting);
    }
    assert_eq!(at(MailState::Deferred, SECOND), Headline::Delayed);
    assert_eq!(at(MailState::Accepted, SECOND), Headline::Accepted);
    assert_eq!(at(MailState::Refused, SECOND), Headline::Refused);
    assert_eq!(at(MailState::Dropped, SECOND), Headline::NotSentInTime);
}

#[test]
fn the_headline_after_the_deadline_tells_unused_from_unsent() {
    let at = |mail| headline(None, mail, ASKED, expiry(), expiry());
    assert_eq!(at(MailState::Accepted), Headline::Expired);
    assert_eq!(at(MailState::Refused), Headline::Refused);
    for mail in [
        MailState::Queued,
        MailState::Sending,
        MailState::Deferred,
        MailState::Dropped,
    ] {
        assert_eq!(at(mail), Headline::NotSentInTime, "G8 {mail}");
    }
}

#[test]
fn an_end_is_the_headline_whatever_the_mail_and_the_time() {
    for (end, expected) in [
        (LinkEnd::Used, Headline::Used),
        (LinkEnd::Replaced, Headline::Replaced),
        (LinkEnd::Revoked, Headline::Revoked),
        (LinkEnd::Cancelled, Headline::Cancelled),
    ] {
        for &mail in MailState::ALL {
            for now in [ASKED, expiry(), expiry() + SECOND] {
                assert_eq!(
                    headline(Some(end), mail, ASKED, expiry(), now),
                    expected,
                    "{end} {mail}"
                );
            }
        }
    }
}

#[test]
fn only_an_open_mail_of_a_living_link_is_waited_for() {
    for &mail in MailState::ALL {
        for &state in LinkState::ALL {
            let is_open = ["queued", "sending", "deferred"].contains(&mail.as_str());
            assert_eq!(
                waits_for_mail(mail, state),
                is_open && state.as_str() == "living",
                "{mail} {state}"
            );
        }
    }
}

#[test]
fn a_reference_has_no_look_alikes() {
    assert_eq!(Reference::from_random([0, 31, 32, 255, 8, 24]).as_str(), "A9A9J2");
    for text in [
        "", "7KQ2M", "7KQ2M44", "7kq2m4", "7KQ2MO", "7KQ2M0", "7KQ2MI", "7KQ2M1", " 7KQ2M4",
    ] {
        assert_eq!(text.parse::<Reference>(), Err(MalformedReference), "{text:?}");
    }
    let mut signs = REFERENCE_SIGNS.to_vec();
    signs.sort_unstable();
    signs.dedup();
    assert_eq!(signs.len(), 32, "every sign is as likely as any other");
}

fn any_end() -> impl Strategy<Value = Option<LinkEnd>> {
    prop::option::of(prop::sample::select(LinkEnd::ALL))
}

proptest! {
    #[test]
    fn a1_a_dead_link_never_lives_again(end in any_end(), now in 0_u64..1 << 28, later in 0_u64..1 << 28) {
        let now = ASKED + Duration::from_millis(now);
        let (before, after) = (link_state(end, expiry(), now), link_state(end, expiry(), now + Duration::from_millis(later)));
        if before != LinkState::Living {
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn an_ended_link_does_not_live(end in prop::sample::select(LinkEnd::ALL), now in 0_u64..1 << 28) {
        let state = link_state(Some(end), expiry(), ASKED + Duration::from_millis(now));
        prop_assert_eq!(state.as_str(), end.as_str());
    }

    #[test]
    fn the_headline_never_says_waiting_of_a_dead_link(
        end in any_end(), mail in prop::sample::select(MailState::ALL), now in 0_u64..1 << 28
    ) {
        let now = ASKED + Duration::from_millis(now);
        let says_waiting = matches!(
            headline(end, mail, ASKED, expiry(), now),
            Headline::Waiting | Headline::StillWaiting | Headline::Delayed
        );
        prop_assert_eq!(says_waiting, waits_for_mail(mail, link_state(end, expiry(), now)));
    }

    #[test]
    fn a_reference_reads_back(random: [u8; 6]) {
        let reference = Reference::from_random(random);
        prop_assert_eq!(reference.as_str().parse(), Ok(reference.clone()));
        let json = serde_json::to_string(&reference).unwrap();
        prop_assert_eq!(serde_json::from_str::<Reference>(&json).unwrap(), reference);
    }
}

#[test]
fn what_is_offered_follows_from_the_headline() {
    // Headline, `Send again`, `Revoke`, and whether anything can still change.
    for (headline, again, revoke, moves) in [
        (Headline::Waiting, false, true, true),
        (Headline::StillWaiting, false, true, true),
        (Headline::Delayed, false, true, true),
        (Headline::Accepted, true, true, true),
        (Headline::Refused, true, false, false),
        (Headline::Used, false, false, false),
        (Headline::Expired, true, false, false),
        (Headline::NotSentInTime, true, false, false),
        (Headline::Replaced, false, false, false),
        (Headline::Revoked, true, false, false),
        (Headline::Cancelled, false, false, false),
    ] {
        assert_eq!(
            (
                offers_send_again(headline),
                offers_revoke(headline),
                may_change(headline)
            ),
            (again, revoke, moves),
            "{headline:?}"
        );
    }
}

#[test]
fn a_shown_link_goes_past_the_mail() {
    let at = |end, now| headline_of_shown(end, expiry(), now);
    assert_eq!(at(None, ASKED), Headline::HandedOver);
    assert_eq!(at(None, expiry()), Headline::Expired);
    for (end, headline) in [
        (LinkEnd::Used, Headline::Used),
        (LinkEnd::Replaced, Headline::Replaced),
        (LinkEnd::Revoked, Headline::Revoked),
        (LinkEnd::Cancelled, Headline::Cancelled),
    ] {
        assert_eq!(at(Some(end), ASKED), headline);
    }
    assert!(offers_revoke(Headline::HandedOver) && offers_send_again(Headline::HandedOver));
}

#[test]
fn a_press_leads_to_waiting_or_revoked_and_to_nothing_that_is_news() {
    let of_a_press: Vec<_> = Headline::ALL
        .iter()
        .filter(|headline| is_of_a_press(**headline))
        .collect();
    assert_eq!(of_a_press, [&Headline::Waiting, &Headline::Revoked]);
}
