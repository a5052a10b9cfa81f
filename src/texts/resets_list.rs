//! Words of the tab `Resets`, and of what the dashboard says of resets.

use std::time::Duration;

use rekey_domain::attention::{Attention, Standing};
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::page_size::Total;
use rekey_domain::usage::Usage;

use crate::texts::resets::plain;
use crate::texts::totals;

/// The tab, its panel and its table.
pub const RESETS: &str = "Resets";
/// Field.
pub const SEARCH: &str = "Search resets";
/// Field and column.
pub const STATE: &str = "State";
/// Choice of the field.
pub const ANY_STATE: &str = "Any state";
/// Group of choices, and heading on the dashboard.
pub const NEEDS_ATTENTION: &str = "Needs attention";
/// On the dashboard, where nothing does.
pub const NOTHING: &str = "Nothing needs your attention.";
/// Column.
pub const PERSON: &str = "Person";
/// Column.
pub const ACTIONS: &str = "Actions";
/// An empty list.
pub const NONE_YET: &str = "No resets yet.";
/// None is in this state.
pub const NO_MATCH: &str = "No reset matches.";
/// After a press, where the person is not on the page.
pub const ON_ITS_WAY: &str = "The link is on its way.";
/// After a press, where the person is not on the page.
pub const REVOKED: &str = "The links do not work any more.";

/// After `Send again`, for whoever hears the button alone.
pub fn send_again_to(person: &str) -> String {
    format!(" to {person}")
}

/// After `Revoke`, for whoever hears the button alone.
pub fn revoke_of(person: &str) -> String {
    format!(" link of {person}")
}

/// Link to the page of the batch that a reset is one of.
pub const WITH_OTHERS: &str = "with others";

/// How many match.
pub fn count(resets: Total) -> String {
    totals::counted(resets, "reset", "resets")
}

/// Above the list, and on the dashboard. `why` only where it is for somebody to mend.
pub fn stuck(waiting: u64, since: &str, why: Option<PlainReason>) -> String {
    let because = why.map(|why| format!(" because {}", plain(why))).unwrap_or_default();
    match waiting {
        0 => format!("The mail server takes no mail since {since}{because}. We keep trying."),
        n => format!("Mail is delayed{because}: {n} waiting since {since}. We keep trying."),
    }
}

/// What changed on the page while somebody looks, said once: what became of one reset, as a sentence, or how many came to which
/// badge, in small letters. Nothing, where nothing changed.
pub fn changes(changed: &[(&str, &str)]) -> Option<String> {
    match changed {
        [] => None,
        [(sentence, _)] => Some((*sentence).to_owned()),
        many => {
            let mut totals: Vec<(&str, usize)> = Vec::new();
            for (_, words) in many.iter().copied() {
                match totals.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, count)) => *count += 1,
                    None => totals.push((words, 1)),
                }
            }
            let totals: Vec<_> = totals
                .into_iter()
                .map(|(words, count)| format!("{count} {words}"))
                .collect();
            Some(format!("{} resets changed: {}.", many.len(), totals.join(", ")))
        }
    }
}

/// Column.
pub const WHAT_HAPPENED: &str = "What happened";
/// Below the numbers of the dashboard.
pub const LAST_30_DAYS: &str = "Newest link of each person, last 30 days.";
/// Heading of the bars.
pub const LAST_DAYS: &str = "Links asked for and used, last 14 days";
/// What opens the same as a table.
pub const AS_TABLE: &str = "Show as a table";
/// Column of that table.
pub const DAY: &str = "Day";
/// Column of that table.
pub const USED: &str = "Used";

/// Column of that table, where there is something in it; and what the mark below a bar means.
pub const OUTAGE: &str = "Mail server out of order";
/// In that column.
pub const YES: &str = "yes";
/// In that column.
pub const NO: &str = "no";
/// Heading of the last five, where the reader sees no more than resets.
pub const NEWEST: &str = "Newest resets";
/// Link below them.
pub const ALL_RESETS: &str = "All resets";

/// A bar, when one points at it.
pub fn of_day(day: &str, asked: u64, used: u64, was_out_of_order: bool) -> String {
    let outage = if was_out_of_order {
        ", mail server out of order"
    } else {
        ""
    };
    format!("{day}: {asked} asked for, {used} used{outage}")
}

/// Link to the used ones, below the bars.
pub fn used_of(usage: Usage) -> String {
    match (usage.used, usage.asked) {
        (0, 1) => "The link of the last 30 days was not used".to_owned(),
        (0, asked) => format!("None of the {asked} links of the last 30 days was used"),
        (1, 1) => "The link of the last 30 days was used".to_owned(),
        (used, asked) if used == asked => format!("All {asked} links of the last 30 days were used"),
        (1, asked) => format!("1 of the {asked} links of the last 30 days was used"),
        (used, asked) => format!("{used} of the {asked} links of the last 30 days were used"),
    }
}

/// After that link.
pub fn half_within(usage: Usage) -> String {
    match (usage.used, usage.half_within) {
        (_, None) => ".".to_owned(),
        (1, Some(time)) => format!(", within {} of the asking.", rounded_up(time)),
        (_, Some(time)) => format!(", half of those within {} of the asking.", rounded_up(time)),
    }
}

/// A span of time in its largest unit, rounded up, so that "within" stays true.
fn rounded_up(time: Duration) -> String {
    let minutes = time.as_secs().div_ceil(60).max(1);
    let (number, one, more) = match minutes {
        0..60 => (minutes, "minute", "minutes"),
        // From a day and a half on, days are near enough.
        60..2_160 => (minutes.div_ceil(60), "hour", "hours"),
        _ => (minutes.div_ceil(1_440), "day", "days"),
    };
    totals::number_of(number, one, more)
}

/// Name of the links that narrow the list.
pub const STANDINGS: &str = "Where people stand";
/// The first of them.
pub const ALL: &str = "All";

/// One of these links, and a number on the dashboard.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NeedsAction => NEEDS_ATTENTION,
        Standing::OnItsWay => "On its way",
        Standing::NotUsedYet => "Not used yet",
        Standing::Changed => "Password changed",
        Standing::Ended => "Ended",
    }
}

/// What the list is narrowed to, where a link of the dashboard leads to it.
pub fn needing(attention: Attention) -> &'static str {
    match attention {
        Attention::MailRefused => "Refused mails",
        Attention::MailDelayed => "Delayed mails",
        Attention::MailNotSent => "Mails not sent in time",
        Attention::InvitationNotAccepted => "Expired invitations",
        Attention::LinkNotUsed => "Links that expired unused",
    }
}

/// Link on the dashboard.
pub fn how_many(attention: Attention, people: u64) -> String {
    let (one, more) = match attention {
        Attention::MailRefused => ("mail refused", "mails refused"),
        Attention::MailDelayed => ("mail delayed", "mails delayed"),
        Attention::MailNotSent => ("mail not sent in time", "mails not sent in time"),
        Attention::InvitationNotAccepted => ("invitation expired", "invitations expired"),
        Attention::LinkNotUsed => ("link expired unused", "links expired unused"),
    };
    totals::number_of(people, one, more)
}

/// Link on the dashboard, after the time.
pub fn disavowed(person: &str) -> String {
    format!("{person} said: this was not me")
}

#[cfg(test)]
mod tests {
    use rekey_domain::reset::Headline;

    use super::*;
    use crate::texts::resets::news;

    #[test]
    fn how_soon_links_are_used_is_a_true_sentence() {
        let said = |asked, used, minutes| {
            let usage = Usage {
                asked,
                used,
                half_within: (used > 0).then(|| Duration::from_mins(minutes)),
            };
            format!("{}{}", used_of(usage), half_within(usage))
        };
        for (asked, used, minutes, sentence) in [
            (1, 0, 0, "The link of the last 30 days was not used."),
            (4, 0, 0, "None of the 4 links of the last 30 days was used."),
            (
                1,
                1,
                1,
                "The link of the last 30 days was used, within 1 minute of the asking.",
            ),
            (
                4,
                1,
                60,
                "1 of the 4 links of the last 30 days was used, within 1 hour of the asking.",
            ),
            (
                2,
                2,
                61,
                "All 2 links of the last 30 days were used, half of those within 2 hours of the asking.",
            ),
            (
                50,
                31,
                59,
                "31 of the 50 links of the last 30 days were used, half of those within 59 minutes of the asking.",
            ),
            (
                9,
                3,
                2_160,
                "3 of the 9 links of the last 30 days were used, half of those within 2 days of the asking.",
            ),
        ] {
            assert_eq!(said(asked, used, minutes), sentence);
        }
    }

    #[test]
    fn several_changes_at_once_are_told_as_totals() {
        assert_eq!(changes(&[]), None);
        let ana = news("Ana Lima", Headline::Accepted);
        let one = changes(&[(&ana, "mail accepted")]);
        assert_eq!(one.as_deref(), Some("Ana Lima: mail accepted."));
        let many = changes(&[(&ana, "mail accepted"), ("", "mail refused"), ("", "mail accepted")]);
        assert_eq!(
            many.as_deref(),
            Some("3 resets changed: 2 mail accepted, 1 mail refused.")
        );
    }
}
