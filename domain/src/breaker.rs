//! When refusals of mails are taken for a refusal of us, without reading words (case K6): the same answer to mails for
//! several people, and nothing accepted in between.

use std::collections::BTreeMap;

use crate::id::{MailId, UserId};
use crate::mail_reply::{EnhancedCode, Stage, enhanced_code};
use crate::time::Timestamp;

/// So many people must be refused alike.
const PEOPLE: usize = 3;
/// Twice as many each time that it was wrong, up to so many times.
const MOST_DOUBLINGS: u32 = 5;

/// What two refusals have in common that are taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Likeness {
    /// How far the conversation had come.
    pub stage: Stage,
    /// The code.
    pub code: u16,
    /// The enhanced code.
    pub enhanced: Option<EnhancedCode>,
}

impl Likeness {
    /// Of an answer.
    pub fn of(stage: Stage, code: u16, text: &str) -> Self {
        Self {
            stage,
            code,
            enhanced: enhanced_code(code, text),
        }
    }
}

/// A refusal that was kept, one of those that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Which mail.
    pub mail: MailId,
    /// For whom.
    pub person: UserId,
    /// When.
    pub at: Timestamp,
}

/// What else is known of the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lately {
    /// When a mail was accepted last.
    pub accepted_at: Option<Timestamp>,
    /// When such refusals were last taken for one of us, and the server took others after all.
    pub cleared_at: Option<Timestamp>,
    /// How often that was so.
    pub cleared: u32,
}

/// The refusals since the last sign that the server takes mail from us, of mails that had no second chance yet.
pub fn in_a_row(past: &[Refused], lately: Lately) -> Vec<Refused> {
    let since = lately.accepted_at.max(lately.cleared_at);
    let mut times = BTreeMap::<_, usize>::new();
    for refused in past {
        *times.entry(refused.mail).or_default() += 1;
    }
    past.iter()
        .filter(|refused| since.is_none_or(|since| refused.at > since) && times.get(&refused.mail) == Some(&1))
        .copied()
        .collect()
}

/// Decides with one more refusal, of a mail for `person`, which is not among `past`: the mails that were refused alike and
/// are to be tried again, where enough different people are refused alike that our sender must be the reason; else `None`. None of
/// them had a second chance before.
pub fn mails_to_put_back(past: &[Refused], person: UserId, lately: Lately) -> Option<Vec<MailId>> {
    let in_a_row = in_a_row(past, lately);
    let mut people: Vec<_> = in_a_row.iter().map(|refused| refused.person).chain([person]).collect();
    people.sort_unstable();
    people.dedup();
    let needed = PEOPLE << lately.cleared.min(MOST_DOUBLINGS);
    (people.len() >= needed).then(|| in_a_row.iter().map(|refused| refused.mail).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn mail(number: u128) -> MailId {
        MailId::from_uuid(Uuid::from_u128(number))
    }

    /// Mail `number` for the person of that number at that time.
    fn refused(number: u128) -> Refused {
        Refused {
            mail: mail(100 + number),
            person: person(number),
            at: Timestamp::from_millis(i64::try_from(number).expect("small")),
        }
    }

    const NOTHING: Lately = Lately {
        accepted_at: None,
        cleared_at: None,
        cleared: 0,
    };

    #[test]
    fn k6_three_people_refused_alike_in_a_row_mean_us() {
        assert_eq!(mails_to_put_back(&[], person(1), NOTHING), None);
        assert_eq!(mails_to_put_back(&[refused(1)], person(2), NOTHING), None);
        let two = [refused(1), refused(2)];
        assert_eq!(
            mails_to_put_back(&two, person(3), NOTHING),
            Some(vec![mail(101), mail(102)])
        );
        assert_eq!(
            mails_to_put_back(&two, person(2), NOTHING),
            None,
            "the same person twice"
        );
    }

    #[test]
    fn k6_an_acceptance_in_between_means_the_mailboxes() {
        let accepted = |at| Lately {
            accepted_at: Some(Timestamp::from_millis(at)),
            ..NOTHING
        };
        let two = [refused(1), refused(2)];
        assert_eq!(mails_to_put_back(&two, person(3), accepted(1)), None);
        assert!(mails_to_put_back(&two, person(3), accepted(0)).is_some());
    }

    #[test]
    fn k6_who_had_a_second_chance_gets_no_third_and_doubt_grows_with_each_error() {
        let cleared = |cleared| Lately {
            cleared_at: Some(Timestamp::from_millis(0)),
            cleared,
            ..NOTHING
        };
        let again = Refused {
            at: Timestamp::from_millis(9),
            ..refused(1)
        };
        let three = [refused(1), again, refused(2)];
        assert_eq!(mails_to_put_back(&three, person(3), NOTHING), None);
        let many: Vec<_> = (1..=5).map(refused).collect();
        assert!(mails_to_put_back(&many, person(6), cleared(1)).is_some());
        assert!(mails_to_put_back(&many[..4], person(6), cleared(1)).is_none());
        assert!(mails_to_put_back(&many, person(6), cleared(2)).is_none());
        assert!(mails_to_put_back(&many, person(6), cleared(u32::MAX)).is_none());
    }

    #[test]
    fn answers_are_alike_by_stage_code_and_enhanced_code() {
        let first = Likeness::of(Stage::Recipient, 550, "5.7.1 <ana@example.com>: no");
        assert_eq!(
            first,
            Likeness::of(Stage::Recipient, 550, "5.7.1 <bo@example.org>: never")
        );
        assert_ne!(first, Likeness::of(Stage::Body, 550, "5.7.1 no"));
        assert_ne!(first, Likeness::of(Stage::Recipient, 554, "5.7.1 no"));
        assert_ne!(first, Likeness::of(Stage::Recipient, 550, "5.7.0 no"));
        assert_ne!(first, Likeness::of(Stage::Recipient, 550, "no"));
    }
}
