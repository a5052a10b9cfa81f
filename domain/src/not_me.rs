//! "This was not me": until when it can be said, and how often. About a reset, by the link in its own mail, and about a
//! changed password, by the link in the notice of it. Case A14 keeps the two links apart, see [`crate::token`].

use std::time::Duration;

use crate::reset::LinkState;
use crate::time::Timestamp;

/// How long it can be said about a change, from the queueing of its notice.
pub const ABOUT_CHANGE_FOR: Duration = Duration::from_hours(7 * 24);

/// Whether a reset can still be withdrawn by its own link. If not: what the page of the dead link says.
///
/// A replaced link will do until its own time is over, since withdrawing ends all living links of the person, the newer
/// one among them. `was_said`: by this link, or by a newer one of the same person.
pub fn about_reset(state: LinkState, expires_at: Timestamp, now: Timestamp, was_said: bool) -> Result<(), LinkState> {
    match state {
        LinkState::Replaced if now >= expires_at => Err(LinkState::Expired),
        LinkState::Living | LinkState::Replaced if was_said => Err(LinkState::Revoked),
        LinkState::Living | LinkState::Replaced => Ok(()),
        dead => Err(dead),
    }
}

/// Why nothing can be said about a change any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeRefusal {
    /// It was said.
    WasSaid,
    /// The time for it is over.
    TooLate,
}

/// Whether it can be said that a change was somebody else's. That it was said is told for as long as the notice is kept.
pub fn about_change(noticed_at: Timestamp, now: Timestamp, was_said: bool) -> Result<(), ChangeRefusal> {
    if was_said {
        Err(ChangeRefusal::WasSaid)
    } else if now < noticed_at + ABOUT_CHANGE_FOR {
        Ok(())
    } else {
        Err(ChangeRefusal::TooLate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_527_128_000);
    const MILLI: Duration = Duration::from_millis(1);

    #[test]
    fn a_living_and_a_replaced_link_can_be_withdrawn_once() {
        for state in [LinkState::Living, LinkState::Replaced] {
            assert_eq!(about_reset(state, NOW + MILLI, NOW, false), Ok(()), "{state}");
            assert_eq!(
                about_reset(state, NOW + MILLI, NOW, true),
                Err(LinkState::Revoked),
                "{state}"
            );
        }
    }

    #[test]
    fn a_replaced_link_runs_out_of_time_like_any_other() {
        for said in [false, true] {
            let answer = about_reset(LinkState::Replaced, NOW, NOW, said);
            assert_eq!(answer, Err(LinkState::Expired), "said: {said}");
        }
    }

    #[test]
    fn what_ended_otherwise_says_how() {
        for &state in LinkState::ALL {
            if matches!(state, LinkState::Living | LinkState::Replaced) {
                continue;
            }
            for said in [false, true] {
                assert_eq!(
                    about_reset(state, NOW + MILLI, NOW, said),
                    Err(state),
                    "{state}, {said}"
                );
            }
        }
    }

    #[test]
    fn a_change_can_be_disavowed_for_seven_days_and_once() {
        let end = NOW + Duration::from_hours(168);
        assert_eq!(about_change(NOW, NOW, false), Ok(()));
        assert_eq!(about_change(NOW, end - MILLI, false), Ok(()));
        assert_eq!(about_change(NOW, end, false), Err(ChangeRefusal::TooLate));
        for now in [NOW, end] {
            assert_eq!(about_change(NOW, now, true), Err(ChangeRefusal::WasSaid));
        }
    }
}
