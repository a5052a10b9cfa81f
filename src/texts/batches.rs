//! Words of many at once: choosing people, the draft, the page of a batch.

use rekey_domain::batch::{BatchKind, LineOutcome};
use rekey_domain::mail_reply::PlainReason;

use crate::texts::resets::plain;
use crate::texts::totals;
use crate::wire::batches::{Part, Totals};

/// The way there from the list of people.
pub const RESET_SEVERAL: &str = "Reset several";
/// The way to choose people by their addresses.
pub const PASTE: &str = "Paste addresses";
/// Field.
pub const EMAILS: &str = "Email addresses, one a line";
/// Hint there.
pub const EMAILS_HINT: &str = "Or as a mail program has them: User, Uma <uma@example.com>; Rob <rob@example.com>";
/// Button.
pub const CHECK: &str = "Check addresses";
/// Button below the list of people.
pub const SEND_TO_SELECTED: &str = "Send reset links to selected";
/// Checkbox.
pub const SELECT_PAGE: &str = "Select all on this page";
/// Column.
pub const SELECT: &str = "Select";
/// Field.
pub const REASON: &str = "Reason, kept in Activity (optional)";
/// Hint there.
pub const REASON_HINT: &str =
    "Managers and administrators read it on the page of these links, administrators also in Activity.";
/// Under the tables.
pub const OLD_PASSWORDS: &str = "Old passwords work until each person sets a new one.";
/// Link.
pub const BACK_TO_LIST: &str = "Back to the list";
/// Heading of a draft where nobody of those chosen gets one.
pub const NOBODY: &str = "Nobody here gets a link";
/// Hint at the button that invites whoever is not in the company.
pub const INVITE_UNKNOWN_HINT: &str =
    "You see what will come of each first. Without a name, one is made from the email.";
/// The draft was pressed before.
pub const PRESSED_ALREADY: &str = "These links were sent already.";
/// Link.
pub const SEE_BATCH: &str = "See what became of them";
/// Progress.
pub const HANDED_OVER: &str = "Mails handed over";
/// Navigation.
pub const FILTERS: &str = "Show";
/// Heading above the reasons of refusals.
pub const WHY_REFUSED: &str = "Why mails were refused";
/// Link.
pub const REVOKE_ALL: &str = "Revoke all unused";
/// Link.
pub const DOWNLOAD: &str = "Download CSV";
/// An empty list.
pub const NO_MATCH: &str = "Nothing here is in that state.";
/// While it is carried out.
pub const WITHDRAWING: &str = "The unused links are being withdrawn.";
/// Column.
pub const NAME: &str = "Name";
/// Column.
pub const LINE: &str = "Line";
/// Column.
pub const WHY: &str = "Why not";
/// Link.
pub const KEEP: &str = "Keep links";
/// Where there is nothing to withdraw.
pub const NOTHING_TO_REVOKE: &str = "No link of these can be used any more.";
/// What happens.
pub const REVOKING_MEANS: &str =
    "They stop working at once. Whoever got one is told by mail. Passwords stay as they are.";

/// Checkbox of a row.
pub fn select(name: &str) -> String {
    format!("Select {name}")
}

/// Button: everybody whom the filters show.
pub fn select_everyone(people: u64) -> String {
    format!("Select all {people}")
}

/// Instead of that button, where the filters show more people than are counted.
pub fn too_many_to_select() -> String {
    format!(
        "To select everybody, narrow the list to {} people or fewer.",
        totals::most()
    )
}

/// Below the heading of a batch, before the name of whoever pressed.
pub const ASKED_FOR_BY: &str = "Asked for by";
/// Between that name and the time.
pub const ON: &str = "on";

/// How many are chosen, live.
pub fn selected(people: usize) -> String {
    match people {
        0 => "Nobody selected".to_owned(),
        1 => "1 person selected".to_owned(),
        n => format!("{n} people selected"),
    }
}

/// The heading of a draft.
pub fn send_to(people: u64) -> String {
    match people {
        0 => NOBODY.to_owned(),
        1 => "Send a reset link to 1 person?".to_owned(),
        n => format!("Send reset links to {n} people?"),
    }
}

/// Link to a table.
pub fn count_ready(people: u64) -> String {
    match people {
        1 => "1 gets a link".to_owned(),
        n => format!("{n} get a link"),
    }
}

/// Link to a table.
pub fn count_others(people: u64) -> String {
    match people {
        1 => "1 does not".to_owned(),
        n => format!("{n} do not"),
    }
}

/// Link to a table.
pub fn count_unknown(people: u64, company: &str) -> String {
    match people {
        1 => format!("1 is not in {company}"),
        n => format!("{n} are not in {company}"),
    }
}

/// Table.
pub fn will_get(people: u64) -> String {
    format!("Will get a link ({people})")
}

/// Table.
pub fn will_not(people: u64) -> String {
    format!("Will not get a link ({people})")
}

/// Button.
pub fn send(people: u64) -> String {
    match people {
        1 => "Send 1 link".to_owned(),
        n => format!("Send {n} links"),
    }
}

/// Where a table shows the first ones only.
pub fn first_of(shown: usize, total: u64) -> String {
    format!("The first {shown} of {total} are shown.")
}

/// The heading of a batch.
pub fn heading(kind: BatchKind, people: u64) -> String {
    match (kind, people) {
        (BatchKind::Resets, 0) => "Reset links for nobody".to_owned(),
        (BatchKind::Resets, 1) => "Reset link for 1 person".to_owned(),
        (BatchKind::Resets, n) => format!("Reset links for {n} people"),
        (BatchKind::Import, 0) => "Invitations for nobody".to_owned(),
        (BatchKind::Import, 1) => "Invitation for 1 person".to_owned(),
        (BatchKind::Import, n) => format!("Invitations for {n} people"),
    }
}

/// Filter: everybody.
pub fn all(people: u64) -> String {
    format!("All ({people})")
}

/// Filter: a part of the bar.
pub fn part(part: Part, people: u64) -> String {
    let words = match part {
        Part::Used => "Used",
        Part::NotUsed => "Not used yet",
        Part::Waiting => "Waiting",
        Part::Delayed => "Delayed",
        Part::Refused => "Refused",
        Part::Ended => "Ended",
    };
    format!("{words} ({people})")
}

/// Why mails were refused, and how many.
pub fn failure(reason: PlainReason, people: u64) -> String {
    format!("{}: {people}", plain(reason))
}

/// What helps.
pub fn remedy(reason: PlainReason) -> &'static str {
    match reason {
        PlainReason::NoSuchMailbox => "Correct the email on the person's page. Send again once the new one counts.",
        PlainReason::MailboxClosed => "Ask the person for another email and enter it. Send again once that one counts.",
        PlainReason::MailboxFull => "Ask the person to make room, then send again.",
        PlainReason::DomainTakesNoMail => {
            "Check the part after the @ and correct it. Send again once the new one counts."
        }
        PlainReason::RefusedByRules => "Ask whoever runs their mail server to let these mails in, then send again.",
        PlainReason::TemporaryTrouble => "Send again later.",
        PlainReason::NoSecureConnection
        | PlainReason::NoAnswer
        | PlainReason::OurSender
        | PlainReason::OurLogin
        | PlainReason::OurLimit => "Ask the operator of this server to look at it, then send again.",
        PlainReason::Other => "See the server's reply on the person's page, or send again later.",
    }
}

/// Heading, and name of the table of addresses that are nobody's.
pub fn not_in(company: &str, people: u64) -> String {
    format!("Not in {company} ({people})")
}

/// Button under it.
pub fn invite_these(people: u64) -> String {
    match people {
        1 => "Invite this person".to_owned(),
        n => format!("Invite these {n}"),
    }
}

/// How far it has come.
pub fn progress(totals: Totals) -> String {
    let Totals {
        all,
        accepted,
        refused,
        waiting,
        dropped,
    } = totals;
    let mut said = format!("{accepted} of {all} accepted");
    for (count, words) in [(refused, "refused"), (dropped, "not sent"), (waiting, "waiting")] {
        if count > 0 {
            said.extend([", ", &count.to_string(), " ", words]);
        }
    }
    said.push('.');
    if waiting > 0 {
        said.push_str(" You can close this page.");
    }
    said
}

/// Filter.
pub fn left_out(people: u64) -> String {
    format!("No link ({people})")
}

/// Button.
pub fn again(people: u64) -> String {
    format!("Send again to refused ({people})")
}

/// Heading.
pub fn revoke_heading(links: u64) -> String {
    match links {
        1 => "Revoke 1 link?".to_owned(),
        n => format!("Revoke {n} links?"),
    }
}

/// Button.
pub fn revoke(links: u64) -> String {
    match links {
        1 => "Revoke 1 link".to_owned(),
        n => format!("Revoke {n} links"),
    }
}

/// The reason that a batch was given.
pub fn because(reason: &str) -> String {
    format!("Reason: {reason}")
}

/// Why somebody gets no link. `detail`: when a limit lets one through, or the other line; `company`: its name.
pub fn why(outcome: LineOutcome, company: &str, detail: Option<&str>) -> String {
    let detail = detail.unwrap_or_default();
    match outcome {
        LineOutcome::Ready | LineOutcome::Done => String::new(),
        LineOutcome::Revoked => "withdrawn before it was sent".to_owned(),
        LineOutcome::NotAllowed => "whoever asked may no longer do so".to_owned(),
        LineOutcome::Deleted => "deleted".to_owned(),
        LineOutcome::AlreadyWaiting => "already waiting".to_owned(),
        LineOutcome::Limit => format!("limit reached, possible again at {detail}"),
        LineOutcome::NotHere => format!("not in {company}"),
        LineOutcome::You => "you".to_owned(),
        LineOutcome::BadEmail => "not an email address".to_owned(),
        LineOutcome::Twice => format!("the same as line {detail}"),
        // Of imports, which have words of their own.
        LineOutcome::AlreadyHere
        | LineOutcome::Unusable
        | LineOutcome::BadName
        | LineOutcome::BadRole
        | LineOutcome::RoleNotAllowed
        | LineOutcome::Malformed => outcome.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_what_there_is_and_nothing_else() {
        let totals = Totals {
            all: 10,
            accepted: 7,
            refused: 1,
            waiting: 2,
            dropped: 0,
        };
        assert_eq!(
            progress(totals),
            "7 of 10 accepted, 1 refused, 2 waiting. You can close this page."
        );
        let over = Totals {
            accepted: 10,
            refused: 0,
            waiting: 0,
            ..totals
        };
        assert_eq!(progress(over), "10 of 10 accepted.");
    }
}
