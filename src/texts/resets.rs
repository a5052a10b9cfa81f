//! Words for the life of a reset: one badge and one sentence for each headline (`experience.md` §1.2), and why a mail was refused or
//! delayed. What to do about it is in `stages`, what happened step by step in `timeline`.
//!
//! "Accepted" is the truth we know: never "delivered".

use std::time::Duration;

use rekey_domain::mail_reply::PlainReason;
use rekey_domain::reset::{CancelledFor, Headline, RecipientSaid};
use rekey_domain::stages::TimeLeft;

use crate::texts::{stages, totals};

/// The badge.
pub fn badge(headline: Headline) -> &'static str {
    match headline {
        Headline::Waiting | Headline::StillWaiting => "Waiting to be sent",
        Headline::Delayed => "Mail delayed",
        Headline::Accepted => "Mail accepted",
        Headline::Refused => "Mail refused",
        Headline::HandedOver => "Link handed over",
        Headline::Used => "Password changed",
        Headline::Expired | Headline::NotSentInTime => "Expired",
        Headline::Replaced => "Replaced",
        Headline::Revoked => "Revoked",
        Headline::Cancelled => "Cancelled",
    }
}

/// Said once when the state of somebody's reset changes while one looks.
pub fn news(person: &str, headline: Headline) -> String {
    format!("{person}: {}.", badge(headline).to_lowercase())
}

/// In place of the time until which a link works, where it ended before.
pub const NO_DEADLINE: &str = "–";

/// Who asked, where it was the person of the reset.
pub const THE_PERSON: &str = "the person";

/// What a sentence is made of. Times are already formatted in the reader's zone.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The person of the reset.
    pub person: &'a str,
    /// Who asked.
    pub asked_by: &'a str,
    /// Who withdrew it.
    pub ended_by: Option<&'a str>,
    /// Why the recipient withdrew it.
    pub recipient_said: Option<RecipientSaid>,
    /// What cancelled it.
    pub cancelled_for: Option<CancelledFor>,
    /// When.
    pub asked: &'a str,
    /// Until when the link lives, or would have.
    pub until: &'a str,
    /// When the mail's state, or the link's end, came about.
    pub settled: Option<&'a str>,
    /// When the next try is due.
    pub next_try: Option<&'a str>,
    /// Why the mail server did not take it.
    pub reason: Option<PlainReason>,
}

/// One sentence or two on what became of the reset.
pub fn sentence(headline: Headline, facts: &Facts<'_>) -> String {
    let Facts {
        person,
        asked_by,
        asked,
        until,
        ..
    } = *facts;
    let settled = facts.settled.unwrap_or(asked);
    let why = facts.reason.map_or("it gave no reason", plain);
    match headline {
        Headline::Waiting => format!("Asked by {asked_by} on {asked}. The mail server does not have it yet."),
        Headline::StillWaiting => format!("Still waiting. We keep trying until {until}. You can close this page."),
        Headline::Delayed => match facts.next_try {
            Some(next) => format!("The mail could not be handed over yet: {why}. Next try {next}."),
            None => format!("The mail could not be handed over yet: {why}."),
        },
        Headline::Accepted => {
            format!("The mail server took the mail on {settled}. That does not prove it reached the inbox.")
        }
        Headline::Refused => format!("The mail server refused the mail: {why}."),
        Headline::HandedOver => {
            format!("The operator made this link on {asked} and hands it over outside mail. It works until {until}.")
        }
        Headline::Used => format!("{person} set a new password on {settled}."),
        Headline::Expired => format!("Not used by {until}."),
        Headline::NotSentInTime => "The mail could not go out in time.".to_owned(),
        Headline::Replaced => format!("A newer link was sent on {settled}."),
        Headline::Revoked => match (facts.recipient_said, facts.ended_by) {
            (Some(RecipientSaid::NotAsked), _) => "Withdrawn by the recipient: not expected.".to_owned(),
            (Some(RecipientSaid::NotNeeded), _) => "Withdrawn by the recipient: not needed any more.".to_owned(),
            (None, Some(name)) => format!("Withdrawn by {name} on {settled}."),
            (None, None) => format!("Withdrawn on {settled}."),
        },
        Headline::Cancelled => format!("Ended: {}.", cancelled(facts.cancelled_for)),
    }
}

/// What cancelled a reset.
pub fn cancelled(what: Option<CancelledFor>) -> &'static str {
    match what {
        Some(CancelledFor::AccountDeleted) => "the account was deleted",
        Some(CancelledFor::EmailChanged) => "the email was changed",
        Some(CancelledFor::PasswordChanged) => "the password was changed",
        // It was not always kept.
        None => "the account was deleted, or its email or password changed",
    }
}

/// What became of a reset, in a few words beside its badge. `reason`: why its mail is put off, or was refused. `took`: from the
/// asking to the new password.
pub fn in_short(
    headline: Headline,
    reason: Option<PlainReason>,
    by: Option<&str>,
    cancelled_for: Option<CancelledFor>,
    took: Option<Duration>,
    left: Option<TimeLeft>,
) -> String {
    let withdrawn = || by.map(|by| format!("withdrawn by {by}"));
    match headline {
        Headline::Refused | Headline::Delayed => reason.map(plain).unwrap_or_default().to_owned(),
        Headline::Used => took
            .map(|took| format!("used after {}", span(took)))
            .unwrap_or_default(),
        Headline::Accepted | Headline::HandedOver => left.map(stages::left).unwrap_or_default(),
        Headline::Expired => "not used in time".to_owned(),
        Headline::NotSentInTime => "could not go out in time".to_owned(),
        Headline::Revoked => withdrawn().unwrap_or_else(|| "withdrawn by the recipient".to_owned()),
        // Later on somebody wants to know why there was another one.
        Headline::Replaced => reason.map(refused_before).unwrap_or_default(),
        Headline::Cancelled => {
            let words = [
                reason.map(refused_before),
                cancelled_for.map(|what| cancelled(Some(what)).to_owned()),
            ];
            words.into_iter().flatten().collect::<Vec<_>>().join("; ")
        }
        Headline::Waiting | Headline::StillWaiting => String::new(),
    }
}

fn refused_before(reason: PlainReason) -> String {
    format!("mail refused: {}", plain(reason))
}

/// A span of time in its largest unit, rounded down; less than a minute counts as one.
fn span(time: Duration) -> String {
    let minutes = (time.as_secs() / 60).max(1);
    let (number, one, more) = match minutes {
        0..60 => (minutes, "minute", "minutes"),
        60..1440 => (minutes / 60, "hour", "hours"),
        _ => (minutes / 1440, "day", "days"),
    };
    totals::number_of(number, one, more)
}

/// The mail server's answer in plain words.
pub fn plain(reason: PlainReason) -> &'static str {
    match reason {
        PlainReason::NoSuchMailbox => "no such mailbox",
        PlainReason::MailboxClosed => "mailbox closed",
        PlainReason::MailboxFull => "mailbox full",
        PlainReason::DomainTakesNoMail => "domain takes no mail",
        PlainReason::RefusedByRules => "refused by their rules",
        PlainReason::TemporaryTrouble => "temporary trouble",
        PlainReason::NoSecureConnection => "no secure connection, so nothing was sent",
        PlainReason::NoAnswer => "our mail server does not answer",
        PlainReason::OurSender => "our sender is refused",
        PlainReason::OurLogin => "our login is refused",
        PlainReason::OurLimit => "our sending limit is used up",
        PlainReason::Other => "it gave no plain reason",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_it_is_told_in_a_few_words() {
        let told =
            |headline, reason, took| in_short(headline, reason, Some("Bo Chen"), None, took, Some(TimeLeft::Hours(23)));
        let full = Some(PlainReason::MailboxFull);
        assert_eq!(told(Headline::Delayed, full, None), "mailbox full");
        assert_eq!(
            told(Headline::Refused, Some(PlainReason::NoSuchMailbox), None),
            "no such mailbox"
        );
        assert_eq!(told(Headline::Accepted, None, None), "23 hours left");
        assert_eq!(told(Headline::Revoked, None, None), "withdrawn by Bo Chen");
        assert_eq!(told(Headline::Waiting, None, None), "");
        assert_eq!(told(Headline::Replaced, full, None), "mail refused: mailbox full");
        assert_eq!(told(Headline::Replaced, None, None), "");
        let cancelled = |reason, what| in_short(Headline::Cancelled, reason, None, what, None, None);
        assert_eq!(cancelled(None, None), "");
        assert_eq!(
            cancelled(None, Some(CancelledFor::AccountDeleted)),
            "the account was deleted"
        );
        assert_eq!(
            cancelled(full, Some(CancelledFor::EmailChanged)),
            "mail refused: mailbox full; the email was changed"
        );
        for (seconds, words) in [
            (5, "used after 1 minute"),
            (119, "used after 1 minute"),
            (540, "used after 9 minutes"),
            (3600, "used after 1 hour"),
            (2 * 86_400, "used after 2 days"),
        ] {
            assert_eq!(told(Headline::Used, None, Some(Duration::from_secs(seconds))), words);
        }
    }
}
